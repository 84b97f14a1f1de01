//! `bedside intake`: an intake from a file of answers, gone through as a patient would go through it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::{Answer, EncounterId, ErrorCode, Language, Phi, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{ImportEncounter, ImportedIntake, ImportedPatient};
use intake::{Intake, Questionnaire, RedFlagRules, ResponseContext, ResponseStatus};
use serde_json::{Value, json};

use crate::arguments::{IntakeOptions, VaultArguments};
use crate::failure::Failure;
use crate::vault::Opened;
use crate::{output, patient};

/// Why nothing was kept.
const DRY_RUN: &str = "dry-run";
const NO_CLINIC: &str = "no-clinic";

pub(crate) fn run(vault: &VaultArguments, options: &IntakeOptions, json: bool) -> Result<(), Failure> {
    let questionnaire = Arc::new(questionnaire(&options.protocol)?);
    let text = read(&options.answers)?;
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
    let report = json!({
        "kept": kept.is_ok(),
        "not_kept": kept.err(),
        "encounter": kept.ok(),
        "complete": taken.is_complete(),
        "missing": taken.missing(),
        "flags": flags,
        "response": response,
    });
    output::either(json, &report, || as_text(&taken, &flags, kept, language));
    Ok(())
}

/// A built-in protocol by its name, or one from a file.
pub(crate) fn questionnaire(protocol: &str) -> Result<Questionnaire, Failure> {
    match protocol {
        "general-visit" => Ok(Questionnaire::from_json(engine::GENERAL_VISIT)?),
        file => Ok(Questionnaire::from_json(&read(Path::new(file))?)?),
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

fn read(file: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::of_file(file, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(ErrorCode::NotUtf8, format!("{} is not UTF-8 from byte {at}", file.display()))
    })
}
