//! What is deleted, when, and what stands against it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{
    Action, Actor, AudioRule, Clock as _, Coded as _, EncounterId, EncounterStatus, ErrorCode, EventBody,
    NoteState, RecordingId, RetentionRules, Role, Stream, Who,
};
use store::{Append, AuditFilter, Expected, Object, SystemRandom};
use support::{Clinic, DAY, Hand, PASSWORD, START};

struct World {
    clinic: Clinic,
    clock: Arc<Hand>,
    admin: String,
    clinician: String,
}

const OFF: RetentionRules =
    RetentionRules { audio: AudioRule::Keep, signed_years: None, unfinished_days: None, hold: false };

impl World {
    fn new() -> Self {
        let clock = Arc::new(Hand(AtomicI64::new(START)));
        let clinic = Clinic::by(Arc::<Hand>::clone(&clock));
        let admin = clinic.sign_in(Role::Administrator);
        let clinician = clinic.sign_in(Role::Clinician);
        Self { clinic, clock, admin, clinician }
    }

    /// Days go by in which the application runs now and then.
    fn pass(&self, days: i64) {
        let mut left = days;
        while left > 0 {
            let step = left.min(20);
            self.clock.0.fetch_add(step * DAY, Ordering::SeqCst);
            self.return_to_screens();
            self.clinic.request::<method::LicenceStatusOf>(&self.admin, &Empty {}).unwrap();
            left -= step;
        }
    }

    /// The screens locked themselves meanwhile.
    fn return_to_screens(&self) {
        self.clinic.unlock(&self.admin);
        self.clinic.unlock(&self.clinician);
    }

    fn signed(&self) -> EncounterId {
        let view = self.clinic.drafted(&self.clinician);
        let NoteState::Draft { revision, .. } = view.record.note else { panic!("there is a draft") };
        self.sign(view.record.id, revision)
    }

    fn sign(&self, encounter: EncounterId, revision: u32) -> EncounterId {
        let request = SignNote { encounter, revision, password: PASSWORD.into(), confirmed: Vec::new() };
        self.clinic.request::<method::NoteSign>(&self.clinician, &request).unwrap();
        encounter
    }

    /// Sound of an encounter, as a recording leaves it.
    fn record(&self, encounter: EncounterId) -> PathBuf {
        let vault = self.clinic.engine.vault().unwrap();
        let id = RecordingId::make(self.clock.now(), &SystemRandom);
        let key = vault.recording_key(encounter, id).unwrap();
        let folder = self.clinic.data.join("sound").join(encounter.to_string());
        let mut journal =
            audio::journal::JournalWriter::create(&folder, id, key, 1, Arc::new(SystemRandom)).unwrap();
        journal.append(0, &[0.25; 32_000]).unwrap();
        journal.finish().unwrap();
        let events = vec![
            EventBody::RecordingStarted { recording: id, channels: 1 },
            EventBody::RecordingEnded { recording: id, length_ms: 2_000 },
            EventBody::RecordingTranscribed { recording: id, model: "none".into() },
        ];
        let actor = Actor { who: Who::Device(vault.device()), role: Role::Clinician };
        let (stream, action) = (Stream::Encounter(encounter), Action("test.record"));
        vault.append(Append { stream, actor, action, events, expected: Expected::Anything }).unwrap();
        audio::journal::path(&folder, id)
    }

    fn signed_with_sound(&self) -> (EncounterId, PathBuf) {
        let view = self.clinic.drafted(&self.clinician);
        let NoteState::Draft { revision, .. } = view.record.note else { panic!("there is a draft") };
        let sound = self.record(view.record.id);
        (self.sign(view.record.id, revision), sound)
    }

