//! What the pure crates say, in the form that the screens read.

use std::collections::BTreeMap;

use ::intake::{Intake, Offer, REASON, UnitOffer};
use domain::{Answer, EncounterRecord, Language, Note, NoteState, Phi, Utterance, Who};
use scribe::{Difference, Problem, Template};

use crate::rpc::types::{
    ChoiceOption, EncounterView, FindingReason, NoteFinding, Question, QuestionKind, ReviewLine, RuleText,
    ScoreLine, SectionTitle,
};
use crate::{Engine, Error, templates};

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

pub(super) fn review(
    lines: Vec<::intake::ReviewLine>,
    unclear: &BTreeMap<String, Phi<String>>,
) -> Vec<ReviewLine> {
    let line = |line: ::intake::ReviewLine| {
        let answers = line.answer.into_exposed();
        ReviewLine {
            unclear: unclear.get(&line.link_id).cloned(),
            link_id: line.link_id,
            question: line.question,
            answer: (!answers.is_empty()).then(|| Phi::new(answers.join(", "))),
        }
    };
    lines.into_iter().map(line).collect()
}

/// The intake as the log has it. None where there was none, or where it was taken with a questionnaire that nobody here has:
/// the answers stay in the record all the same.
pub(super) fn intake_of(engine: &Engine, record: &EncounterRecord) -> Option<Intake> {
    let questionnaire = engine.catalogue.of(&*engine.vault().ok()?, record)?;
    Some(Intake::replay_what_fits(questionnaire, answers_of(record)))
}

fn answers_of(record: &EncounterRecord) -> impl Iterator<Item = (String, Answer)> {
    record.answers.iter().map(|(link_id, answer)| (link_id.clone(), answer.expose().clone()))
}

/// The intake's lines for staff. A form that does not ask for the reason is still shown with it.
fn lines(engine: &Engine, record: &EncounterRecord, intake: &Intake, staff: &Language) -> Vec<ReviewLine> {
    let mut lines = review(intake.review(staff), &record.unclear);
    let general = engine.catalogue.general().ok();
    if let Some(general) = general.filter(|_| intake.questionnaire().item(REASON).is_none()) {
        let reason = answers_of(record).filter(|(link_id, _)| link_id == REASON);
        let known = Intake::replay_what_fits(general, reason);
        let answered = known.review(staff).into_iter().filter(|line| line.link_id == REASON);
        let answered = review(answered.collect(), &record.unclear);
        lines.splice(0..0, answered.into_iter().filter(|line| line.answer.is_some()));
    }
    lines
}

fn score(score: ::intake::Score) -> ScoreLine {
    let open = score.items.iter().filter(|item| item.counts.is_none()).count();
    ScoreLine {
        name: score.name,
        total: score.total,
        most: score.most,
        band: score.band,
        open: u32::try_from(open).unwrap_or(u32::MAX),
        source: score.source,
    }
}

pub(super) fn encounter(engine: &Engine, record: EncounterRecord) -> Result<EncounterView, Error> {
    let staff = engine.staff_language();
    let taken = intake_of(engine, &record);
    let protocol = taken.as_ref().map(|intake| intake.questionnaire().title(&staff).to_owned());
    let scores = taken.iter().flat_map(|intake| intake.scores(&staff)).map(score).collect();
    let intake = taken.map_or_else(Vec::new, |intake| lines(engine, &record, &intake, &staff));
    let rules = record.flags.iter().filter_map(|flag| {
        let rule = engine.rules.rule(&flag.rule)?;
        let text = RuleText { title: rule.title(&staff).to_owned(), staff: rule.staff(&staff).to_owned() };
        Some((flag.rule.clone(), text))
    });
    let findings = note_of(&record).map_or_else(Vec::new, |note| findings(note, &record.utterances));
    let template = template(engine, &record);
    let sections = sections(&record, template.as_ref());
    let reading_grade = reading_grade(&record, template.as_ref());
    let drafting = engine.drafting.progress(record.id);
    let rules = rules.collect();
    let people = people_of(engine, &record)?;
    Ok(EncounterView {
        intake,
        protocol,
        scores,
        rules,
        findings,
        sections,
        reading_grade,
        drafting,
        people,
        record,
    })
}

/// What the checker says of a note.
pub(super) fn findings(note: &Note, utterances: &[Utterance]) -> Vec<NoteFinding> {
    scribe::check(note, utterances).into_iter().map(|found| finding(found, note)).collect()
}

fn finding(found: scribe::Finding, note: &Note) -> NoteFinding {
    let origin =
        note.sentences().find(|sentence| sentence.id == found.sentence).map(|sentence| sentence.origin);
    let must_confirm = origin.is_some_and(|origin| scribe::must_confirm(origin, &found.problem));
    let (reason, words) = match found.problem {
        Problem::NoEvidence | Problem::MissingUtterance { .. } => (FindingReason::NoEvidence, Vec::new()),
        Problem::Unsupported { words } => (FindingReason::UnsupportedWords, words),
        Problem::Differs { difference, words } => (reason(difference), words),
    };
    NoteFinding { sentence: found.sentence, reason, words, must_confirm }
}

const fn reason(difference: Difference) -> FindingReason {
    match difference {
        Difference::Number => FindingReason::Number,
        Difference::Date => FindingReason::Date,
        Difference::Unit => FindingReason::Unit,
        Difference::Dose => FindingReason::Dose,
        Difference::Side => FindingReason::Side,
        Difference::Negation => FindingReason::Negation,
        Difference::Medicine => FindingReason::Medicine,
        Difference::Allergy => FindingReason::Allergy,
        Difference::Subject => FindingReason::Subject,
    }
}

fn note_of(record: &EncounterRecord) -> Option<&Note> {
    match &record.note {
        NoteState::None => None,
        NoteState::Draft { note, .. } | NoteState::Signed { note, .. } => Some(note),
    }
}

/// The template that the note follows, where it is here.
pub(super) fn template(engine: &Engine, record: &EncounterRecord) -> Option<Template> {
    templates::find(engine.home(), &note_of(record)?.template)
}

/// The sections of the note's template; of one that is not here any more, those of the note.
pub(super) fn sections(record: &EncounterRecord, template: Option<&Template>) -> Vec<SectionTitle> {
    let Some(note) = note_of(record) else { return Vec::new() };
    let of = |id: &str, title: &str| SectionTitle { id: id.to_owned(), title: title.to_owned() };
    let mut all: Vec<SectionTitle> = template.map_or_else(Vec::new, |template| {
        let language = record.language.primary();
        template.sections.iter().map(|section| of(&section.id, section.title_in(language))).collect()
    });
    for section in &note.sections {
        if !all.iter().any(|known| known.id == section.id) {
            all.push(of(&section.id, &section.title));
        }
    }
    all
}

fn reading_grade(record: &EncounterRecord, template: Option<&Template>) -> Option<f64> {
    let note = note_of(record).filter(|_| record.language.primary() == "en")?;
    template.filter(|template| template.reader == scribe::Reader::Patient)?;
    scribe::reading_grade(note)
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
    if let Some(Who::Person(person)) = record.retracted.as_ref().map(|retracted| retracted.by) {
        ids.push(person);
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
