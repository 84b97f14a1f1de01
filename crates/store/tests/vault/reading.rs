//! What is recorded is read back: people, lists, search, the audit trail, conflicts.

use domain::*;
use store::{AuditFilter, AuditWrite, EncounterFilter, Error, Expected, Object, Outcome};

use crate::support::*;

fn person(login: &str) -> EventBody {
    EventBody::PersonCreated {
        person: PersonId::make(store::SystemClock.now(), &store::SystemRandom),
        login: login.to_owned(),
        name: "Dr. Ada Example".to_owned(),
        role: Role::Clinician,
        password_hash: "$argon2id$first".to_owned(),
    }
}

#[test]
fn the_facility_and_its_people_are_read_back() {
    let place = Place::new();
    let vault = place.create().vault;
    assert_eq!(vault.facility().unwrap(), None);
    let created =
        EventBody::FacilityCreated { name: "Hillside Clinic".to_owned(), language: Language::english() };
    vault.append(append(Stream::Facility, vec![created, person("Ada")])).unwrap();
    let facility = vault.facility_profile().unwrap().unwrap();
    assert_eq!((facility.name.as_str(), facility.language.tag()), ("Hillside Clinic", "en"));

    let ada = vault.person_by_login("  ADA ").unwrap().unwrap();
    assert_eq!(vault.person(ada.id).unwrap().unwrap(), ada);
    assert!(!format!("{ada:?}").contains("argon2id"));
    let taken = vault.append(append(Stream::Facility, vec![person("ada")])).unwrap_err();
    assert_eq!(taken.code(), ErrorCode::LoginTaken);
    let changed = EventBody::PasswordChanged { person: ada.id, password_hash: "$argon2id$second".to_owned() };
    vault.append(append(Stream::Facility, vec![changed])).unwrap();
    assert_eq!(vault.people().unwrap()[0].password_hash, "$argon2id$second");
    let about_ada = AuditFilter { object: Some(Object::Person(ada.id)), ..Default::default() };
    assert_eq!(vault.audit_entries(&about_ada).unwrap().len(), 1);
}

#[test]
fn the_list_is_filtered_by_time_and_state_and_comes_in_pages() {
    let place = Place::new();
    let vault = place.create().vault;
    let first = visit(&vault, &[]);
    let second = visit(&vault, &["it hurts"]);
    let retracted = visit(&vault, &[]);
    let named = EventBody::PatientIdentified {
        name: "Maria Example".into(),
        birth_date: Some(Phi::new("1981-05".parse().unwrap())),
        verified: true,
    };
    let flag = |id: u8, severity| EventBody::RedFlagRaised {
        flag: FlagId::from_bytes([id; 16]),
        rule: "chest-pain".to_owned(),
        severity,
        source: FlagSource::Utterance { index: 0, span: (0, 2) },
    };
    let events = vec![
        named,
        flag(1, Severity::Urgent),
        flag(2, Severity::Emergency),
        EventBody::RedFlagAcknowledged { flag: FlagId::from_bytes([2; 16]) },
        EventBody::HelpRequested,
    ];
    vault.append(append(Stream::Encounter(second), events)).unwrap();
    let wrong = EventBody::EncounterRetracted { reason: "wrong patient".into() };
    vault.append(append(Stream::Encounter(retracted), vec![wrong])).unwrap();

    let rows = vault.encounters(&EncounterFilter::default()).unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first]);
    let row = &rows[0];
    assert_eq!(row.name.as_ref().unwrap().expose(), "Maria Example");
    assert_eq!(row.birth_date.as_ref().unwrap().expose().as_str(), "1981-05");
    assert_eq!((row.flags, row.unacknowledged, row.severity), (2, 1, Some(Severity::Urgent)));
    assert!(row.verified && row.help_requested.is_some());
    assert_eq!((row.status, row.utterances), (EncounterStatus::InVisit, 1));

    let only = |statuses: &[EncounterStatus]| {
        let filter = EncounterFilter { statuses: statuses.to_vec(), ..Default::default() };
        vault.encounters(&filter).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(only(&[EncounterStatus::Retracted]), [retracted]);
    assert_eq!(only(&[EncounterStatus::Intake]), [first]);
    let page = EncounterFilter { limit: 1, offset: 1, ..Default::default() };
    assert_eq!(vault.encounters(&page).unwrap()[0].id, first);
    let later = EncounterFilter { since: Some(Timestamp::from_millis(i64::MAX)), ..Default::default() };
    assert!(vault.encounters(&later).unwrap().is_empty());
    let until = EncounterFilter { until: Some(row.opened), ..Default::default() };
    assert!(vault.encounters(&until).unwrap().iter().all(|other| other.opened < row.opened));
}