    /// An intake that was left in the middle.
    fn unfinished(&self) -> EncounterId {
        let kiosk = self.clinic.sign_in(Role::Kiosk);
        let encounter = self.clinic.begin_intake(&kiosk).encounter;
        self.clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter }).unwrap();
        encounter
    }

    fn status(&self) -> RetentionStatus {
        self.clinic.request::<method::RetentionStatusOf>(&self.admin, &Empty {}).unwrap()
    }

    fn preview(&self, rules: RetentionRules) -> RetentionDue {
        self.clinic.request::<method::RetentionPreview>(&self.admin, &PreviewRetention { rules }).unwrap()
    }

    fn set(&self, rules: RetentionRules) -> RetentionStatus {
        let seen = self.preview(rules).digest;
        self.clinic.request::<method::RetentionSet>(&self.admin, &SetRetention { rules, seen }).unwrap()
    }

    fn run(&self) -> Result<RetentionStatus, Error> {
        let seen = self.status().due.digest;
        self.clinic.request::<method::RetentionRun>(&self.admin, &RunRetention { seen })
    }

    fn is_there(&self, encounter: EncounterId) -> bool {
        self.clinic.engine.vault().unwrap().encounter(encounter).unwrap().is_some()
    }
}

fn code<T: std::fmt::Debug>(answered: Result<T, Error>) -> ErrorCode {
    answered.unwrap_err().code()
}

#[test]
fn by_default_nothing_is_ever_due_and_sound_goes_with_the_signature() {
    let world = World::new();
    let (signed, sound) = world.signed_with_sound();
    let left = world.unfinished();
    assert!(!sound.exists(), "the sound went with the signature");
    let status = world.status();
    assert_eq!(status.rules, RetentionRules::default());
    assert_eq!((status.changed, status.last, status.stopped), (None, None, None));
    world.pass(5_000);
    world.clinic.engine.tend();
    let due = world.status().due;
    assert_eq!((due.recordings, due.signed, due.unfinished), (0, 0, 0));
    assert!(world.is_there(signed) && world.is_there(left));
}

#[test]
fn sound_is_kept_for_its_days_and_then_deleted_as_it_was_shown() {
    let world = World::new();
    world.set(RetentionRules { audio: AudioRule::Days { days: 7 }, ..OFF });
    let (encounter, sound) = world.signed_with_sound();
    assert!(sound.exists(), "it stays at the signature");
    world.pass(6);
    assert_eq!(world.status().due.recordings, 0);
    world.pass(2);
    let due = world.status().due;
    assert_eq!((due.recordings, due.recording_bytes), (1, sound.metadata().unwrap().len()));
    assert!(due.oldest.is_some());
    let after = world.run().unwrap();
    assert_eq!((after.due.recordings, after.last.unwrap().recordings), (0, 1));
    assert!(after.last.unwrap().by_hand && !sound.exists());
    let record = world.clinic.engine.vault().unwrap().encounter(encounter).unwrap().unwrap();
    assert!(record.recordings[0].deleted && !record.utterances.is_empty(), "the words stay");
}

#[test]
fn sound_of_a_note_that_nobody_signed_is_never_due() {
    let world = World::new();
    world.set(RetentionRules { audio: AudioRule::Days { days: 1 }, ..OFF });
    let sound = world.record(world.clinic.drafted(&world.clinician).record.id);
    world.pass(400);
    assert_eq!(world.status().due.recordings, 0);
    world.clinic.engine.tend();
    assert!(sound.exists());
}

#[test]
fn a_signed_encounter_goes_after_its_years_and_nothing_of_it_is_left_to_read() {
    let world = World::new();
    world.set(RetentionRules { signed_years: Some(3), ..OFF });
    let (old, sound) = world.signed_with_sound();
    world.pass(3 * 365);
    let young = world.signed();
    assert_eq!(world.status().due.signed, 0, "a day short of its years");
    world.pass(4);
    let due = world.status().due;
    assert_eq!((due.signed, due.recordings, due.unfinished), (1, 1, 0));
    // No licence holds any more, which plays no part.
    let licence = world.clinic.request::<method::LicenceStatusOf>(&world.admin, &Empty {}).unwrap();
    assert_eq!(licence.standing, LicenceStanding::EvaluationOver);
    let ran = world.run().unwrap().last.unwrap();
    assert_eq!((ran.signed, ran.recordings), (1, 1));
    assert!(!sound.exists() && !sound.parent().unwrap().exists());

    let show = EncounterOf { encounter: old };
    assert_eq!(
        code(world.clinic.request::<method::EncountersShow>(&world.clinician, &show)),
        ErrorCode::NotFound
    );
    let export = ExportEncounter { encounter: old, format: domain::ExportFormat::Fhir };
    assert!(world.clinic.request::<method::EncountersExport>(&world.clinician, &export).is_err());
    let search = SearchTranscripts { query: "pain".into() };
    let hits = world.clinic.request::<method::TranscriptSearch>(&world.clinician, &search).unwrap();
    assert!(hits.iter().all(|hit| hit.encounter != old));
    assert!(world.is_there(young));

    let vault = world.clinic.engine.vault().unwrap();
    assert!(!vault.rebuild_projections().unwrap().changed);
    assert!(vault.verify_audit().unwrap().is_intact());
    let about = AuditFilter { object: Some(Object::Encounter(old)), ..AuditFilter::default() };
    let actions: Vec<_> =
        vault.audit_entries(&about).unwrap().into_iter().map(|entry| entry.action).collect();
    assert!(actions.contains(&"encounter.shred".to_owned()), "{actions:?}");
    drop(vault);
    let clinic = world.clinic.restart_by(world.clock);
    assert!(clinic.engine.vault().unwrap().encounter(old).unwrap().is_none());
}

