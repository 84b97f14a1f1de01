//! Destinations through the RPC as a screen uses it: who may, what is kept, what arrives, what is shown where it does not.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU16, Ordering};
use std::sync::mpsc::{self, Receiver};

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{AudioRule, Coded as _, EncounterId, ErrorCode, ExportFormat, NoteState, RetentionRules, Role};
use store::{AuditFilter, Object};
use support::{Clinic, DAY, Hand, PASSWORD, START};

const TOKEN: &str = "zanzibar-token-4711";

struct World {
    clinic: Clinic,
    clock: Arc<Hand>,
    admin: String,
    clinician: String,
    /// Where record systems watch.
    watched: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let clock = Arc::new(Hand(AtomicI64::new(START)));
        let clinic = Clinic::by(Arc::<Hand>::clone(&clock));
        let admin = clinic.sign_in(Role::Administrator);
        let clinician = clinic.sign_in(Role::Clinician);
        Self { clinic, clock, admin, clinician, watched: tempfile::tempdir().unwrap() }
    }

    fn restart(self) -> Self {
        let Self { clinic, clock, watched, .. } = self;
        let clinic = clinic.restart_by(Arc::<Hand>::clone(&clock));
        let admin = clinic.sign_in(Role::Administrator);
        let clinician = clinic.sign_in(Role::Clinician);
        Self { clinic, clock, admin, clinician, watched }
    }

    fn save(&self, request: &SaveDestination) -> Result<Destinations, Error> {
        self.clinic.request::<method::DestinationsSave>(&self.admin, request)
    }

    fn list(&self) -> Vec<DestinationLine> {
        self.clinic.request::<method::DestinationsList>(&self.admin, &Empty {}).unwrap().destinations
    }

    /// A folder that is switched on, in these formats.
    fn folder(&self, formats: &[ExportFormat]) -> (DestinationLine, PathBuf) {
        let path = self.watched.path().join(format!("inbox-{}", self.list().len()));
        std::fs::create_dir(&path).unwrap();
        let place = DestinationPlace::Folder { path: path.to_str().unwrap().to_owned() };
        let all = self.save(&request(place, formats, TokenChange::Keep)).unwrap().destinations;
        (all.last().unwrap().clone(), path)
    }

    fn endpoint(&self, address: &str, token: TokenChange) -> DestinationLine {
        let place = DestinationPlace::Http { address: address.to_owned() };
        let all = self.save(&request(place, &[ExportFormat::Text], token)).unwrap().destinations;
        all.last().unwrap().clone()
    }

    fn signed(&self) -> EncounterId {
        let view = self.clinic.drafted(&self.clinician);
        let NoteState::Draft { revision, .. } = view.record.note else { panic!("there is a draft") };
        let encounter = view.record.id;
        let sign = SignNote { encounter, revision, password: PASSWORD.into(), confirmed: Vec::new() };
        self.clinic.request::<method::NoteSign>(&self.clinician, &sign).unwrap();
        encounter
    }

    fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
        self.clinic.unlock(&self.admin);
        self.clinic.unlock(&self.clinician);
    }

    fn trail(&self, object: Object) -> Vec<(String, String)> {
        let filter = AuditFilter { object: Some(object), ..AuditFilter::default() };
        let entries = self.clinic.engine.vault().unwrap().audit_entries(&filter).unwrap();
        entries.into_iter().map(|entry| (entry.action, entry.outcome)).collect()
    }
}

fn request(place: DestinationPlace, formats: &[ExportFormat], token: TokenChange) -> SaveDestination {
    SaveDestination {
        id: None,
        name: "Hospital records".into(),
        place,
        formats: formats.to_vec(),
        on: true,
        token,
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A server that gives every request the answer of the moment, and what it got: the head and the body of each.
fn server(status: Arc<AtomicU16>) -> (String, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/inbox", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let mut reader = BufReader::new(&stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let status = status.load(Ordering::SeqCst);
            let answer = format!("HTTP/1.1 {status} So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            (&stream).write_all(answer.as_bytes()).unwrap();
            if sender.send((head, body)).is_err() {
                return;
            }
        }
    });
    (address, receiver)
}

