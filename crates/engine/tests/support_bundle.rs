//! What leaves for support holds nothing that a person wrote, in whatever way it could be written.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::collections::BTreeMap;

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use data_encoding::{BASE32, BASE64, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use domain::{
    Answer, AnswerValue, Coded as _, ErrorCode, EventBody, Language, NoteState, Phi, Role, Speaker,
};
use serde_json::Value;
use support::{Clinic, PASSWORD};

/// Words that nothing else contains, one for each place that a person writes into.
struct Canaries(BTreeMap<&'static str, String>);

const PLACES: [&str; 19] = [
    "clinic",
    "person name",
    "person login",
    "patient name",
    "patient accents",
    "record number",
    "answer",
    "unclear answer",
    "utterance",
    "correction",
    "note",
    "addendum",
    "greeting",
    "microphone",
    "voice",
    "chosen model",
    "protocol file",
    "model file",
    "log message",
];

impl Canaries {
    fn new() -> Self {
        let word = |place: usize| {
            let letters = ["zu", "qui", "vox", "jad", "wyx", "kef", "plo", "gri", "thu", "ymb"];
            format!("{}{}zark{}mel", letters[place / 10], letters[place % 10], letters[(place * 7) % 10])
        };
        let mut words: BTreeMap<_, _> =
            PLACES.iter().enumerate().map(|(place, name)| (*name, word(place))).collect();
        words.insert("patient accents", "Źużełkąvyń".to_owned());
        Self(words)
    }

    fn at(&self, place: &str) -> &str {
        &self.0[place]
    }

    /// The places whose word stands in the text, and how it is written there.
    fn sightings(&self, text: &str) -> Vec<String> {
        let low = text.to_lowercase();
        let mut found = Vec::new();
        for (place, word) in &self.0 {
            for (how, needle) in ways(word) {
                let there = match how {
                    "plain" | "escaped" | "escaped whole" | "percent" => low.contains(&needle.to_lowercase()),
                    _ => text.contains(&needle),
                };
                if there {
                    found.push(format!("{place}: {how}"));
                }
            }
        }
        found
    }
}

/// A word as it could stand in a text: as it is, escaped as JSON or an address escapes it, in hexadecimal, base64 and base32.
fn ways(word: &str) -> Vec<(&'static str, String)> {
    let escaped = |every: bool| -> String {
        let escape = |unit: u16| match char::from_u32(unit.into()) {
            Some(letter) if letter.is_ascii() && !every => letter.to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        word.encode_utf16().map(escape).collect()
    };
    let bytes = word.as_bytes();
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut ways = vec![
        ("plain", word.to_owned()),
        ("reversed", word.chars().rev().collect()),
        ("escaped", escaped(false)),
        ("escaped whole", escaped(true)),
        ("percent", bytes.iter().map(|byte| format!("%{byte:02x}")).collect()),
        ("hex", HEXLOWER.encode(bytes)),
        ("HEX", HEXUPPER.encode(bytes)),
        ("hex of UTF-16", HEXLOWER.encode(&wide)),
        ("base32", BASE32.encode(&bytes[..bytes.len() / 5 * 5])),
        ("numbers", bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(",")),
    ];
    // At each of the three places in a group of three bytes where the word can begin; what its neighbours share is left out.
    for before in 0..3 {
        let mut padded = vec![0; before];
        padded.extend_from_slice(bytes);
        let whole = padded.len() / 3 * 3;
        let skip = if before == 0 { 0 } else { 4 };
        ways.push(("base64", BASE64.encode(&padded[..whole])[skip..].to_owned()));
        ways.push(("base64url", BASE64URL_NOPAD.encode(&padded[..whole])[skip..].to_owned()));
    }
    ways
}

/// A clinic in which every place is written into.
fn filled(words: &Canaries) -> Clinic {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let person = CreatePerson {
        login: words.at("person login").into(),
        name: words.at("person name").into(),
        role: Role::Clinician,
        password: PASSWORD.into(),
    };
    clinic.request::<method::PeopleCreate>(&admin, &person).unwrap();

    let kiosk = clinic.sign_in(Role::Kiosk);
    let begin = BeginIntake { language: Language::english(), protocol: None };
    let encounter = clinic.request::<method::IntakeBegin>(&kiosk, &begin).unwrap().encounter;
    let consents = [(domain::ConsentScope::Intake, true), (domain::ConsentScope::Recording, false)].into();
    clinic.request::<method::IntakeConsent>(&kiosk, &GiveConsent { encounter, consents }).unwrap();
    let name: Phi<String> =
        format!("{} {}", words.at("patient name"), words.at("patient accents")).as_str().into();
    let view = clinic
        .request::<method::IntakeIdentify>(&kiosk, &Identify { encounter, name, birth_date: None })
        .unwrap();
    let IntakeStep::Question { question } = &view.step else { panic!("{:?}", view.step) };
    let said = Answer::Given(vec![AnswerValue::Text(words.at("answer").into())]);
    let view = clinic.answer(&kiosk, encounter, &question.link_id, said);
    let IntakeStep::Question { question } = &view.step else { panic!("{:?}", view.step) };
    let open = LeaveOpen {
        encounter,
        link_id: question.link_id.clone(),
        words: words.at("unclear answer").into(),
        source: domain::AnswerSource::Typed,
    };
    clinic.request::<method::IntakeLeaveOpen>(&kiosk, &open).unwrap();
    clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter }).unwrap();

    let clinician = clinic.sign_in(Role::Clinician);
    let open = OpenEncounter {
        record_number: Some(words.at("record number").into()),
        ..OpenEncounter::of(words.at("patient name"), Language::english())
    };
    let encounter = clinic.request::<method::EncountersOpen>(&clinician, &open).unwrap().record.id;
    let text = support::TRANSCRIPT.replacen("pain", words.at("utterance"), 1)
        + &format!("\n[patient] {}\n", words.at("utterance"));
    clinic
        .request::<method::TranscriptAdd>(
            &clinician,
            &AddTranscript { encounter, text: text.as_str().into() },
        )
        .unwrap();
    let correct = CorrectUtterance {
        encounter,
        index: 1,
        speaker: Speaker::Patient,
        text: words.at("correction").into(),
    };
    clinic.request::<method::TranscriptCorrect>(&clinician, &correct).unwrap();
    let drafted =
        clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)).unwrap();
    let NoteState::Draft { revision, note, .. } = drafted.record.note else { panic!("there is a draft") };
    let section = note.sections.iter().find(|section| !section.sentences.is_empty()).unwrap();
    let sentence = EditedSentence { id: Some(section.sentences[0].id), text: words.at("note").into() };
    let sections = vec![EditedSection { id: section.id.clone(), sentences: vec![sentence] }];
    let edit = EditNote { encounter, revision, sections };
    let edited = clinic.request::<method::NoteEdit>(&clinician, &edit).unwrap();
    let NoteState::Draft { revision, .. } = edited.record.note else { panic!("there is a draft") };
    let sign = SignNote { encounter, revision, password: PASSWORD.into(), confirmed: Vec::new() };
    clinic.request::<method::NoteSign>(&clinician, &sign).unwrap();
    let addendum = SignAddendum { encounter, text: words.at("addendum").into(), password: PASSWORD.into() };
    clinic.request::<method::NoteAddendum>(&clinician, &addendum).unwrap();

    // Settings, files and the log.
    let sound = SoundSettings {
        microphone: Some(words.at("microphone").into()),
        voices: [(Language::english(), words.at("voice").to_owned())].into(),
        model: Some(words.at("chosen model").into()),
        ..SoundSettings::default()
    };
    clinic.request::<method::SoundConfigure>(&admin, &sound).unwrap();
    let kiosk = KioskSettings {
        welcome: [(Language::english(), words.at("greeting").to_owned())].into(),
        ..KioskSettings::default()
    };
    clinic.request::<method::KioskConfigure>(&admin, &kiosk).unwrap();
    let write = |folder: &str, file: String, content: Vec<u8>| {
        let folder = clinic.data.join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(file), content).unwrap();
    };
    let broken = format!("{{\"title\": \"{}\"", words.at("protocol file"));
    write("protocols", format!("{}.json", words.at("protocol file")), broken.into_bytes());
    write("models", format!("{}.gguf", words.at("model file")), b"GGUF\x03\0\0\0".to_vec());
    let line = format!(
        "2026-11-30T12:00:00Z  INFO bedside_engine: {} code=\"{}\" code=\"note.signed\" elapsed_ms=7 name={}\n",
        words.at("log message"),
        words.at("log message"),
        words.at("log message"),
    );
    write("logs", "bedside.2026-11-30.log".to_owned(), line.into_bytes());
    clinic.request::<method::ProtocolsReload>(&admin, &Empty {}).unwrap();
    clinic
}