#[test]
fn an_intake_that_was_left_goes_after_its_days_unless_somebody_went_on_with_it() {
    let world = World::new();
    world.set(RetentionRules { unfinished_days: Some(14), ..OFF });
    let (left, resumed) = (world.unfinished(), world.unfinished());
    world.pass(10);
    let transcript = AddTranscript { encounter: resumed, text: support::TRANSCRIPT.into() };
    world.clinic.request::<method::TranscriptAdd>(&world.clinician, &transcript).unwrap();
    world.pass(5);
    assert_eq!(world.status().due.unfinished, 1);
    world.run().unwrap();
    assert!(!world.is_there(left) && world.is_there(resumed));
}

#[test]
fn nothing_is_deleted_that_was_not_shown() {
    let world = World::new();
    world.unfinished();
    world.pass(20);
    let rules = RetentionRules { unfinished_days: Some(14), ..OFF };
    let nothing = world.preview(OFF).digest;
    let set = SetRetention { rules, seen: nothing };
    assert_eq!(
        code(world.clinic.request::<method::RetentionSet>(&world.admin, &set)),
        ErrorCode::PreviewChanged
    );
    assert_eq!(world.status().rules, RetentionRules::default(), "nothing was set");
    let seen = world.set(rules).due;
    assert_eq!(seen.unfinished, 1);
    let later = world.unfinished();
    world.pass(20);
    let run = RunRetention { seen: seen.digest };
    assert_eq!(
        code(world.clinic.request::<method::RetentionRun>(&world.admin, &run)),
        ErrorCode::PreviewChanged
    );
    assert!(world.is_there(later));
}

#[test]
fn a_legal_hold_stops_every_deletion_the_one_at_the_signature_too() {
    let world = World::new();
    world.set(RetentionRules { audio: AudioRule::AtSigning, unfinished_days: Some(3), hold: true, ..OFF });
    let left = world.unfinished();
    let (_, sound) = world.signed_with_sound();
    assert!(sound.exists());
    world.pass(10);
    let status = world.status();
    assert_eq!((status.stopped, status.due.unfinished), (Some(RetentionStop::Hold), 1));
    assert_eq!(code(world.run()), ErrorCode::RetentionHeld);
    world.clinic.engine.tend();
    assert!(world.is_there(left) && sound.exists());
    world.set(RetentionRules { unfinished_days: Some(3), ..RetentionRules::default() });
    world.run().unwrap();
    assert!(!world.is_there(left) && !sound.exists(), "taken off, what was due is deleted");
}

#[test]
fn a_clock_set_forward_makes_nothing_old() {
    let world = World::new();
    world.set(RetentionRules { signed_years: Some(3), unfinished_days: Some(3), ..OFF });
    let (signed, left) = (world.signed(), world.unfinished());
    for days in [400, 4_000, 40_000] {
        world.clock.0.store(START + days * DAY, Ordering::SeqCst);
        world.return_to_screens();
        let status = world.status();
        assert_eq!(status.stopped, Some(RetentionStop::Clock));
        assert_eq!((status.due.signed, status.due.unfinished), (0, 0), "time goes by what was witnessed");
        assert_eq!(code(world.run()), ErrorCode::RetentionClock);
        world.clinic.engine.tend();
        assert!(world.is_there(signed) && world.is_there(left));
    }
    world.clock.0.store(START + 4 * DAY, Ordering::SeqCst);
    world.return_to_screens();
    assert_eq!(world.status().due.unfinished, 1, "set right, the days count again");
    world.clock.0.store(START, Ordering::SeqCst);
    assert_eq!(world.status().stopped, Some(RetentionStop::Clock), "set back is no better");
}

