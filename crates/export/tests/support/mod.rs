//! Encounters of every shape, and readers of what was written.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use bedside_export::{AnswerLine, ExportInput};
use domain::{
    Actor, Addendum, Coding, ConsentScope, DeviceId, Digest, DraftEngine, EncounterId, EncounterOrigin,
    EncounterRecord, EventBody, FacilityId, Fact, FactKind, FactSource, FactValue, FlagId, FlagSource,
    Language, MeasureClass, Note, NoteSection, NoteState, PatientId, PersonId, Phi, Role, Sentence,
    SentenceOrigin, Severity, Speaker, Timestamp, Utterance, UtteranceSource, Who,
};

pub use read::{Message, as_in_a_message, cells, text_of};

const PERSON: PersonId = PersonId::from_bytes([7; 16]);

/// How far the encounter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Bare,
    Intake,
    Drafted,
    Signed,
    Amended,
    Retracted,
}

pub const SHAPES: [Shape; 6] =
    [Shape::Bare, Shape::Intake, Shape::Drafted, Shape::Signed, Shape::Amended, Shape::Retracted];

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
        Self {
            record: record(shape, words),
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
            .map(|id| sentence(id, &format!("Sentence number {id}."), SentenceOrigin::Drafted, &[0]))
            .collect();
    }

    pub fn input(&self) -> ExportInput<'_> {
        let intake = self.shape >= Shape::Intake;
        ExportInput {
            record: &self.record,
            facility: (FacilityId::from_bytes([6; 16]), "Clinic on the Hill"),
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

fn record(shape: Shape, words: &str) -> EncounterRecord {
    let opened = EventBody::EncounterOpened {
        patient: PatientId::from_bytes([1; 16]),
        origin: EncounterOrigin::Kiosk,
        ticket: "A-17".into(),
        protocol: Some("urn:x|1".into()),
        language: Language::english(),
    };
    let mut now = 1_700_000_000_000;
    let id = EncounterId::from_bytes([2; 16]);
    let mut record = EncounterRecord::open(id, &opened, Timestamp::from_millis(now)).unwrap();
    let actor = Actor { who: Who::Device(DeviceId::from_bytes([3; 16])), role: Role::Kiosk };
    for body in story(shape, words) {
        now += 61_001;
        record.apply(&body, &actor, Timestamp::from_millis(now));
    }
    record
}

fn story(shape: Shape, words: &str) -> Vec<EventBody> {
    let mut story = Vec::new();
    if shape >= Shape::Intake {
        story.extend([
            EventBody::ConsentGiven { scope: ConsentScope::Intake },
            EventBody::PatientIdentified {
                name: words.into(),
                birth_date: "1981-05".parse().ok().map(Phi::new),
                verified: false,
            },
            EventBody::RedFlagRaised {
                flag: FlagId::from_bytes([5; 16]),
                rule: "chest-pain".into(),
                severity: Severity::Emergency,
                source: FlagSource::Utterance { index: 0, span: (0, 1) },
            },
        ]);
    }
    if shape >= Shape::Drafted {
        for (index, speaker) in [(0, Speaker::Clinician), (1, Speaker::Patient)] {
            let utterance = Utterance {
                index,
                speaker,
                text: words.into(),
                source: UtteranceSource::Typed,
                start_ms: None,
                end_ms: None,
                confidence: None,
            };
            story.push(EventBody::UtteranceHeard { utterance });
        }
        story.push(EventBody::NoteDrafted { note: note(words) });
    }
    if shape >= Shape::Signed {
        story.push(EventBody::NoteSigned { by: PERSON, digest: Digest([9; 32]) });
    }
    if shape >= Shape::Amended {
        let at = Timestamp::from_millis(1_700_000_900_000);
        story.push(EventBody::AddendumSigned { addendum: Addendum { text: words.into(), by: PERSON, at } });
    }
    if shape == Shape::Retracted {
        story.push(EventBody::EncounterRetracted { reason: words.into() });
    }
    story
}

fn sentence(id: u32, text: &str, origin: SentenceOrigin, evidence: &[u32]) -> Sentence {
    Sentence { id, text: text.into(), origin, evidence: evidence.to_vec() }
}

fn note(words: &str) -> Note {
    let section =
        |id: &str, title: &str, sentences| NoteSection { id: id.into(), title: title.into(), sentences };
    let sections = vec![
        section(
            "subjective",
            "Subjective",
            vec![
                sentence(0, words, SentenceOrigin::Drafted, &[0, 1]),
                sentence(3, words, SentenceOrigin::Typed, &[]),
            ],
        ),
        section("plan", "Plan", vec![sentence(1, words, SentenceOrigin::Edited, &[1])]),
    ];
    Note { template: "soap".into(), engine: DraftEngine::Extractive, sections }
}
