//! What the pure crates say, in the form that the screens read.

use std::collections::BTreeMap;

use ::intake::{Intake, Offer, UnitOffer};
use domain::{Answer, EncounterRecord, NoteState, Phi, Who};
use scribe::Problem;

use crate::rpc::types::{
    ChoiceOption, EncounterView, FindingReason, NoteFinding, Question, QuestionKind, ReviewLine, RuleText,
};
use crate::{Engine, Error};

pub(super) fn question(question: ::intake::Question) -> Question {
    let text = match question.prefix {
        Some(prefix) => format!("{prefix} {}", question.text),
        None => question.text,
    };
    Question {
        link_id: question.link_id,
        heading: question.headings.last().cloned(),
        text,
        help: question.help,
        required: question.required,
        repeats: question.repeats,
        kind: kind(question.kind),
        answer: question.answer,
    }
}

fn kind(kind: ::intake::QuestionKind) -> QuestionKind {
    use ::intake::QuestionKind as Asked;
    match kind {
        Asked::Display => QuestionKind::Display,
        Asked::Boolean => QuestionKind::Boolean,
        Asked::Choice { options } => QuestionKind::Choice { options: offers(options), open: false },
        Asked::OpenChoice { options } => QuestionKind::Choice { options: offers(options), open: true },
        Asked::Integer { min, max } => QuestionKind::Integer { min, max },
        Asked::Decimal { min, max } => QuestionKind::Decimal { min, max },
        Asked::Quantity { units } => QuestionKind::Quantity { units: units.into_iter().map(unit).collect() },
        Asked::Date { .. } => QuestionKind::Date,
        Asked::String { max_length } => QuestionKind::String { max_length },
        Asked::Text { max_length } => QuestionKind::Text { max_length },
    }
}

fn offers(offers: Vec<Offer>) -> Vec<ChoiceOption> {
    let option = |offer: Offer| ChoiceOption {
        system: offer.coding.system,
        code: offer.coding.code,
        display: offer.coding.display,
        exclusive: offer.exclusive,
    };
    offers.into_iter().map(option).collect()
}

fn unit(unit: UnitOffer) -> ChoiceOption {
    ChoiceOption { system: None, code: unit.code, display: unit.display, exclusive: false }
}

pub(super) fn review(lines: Vec<::intake::ReviewLine>) -> Vec<ReviewLine> {
    let line = |line: ::intake::ReviewLine| {
        let answers = line.answer.into_exposed();
        ReviewLine {
            link_id: line.link_id,
            question: line.question,
            answer: (!answers.is_empty()).then(|| Phi::new(answers.join(", "))),
        }
    };
    lines.into_iter().map(line).collect()
}

/// The intake as the log has it. None where there was none, or where it was taken with a questionnaire that this build does
/// not have: the answers stay in the record all the same.
pub(super) fn intake_of(engine: &Engine, record: &EncounterRecord) -> Option<Intake> {
    let protocol = engine.protocol(record.protocol.as_deref()?)?;
    let answers: Vec<(String, Answer)> =
        record.answers.iter().map(|(link_id, answer)| (link_id.clone(), answer.expose().clone())).collect();
    Intake::replay(protocol, answers).ok()
}

pub(super) fn encounter(engine: &Engine, record: EncounterRecord) -> Result<EncounterView, Error> {
    let staff = engine.staff_language();
    let intake = intake_of(engine, &record).map_or_else(Vec::new, |intake| review(intake.review(&staff)));
    let rules = record.flags.iter().filter_map(|flag| {
        let rule = engine.rules.rule(&flag.rule)?;
        let text = RuleText { title: rule.title(&staff).to_owned(), staff: rule.staff(&staff).to_owned() };
        Some((flag.rule.clone(), text))
    });
    let findings = match &record.note {
        NoteState::None => Vec::new(),
        NoteState::Draft { note, .. } | NoteState::Signed { note, .. } => {
            scribe::check_evidence(note, &record.utterances).into_iter().map(finding).collect()
        }
    };
    let rules = rules.collect();
    let people = people_of(engine, &record)?;
    Ok(EncounterView { intake, rules, findings, people, record })
}

fn finding(finding: scribe::Finding) -> NoteFinding {
    let (reason, words) = match finding.problem {
        Problem::NoEvidence | Problem::MissingUtterance { .. } => (FindingReason::NoEvidence, Vec::new()),
        Problem::Unsupported { words } => (FindingReason::UnsupportedWords, words),
    };
    NoteFinding { sentence: finding.sentence, reason, words }
}

fn people_of(engine: &Engine, record: &EncounterRecord) -> Result<BTreeMap<domain::PersonId, String>, Error> {
    let mut ids: Vec<_> = record
        .flags
        .iter()
        .filter_map(|flag| match flag.acknowledged {
            Some((Who::Person(person), _)) => Some(person),
            _ => None,
        })
        .collect();
    if let NoteState::Signed { signature, addenda, .. } = &record.note {
        ids.push(signature.by);
        ids.extend(addenda.iter().map(|addendum| addendum.by));
    }
    ids.sort_unstable();
    ids.dedup();
    let vault = engine.vault()?;
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(person) = vault.person(id)? {
            names.insert(id, person.name);
        }
    }
    Ok(names)
}
