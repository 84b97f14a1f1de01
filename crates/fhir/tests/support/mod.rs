//! Encounters of every shape. The tests of `export` use them too.

use domain::{
    Actor, Addendum, ConsentScope, DeviceId, Digest, DraftEngine, EncounterId, EncounterOrigin,
    EncounterRecord, EventBody, FlagId, FlagSource, Language, Note, NoteSection, PatientId, PersonId, Phi,
    Role, Sentence, SentenceOrigin, Severity, Speaker, Timestamp, Utterance, UtteranceSource, Who,
};

pub const PERSON: PersonId = PersonId::from_bytes([7; 16]);
const OTHER: PersonId = PersonId::from_bytes([8; 16]);

/// How far the encounter of a test has come.
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

pub fn record(shape: Shape, words: &str) -> EncounterRecord {
    let patient = PatientId::from_bytes([1; 16]);
    let language = Language::english();
    let origin = EncounterOrigin::Kiosk;
    let opened = EventBody::EncounterOpened {
        patient,
        origin,
        ticket: "A-17".into(),
        protocol: Some("urn:x|1".into()),
        language,
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
            EventBody::ConsentGiven { scope: ConsentScope::Recording },
            EventBody::ConsentWithdrawn { scope: ConsentScope::Contact },
            EventBody::PatientIdentified {
                name: words.into(),
                birth_date: "1981-05".parse().ok().map(Phi::new),
                verified: false,
            },
        ]);
        for (id, severity) in [(4, Severity::Urgent), (5, Severity::Emergency)] {
            story.push(EventBody::RedFlagRaised {
                flag: FlagId::from_bytes([id; 16]),
                rule: "chest-pain".into(),
                severity,
                source: FlagSource::Utterance { index: 0, span: (0, 1) },
            });
        }
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
        story.push(EventBody::NoteDrafted { note: note(words), fallback: None });
    }
    if shape >= Shape::Signed {
        story.push(EventBody::NoteSigned {
            by: PERSON,
            digest: Digest([9; 32]),
            confirmed: None,
            lists: None,
        });
    }
    if shape >= Shape::Amended {
        let at = Timestamp::from_millis(1_700_000_900_000);
        story.push(EventBody::AddendumSigned { addendum: Addendum { text: words.into(), by: OTHER, at } });
    }
    if shape == Shape::Retracted {
        story.push(EventBody::EncounterRetracted { reason: words.into() });
    }
    story
}

fn note(words: &str) -> Note {
    let sentence = |id, origin, evidence: &[u32]| Sentence {
        id,
        text: words.into(),
        origin,
        evidence: evidence.to_vec(),
    };
    let sections = vec![
        NoteSection {
            id: "subjective".into(),
            title: "Subjective".into(),
            sentences: vec![
                sentence(0, SentenceOrigin::Drafted, &[0, 1]),
                sentence(3, SentenceOrigin::Typed, &[]),
            ],
        },
        NoteSection {
            id: "plan".into(),
            title: "Plan".into(),
            sentences: vec![sentence(1, SentenceOrigin::Edited, &[1])],
        },
    ];
    Note { template: "soap".into(), engine: DraftEngine::Extractive, model: None, sections }
}
