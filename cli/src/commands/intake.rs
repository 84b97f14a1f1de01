//! `bedside intake`: an intake from a file of answers, taken as a patient would take it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::{Answer, AnswerSource, ConsentScope, EncounterId, ErrorCode, Language, PartialDate, Phi, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{BeginIntake, GiveAnswer, GiveConsent, Identify, IntakeOf, IntakeStep, IntakeView};
use intake::{Intake, Questionnaire, RedFlagRules, ResponseContext, ResponseStatus};
use serde_json::{Value, json};

use crate::arguments::{IntakeOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;
use crate::vault::Opened;

pub(crate) fn run(vault: &VaultArguments, options: &IntakeOptions, json: bool) -> Result<(), Failure> {
    let questionnaire = Arc::new(questionnaire(&options.protocol)?);
    let text = read(&options.answers)?;
    let answers: BTreeMap<String, Answer> =
        intake::answers::from_json(&text, &questionnaire)?.into_iter().collect();
    let language = options.language.clone();

    // Gone through once without a vault, so that nothing is kept of answers that do not fit the questions.
    let taken = take(&questionnaire, &answers, &language)?;
    let flags = flags(&taken, &language)?;
    let keep = !options.dry_run && (vault.data.is_some() || vault.passphrase_file.is_some());
    let encounter = if keep {
        let opened = vault.open(Role::Kiosk)?;
        opened.engine.add_protocol(Arc::clone(&questionnaire));
        Some(record(&opened, &questionnaire, &answers, options)?)
    } else {
        None
    };
    let status = if taken.is_complete() { ResponseStatus::Completed } else { ResponseStatus::InProgress };
    let response = taken.response(&ResponseContext {
        id: None,
        authored: None,
        subject: None,
        encounter: encounter.map(|id| format!("urn:uuid:{id}")),
        language: language.clone(),
        status,
    });
    let report = json!({
        "encounter": encounter,
        "complete": taken.is_complete(),
        "missing": taken.missing(),
        "flags": flags,
        "response": response,
    });
    output::either(json, &report, || as_text(&taken, &flags, encounter, &language));
    Ok(())
}

/// A built-in protocol by its name, or one from a file.
pub(crate) fn questionnaire(protocol: &str) -> Result<Questionnaire, Failure> {
    match protocol {
        "general-visit" => Ok(Questionnaire::from_json(engine::GENERAL_VISIT)?),
        file => Ok(Questionnaire::from_json(&read(Path::new(file))?)?),
    }
}

/// Answers each question as it comes up; one that the file does not answer is skipped, or stops the intake where it must be
/// answered.
fn take(
    questionnaire: &Arc<Questionnaire>,
    answers: &BTreeMap<String, Answer>,
    language: &Language,
) -> Result<Intake, Failure> {
    let mut intake = Intake::new(Arc::clone(questionnaire));
    while let Some(question) = intake.current(language) {
        match answers.get(&question.link_id) {
            Some(answer) => {
                intake.answer(&question.link_id, answer.clone())?;
            }
            None if question.required => break,
            None => {
                intake.skip()?;
            }
        }
    }
    Ok(intake)
}

/// Takes the intake again through the application, as the kiosk does. What cannot be finished is kept as partial.
pub(crate) fn record(
    opened: &Opened,
    questionnaire: &Questionnaire,
    answers: &BTreeMap<String, Answer>,
    options: &IntakeOptions,
) -> Result<EncounterId, Failure> {
    let mut view = opened.request::<method::IntakeBegin>(&BeginIntake {
        language: options.language.clone(),
        protocol: Some(questionnaire.canonical()),
    })?;
    let encounter = view.encounter;
    loop {
        view = match &view.step {
            IntakeStep::Consent { scopes } => opened.request::<method::IntakeConsent>(&GiveConsent {
                encounter,
                consents: scopes.iter().map(|&scope| (scope, scope == ConsentScope::Intake)).collect(),
            })?,
            IntakeStep::Identify => {
                opened.request::<method::IntakeIdentify>(&identify(encounter, options)?)?
            }
            IntakeStep::Question { question } => {
                let answer = match answers.get(&question.link_id) {
                    Some(answer) => answer.clone(),
                    None if question.required => return abandon(opened, encounter),
                    None => Answer::Skipped,
                };
                opened.request::<method::IntakeAnswer>(&GiveAnswer {
                    encounter,
                    link_id: question.link_id.clone(),
                    answer: answer.into(),
                    source: AnswerSource::Imported,
                })?
            }
            IntakeStep::Review { .. } => return submit(opened, encounter, &view),
            IntakeStep::Declined | IntakeStep::Done { .. } => return Ok(encounter),
        };
    }
}

fn submit(opened: &Opened, encounter: EncounterId, view: &IntakeView) -> Result<EncounterId, Failure> {
    debug_assert_eq!(view.encounter, encounter);
    opened.request::<method::IntakeSubmit>(&IntakeOf { encounter })?;
    Ok(encounter)
}

fn abandon(opened: &Opened, encounter: EncounterId) -> Result<EncounterId, Failure> {
    opened.request::<method::IntakeAbandon>(&IntakeOf { encounter })?;
    Ok(encounter)
}

fn identify(encounter: EncounterId, options: &IntakeOptions) -> Result<Identify, Failure> {
    let birth_date = options.birth_date.as_deref().map(str::parse::<PartialDate>).transpose();
    Ok(Identify {
        encounter,
        name: options.name.clone().unwrap_or_else(|| "not given".to_owned()).into(),
        birth_date: birth_date
            .map_err(|reason| Failure::new(ErrorCode::AnswerInvalid, format!("--birth-date: {reason}")))?
            .map(Phi::new),
    })
}

fn flags(taken: &Intake, language: &Language) -> Result<Vec<Value>, Failure> {
    let found = RedFlagRules::builtin()?.assess_intake(taken, language);
    Ok(found.iter().map(|flag| json!(flag)).collect())
}

fn as_text(taken: &Intake, flags: &[Value], encounter: Option<EncounterId>, language: &Language) -> String {
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
    text.push_str(&match encounter {
        Some(id) => format!("kept as encounter {id}\n"),
        None => "not kept: no clinic was named (--data DIR)\n".to_owned(),
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
