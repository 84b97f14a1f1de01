//! Whatever the other end, the application and the retention rules do, in whatever order: what was signed arrives, in its
//! order, or is shown as failed; and nothing is sent of what was deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use domain::{
    Action, Actor, Clock, DestinationId, EncounterId, EncounterOrigin, EventBody, ExportFormat, Language,
    Note, PatientId, PersonId, Role, Who, WhyDeleted,
};
use proptest::prelude::*;
use store::{
    AuditWrite, DestinationWrite, KeyringState, MemoryKeyring, Object, Outcome, SecretChange, SystemRandom,
    Vault, VaultOptions,
};

use super::carry::{Carry, NotTaken, Parcel};
use super::retry::Ended;
use super::*;
use crate::EngineOptions;

const PASSPHRASE: &str = "a long enough passphrase";
const ACTION: Action = Action("test.sign");

/// A clock that the test sets.
#[derive(Debug)]
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The other end of the wire, which answers as it is told, and remembers what it took.
#[derive(Default)]
struct OtherEnd {
    answers: Mutex<Vec<Option<Ended>>>,
    took: Mutex<Vec<(EncounterId, DeliveryId)>>,
    asked: Mutex<Vec<EncounterId>>,
}

impl Carry for OtherEnd {
    fn carry(
        &self,
        _: &DestinationPlace,
        _: Option<&str>,
        parcel: &Parcel,
        _: Timestamp,
    ) -> Result<(), NotTaken> {
        let encounter = parcel.of.as_ref().expect("a record").encounter;
        self.asked.lock().unwrap().push(encounter);
        match self.answers.lock().unwrap().pop().flatten() {
            None => {
                self.took.lock().unwrap().push((encounter, parcel.delivery));
                Ok(())
            }
            Some(ended) => {
                let code = domain::ErrorCode::DestinationUnavailable;
                Err(NotTaken { code, status: Some(503), ended })
            }
        }
    }
}

struct World {
    engine: Option<Arc<Engine>>,
    clock: Arc<Hand>,
    folder: tempfile::TempDir,
    destination: DestinationId,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(1_800_000_000_000)));
        let options = options(&folder.path().join("clinic"), &clock);
        let founding =
            [EventBody::FacilityCreated { name: "Test Clinic".to_owned(), language: Language::english() }];
        Vault::found(&options.data, PASSPHRASE, &founding, options.vault.clone()).unwrap();
        let destination = DestinationId::make(clock.now(), &SystemRandom);
        let mut world = Self { engine: None, clock, folder, destination };
        world.start();
        let settings = Settings {
            name: "Records".to_owned(),
            place: DestinationPlace::Http { address: "https://records.example/".to_owned() },
        };
        let write = DestinationWrite {
            id: destination,
            on: true,
            formats: vec![ExportFormat::Text],
            settings: settings.written().unwrap(),
            secret: SecretChange::Forget,
        };
        let entry = world.entry();
        world.vault().save_destination(write, entry).unwrap();
        world
    }

    /// The application ends and begins again.
    fn start(&mut self) {
        drop(self.engine.take());
        let options = options(&self.folder.path().join("clinic"), &self.clock);
        self.engine = Some(Engine::start(options).unwrap());
    }

    fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    fn vault(&self) -> Arc<Vault> {
        self.engine().vault().unwrap()
    }

    fn actor(&self) -> Actor {
        Actor { who: Who::Device(self.vault().device()), role: Role::Clinician }
    }

    fn entry(&self) -> AuditWrite {
        let object = Some(Object::Destination(self.destination));
        AuditWrite { actor: self.actor(), action: ACTION, object, outcome: Outcome::Allowed }
    }

    fn sign(&self) -> EncounterId {
        let random = SystemRandom;
        // Ids made later sort later where the clock moved on.
        self.pass(1);
        let now = self.clock.now();
        let encounter = EncounterId::make(now, &random);
        let by = PersonId::make(now, &random);
        let note = Note {
            template: "soap".to_owned(),
            engine: domain::DraftEngine::Extractive,
            model: None,
            sections: vec![domain::NoteSection {
                id: "subjective".to_owned(),
                title: "Subjective".to_owned(),
                sentences: vec![domain::Sentence {
                    id: 0,
                    text: "Well.".into(),
                    origin: domain::SentenceOrigin::Drafted,
                    evidence: Vec::new(),
                }],
            }],
        };
        let digest = seal::note_digest(&note).unwrap();
        let events = vec![
            EventBody::EncounterOpened {
                patient: PatientId::make(now, &random),
                origin: EncounterOrigin::Clinician,
                ticket: "A-1".to_owned(),
                protocol: None,
                language: Language::english(),
            },
            EventBody::NoteDrafted { note, fallback: None },
            EventBody::NoteSigned { by, digest, confirmed: None, lists: None },
        ];
        self.engine().append(self.actor(), ACTION, encounter, events).unwrap();
        encounter
    }

    fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// The encounters in the queue: those that failed, and those that wait.
    fn queue(&self) -> (BTreeSet<EncounterId>, Vec<EncounterId>) {
        let all = self.vault().deliveries(self.destination, u32::MAX).unwrap();
        let (failed, waiting): (Vec<_>, Vec<_>) = all.into_iter().partition(|delivery| delivery.failed);
        (
            failed.into_iter().map(|delivery| delivery.encounter).collect(),
            waiting.into_iter().map(|delivery| delivery.encounter).collect(),
        )
    }
}

