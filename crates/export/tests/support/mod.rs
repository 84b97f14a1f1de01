//! Encounters of every shape, and readers of what was written.

#[path = "../../../fhir/tests/support/mod.rs"]
mod encounters;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use bedside_export::{AnswerLine, ExportInput};
use domain::{
    Coding, EncounterRecord, FacilityId, Fact, FactKind, FactSource, FactValue, Language, MeasureClass,
    NoteState, PersonId, Phi, Sentence, SentenceOrigin, Severity, Timestamp,
};
use encounters::{PERSON, record};

pub use encounters::{SHAPES, Shape};
pub use read::{Message, as_in_a_message, cells, text_of};

/// Everything that an export is made from.
pub struct World {
    pub record: EncounterRecord,
    pub language: Language,
    shape: Shape,
    words: String,
    people: BTreeMap<PersonId, String>,
    titles: BTreeMap<String, String>,
    facts: Vec<Fact>,
    lines: Vec<AnswerLine<'static>>,
    unsupported: BTreeSet<u32>,
    note_text: String,
}

impl World {
    pub fn new(shape: Shape, words: &str) -> Self {
        let leaked: &'static str = String::leak(words.to_owned());
        let line = |link_id, answer| AnswerLine { link_id, question: "Why did you come?", answer };
        let mut record = record(shape, words);
        // One alarm is enough here.
        record.flags.retain(|flag| flag.severity == Severity::Emergency);
        Self {
            record,
            language: Language::english(),
            shape,
            words: words.to_owned(),
            people: BTreeMap::from([(PERSON, "Dr. O'Hara & <co>".to_owned())]),
            titles: BTreeMap::from([("chest-pain".to_owned(), "Chest pain".to_owned())]),
            facts: facts(words),
            lines: vec![line("reason", Some(leaked)), line("onset", None)],
            unsupported: BTreeSet::from([1]),
            note_text: format!("SUBJECTIVE\n{words}\n\nLast line.\n"),
        }
    }

    /// The signed note with so many sentences.
    pub fn lengthen(&mut self, count: u32) {
        let NoteState::Signed { note, .. } = &mut self.record.note else { panic!("it is not signed") };
        note.sections[0].sentences = (0..count)
            .map(|id| Sentence {
                id,
                text: format!("Sentence number {id}.").into(),
                origin: SentenceOrigin::Drafted,
                evidence: vec![0],
            })
            .collect();
    }

    pub fn input(&self) -> ExportInput<'_> {
        let intake = self.shape >= Shape::Intake;
        ExportInput {
            record: &self.record,
            facility: (FacilityId::from_bytes([6; 16]), "Clinic on the Hill"),
            site: Some("North"),
            letterhead: None,
            people: &self.people,
            intake: if intake { &self.lines } else { &[] },
            facts: if intake { &self.facts } else { &[] },
            unsupported: &self.unsupported,
            flag_titles: &self.titles,
            note_text: (self.shape >= Shape::Drafted).then_some(&self.note_text),
            language: &self.language,
            offset_seconds: |_| -18_000,
            version: "0.1.0",
            generated: Timestamp::from_millis(1_700_001_000_000),
        }
    }

    #[allow(dead_code, reason = "for a failure's message")]
    pub fn words(&self) -> &str {
        &self.words
    }
}

fn facts(words: &str) -> Vec<Fact> {
    let loinc = |code: &str| {
        Some(Coding { system: Some("http://loinc.org".into()), code: code.into(), display: words.to_owned() })
    };
    let fact = |kind, code| Fact {
        kind,
        text: words.into(),
        code,
        source: FactSource::Answer { link_id: "x".into() },
    };
    let measure = |value, called: Option<&str>| FactKind::Measure {
        value: Phi::new(value),
        called: called.map(str::to_owned),
        class: MeasureClass::Survey,
    };
    let number = |value, unit: &str| FactValue::Number { value, unit: Some(unit.to_owned()) };
    let choice =
        Coding { system: Some("http://loinc.org".into()), code: "LA1".into(), display: words.into() };
    vec![
        fact(FactKind::Medicine, None),
        fact(FactKind::Allergy, None),
        fact(FactKind::NoAllergies, None),
        fact(measure(number(38.5, "Cel"), None), loinc("8310-5")),
        fact(measure(number(12.0, "{score}"), Some("Moderate")), loinc("44261-6")),
        fact(measure(FactValue::Choice(choice), None), loinc("44250-9")),
        fact(measure(FactValue::Pressure { systolic: 128, diastolic: 82 }, None), loinc("85354-9")),
    ]
}
