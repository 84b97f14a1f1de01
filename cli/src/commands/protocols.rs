//! `bedside intake protocols` and `bedside intake route`: the protocols there are, and which of them a reason picks.

use std::path::Path;

use intake::{Origin, Protocol, Protocols};
use serde_json::{Value, json};

use super::redflags::all_of_standard_input;
use crate::arguments::{ProtocolsOptions, RouteOptions};
use crate::failure::Failure;
use crate::output;

/// A file that could not even be read.
type Unread = (String, Failure);

/// What is built in, and a clinic's folder on top.
pub(crate) fn all(folder: Option<&Path>) -> Result<(Protocols, Vec<Unread>), Failure> {
    let builtin = Protocols::builtin()?;
    let Some(folder) = folder else { return Ok((builtin, Vec::new())) };
    let read = engine::protocols::read_folder(folder);
    let (files, unread) = read.map_err(|error| Failure::of_file(folder, &error))?;
    let failed = |(name, error)| {
        let failure = Failure::of_file(&folder.join(&name), &error);
        (name, failure)
    };
    Ok((builtin.with(files), unread.into_iter().map(failed).collect()))
}

pub(crate) fn list(options: &ProtocolsOptions, as_json: bool) -> Result<(), Failure> {
    let (protocols, unread) = all(options.folder.as_deref())?;
    let of_content = protocols.faults().iter().map(|fault| (fault.file.clone(), Failure::of(&fault.error)));
    let failures: Vec<Unread> = of_content.chain(unread).collect();
    let faults: Vec<Value> = failures
        .iter()
        .map(|(file, failure)| json!({ "file": file, "code": failure.code, "message": failure.message }))
        .collect();
    let listed: Vec<Value> = protocols.all().iter().map(described).collect();
    output::either(as_json, &json!({ "protocols": listed, "faults": faults }), || {
        let mut text = String::new();
        for protocol in protocols.all() {
            let questionnaire = &protocol.questionnaire;
            let languages: Vec<String> = questionnaire.languages().iter().map(ToString::to_string).collect();
            text.push_str(&format!(
                "{} {} \u{2014} {} ({}){}\n",
                questionnaire.name(),
                questionnaire.version().unwrap_or("without version"),
                questionnaire.title(questionnaire.language()),
                languages.join(", "),
                match &protocol.origin {
                    Origin::BuiltIn => String::new(),
                    Origin::Clinic { file, replaces: None } => format!(", from {file}"),
                    Origin::Clinic { file, replaces: Some(old) } =>
                        format!(", from {file}, in place of {old}"),
                },
            ));
            for notice in questionnaire.notices() {
                text.push_str(&format!("    {}: {}\n", notice.link_id, notice.what));
            }
        }
        for (file, failure) in &failures {
            text.push_str(&format!("not used: {file}: {} [{}]\n", failure.message, failure.code));
        }
        text
    });
    Ok(())
}

fn described(protocol: &Protocol) -> Value {
    let questionnaire = &protocol.questionnaire;
    let (file, replaces) = match &protocol.origin {
        Origin::BuiltIn => (None, None),
        Origin::Clinic { file, replaces } => (Some(file), replaces.as_ref()),
    };
    let notices: Vec<Value> = questionnaire
        .notices()
        .iter()
        .map(|notice| json!({ "item": notice.link_id, "what": notice.what }))
        .collect();
    json!({
        "name": questionnaire.name(),
        "url": questionnaire.url(),
        "version": questionnaire.version(),
        "title": questionnaire.title(questionnaire.language()),
        "languages": questionnaire.languages(),
        "questions": questionnaire.items().filter(|item| item.is_question()).count(),
        "scores": questionnaire.score_rules().iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>(),
        "built_in": file.is_none(),
        "file": file,
        "replaces": replaces,
        "notices": notices,
    })
}

pub(crate) fn route(options: &RouteOptions, as_json: bool) -> Result<(), Failure> {
    let (protocols, _) = all(options.folder.as_deref())?;
    let text = if options.text == "-" { &all_of_standard_input()? } else { &options.text };
    let routing = protocols.route(text, &options.lang);
    let name =
        |url: &str| protocols.find(url).map_or(url.to_owned(), |known| known.questionnaire.name().to_owned());
    let title =
        protocols.find(&routing.protocol).map_or("", |known| known.questionnaire.title(&options.lang));
    let words = |evidence: &[(u32, u32)]| -> Vec<String> {
        evidence
            .iter()
            .map(|(start, end)| {
                let (start, end) = (*start as usize, *end as usize);
                text.chars().skip(start).take(end.saturating_sub(start)).collect()
            })
            .collect()
    };
    let two_places = |confidence: f64| (confidence * 100.0).round() / 100.0;
    let considered: Vec<Value> = routing
        .considered
        .iter()
        .map(|considered| {
            json!({
                "protocol": name(&considered.protocol),
                "confidence": two_places(considered.confidence),
                "words": words(&considered.evidence),
                "evidence": considered.evidence,
            })
        })
        .collect();
    let report = json!({
        "protocol": name(&routing.protocol),
        "url": routing.protocol,
        "title": title,
        "confidence": two_places(routing.confidence),
        "picked": routing.picked,
        "words": words(&routing.evidence),
        "evidence": routing.evidence,
        "considered": considered,
    });
    output::either(as_json, &report, || {
        let said = words(&routing.evidence).join("\", \"");
        let why = match (routing.picked, routing.considered.is_empty()) {
            (true, _) => format!("\"{said}\""),
            (false, true) => "no word says which".to_owned(),
            (false, false) => "the words do not say which for certain".to_owned(),
        };
        format!("{} ({title}), {:.2}: {why}", name(&routing.protocol), routing.confidence)
    });
    Ok(())
}
