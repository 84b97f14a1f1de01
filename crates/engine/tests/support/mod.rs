//! A clinic in a throw-away folder, with real parts: only the keyring is in memory, and key derivation is cheap.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::rpc::schema::{Method, method};
use bedside_engine::rpc::types::*;
use bedside_engine::{Engine, EngineOptions, Error};
use domain::{Answer, AnswerSource, Clock, ConsentScope, EncounterId, Language, Phi, Role, Timestamp};
use store::{KeyringState, MemoryKeyring, SystemClock, SystemRandom, VaultOptions};

pub const PASSPHRASE: &str = "a long enough passphrase";
pub const PASSWORD: &str = "a long enough password";
pub const TRANSCRIPT: &str = include_str!("../../../../protocols/examples/visit-transcript.txt");
pub const GENERAL_VISIT: &str = include_str!("../../../../protocols/general-visit.json");
pub const ANSWERS: &str = include_str!("../../../../protocols/examples/general-visit-answers.json");

pub struct Clinic {
    pub engine: Arc<Engine>,
    pub data: PathBuf,
    pub _folder: tempfile::TempDir,
}

/// A day in ms.
pub const DAY: i64 = 86_400_000;
/// 2027-01-15T12:00:00Z.
pub const START: i64 = 1_800_014_400_000;