#[test]
fn a_signed_note_arrives_in_a_watched_folder_in_every_format_and_an_addendum_follows() {
    let world = World::new();
    assert!(world.list().is_empty(), "there is none until somebody adds one");
    let formats = [ExportFormat::Fhir, ExportFormat::Pdf, ExportFormat::Hl7v2, ExportFormat::Text];
    let (destination, folder) = world.folder(&formats);
    let encounter = world.signed();
    assert_eq!(world.list()[0].waiting, 4);
    assert!(files(&folder).is_empty(), "signing waits for no folder");
    world.clinic.engine.send_due();
    let line = world.list().remove(0);
    assert_eq!((line.state, line.sent, line.waiting), (DestinationState::Idle, 4, 0));
    let names = files(&folder);
    assert_eq!(names.len(), 4, "{names:?}");
    for extension in ["json", "pdf", "hl7", "txt"] {
        let name = names.iter().find(|name| name.ends_with(extension)).unwrap();
        assert!(name.starts_with(&format!("bedside-{encounter}-")), "{name}");
        assert!(!std::fs::read(folder.join(name)).unwrap().is_empty());
    }
    let text = names.iter().find(|name| name.ends_with("txt")).unwrap();
    assert!(std::fs::read_to_string(folder.join(text)).unwrap().starts_with("SUBJECTIVE"));

    let addendum = SignAddendum { encounter, text: "Called back.".into(), password: PASSWORD.into() };
    world.clinic.request::<method::NoteAddendum>(&world.clinician, &addendum).unwrap();
    world.clinic.engine.send_due();
    let later: Vec<_> = files(&folder).into_iter().filter(|name| !names.contains(name)).collect();
    assert_eq!(later.len(), 4);
    let text = later.iter().find(|name| name.ends_with("txt")).unwrap();
    assert!(std::fs::read_to_string(folder.join(text)).unwrap().contains("Called back."));

    let sent = |(action, outcome): &(String, String)| action == "destinations.put" && outcome == "allowed";
    assert_eq!(world.trail(Object::Encounter(encounter)).iter().filter(|entry| sent(entry)).count(), 8);
    assert_eq!(
        world.trail(Object::Destination(destination.id)).iter().filter(|entry| sent(entry)).count(),
        8
    );
    let of = EncounterOf { encounter };
    let view = world.clinic.request::<method::EncountersShow>(&world.clinician, &of).unwrap();
    assert_eq!(view.record.exports, 8);
}

#[test]
fn an_endpoint_that_is_down_gets_everything_later_once_and_in_order_also_after_a_restart() {
    let world = World::new();
    let status = Arc::new(AtomicU16::new(503));
    let (address, got) = server(Arc::clone(&status));
    world.endpoint(&address, TokenChange::Set { token: TOKEN.into() });
    let first = world.signed();
    let second = world.signed();
    world.clinic.engine.send_due();
    let (head, _) = got.recv().unwrap();
    assert!(head.contains(&format!("Bearer {TOKEN}")) && head.contains(&first.to_string()));
    let line = world.list().remove(0);
    assert_eq!((line.state, line.waiting), (DestinationState::Waiting, 2));
    let waiting = &line.queue[0];
    assert_eq!((waiting.encounter, waiting.tries), (first, 1));
    let reason = waiting.reason.as_ref().unwrap();
    assert_eq!(
        (reason.code, reason.parameters["status"].as_str()),
        (ErrorCode::DestinationUnavailable, "503")
    );

    let world = world.restart();
    status.store(200, Ordering::SeqCst);
    world.clinic.engine.send_due();
    assert!(got.try_recv().is_err(), "its time has not come");
    world.pass(60_000);
    world.clinic.engine.send_due();
    let ids = [first, second].map(|encounter| {
        let (head, body) = got.recv().unwrap();
        assert!(head.contains(&encounter.to_string()) && body.starts_with(b"SUBJECTIVE"));
        encounter
    });
    assert_eq!(ids, [first, second]);
    world.clinic.engine.send_due();
    assert!(got.try_recv().is_err(), "once each");
    assert_eq!(world.list()[0].sent, 2);
}

