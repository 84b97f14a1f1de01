//! The queue of what is sent by itself: there with the event that it follows from, and gone with its encounter.

use domain::{Action, DestinationId, EncounterId, EventBody, ExportFormat, NoteState, Stream, WhyDeleted};
use store::{
    Append, AuditFilter, AuditWrite, DestinationWrite, Error, Expected, NotArrived, Object, Outcome,
    SecretChange, SystemClock, SystemRandom, Vault,
};

use crate::support::*;

fn entry(object: Object) -> AuditWrite {
    AuditWrite {
        actor: clinician(),
        action: Action("test.queue"),
        object: Some(object),
        outcome: Outcome::Allowed,
    }
}

fn destination(vault: &Vault, on: bool, formats: &[ExportFormat]) -> DestinationId {
    let id = DestinationId::make(domain::Clock::now(&SystemClock), &SystemRandom);
    let write = DestinationWrite {
        id,
        on,
        formats: formats.to_vec(),
        settings: b"settings".to_vec(),
        secret: SecretChange::Set(b"a secret".to_vec()),
    };
    vault.save_destination(write, entry(Object::Destination(id))).unwrap();
    id
}

fn retract(vault: &Vault, encounter: EncounterId, expected: Expected) -> Result<(), Error> {
    let events = vec![EventBody::EncounterRetracted { reason: "the wrong patient".into() }];
    let (stream, action) = (Stream::Encounter(encounter), Action("test.retract"));
    vault.append(Append { stream, actor: clinician(), action, events, expected }).map(drop)
}

#[test]
fn a_delivery_is_queued_with_its_event_or_neither_is_there() {
    let place = Place::new();
    let vault = place.create().vault;
    let encounter = visit(&vault, &["hello"]);
    let on = destination(&vault, true, &[ExportFormat::Fhir, ExportFormat::Pdf]);
    let off = destination(&vault, false, &[ExportFormat::Fhir]);
    assert!(vault.next_delivery(on).unwrap().is_none(), "hearing somebody is nothing to send");
    let refused = retract(&vault, encounter, Expected::Length(99));
    assert!(matches!(refused, Err(Error::Conflict)));
    assert_eq!(vault.delivery_counts(on).unwrap().waiting, 0);
    retract(&vault, encounter, Expected::Anything).unwrap();
    let queued = vault.deliveries(on, 10).unwrap();
    let formats: Vec<_> = queued.iter().map(|delivery| delivery.format).collect();
    assert_eq!(formats, [ExportFormat::Fhir, ExportFormat::Pdf]);
    assert!(queued.iter().all(|one| one.encounter == encounter && one.cause == "encounter-retracted"));
    assert_ne!(queued[0].id, queued[1].id);
    assert_eq!(vault.delivery_counts(off).unwrap().waiting, 0);

    drop(vault);
    let vault = place.open().unwrap();
    assert_eq!(vault.deliveries(on, 10).unwrap(), queued);
    assert!(!vault.rebuild_projections().unwrap().changed);
    assert_eq!(vault.deliveries(on, 10).unwrap(), queued, "it is not made from the log");
    assert_eq!(vault.destinations().unwrap().len(), 2);
}

#[test]
fn a_deleted_encounter_leaves_no_delivery_and_one_on_its_way_says_so_in_the_trail_alone() {
    let place = Place::new();
    let vault = place.create().vault;
    let on = destination(&vault, true, &[ExportFormat::Text]);
    let (gone, stays) = (visit(&vault, &["one"]), visit(&vault, &["two"]));
    for encounter in [gone, stays] {
        retract(&vault, encounter, Expected::Anything).unwrap();
    }
    let under_way = vault.next_delivery(on).unwrap().unwrap();
    assert_eq!(under_way.encounter, gone);
    vault.shred(gone, clinician(), WhyDeleted::Unfinished).unwrap();
    let left: Vec<_> = vault.deliveries(on, 10).unwrap().into_iter().map(|one| one.encounter).collect();
    assert_eq!(left, [stays]);
    let exported = EventBody::Exported { format: ExportFormat::Text, digest: domain::Digest([1; 32]) };
    let append = Append {
        stream: Stream::Encounter(gone),
        actor: clinician(),
        action: Action("test.sent"),
        events: vec![exported],
        expected: Expected::Anything,
    };
    vault.delivery_arrived(under_way, append, entry(Object::Destination(on))).unwrap();
    let filter = AuditFilter { object: Some(Object::Destination(on)), ..AuditFilter::default() };
    assert_eq!(vault.audit_entries(&filter).unwrap().len(), 2, "it was added, and something was sent there");
    assert!(vault.verify_audit().unwrap().is_intact());
}

#[test]
fn an_attempt_on_what_was_given_up_meanwhile_changes_nothing() {
    let place = Place::new();
    let vault = place.create().vault;
    let on = destination(&vault, true, &[ExportFormat::Text]);
    let encounter = visit(&vault, &["one"]);
    retract(&vault, encounter, Expected::Anything).unwrap();
    let delivery = vault.next_delivery(on).unwrap().unwrap();
    vault.give_delivery_up(on, Some(delivery.id), entry(Object::Destination(on))).unwrap();
    let entries = |object| {
        let filter = AuditFilter { object: Some(object), ..AuditFilter::default() };
        vault.audit_entries(&filter).unwrap().len()
    };
    let before = entries(Object::Encounter(encounter));
    let became = NotArrived {
        failed: true,
        due: delivery.due,
        reason: "{}".to_owned(),
        entry: Some(entry(Object::Encounter(encounter))),
    };
    vault.delivery_not_arrived(delivery.id, became).unwrap();
    assert!(vault.deliveries(on, 10).unwrap().is_empty());
    assert_eq!(entries(Object::Encounter(encounter)), before);
    let again = vault.give_delivery_up(on, Some(delivery.id), entry(Object::Destination(on)));
    assert!(matches!(again, Err(Error::NotFound { what: "delivery" })));
    let record = vault.encounter(encounter).unwrap().unwrap();
    assert!(matches!(record.note, NoteState::None));
}

#[test]
fn a_secret_is_kept_until_it_is_replaced_or_forgotten_and_is_in_no_listing() {
    let place = Place::new();
    let vault = place.create().vault;
    let id = destination(&vault, true, &[ExportFormat::Text]);
    let change = |secret| {
        let found = vault.destination(id).unwrap().unwrap();
        assert!(!format!("{found:?}").contains("a secret"));
        let write =
            DestinationWrite { id, on: true, formats: found.formats, settings: found.settings, secret };
        assert!(!format!("{write:?}").contains("[97, 32"), "a secret is not printed byte by byte either");
        vault.save_destination(write, entry(Object::Destination(id))).unwrap();
        vault.destination_secret(id).unwrap()
    };
    assert_eq!(change(SecretChange::Keep).as_deref(), Some(b"a secret".as_slice()));
    assert_eq!(change(SecretChange::Set(b"another".to_vec())).as_deref(), Some(b"another".as_slice()));
    assert_eq!(change(SecretChange::Forget), None);
    vault.remove_destination(id, entry(Object::Destination(id))).unwrap();
    let again = vault.remove_destination(id, entry(Object::Destination(id)));
    assert!(matches!(again, Err(Error::NotFound { what: "destination" })));
}
