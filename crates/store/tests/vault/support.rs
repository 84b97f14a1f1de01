//! A vault in a folder of its own, with cheap passphrases and no operating system's keyring.

use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use domain::*;
use seal::KdfParams;
use store::{
    Append, Created, Error, Expected, KeyringState, MemoryKeyring, SystemClock, SystemRandom, Unlock, Vault,
    VaultOptions,
};

#[path = "../../../seal/tests/support/mod.rs"]
pub mod events;

pub const PASSPHRASE: &str = "the passphrase of the tests";

pub fn options() -> VaultOptions {
    VaultOptions {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
        kdf: KdfParams::THROW_AWAY,
    }
}

pub fn passphrase() -> Unlock {
    Unlock::Passphrase(PASSPHRASE.into())
}

/// A new vault and the folder that it lives in.
pub struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn create(&self) -> Created {
        Vault::create(&self.path(), PASSPHRASE, options()).unwrap()
    }

    pub fn open(&self) -> Result<Vault, Error> {
        Vault::open(&self.path(), passphrase(), options())
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }
}

pub fn clinician() -> Actor {
    Actor { who: Who::Person(PersonId::from_bytes([1; 16])), role: Role::Clinician }
}

pub fn append(stream: Stream, events: Vec<EventBody>) -> Append {
    Append { stream, actor: clinician(), action: Action("test.append"), events, expected: Expected::Anything }
}

pub fn new_encounter() -> EncounterId {
    EncounterId::make(SystemClock.now(), &SystemRandom)
}

pub fn opened() -> EventBody {
    EventBody::EncounterOpened {
        patient: PatientId::make(SystemClock.now(), &SystemRandom),
        origin: EncounterOrigin::Kiosk,
        ticket: "A-1".to_owned(),
        protocol: None,
        language: Language::english(),
    }
}

pub fn said(index: u32, text: &str) -> EventBody {
    EventBody::UtteranceHeard {
        utterance: Utterance {
            index,
            speaker: Speaker::Patient,
            text: text.into(),
            source: UtteranceSource::Typed,
            start_ms: None,
            end_ms: None,
            confidence: None,
        },
    }
}

pub fn note(text: &str) -> Note {
    Note {
        template: "soap".to_owned(),
        engine: DraftEngine::Typed,
        model: None,
        sections: vec![NoteSection {
            id: "plan".to_owned(),
            title: "Plan".to_owned(),
            sentences: vec![Sentence {
                id: 0,
                text: text.into(),
                origin: SentenceOrigin::Typed,
                evidence: Vec::new(),
            }],
        }],
    }
}

/// An encounter with a transcript, in the vault.
pub fn visit(vault: &Vault, utterances: &[&str]) -> EncounterId {
    let id = new_encounter();
    let mut events = vec![opened()];
    events.extend(utterances.iter().zip(0..).map(|(text, index)| said(index, text)));
    vault.append(append(Stream::Encounter(id), events)).unwrap();
    id
}

/// This program again, running one test of the kind that waits to be killed, with its instructions in the environment.
pub fn child(test: &str, environment: &[(&str, &Path)]) -> (Child, ChildStdout) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture", "--quiet", "--test-threads=1"]);
    command.envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn().unwrap();
    let output = child.stdout.take().unwrap();
    (child, output)
}

/// The folder that a child was told of; `None` when nobody started it as a child.
pub fn told(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}