#[test]
fn what_an_endpoint_refuses_is_shown_and_tried_again_or_given_up_on_by_hand() {
    let world = World::new();
    let status = Arc::new(AtomicU16::new(401));
    let (address, got) = server(Arc::clone(&status));
    let id = world.endpoint(&address, TokenChange::Forget).id;
    let refused = world.signed();
    let other = world.signed();
    world.clinic.engine.send_due();
    let line = world.list().remove(0);
    assert_eq!((line.state, line.failed, line.waiting), (DestinationState::Failed, 2, 0));
    assert_eq!(line.queue[0].reason.as_ref().unwrap().code, ErrorCode::DestinationCredentials);
    let failed = ("destinations.post".to_owned(), "failed:destination.credentials".to_owned());
    assert!(world.trail(Object::Encounter(refused)).contains(&failed));
    world.pass(10 * DAY);
    world.clinic.engine.send_due();
    assert_eq!(got.try_iter().count(), 2, "what failed is not tried by itself");

    let of = |delivery| DeliveryOf { destination: id, delivery };
    let one = of(Some(line.queue[1].id));
    world.clinic.request::<method::DestinationsGiveUp>(&world.admin, &one).unwrap();
    let given_up = ("destinations.give-up".to_owned(), "allowed".to_owned());
    assert!(world.trail(Object::Encounter(other)).contains(&given_up));
    let again = world.clinic.request::<method::DestinationsGiveUp>(&world.admin, &one).unwrap_err();
    assert_eq!(again.code(), ErrorCode::NotFound);

    status.store(204, Ordering::SeqCst);
    let line = world.clinic.request::<method::DestinationsRetry>(&world.admin, &of(None)).unwrap();
    assert_eq!((line.destinations[0].failed, line.destinations[0].waiting), (0, 1));
    world.clinic.engine.send_due();
    let (head, _) = got.recv().unwrap();
    assert!(
        head.contains(&refused.to_string()) && head.contains(&line.destinations[0].queue[0].id.to_string())
    );
    assert_eq!(world.list()[0].state, DestinationState::Idle);
}

#[test]
fn a_share_that_is_not_there_is_waited_for() {
    let world = World::new();
    let (_, folder) = world.folder(&[ExportFormat::Text]);
    std::fs::remove_dir(&folder).unwrap();
    world.signed();
    world.clinic.engine.send_due();
    let line = world.list().remove(0);
    assert_eq!(line.queue[0].reason.as_ref().unwrap().code, ErrorCode::DestinationFolderMissing);
    assert!(line.queue[0].due.is_some() && !folder.exists());
    std::fs::create_dir(&folder).unwrap();
    world.pass(30_000);
    world.clinic.engine.send_due();
    assert_eq!(files(&folder).len(), 1);
}

#[test]
fn a_deleted_encounter_is_in_no_queue() {
    let world = World::new();
    let (_, folder) = world.folder(&[ExportFormat::Text]);
    std::fs::remove_dir(&folder).unwrap();
    let encounter = world.signed();
    world.clinic.engine.send_due();
    assert_eq!(world.list()[0].waiting, 1);
    let rules =
        RetentionRules { audio: AudioRule::Keep, signed_years: Some(3), unfinished_days: None, hold: false };
    let left = 4 * 366;
    for _ in 0..left / 20 {
        world.pass(20 * DAY);
        world.clinic.request::<method::LicenceStatusOf>(&world.admin, &Empty {}).unwrap();
    }
    let due =
        world.clinic.request::<method::RetentionPreview>(&world.admin, &PreviewRetention { rules }).unwrap();
    assert_eq!(due.signed, 1);
    let set = SetRetention { rules, seen: due.digest.clone() };
    let status = world.clinic.request::<method::RetentionSet>(&world.admin, &set).unwrap();
    let run = RunRetention { seen: status.due.digest };
    world.clinic.request::<method::RetentionRun>(&world.admin, &run).unwrap();
    std::fs::create_dir(&folder).unwrap();
    world.clinic.engine.send_due();
    assert!(files(&folder).is_empty());
    let line = world.list().remove(0);
    assert_eq!((line.waiting, line.failed, line.sent), (0, 0, 0));
    assert!(world.clinic.engine.vault().unwrap().encounter(encounter).unwrap().is_none());
}