fn options(data: &Path, clock: &Arc<Hand>) -> EngineOptions {
    EngineOptions {
        data: data.to_owned(),
        vault: VaultOptions {
            clock: Arc::<Hand>::clone(clock),
            random: Arc::new(SystemRandom),
            keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
            kdf: seal::KdfParams::THROW_AWAY,
        },
        password_kdf: seal::KdfParams::THROW_AWAY,
        local_day: crate::host::local_day,
        passphrase: Some(PASSPHRASE.into()),
    }
}

/// What happens in a clinic's life.
#[derive(Clone, Debug)]
enum Happens {
    Signs,
    /// The other end answers so from now on, in this order, and takes what comes after.
    Answers(Vec<Answer>),
    Passes(i64),
    Sends,
    Restarts,
    /// Retention deletes one of what was signed.
    Deletes(prop::sample::Index),
    /// Somebody presses for what failed.
    TriesAgain,
}

#[derive(Clone, Copy, Debug)]
enum Answer {
    Takes,
    NotNow,
    Asks(i64),
    Never,
}

fn happens() -> impl Strategy<Value = Happens> {
    let answer = prop_oneof![
        Just(Answer::Takes),
        Just(Answer::NotNow),
        (1_000_i64..90_000_000).prop_map(Answer::Asks),
        Just(Answer::Never),
    ];
    prop_oneof![
        4 => Just(Happens::Signs),
        3 => prop::collection::vec(answer, 1..4).prop_map(Happens::Answers),
        4 => (1_000_i64..20_000_000).prop_map(Happens::Passes),
        5 => Just(Happens::Sends),
        1 => Just(Happens::Restarts),
        2 => any::<prop::sample::Index>().prop_map(Happens::Deletes),
        1 => Just(Happens::TriesAgain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_was_signed_arrives_in_order_or_is_shown_and_nothing_is_sent_of_what_was_deleted(
        life in prop::collection::vec(happens(), 1..40)
    ) {
        let mut world = World::new();
        let end = OtherEnd::default();
        let mut signed: Vec<EncounterId> = Vec::new();
        let mut deleted: BTreeMap<EncounterId, usize> = BTreeMap::new();
        let mut pressed = false;
        for step in life {
            match step {
                Happens::Signs => signed.push(world.sign()),
                Happens::Answers(answers) => {
                    let ended = answers.into_iter().map(|answer| match answer {
                        Answer::Takes => None,
                        Answer::NotNow => Some(Ended::NotNow { asked: None }),
                        Answer::Asks(ms) => Some(Ended::NotNow { asked: Some(ms) }),
                        Answer::Never => Some(Ended::Never),
                    });
                    *end.answers.lock().unwrap() = ended.collect();
                }
                Happens::Passes(ms) => world.pass(ms),
                Happens::Sends => world.engine().send_due_by(&end),
                Happens::Restarts => world.start(),
                Happens::Deletes(index) => {
                    let there: Vec<_> = signed.iter().filter(|id| !deleted.contains_key(id)).copied().collect();
                    if !there.is_empty() {
                        let gone = *index.get(&there);
                        world.vault().shred(gone, world.actor(), WhyDeleted::SignedKept).unwrap();
                        deleted.insert(gone, end.asked.lock().unwrap().len());
                    }
                }
                Happens::TriesAgain => {
                    pressed = true;
                    world.vault().try_delivery_again(world.destination, None, world.entry()).unwrap();
                }
            }
            let (failed, waiting) = world.queue();
            let took: Vec<_> = end.took.lock().unwrap().iter().map(|(id, _)| *id).collect();
            for id in &signed {
                let here = usize::from(failed.contains(id)) + waiting.iter().filter(|one| *one == id).count();
                let arrived = took.iter().filter(|one| *one == id).count();
                let there = if deleted.contains_key(id) { arrived } else { here + arrived };
                prop_assert!(deleted.contains_key(id) || there == 1, "{id}: {here} in the queue, {arrived} arrived");
                prop_assert!(!deleted.contains_key(id) || here == 0, "{id} was deleted and is in the queue");
            }
            prop_assert!(waiting.is_sorted(), "what waits keeps the order of signing");
            prop_assert!(pressed || took.is_sorted(), "what arrives keeps the order of signing");
            let asked = end.asked.lock().unwrap();
            for (id, before) in &deleted {
                prop_assert!(!asked[*before..].contains(id), "{id} was sent after it was deleted");
            }
        }
        // The other end is well again, and time goes by: everything arrives that did not fail.
        end.answers.lock().unwrap().clear();
        world.pass(retry::MOST_ASKED);
        world.engine().send_due_by(&end);
        prop_assert!(world.queue().1.is_empty());
        prop_assert!(world.vault().verify_audit().unwrap().is_intact());
    }
}

#[test]
fn a_delivery_keeps_its_id_over_attempts_and_restarts() {
    let mut world = World::new();
    let encounter = world.sign();
    let before = world.vault().next_delivery(world.destination).unwrap().unwrap();
    let end = OtherEnd::default();
    end.answers.lock().unwrap().push(Some(Ended::NotNow { asked: None }));
    world.engine().send_due_by(&end);
    world.start();
    world.engine().send_due_by(&end);
    assert!(end.took.lock().unwrap().is_empty(), "its time has not come");
    world.pass(retry::WAITS[0]);
    world.engine().send_due_by(&end);
    assert_eq!(*end.took.lock().unwrap(), [(encounter, before.id)]);
    let record = world.vault().encounter(encounter).unwrap().unwrap();
    assert_eq!(record.exports, 1, "what left stands in the encounter");
}

#[test]
fn what_was_tried_too_often_fails_and_what_comes_after_it_goes_on() {
    let world = World::new();
    let first = world.sign();
    let second = world.sign();
    let end = OtherEnd::default();
    for _ in 0..retry::MOST_TRIES {
        end.answers.lock().unwrap().push(Some(Ended::NotNow { asked: None }));
    }
    for _ in 0..retry::MOST_TRIES {
        assert_eq!(world.queue(), (BTreeSet::new(), vec![first, second]), "the second waits for the first");
        world.engine().send_due_by(&end);
        world.pass(retry::WAITS[retry::WAITS.len() - 1]);
    }
    world.engine().send_due_by(&end);
    assert_eq!(world.queue(), (BTreeSet::from([first]), Vec::new()));
    assert_eq!(end.took.lock().unwrap().len(), 1);
    let entries = world.vault().audit_entries(&store::AuditFilter {
        object: Some(Object::Encounter(first)),
        ..store::AuditFilter::default()
    });
    let outcome = &entries.unwrap()[0].outcome;
    assert_eq!(outcome, "failed:destination.unavailable");
}

#[test]
fn a_destination_that_is_switched_off_is_sent_nothing_and_keeps_what_waits() {
    let world = World::new();
    let encounter = world.sign();
    let switch = |on| {
        let vault = world.vault();
        let destination = find(&vault, world.destination).unwrap();
        let write = DestinationWrite {
            id: destination.id,
            on,
            formats: destination.formats,
            settings: destination.settings,
            secret: SecretChange::Keep,
        };
        vault.save_destination(write, world.entry()).unwrap();
    };
    switch(false);
    let never_queued = world.sign();
    let end = OtherEnd::default();
    world.engine().send_due_by(&end);
    assert!(end.asked.lock().unwrap().is_empty());
    assert_eq!(world.queue().1, [encounter]);
    switch(true);
    world.engine().send_due_by(&end);
    let took: Vec<_> = end.took.lock().unwrap().iter().map(|(id, _)| *id).collect();
    assert_eq!(took, [encounter], "{never_queued} was signed while nothing was to be sent");
}

#[test]
fn a_record_that_makes_no_file_is_shown_as_failed() {
    let world = World::new();
    let encounter = world.sign();
    let vault = world.vault();
    // Nobody wrote a note before it was entered in error.
    let empty = EncounterId::make(world.clock.now(), &SystemRandom);
    let opened = EventBody::EncounterOpened {
        patient: PatientId::make(world.clock.now(), &SystemRandom),
        origin: EncounterOrigin::Clinician,
        ticket: "A-2".to_owned(),
        protocol: None,
        language: Language::english(),
    };
    let retracted = EventBody::EncounterRetracted { reason: "opened twice".into() };
    world.engine().append(world.actor(), ACTION, empty, vec![opened, retracted]).unwrap();
    let end = OtherEnd::default();
    world.engine().send_due_by(&end);
    let failed = vault.deliveries(world.destination, 10).unwrap();
    assert_eq!(failed.len(), 1);
    assert!(failed[0].failed && failed[0].encounter == empty);
    assert!(failed[0].reason.as_ref().unwrap().contains("note.empty"));
    assert_eq!(end.took.lock().unwrap()[0].0, encounter);
}