fn whole(clinic: &Clinic) -> (SupportBundle, ExportedFile) {
    let admin = clinic.sign_in(Role::Administrator);
    let shown = clinic.request::<method::SupportPreview>(&admin, &Empty {}).unwrap();
    let save = SaveSupport { digest: shown.digest.clone() };
    let saved = clinic.request::<method::SupportSave>(&admin, &save).unwrap();
    (shown, saved)
}

#[test]
fn nothing_that_a_person_wrote_is_in_a_support_bundle_in_any_encoding() {
    let words = Canaries::new();
    let clinic = filled(&words);
    let (shown, saved) = whole(&clinic);
    let text = saved.content.expose();
    assert_eq!(words.sightings(text), [] as [String; 0]);
    assert_eq!(words.sightings(&serde_json::to_string(&shown).unwrap()), [] as [String; 0]);
    // Nor where the records lie, and for whom.
    assert!(!text.contains(clinic.data.to_str().unwrap()));

    // All of it is there all the same.
    let vault = clinic.engine.vault().unwrap();
    let people: Vec<_> = vault.people().unwrap().into_iter().map(|person| person.name).collect();
    assert!(people.contains(&words.at("person name").to_owned()));
    let notes: Vec<_> = vault
        .encounters(&store::EncounterFilter::default())
        .unwrap()
        .iter()
        .flat_map(|row| vault.events(domain::Stream::Encounter(row.id)).unwrap())
        .map(|event| match event.body {
            EventBody::NoteEdited { note } => format!("{:?}", note.sentences().count()),
            other => other.kind().to_owned(),
        })
        .collect();
    assert!(notes.iter().any(|kind| kind == "addendum-signed"), "{notes:?}");

    // What it is for stands in it.
    let bundle: Value = serde_json::from_str(text).unwrap();
    let files = &bundle["files"];
    assert_eq!(files["counts.json"]["encounters"]["signed"], 1);
    assert_eq!(files["counts.json"]["people"]["clinician"], 2);
    assert_eq!(files["settings.json"]["kiosk"]["greetings"], 1);
    assert_eq!(files["licence.json"]["standing"], "evaluation");
    assert_eq!(files["log.json"][0]["code"], "note.signed");
    assert_eq!(files["log.json"][0]["durations"]["elapsed_ms"], 7);
    assert!(files["diagnostics.json"]["versions"]["sqlcipher"].as_str().unwrap().starts_with('4'));
    let own = files["diagnostics.json"]["models"].as_array().unwrap();
    assert!(own.iter().any(|model| model["name"] == "own"), "{own:?}");
}