#[test]
fn the_token_is_shown_nowhere_and_goes_to_no_other_server() {
    let world = World::new();
    let status = Arc::new(AtomicU16::new(200));
    let (address, got) = server(Arc::clone(&status));
    let line = world.endpoint(&address, TokenChange::Set { token: TOKEN.into() });
    assert!(line.has_token);
    let mut change = request(line.place.clone(), &[ExportFormat::Text], TokenChange::Keep);
    change.id = Some(line.id);
    change.name = "Another name".into();
    assert!(world.save(&change).unwrap().destinations[0].has_token, "a name changes no server");
    let tried = DestinationOf { destination: line.id };
    let tried = world.clinic.request::<method::DestinationsTest>(&world.admin, &tried).unwrap();
    assert!(tried.failure.is_none());
    let (head, body) = got.recv().unwrap();
    assert!(head.contains(&format!("Bearer {TOKEN}")) && body.starts_with(b"This is a test"));

    // What a screen, the trail, a bundle for support and the log of events are told.
    let vault = world.clinic.engine.vault().unwrap();
    let bundle = world.clinic.request::<method::SupportPreview>(&world.admin, &Empty {}).unwrap();
    let told = [
        serde_json::to_string(&world.list()).unwrap(),
        serde_json::to_string(&bundle).unwrap(),
        format!("{:?}", vault.audit_entries(&AuditFilter::default()).unwrap()),
        format!("{:?}", vault.destinations().unwrap()),
    ];
    for told in told {
        assert!(!told.contains("zanzibar"), "{told}");
    }

    let (other, got) = server(status);
    change.place = DestinationPlace::Http { address: other };
    assert!(!world.save(&change).unwrap().destinations[0].has_token, "another server is not shown it");
    world.signed();
    world.clinic.engine.send_due();
    assert!(!got.recv().unwrap().0.to_lowercase().contains("authorization"));
}

#[test]
fn only_an_administrator_sets_destinations_and_only_where_records_may_go() {
    let world = World::new();
    let (line, folder) = world.folder(&[ExportFormat::Text]);
    let change = request(line.place.clone(), &[ExportFormat::Text], TokenChange::Keep);
    for role in [Role::Clinician, Role::FrontDesk, Role::Auditor] {
        let token = world.clinic.sign_in(role);
        let list = world.clinic.request::<method::DestinationsList>(&token, &Empty {});
        let save = world.clinic.request::<method::DestinationsSave>(&token, &change);
        assert!(matches!((list, save), (Err(Error::Forbidden), Err(Error::Forbidden))), "{role:?}");
    }
    let inside = world.clinic.data.join("sound");
    let refused =
        |place| world.save(&request(place, &[ExportFormat::Text], TokenChange::Keep)).unwrap_err().code();
    for path in ["inbox", "../inbox", inside.to_str().unwrap(), world.clinic.data.to_str().unwrap()] {
        let place = DestinationPlace::Folder { path: path.to_owned() };
        assert_eq!(refused(place), ErrorCode::DestinationFolderInvalid, "{path}");
    }
    for address in ["http://records.example/", "https://a:b@records.example/", "ftp://records.example"] {
        let place = DestinationPlace::Http { address: address.to_owned() };
        assert_eq!(refused(place), ErrorCode::DestinationAddressInvalid, "{address}");
    }
    let empty = request(line.place.clone(), &[], TokenChange::Keep);
    assert_eq!(world.save(&empty).unwrap_err().code(), ErrorCode::RequestInvalid);
    let remove = DestinationOf { destination: line.id };
    world.clinic.request::<method::DestinationsRemove>(&world.admin, &remove).unwrap();
    world.signed();
    world.clinic.engine.send_due();
    assert!(world.list().is_empty() && files(&folder).is_empty());
    let removed = ("destinations.remove".to_owned(), "allowed".to_owned());
    assert!(world.trail(Object::Destination(line.id)).contains(&removed));
}

#[test]
fn without_the_licence_none_is_added_and_what_is_there_goes_on() {
    let world = World::new();
    let (line, folder) = world.folder(&[ExportFormat::Text]);
    // The evaluation ends.
    for _ in 0..3 {
        world.pass(20 * DAY);
        world.clinic.request::<method::LicenceStatusOf>(&world.admin, &Empty {}).unwrap();
    }
    let all = world.clinic.request::<method::DestinationsList>(&world.admin, &Empty {}).unwrap();
    assert!(!all.licensed);
    let mut change = request(line.place.clone(), &[ExportFormat::Text], TokenChange::Keep);
    assert_eq!(world.save(&change).unwrap_err().code(), ErrorCode::LicenceFeatureMissing);
    world.signed();
    world.clinic.engine.send_due();
    assert_eq!(files(&folder).len(), 1);
    change.id = Some(line.id);
    change.on = false;
    assert_eq!(world.save(&change).unwrap().destinations[0].state, DestinationState::Off);
    change.on = true;
    assert_eq!(world.save(&change).unwrap_err().code(), ErrorCode::LicenceFeatureMissing);
}
