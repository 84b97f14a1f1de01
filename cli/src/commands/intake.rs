//! `bedside intake`: an intake from a file of answers, gone through as a patient would go through it. `route` and `protocols`
//! are in [`super::protocols`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::{Answer, EncounterId, ErrorCode, Language, Phi, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{ImportEncounter, ImportedIntake, ImportedPatient};
use intake::{Intake, Questionnaire, RedFlagRules, ResponseContext, ResponseStatus, Score};
use serde_json::{Value, json};

use super::{protocols, simulate};
use crate::arguments::{IntakeArguments, IntakeCommand, IntakeOptions, VaultArguments};
use crate::failure::Failure;
use crate::vault::Opened;
use crate::{output, patient};

/// Why nothing was kept.
const DRY_RUN: &str = "dry-run";
const NO_CLINIC: &str = "no-clinic";

pub(crate) fn run(vault: &VaultArguments, arguments: &IntakeArguments, json: bool) -> Result<(), Failure> {
    match &arguments.command {
        Some(IntakeCommand::Route(options)) => protocols::route(options, json),
        Some(IntakeCommand::Protocols(options)) => protocols::list(options, json),
        Some(IntakeCommand::Simulate(options)) => simulate::run(options, json),
        None => take_one(vault, &arguments.take, json),
    }
}

fn take_one(vault: &VaultArguments, options: &IntakeOptions, json: bool) -> Result<(), Failure> {
    let questionnaire = questionnaire(&options.protocol, options.folder.as_deref())?;
    let missing = || Failure::new(ErrorCode::RequestInvalid, "--answers FILE is missing");
    let text = read(options.answers.as_deref().ok_or_else(missing)?)?;
    let answers: BTreeMap<String, Answer> =
        intake::answers::from_json(&text, &questionnaire)?.into_iter().collect();
    let patient = patient::read(options.patient.as_deref())?;
    let language = &options.language;

    // Gone through before the vault is opened, so that nothing is kept of answers that do not fit the questions.
    let (taken, recorded) = take(&questionnaire, &answers, language)?;
    let flags = flags(&taken, language)?;
    let opened = if options.dry_run { None } else { vault.open_if_there_is_one(Role::Clinician)? };
    let kept = match opened {
        Some(opened) => Ok(keep(&opened, &questionnaire, recorded, patient, language)?),
        None => Err(if options.dry_run { DRY_RUN } else { NO_CLINIC }),
    };
    let status = if taken.is_complete() { ResponseStatus::Completed } else { ResponseStatus::InProgress };
    let response = taken.response(&ResponseContext {
        id: None,
        authored: None,
        subject: None,
        encounter: kept.ok().map(|id| format!("urn:uuid:{id}")),
        language: language.clone(),
        status,
    });
    let scores = taken.scores(language);
    let report = json!({
        "kept": kept.is_ok(),
        "not_kept": kept.err(),
        "encounter": kept.ok(),
        "complete": taken.is_complete(),
        "missing": taken.missing(),
        "flags": flags,
        "scores": scores,
        "response": response,
    });
    output::either(json, &report, || as_text(&taken, &flags, kept, language));
    Ok(())
}

/// A protocol by its name, or one from a file. A folder's file that cannot be used is no hindrance to another.
pub(crate) fn questionnaire(protocol: &str, folder: Option<&Path>) -> Result<Arc<Questionnaire>, Failure> {
    let (known, _) = protocols::all(folder)?;
    if let Some(found) = known.find(protocol) {
        return Ok(Arc::clone(&found.questionnaire));
    }
    match read(Path::new(protocol)) {
        Ok(json) => Ok(Arc::new(Questionnaire::from_json(&json)?)),
        Err(failure) if failure.code == ErrorCode::NotFound => {
            let names: Vec<&str> = known.all().iter().map(|known| known.questionnaire.name()).collect();
            let message =
                format!("there is no protocol and no file '{protocol}'; there are {}", names.join(", "));
            Err(Failure::new(ErrorCode::NotFound, message))
        }
        Err(failure) => Err(failure),
    }
}

/// Answers each question as it comes up, and notes what was recorded; one that the file does not answer is skipped, or stops
/// the intake where it must be answered.
fn take(
    questionnaire: &Arc<Questionnaire>,
    answers: &BTreeMap<String, Answer>,
    language: &Language,
) -> Result<(Intake, BTreeMap<String, Phi<Answer>>), Failure> {
    let mut intake = Intake::new(Arc::clone(questionnaire));
    let mut all = BTreeMap::new();
    while let Some(question) = intake.current(language) {
        let recorded = match answers.get(&question.link_id) {
            Some(answer) => intake.answer(&question.link_id, answer.clone())?,
            None if question.required => break,
            None => intake.skip()?,
        };
        all.insert(recorded.link_id, recorded.answer.into());
    }
    Ok((intake, all))
}

/// Keeps the intake as what it is: a file's. Who it is about was checked by nobody, and nobody was asked for a consent.
fn keep(
    opened: &Opened,
    questionnaire: &Arc<Questionnaire>,
    answers: BTreeMap<String, Phi<Answer>>,
    patient: Option<ImportedPatient>,
    language: &Language,
) -> Result<EncounterId, Failure> {
    opened.engine.add_protocol(Arc::clone(questionnaire));
    let view = opened.request::<method::EncountersImport>(&ImportEncounter {
        patient,
        language: language.clone(),
        intake: Some(ImportedIntake { protocol: questionnaire.canonical(), answers }),
    })?;
    Ok(view.record.id)
}

fn flags(taken: &Intake, language: &Language) -> Result<Vec<Value>, Failure> {
    let found = RedFlagRules::builtin()?.assess_intake(taken, language);
    Ok(found.iter().map(|flag| json!(flag)).collect())
}

fn as_text(taken: &Intake, flags: &[Value], kept: Result<EncounterId, &str>, language: &Language) -> String {
    let mut text = String::new();
    for flag in flags {
        text.push_str(&format!("RED FLAG {} ({})\n", flag["rule"], flag["severity"]).replace('"', ""));
    }
    for line in taken.review(language) {
        let answer = line.answer.expose();
        let answer = if answer.is_empty() { "-".to_owned() } else { answer.join(", ") };
        text.push_str(&format!("{}\n    {answer}\n", line.question));
    }
    for score in taken.scores(language) {
        text.push_str(&score_as_text(&score));
    }
    for link_id in taken.missing() {
        text.push_str(&format!("not answered, and required: {link_id}\n"));
    }
    text.push_str(&match kept {
        Ok(id) => format!("kept as encounter {id}\n"),
        Err(DRY_RUN) => "not kept: --dry-run\n".to_owned(),
        Err(_) => "not kept: there is no clinic on this machine; `bedside init` sets one up\n".to_owned(),
    });
    text
}

/// "PHQ-9: 12 of 27, Moderate", and of an unfinished one what is missing.
fn score_as_text(score: &Score) -> String {
    let most = score.most.map_or_else(String::new, |most| format!(" of {most}"));
    let open: Vec<&str> =
        score.items.iter().filter(|item| item.counts.is_none()).map(|item| item.link_id.as_str()).collect();
    match (score.total, &score.band) {
        (Some(total), Some(band)) => format!("{}: {total}{most}, {band}\n", score.name),
        (Some(total), None) => format!("{}: {total}{most}\n", score.name),
        (None, _) => format!("{}: no total, {} without answer\n", score.name, open.join(", ")),
    }
}

pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::of_file(file, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(ErrorCode::NotUtf8, format!("{} is not UTF-8 from byte {at}", file.display()))
    })
}
