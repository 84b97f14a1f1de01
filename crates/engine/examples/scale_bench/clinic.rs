//! The clinic: a few dozen visits are taken as they are taken every day, by the application's own calls; all others are
//! visits like them, with other patients and other words, appended to the log by the store.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use bedside_engine::rpc::schema::{Method, method};
use bedside_engine::rpc::types::*;
use bedside_engine::{Engine, EngineOptions, host};
use domain::{
    Action, Actor, Answer, AnswerSource, AnswerValue, Clock, ConsentScope, EncounterId, EventBody, FlagId,
    Language, NoteState, PatientId, PersonId, Phi, Role, Speaker, Stream, Timestamp, Utterance,
    UtteranceSource, Who,
};
use licence::{Contact, Day, Feature, Licence, LicenceId, Limits, SigningKey};
use store::{Append, Expected, KeyringState, MemoryKeyring, SystemRandom, VaultOptions};

use crate::Failure;
use crate::numbers::{Numbers, name};

pub(crate) const PASSPHRASE: &str = "the passphrase of the benchmark";
pub(crate) const PASSWORD: &str = "the password of the benchmark";
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// 2030-01-15T12:00:00Z, after every version's begin: the clinic's now.
pub(crate) const NOW: i64 = 1_894_708_800_000;
/// Three years.
const DAYS: i64 = 1_096;
/// So many visits are taken by the application's own calls.
const MODELS: usize = 40;
/// A patient comes about four times.
const VISITS_A_PATIENT: usize = 4;

/// A clock that is set.
pub(crate) struct Hand(AtomicI64);