/// A clock that the test sets.
#[derive(Debug)]
pub struct Hand(pub AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

pub fn options(data: &Path, passphrase: Option<&str>) -> EngineOptions {
    options_at(data, passphrase, Arc::new(SystemClock))
}

pub fn options_at(data: &Path, passphrase: Option<&str>, clock: Arc<dyn Clock>) -> EngineOptions {
    EngineOptions {
        data: data.to_owned(),
        vault: VaultOptions {
            clock,
            random: Arc::new(SystemRandom),
            keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
            kdf: seal::KdfParams::THROW_AWAY,
        },
        password_kdf: seal::KdfParams::THROW_AWAY,
        local_day: bedside_engine::host::local_day,
        passphrase: passphrase.map(seal::Passphrase::new),
    }
}

impl Clinic {
    /// A clinic with one person of each role, who sign in with the role's name.
    pub fn new() -> Self {
        Self::by(Arc::new(SystemClock))
    }

    /// The same, by another clock.
    pub fn by(clock: Arc<dyn Clock>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("clinic");
        Self::make(data, folder, clock)
    }

    /// The same in a folder of the test's choice.
    pub fn at(data: &Path) -> Self {
        Self::make(data.to_owned(), tempfile::tempdir().unwrap(), Arc::new(SystemClock))
    }

    fn make(data: PathBuf, folder: tempfile::TempDir, clock: Arc<dyn Clock>) -> Self {
        let engine = Engine::start(options_at(&data, None, clock)).unwrap();
        let request = CreateClinic {
            clinic: "Riverside Clinic".into(),
            language: Language::english(),
            administrator: "Administrator".into(),
            login: "administrator".into(),
            password: PASSWORD.into(),
            passphrase: PASSPHRASE.into(),
            guided: false,
        };
        engine.request::<method::ClinicCreate>(None, &request).unwrap();
        let clinic = Self { engine, data, _folder: folder };
        let admin = clinic.sign_in(Role::Administrator);
        for role in [Role::FrontDesk, Role::Clinician, Role::Auditor] {
            let person = CreatePerson {
                login: role.as_str().into(),
                name: role.as_str().into(),
                role,
                password: PASSWORD.into(),
            };
            clinic.request::<method::PeopleCreate>(&admin, &person).unwrap();
        }
        clinic
    }

    /// The same clinic after the application was started again.
    pub fn restart(self) -> Self {
        self.restart_by(Arc::new(SystemClock))
    }

    /// The same, by another clock.
    pub fn restart_by(self, clock: Arc<dyn Clock>) -> Self {
        let Self { engine, data, _folder } = self;
        drop(engine);
        let engine = Engine::start(options_at(&data, Some(PASSPHRASE), clock)).unwrap();
        Self { engine, data, _folder }
    }

    pub fn request<M: Method>(&self, token: &str, request: &M::Request) -> Result<M::Response, Error> {
        self.engine.request::<M>(Some(token), request)
    }

    /// A session of that role.
    pub fn sign_in(&self, role: Role) -> String {
        if role == Role::Kiosk {
            let desk = self.sign_in(Role::FrontDesk);
            return self.request::<method::KioskOpen>(&desk, &Empty {}).unwrap().token;
        }
        let request = SignIn { login: role.as_str().into(), password: PASSWORD.into() };
        self.engine.request::<method::SessionSignIn>(None, &request).unwrap().token
    }

    /// Somebody is back at a screen that locked itself meanwhile.
    pub fn unlock(&self, token: &str) {
        let request = UnlockSession { secret: PASSWORD.into() };
        self.request::<method::SessionUnlock>(token, &request).unwrap();
    }

    /// An intake up to the first question.
    pub fn begin_intake(&self, kiosk: &str) -> IntakeView {
        let begin = BeginIntake { language: Language::english(), protocol: None };
        let encounter = self.request::<method::IntakeBegin>(kiosk, &begin).unwrap().encounter;
        let consents = [(ConsentScope::Intake, true), (ConsentScope::Recording, false)].into();
        self.request::<method::IntakeConsent>(kiosk, &GiveConsent { encounter, consents }).unwrap();
        let name = Phi::new("Ada Marlowe".to_owned());
        self.request::<method::IntakeIdentify>(kiosk, &Identify { encounter, name, birth_date: None })
            .unwrap()
    }

    /// A whole intake with the bundled answers.
    pub fn take_intake(&self, kiosk: &str) -> EncounterId {
        self.finish_intake(kiosk, self.begin_intake(kiosk))
    }

    /// An intake from where it stands to its end.
    pub fn finish_intake(&self, kiosk: &str, mut view: IntakeView) -> EncounterId {
        let questionnaire = intake::Questionnaire::from_json(GENERAL_VISIT).unwrap();
        let answers: std::collections::BTreeMap<_, _> =
            intake::answers::from_json(ANSWERS, &questionnaire).unwrap().into_iter().collect();
        let encounter = view.encounter;
        loop {
            view = match &view.step {
                IntakeStep::Question { question } => {
                    let answer = answers.get(&question.link_id).cloned().unwrap_or(Answer::Skipped);
                    self.answer(kiosk, encounter, &question.link_id, answer)
                }
                IntakeStep::Review { .. } => {
                    self.request::<method::IntakeSubmit>(kiosk, &IntakeOf { encounter }).unwrap()
                }
                IntakeStep::Done { .. } => return encounter,
                step => panic!("{step:?} came after the questions began"),
            };
        }
    }

    pub fn answer(&self, kiosk: &str, encounter: EncounterId, link_id: &str, answer: Answer) -> IntakeView {
        let link_id = link_id.to_owned();
        let request = GiveAnswer {
            encounter,
            link_id,
            answer: answer.into(),
            source: AnswerSource::Touch,
            words: None,
        };
        self.request::<method::IntakeAnswer>(kiosk, &request).unwrap()
    }

    /// A visit with a draft.
    pub fn drafted(&self, clinician: &str) -> EncounterView {
        let open = OpenEncounter::of("Ada Marlowe", Language::english());
        let encounter = self.request::<method::EncountersOpen>(clinician, &open).unwrap().record.id;
        let transcript = AddTranscript { encounter, text: TRANSCRIPT.into() };
        self.request::<method::TranscriptAdd>(clinician, &transcript).unwrap();
        self.request::<method::NoteDraft>(clinician, &DraftNote::by_rule(encounter, None)).unwrap()
    }
}