#[test]
fn nothing_is_deleted_while_a_patient_is_at_the_kiosk() {
    let world = World::new();
    world.set(RetentionRules { unfinished_days: Some(3), ..OFF });
    let left = world.unfinished();
    world.pass(5);
    let kiosk = world.clinic.sign_in(Role::Kiosk);
    let encounter = world.clinic.begin_intake(&kiosk).encounter;
    assert_eq!(world.status().stopped, Some(RetentionStop::Busy));
    assert_eq!(code(world.run()), ErrorCode::RetentionBusy);
    world.clinic.engine.tend();
    assert!(world.is_there(left));
    world.clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter }).unwrap();
    world.clinic.engine.tend();
    assert!(!world.is_there(left), "the day's run comes once the kiosk is free");
    assert!(world.is_there(encounter));
}

#[test]
fn once_a_day_what_is_due_goes_by_itself_and_the_trail_names_the_device() {
    let world = World::new();
    world.set(RetentionRules { unfinished_days: Some(3), ..OFF });
    let first = world.unfinished();
    world.pass(4);
    world.clinic.engine.tend();
    assert!(!world.is_there(first));
    let last = world.status().last.unwrap();
    assert_eq!((last.by_hand, last.unfinished), (false, 1));
    let vault = world.clinic.engine.vault().unwrap();
    let about = AuditFilter { object: Some(Object::Encounter(first)), ..AuditFilter::default() };
    assert_eq!(vault.audit_entries(&about).unwrap()[0].actor.who, Who::Device(vault.device()));

    // Due now, and yet the day's run was made.
    let second = world.unfinished();
    world.clock.0.fetch_add(3 * DAY + 1, Ordering::SeqCst);
    world.return_to_screens();
    world.clinic.engine.tend();
    assert!(!world.is_there(second), "another day");
    let third = world.unfinished();
    world.set(RetentionRules { unfinished_days: None, ..OFF });
    world.pass(30);
    world.clinic.engine.tend();
    assert!(world.is_there(third), "a rule that was taken back deletes nothing");
}

#[test]
fn rules_below_the_least_are_refused_and_only_an_administrator_sets_any() {
    let world = World::new();
    for rules in [
        RetentionRules { signed_years: Some(2), ..OFF },
        RetentionRules { signed_years: Some(101), ..OFF },
        RetentionRules { unfinished_days: Some(0), ..OFF },
        RetentionRules { audio: AudioRule::Days { days: 0 }, ..OFF },
    ] {
        let preview = PreviewRetention { rules };
        let refused = world.clinic.request::<method::RetentionPreview>(&world.admin, &preview);
        assert_eq!(code(refused), ErrorCode::RequestInvalid);
        let set = SetRetention { rules, seen: world.preview(OFF).digest };
        let refused = world.clinic.request::<method::RetentionSet>(&world.admin, &set);
        assert_eq!(code(refused), ErrorCode::RequestInvalid);
    }
    for role in [Role::FrontDesk, Role::Clinician, Role::Auditor] {
        let token = world.clinic.sign_in(role);
        let refused = world.clinic.request::<method::RetentionStatusOf>(&token, &Empty {});
        assert_eq!(code(refused), ErrorCode::Forbidden);
    }
}

#[test]
fn a_device_that_kept_its_sound_before_there_were_rules_keeps_it() {
    let world = World::new();
    let settings = SoundSettings { keep_recordings: true, ..SoundSettings::default() };
    world.clinic.request::<method::SoundConfigure>(&world.admin, &settings).unwrap();
    assert_eq!(world.status().rules.audio, AudioRule::Keep);
    let (encounter, sound) = world.signed_with_sound();
    assert!(sound.exists());
    let record = world.clinic.engine.vault().unwrap().encounter(encounter).unwrap().unwrap();
    assert_eq!(record.status, EncounterStatus::Signed);
}