#[test]
fn the_search_finds_a_word_in_every_encoding() {
    let words = Canaries::new();
    for (place, word) in &words.0 {
        for (how, written) in ways(word) {
            let text = format!("{{\"x\": \"{written}\"}}");
            let found = words.sightings(&text);
            assert!(found.contains(&format!("{place}: {how}")), "{how}: {found:?}");
        }
        for before in ["", "a", "ab", "abc"] {
            let encoded = BASE64.encode(format!("{before}{word} and more").as_bytes());
            assert!(!words.sightings(&encoded).is_empty(), "{encoded}");
        }
    }
    assert_eq!(words.sightings("an ordinary text about nobody"), [] as [String; 0]);
}

#[test]
fn what_is_saved_is_what_was_shown_byte_for_byte_and_nothing_else_can_be_saved() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let nothing = SaveSupport { digest: String::new() };
    let refused = clinic.request::<method::SupportSave>(&admin, &nothing).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::PreviewChanged, "nothing was shown yet");
    let (shown, saved) = whole(&clinic);
    let text = saved.content.expose();
    assert_eq!(seal::digest(text.as_bytes()).to_string(), shown.digest);
    assert_eq!(shown.bytes, text.len() as u64);
    let bundle: Value = serde_json::from_str(text).unwrap();
    assert_eq!(bundle["files"].as_object().unwrap().len(), shown.files.len());
    for file in &shown.files {
        let content: Value = serde_json::from_str(&file.content).unwrap();
        assert_eq!(bundle["files"][&file.name], content, "{}", file.name);
    }
    let again = clinic.request::<method::SupportPreview>(&admin, &Empty {}).unwrap();
    assert_ne!(again.digest, shown.digest, "the trail has grown");
    let stale = SaveSupport { digest: shown.digest };
    let refused = clinic.request::<method::SupportSave>(&admin, &stale).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::PreviewChanged);
    for role in [Role::FrontDesk, Role::Clinician, Role::Auditor] {
        let token = clinic.sign_in(role);
        let refused = clinic.request::<method::SupportPreview>(&token, &Empty {}).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Forbidden);
        let refused = clinic.request::<method::DiagnosticsRead>(&token, &Empty {}).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Forbidden);
    }
}

#[test]
fn a_restore_that_is_tried_leaves_nothing_behind_and_is_kept_as_tried() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    clinic.drafted(&clinic.sign_in(Role::Clinician));
    let folder = clinic._folder.path().join("backup");
    let folder = folder.to_str().unwrap().to_owned();
    let made =
        clinic.request::<method::BackupCreate>(&admin, &CreateBackup { folder: folder.clone() }).unwrap();
    let tried = |passphrase: &str| {
        let request = TryRestore { folder: folder.clone(), passphrase: passphrase.into() };
        clinic.request::<method::RestoreTry>(&admin, &request)
    };
    let wrong = tried("quite another passphrase").unwrap_err();
    assert_eq!(wrong.code(), ErrorCode::VaultWrongKey);
    let drill = |clinic: &Clinic| {
        clinic.request::<method::DiagnosticsRead>(&admin, &Empty {}).unwrap().vault.unwrap().drill
    };
    assert_eq!(drill(&clinic), None);
    let done = tried(support::PASSPHRASE).unwrap();
    assert_eq!(done.events, made.events);
    assert_eq!(drill(&clinic), Some(done));
    assert!(!clinic.data.join(".restore-drill").exists());
}