impl Hand {
    pub(crate) fn at(millis: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(millis)))
    }

    fn set(&self, millis: i64) {
        self.0.store(millis, Ordering::Relaxed);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// The engine on the clinic's folder. Passwords are hashed cheaply: what a hash costs is chosen, and the same at any size.
pub(crate) fn start(data: &Path, clock: Arc<Hand>) -> Result<Arc<Engine>, Failure> {
    Ok(Engine::start(EngineOptions {
        data: data.to_owned(),
        vault: VaultOptions {
            clock,
            random: Arc::new(SystemRandom),
            keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
            kdf: seal::KdfParams::THROW_AWAY,
        },
        password_kdf: seal::KdfParams::THROW_AWAY,
        local_day: host::local_day,
        passphrase: Some(seal::Passphrase::new(PASSPHRASE)),
    })?)
}

pub(crate) fn sign_in(engine: &Engine, role: Role) -> Result<String, Failure> {
    let request = SignIn { login: role.as_str().into(), password: PASSWORD.into() };
    Ok(engine.request::<method::SessionSignIn>(None, &request)?.token)
}

/// Makes the clinic; how long the visits that the store appends took, and of how many events they are.
pub(crate) fn make(data: &Path, count: usize) -> Result<(Duration, usize), Failure> {
    let clock = Hand::at(NOW - DAYS * DAY);
    let engine = start(data, Arc::clone(&clock))?;
    let numbers = Numbers::new();
    let clinician = found(&engine)?;
    let models = models(&engine, &numbers, count.min(MODELS))?;
    let vault = engine.vault()?;
    let begun = Instant::now();
    let (mut written, rest) = (0, count.saturating_sub(models.len()));
    for number in 0..rest {
        // Ten hours of every day.
        let day = number * DAYS as usize / rest;
        let first = (day * rest).div_ceil(DAYS as usize);
        let of_day = rest.div_ceil(DAYS as usize);
        let opened = NOW - (DAYS - day as i64) * DAY + DAY - 5 * 60 * MINUTE
            + (number - first) as i64 * (600 * MINUTE / of_day as i64);
        let opened = opened.min(NOW - 10 * MINUTE);
        let ended = if NOW - opened > DAY { 3 } else { 1 + number % 3 };
        let visit = Visit { patient: numbers.below(count.div_ceil(VISITS_A_PATIENT)), opened, ended };
        written += append(&vault, &clock, &numbers, &models[number % models.len()], &visit, clinician)?;
        if number % 1_000 == 0 {
            eprint!("\r{number} of {rest} encounters");
        }
    }
    eprintln!("\r{rest} of {rest} encounters");
    let took = begun.elapsed();
    clock.set(NOW);
    license(&engine)?;
    Ok((took, written))
}

/// The clinic and its people; the clinician.
fn found(engine: &Engine) -> Result<PersonId, Failure> {
    engine.request::<method::ClinicCreate>(
        None,
        &CreateClinic {
            clinic: "Large Clinic".into(),
            language: Language::english(),
            administrator: "Administrator".into(),
            login: Role::Administrator.as_str().into(),
            password: PASSWORD.into(),
            passphrase: PASSPHRASE.into(),
            guided: false,
        },
    )?;
    let admin = sign_in(engine, Role::Administrator)?;
    let create = |role: Role| {
        let person = CreatePerson {
            login: role.as_str().into(),
            name: format!("The {}", role.as_str()),
            role,
            password: PASSWORD.into(),
        };
        engine.request::<method::PeopleCreate>(Some(&admin), &person)
    };
    create(Role::FrontDesk)?;
    Ok(create(Role::Clinician)?.id)
}

/// Figures need a licence that includes them, and the evaluation ended years ago. A key of this run signs it, which only a
/// build with debug assertions believes.
fn license(engine: &Engine) -> Result<(), Failure> {
    let vendor = SigningKey::make(&SystemRandom);
    let now = Timestamp::from_millis(NOW);
    let licence = Licence {
        id: LicenceId::make(now, &SystemRandom),
        company: "Large Clinic".to_owned(),
        tier: "enterprise".to_owned(),
        limits: Limits { conversations_per_month: None, devices: None },
        features: [Feature::TEXT, Feature::VOICE, Feature::ANALYTICS].into(),
        support: None,
        contact: Contact::default(),
        issued: now,
        not_before: Day::of(Timestamp::from_millis(NOW - DAYS * DAY)),
        expires: None,
        file_expires: None,
        updates_until: None,
        grace_days: 0,
        facility: None,
        time_zone: Some("America/Chicago".to_owned()),
        prices: None,
        other: std::collections::BTreeMap::new(),
    };
    let text = licence.sign(&vendor)?;
    let request = InstallLicence { text, trust: Some(vendor.public().to_text()) };
    let admin = sign_in(engine, Role::Administrator)?;
    engine.request::<method::LicenceInstall>(Some(&admin), &request)?;
    Ok(())
}

/// Visits from the kiosk's first screen to the signature, as the log has them.
fn models(engine: &Engine, numbers: &Numbers, count: usize) -> Result<Vec<Vec<EventBody>>, Failure> {
    let desk = sign_in(engine, Role::FrontDesk)?;
    let kiosk = ask::<method::KioskOpen>(engine, &desk, &Empty {})?.token;
    let clinician = sign_in(engine, Role::Clinician)?;
    let mut models = Vec::new();
    for _ in 0..count {
        let encounter = intake(engine, &kiosk, numbers)?;
        let transcript = AddTranscript { encounter, text: numbers.transcript().into() };
        let view = ask::<method::TranscriptAdd>(engine, &clinician, &transcript)?;
        if view.record.flags.iter().any(|flag| flag.acknowledged.is_none()) {
            let all = AcknowledgeFlag { encounter, flag: None };
            ask::<method::FlagsAcknowledge>(engine, &clinician, &all)?;
        }
        let drafted = ask::<method::NoteDraft>(engine, &clinician, &DraftNote::by_rule(encounter, None))?;
        let NoteState::Draft { revision, .. } = drafted.record.note else { return Err("no draft".into()) };
        let confirmed: Vec<u32> = drafted
            .findings
            .iter()
            .filter(|finding| finding.must_confirm)
            .map(|finding| finding.sentence)
            .collect();
        let sign = SignNote { encounter, revision, confirmed, password: PASSWORD.into() };
        ask::<method::NoteSign>(engine, &clinician, &sign)?;
        let events = engine.vault()?.events(Stream::Encounter(encounter))?;
        models.push(events.into_iter().map(|event| event.body).collect());
    }
    Ok(models)
}

/// An intake at the kiosk, from the consents to its end.
fn intake(engine: &Engine, kiosk: &str, numbers: &Numbers) -> Result<EncounterId, Failure> {
    let begin = BeginIntake { language: Language::english(), protocol: None };
    let encounter = ask::<method::IntakeBegin>(engine, kiosk, &begin)?.encounter;
    let consents = [(ConsentScope::Intake, true), (ConsentScope::Recording, true)].into();
    ask::<method::IntakeConsent>(engine, kiosk, &GiveConsent { encounter, consents })?;
    let who = Phi::new("Somebody".to_owned());
    let mut view =
        ask::<method::IntakeIdentify>(engine, kiosk, &Identify { encounter, name: who, birth_date: None })?;
    loop {
        let question = match &view.step {
            IntakeStep::Question { question } => question.clone(),
            IntakeStep::Review { .. } => {
                view = ask::<method::IntakeSubmit>(engine, kiosk, &IntakeOf { encounter })?;
                continue;
            }
            IntakeStep::Done { .. } => return Ok(encounter),
            step => return Err(format!("{step:?} came after the questions began").into()),
        };
        let answer = match question.link_id.as_str() {
            intake::REASON => Answer::Given(vec![AnswerValue::Text(numbers.complaint())]),
            _ => numbers.answer(&question),
        };
        let give = |answer: Answer| GiveAnswer {
            encounter,
            link_id: question.link_id.clone(),
            answer: answer.into(),
            source: [AnswerSource::Touch, AnswerSource::Voice][numbers.below(2)],
            words: None,
        };
        // What does not fit the question's limits is passed over.
        view = match engine.request::<method::IntakeAnswer>(Some(kiosk), &give(answer)) {
            Ok(view) => view,
            Err(_) => ask::<method::IntakeAnswer>(engine, kiosk, &give(Answer::Skipped))?,
        };
    }
}

fn ask<M: Method>(engine: &Engine, token: &str, request: &M::Request) -> Result<M::Response, Failure> {
    Ok(engine.request::<M>(Some(token), request)?)
}

/// What is different in a visit.
struct Visit {
    patient: usize,
    opened: i64,
    /// How many of its three parts are over: intake, conversation, note.
    ended: usize,
}

/// Appends a visit like the model, in three steps as they come: the intake, the conversation, the note. How many events.
fn append(
    vault: &store::Vault,
    clock: &Hand,
    numbers: &Numbers,
    model: &[EventBody],
    visit: &Visit,
    clinician: PersonId,
) -> Result<usize, Failure> {
    let encounter = EncounterId::make(Timestamp::from_millis(visit.opened), numbers);
    let mut flags = HashMap::new();
    let mut utterances = 0;
    let mut parts: [Vec<EventBody>; 3] = Default::default();
    let mut part = 0;
    for body in model {
        match body {
            EventBody::UtteranceHeard { .. } => {
                part = part.max(1);
                utterances += 1;
            }
            EventBody::NoteDrafted { .. } => {
                parts[1].extend([chat(numbers, utterances), chat(numbers, utterances + 1)]);
                part = 2;
            }
            _ => {}
        }
        parts[part].push(like(body, numbers, visit, &mut flags));
    }
    let (kiosk, person) = (Who::Device(vault.device()), Who::Person(clinician));
    let steps = [
        (Actor { who: kiosk, role: Role::Kiosk }, Action("intake.submit")),
        (Actor { who: person, role: Role::Clinician }, Action("transcript.add")),
        (Actor { who: person, role: Role::Clinician }, Action("note.sign")),
    ];
    let mut written = 0;
    for (step, ((actor, action), events)) in steps.into_iter().zip(parts).take(visit.ended).enumerate() {
        clock.set(visit.opened + 3 * MINUTE * step as i64);
        written += events.len();
        let stream = Stream::Encounter(encounter);
        vault.append(Append { stream, actor, action, events, expected: Expected::Anything })?;
    }
    Ok(written)
}

fn chat(numbers: &Numbers, index: u32) -> EventBody {
    EventBody::UtteranceHeard {
        utterance: Utterance {
            index,
            speaker: Speaker::Patient,
            text: numbers.chat().into(),
            source: UtteranceSource::Speech,
            start_ms: Some(index * 4_000),
            end_ms: Some(index * 4_000 + 3_500),
            confidence: Some(0.9),
        },
    }
}

/// The patient of that number.
pub(crate) fn patient_of(number: usize) -> PatientId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    PatientId::from_bytes(bytes)
}

/// The same of another patient.
fn like(
    body: &EventBody,
    numbers: &Numbers,
    visit: &Visit,
    flags: &mut HashMap<FlagId, FlagId>,
) -> EventBody {
    let mut body = body.clone();
    match &mut body {
        EventBody::EncounterOpened { patient, ticket, .. } => {
            *patient = patient_of(visit.patient);
            *ticket = format!("A-{}", 1 + numbers.below(99));
        }
        EventBody::PatientIdentified { name: known, birth_date, verified } => {
            *verified = true;
            *known = name(visit.patient).into();
            *birth_date = format!("{}", 1930 + visit.patient % 90).parse().ok().map(Phi::new);
        }
        EventBody::RedFlagRaised { flag, .. } => {
            let own = FlagId::make(Timestamp::from_millis(visit.opened), numbers);
            flags.insert(*flag, own);
            *flag = own;
        }
        EventBody::RedFlagAcknowledged { flag } => *flag = flags.get(flag).copied().unwrap_or(*flag),
        _ => {}
    }
    body
}
