//! Makes `tests/fixtures/schema-N`, N being the current schema version: a small data folder whose passphrase is that of the
//! tests. Run it once when a schema version is released, and commit the folder. It never changes one that exists.
//!
//! `cargo run -p bedside-store --example make_fixture`
#![allow(clippy::print_stdout)]

extern crate bedside_store as store;

use std::path::PathBuf;
use std::sync::Arc;

use domain::*;
use seal::KdfParams;
use store::{
    Append, Expected, KeyringState, MemoryKeyring, SCHEMA_VERSION, SystemClock, SystemRandom, Vault,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(format!("schema-{SCHEMA_VERSION}"));
    let options = store::VaultOptions {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
        kdf: KdfParams::THROW_AWAY,
    };
    let vault = Vault::create(&target, "the passphrase of the tests", options)?.vault;
    let now = || SystemClock.now();
    let person = PersonId::make(now(), &SystemRandom);
    let actor = Actor { who: Who::Person(person), role: Role::Clinician };
    let record = |stream, events| {
        let action = Action("fixture.make");
        vault.append(Append { stream, actor, action, events, expected: Expected::Anything })
    };
    record(
        Stream::Facility,
        vec![
            EventBody::FacilityCreated { name: "Fixture Clinic".to_owned(), language: Language::english() },
            EventBody::PersonCreated {
                person,
                login: "ada".to_owned(),
                name: "Dr. Ada Fixture".to_owned(),
                role: Role::Clinician,
                password_hash: seal::hash_password(
                    &"the password of ada".into(),
                    KdfParams::THROW_AWAY,
                    &SystemRandom,
                )?,
            },
        ],
    )?;

    let opened = |ticket: &str| EventBody::EncounterOpened {
        patient: PatientId::make(now(), &SystemRandom),
        origin: EncounterOrigin::Kiosk,
        ticket: ticket.to_owned(),
        protocol: Some("https://bedside.example/general|1".to_owned()),
        language: Language::english(),
    };
    let said = |index, text: &str| EventBody::UtteranceHeard {
        utterance: Utterance {
            index,
            speaker: Speaker::Patient,
            text: text.into(),
            source: UtteranceSource::Speech,
            start_ms: Some(index * 1000),
            end_ms: Some(index * 1000 + 900),
            confidence: Some(0.875),
        },
    };
    let flag = FlagId::make(now(), &SystemRandom);
    let note = Note {
        template: "soap".to_owned(),
        engine: DraftEngine::Extractive,
        model: None,
        sections: vec![NoteSection {
            id: "subjective".to_owned(),
            title: "Subjective".to_owned(),
            sentences: vec![Sentence {
                id: 0,
                text: "Chest pain since yesterday.".into(),
                origin: SentenceOrigin::Drafted,
                evidence: vec![1],
            }],
        }],
    };
    let signature =
        EventBody::NoteSigned { by: person, digest: seal::note_digest(&note)?, confirmed: None, lists: None };
    let answer = |link: &str, value| EventBody::AnswerRecorded {
        link_id: link.to_owned(),
        answer: Phi::new(Answer::Given(vec![value])),
        source: AnswerSource::Touch,
    };
    record(
        Stream::Encounter(EncounterId::make(now(), &SystemRandom)),
        vec![
            opened("A-1"),
            EventBody::ConsentGiven { scope: ConsentScope::Intake },
            EventBody::ConsentWithdrawn { scope: ConsentScope::Contact },
            EventBody::PatientIdentified {
                name: "Maria Fixture".into(),
                birth_date: Some(Phi::new("1981-05-03".parse()?)),
                verified: true,
            },
            EventBody::QuestionAsked { link_id: "severity".to_owned() },
            answer("severity", AnswerValue::Integer(7)),
            answer("onset", AnswerValue::Date("2026-11".parse()?)),
            EventBody::EncounterClosed { reason: ReasonClosed::IntakeCompleted },
            said(0, "Good morning"),
            said(1, "My chest hurts since yesterday"),
            said(2, "and I put marmalade on it"),
            EventBody::RedFlagRaised {
                flag,
                rule: "chest-pain".to_owned(),
                severity: Severity::Emergency,
                source: FlagSource::Utterance { index: 1, span: (3, 14) },
            },
            EventBody::RedFlagAcknowledged { flag },
            EventBody::NoteDrafted { note, fallback: None },
            signature,
            EventBody::AddendumSigned {
                addendum: Addendum { text: "Called back.".into(), by: person, at: now() },
            },
            EventBody::Exported { format: ExportFormat::Fhir, digest: Digest([7; 32]) },
        ],
    )?;
    record(
        Stream::Encounter(EncounterId::make(now(), &SystemRandom)),
        vec![opened("A-2"), EventBody::HelpRequested],
    )?;
    drop(vault);
    // What an open vault has, and a fixture does not need.
    for file in ["lock", "reserve"] {
        std::fs::remove_file(target.join(file))?;
    }
    println!("made {}", target.display());
    Ok(())
}