#[test]
fn a_beginning_finds_every_word_that_begins_so_however_many_there_are_and_the_newest_first() {
    let place = Place::new();
    let vault = place.create().vault;
    let words: Vec<String> = (0..90).map(|number| format!("wordy{number:02} again")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    visit(&vault, &words);
    visit(&vault, &["a naïve señora said worm", "wordless"]);
    let found = |query: &str| vault.search(query, 200).unwrap().len();
    assert_eq!((found("w"), found("wo"), found("wor"), found("word")), (92, 92, 92, 91));
    assert_eq!((found("wordy"), found("WORDY1"), found("wordy12"), found("wordl")), (90, 10, 1, 1));
    assert_eq!(
        (found("again wordy1"), found("wordy again"), found("wordx"), found("again wordx")),
        (10, 0, 0, 0)
    );
    assert_eq!((found("naïv"), found("naiv"), found("SEÑO"), found("senor")), (1, 1, 1, 1));
    let newest: Vec<u32> = vault.search("wordy", 3).unwrap().iter().map(|hit| hit.utterance).collect();
    assert_eq!(newest, [89, 88, 87]);
}

#[test]
fn search_finds_words_and_beginnings_and_is_never_confused_by_what_is_typed() {
    let place = Place::new();
    let vault = place.create().vault;
    let visit_id =
        visit(&vault, &["My chest hurts when I climb", "El dolor está en el tórax", "nothing else"]);
    let hits = |query: &str| {
        let hits = vault.search(query, 20).unwrap();
        hits.into_iter().map(|hit| hit.utterance).collect::<Vec<_>>()
    };
    assert_eq!(hits("CHEST"), [0]);
    assert_eq!(hits("torax"), [1]);
    assert_eq!(hits("chest cli"), [0]);
    assert_eq!(hits("chest dolor"), [] as [u32; 0]);
    let hit = &vault.search("hurts", 1).unwrap()[0];
    assert_eq!((hit.encounter, hit.spans.as_slice()), (visit_id, &[(9, 14)][..]));
    assert_eq!(hit.snippet.expose(), "My chest hurts when I climb");
    for odd in ["\"", "chest OR", "NEAR(", "text:chest", "*", "-chest", "' OR 1=1 --", "\u{0}", "(chest", "^"]
    {
        vault.search(odd, 20).unwrap();
    }
    // The corrected words are found, those before the correction no longer are, and nothing of a retracted encounter.
    let EventBody::UtteranceHeard { utterance } = said(0, "My knee hurts when I climb") else {
        unreachable!()
    };
    let corrected = EventBody::UtteranceCorrected { utterance };
    vault.append(append(Stream::Encounter(visit_id), vec![corrected])).unwrap();
    assert_eq!((hits("chest"), hits("knee")), (vec![], vec![0]));
    let retracted = EventBody::EncounterRetracted { reason: "wrong patient".into() };
    vault.append(append(Stream::Encounter(visit_id), vec![retracted])).unwrap();
    assert_eq!(hits("knee"), [] as [u32; 0]);
}

#[test]
fn two_people_cannot_change_one_note_from_the_same_revision() {
    let place = Place::new();
    let vault = place.create().vault;
    let id = visit(&vault, &["it hurts"]);
    let edit = |revision, text: &str| {
        let mut append = append(Stream::Encounter(id), vec![EventBody::NoteEdited { note: note(text) }]);
        append.expected = Expected::NoteRevision(revision);
        vault.append(append)
    };
    edit(0, "first").unwrap();
    edit(1, "second").unwrap();
    assert_eq!(edit(1, "crossed").unwrap_err().code(), ErrorCode::NoteConflict);
    edit(2, "third").unwrap();
    let mut at_length = append(Stream::Encounter(id), vec![EventBody::HelpRequested]);
    at_length.expected = Expected::Length(4);
    assert_eq!(vault.append(at_length.clone()).unwrap_err().code(), ErrorCode::NoteConflict);
    at_length.expected = Expected::Length(5);
    vault.append(at_length).unwrap();
}

#[test]
fn what_does_not_belong_in_a_stream_is_refused_and_leaves_nothing() {
    let place = Place::new();
    let vault = place.create().vault;
    let refused = |stream, events| vault.append(append(stream, events)).unwrap_err();
    let id = new_encounter();
    let stream = Stream::Encounter(id);
    assert!(matches!(refused(stream, vec![]), Error::WrongStream { .. }));
    assert!(matches!(refused(stream, vec![said(0, "a")]), Error::NotFound { .. }));
    assert!(matches!(refused(stream, vec![opened(), opened()]), Error::WrongStream { .. }));
    assert!(matches!(refused(stream, vec![opened(), person("x")]), Error::WrongStream { .. }));
    assert!(matches!(refused(Stream::Facility, vec![opened()]), Error::WrongStream { .. }));
    assert_eq!(vault.encounter(id).unwrap(), None);
    vault.append(append(stream, vec![opened()])).unwrap();
    assert!(matches!(refused(stream, vec![opened()]), Error::WrongStream { .. }));
    let report = vault.verify_audit().unwrap();
    assert!(report.is_intact());
    assert_eq!((report.events, report.entries), (1, 2));
}

#[test]
fn the_audit_trail_names_who_did_what_and_how_it_ended() {
    let place = Place::new();
    let vault = place.create().vault;
    let id = visit(&vault, &["it hurts"]);
    let other = Actor { who: Who::Person(PersonId::from_bytes([2; 16])), role: Role::FrontDesk };
    let refused = AuditWrite {
        actor: other,
        action: Action("encounter.read"),
        object: Some(Object::Encounter(id)),
        outcome: Outcome::Refused(ErrorCode::Forbidden),
    };
    vault.audit(refused).unwrap();
    let entries = |filter: AuditFilter| vault.audit_entries(&filter).unwrap();
    let of_other = entries(AuditFilter { who: Some(other.who), ..Default::default() });
    assert_eq!(of_other.len(), 1);
    assert_eq!(of_other[0].outcome, "refused:access.forbidden");
    assert_eq!(of_other[0].object, Some(format!("encounter:{id}")));
    assert_eq!(of_other[0].actor, other);
    assert_eq!(entries(AuditFilter { before: Some(1), ..Default::default() }).len(), 1);
    assert_eq!(entries(AuditFilter { limit: 2, ..Default::default() }).len(), 2);
    let head = vault.verify_audit().unwrap().head;
    assert_eq!(head, of_other[0].digest);
}

#[test]
fn tickets_are_given_out_once_and_start_anew_each_day() {
    let place = Place::new();
    let vault = place.create().vault;
    let tickets: Vec<_> = (0..100).map(|_| vault.next_ticket("2026-11-23").unwrap()).collect();
    assert_eq!((tickets[0].as_str(), tickets[98].as_str(), tickets[99].as_str()), ("A-1", "A-99", "B-1"));
    assert_eq!(vault.next_ticket("2026-11-24").unwrap(), "A-1");
    drop(vault);
    assert_eq!(place.open().unwrap().next_ticket("2026-11-23").unwrap(), "B-2");
}

#[test]
fn a_shredded_encounter_is_gone_and_the_log_stays_whole() {
    let place = Place::new();
    let vault = place.create().vault;
    let kept = visit(&vault, &["nothing special"]);
    let gone = visit(&vault, &["marmalade on the rash"]);
    vault.shred(gone, clinician(), domain::WhyDeleted::Unfinished).unwrap();
    assert_eq!(vault.encounter(gone).unwrap(), None);
    assert!(vault.events(Stream::Encounter(gone)).unwrap().is_empty());
    assert!(vault.search("marmalade", 5).unwrap().is_empty());
    assert!(matches!(
        vault.shred(gone, clinician(), domain::WhyDeleted::Unfinished),
        Err(Error::NotFound { .. })
    ));
    let again = vault.append(append(Stream::Encounter(gone), vec![opened()])).unwrap_err();
    assert!(matches!(again, Error::NotFound { .. }), "a shredded encounter does not come back");
    let report = vault.rebuild_projections().unwrap();
    assert_eq!((report.encounters, report.shredded, report.changed), (1, 2, false));
    assert!(vault.verify_audit().unwrap().is_intact());
    assert!(vault.check_integrity().unwrap().is_clean());
    drop(vault);
    let vault = place.open().unwrap();
    assert!(vault.encounter(kept).unwrap().is_some());
    assert_eq!(vault.encounter(gone).unwrap(), None);
}

#[test]
fn many_threads_write_and_read_at_once() {
    let place = Place::new();
    let vault = place.create().vault;
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let vault = &vault;
            scope.spawn(move || {
                for round in 0..10 {
                    let id = visit(vault, &["one", "two"]);
                    assert_eq!(vault.encounter(id).unwrap().unwrap().utterances.len(), 2, "{thread} {round}");
                    vault.search("two", 3).unwrap();
                }
            });
        }
    });
    let report = vault.verify_audit().unwrap();
    assert!(report.is_intact());
    assert_eq!(report.events, 180);
}
