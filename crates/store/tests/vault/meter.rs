//! The meter's counts, and the facts that are kept beside the log.

use domain::*;
use store::SystemRandom;

use crate::support::*;

#[test]
fn encounters_are_counted_by_the_time_in_their_ids_whatever_became_of_them() {
    let place = Place::new();
    let vault = place.create().vault;
    let at = |day: i64| Timestamp::from_millis(1_800_000_000_000 + day * 86_400_000);
    let open = |day: i64| {
        let id = EncounterId::make(at(day), &SystemRandom);
        vault.append(append(Stream::Encounter(id), vec![opened(), said(0, "hello")])).unwrap();
        id
    };
    for day in [-1, 0, 0, 5, 29, 30] {
        open(day);
    }
    let counts = |from, until| {
        let time = at(from)..at(until);
        (vault.encounters_opened(&time).unwrap(), vault.encounters_opened_in_log(&time).unwrap())
    };
    assert_eq!(counts(0, 30), (4, 4));
    let gone = open(7);
    vault.append(append(Stream::Encounter(gone), vec![said(1, "again")])).unwrap();
    vault.shred(gone, clinician(), domain::WhyDeleted::Unfinished).unwrap();
    vault
        .append(append(
            Stream::Encounter(open(8)),
            vec![EventBody::EncounterRetracted { reason: Phi::new("by mistake".to_owned()) }],
        ))
        .unwrap();
    assert_eq!(counts(0, 30), (6, 6));
    assert_eq!(counts(-2, 31), (8, 8));
    assert_eq!(counts(31, 60), (0, 0));
    let ever = Timestamp::from_millis(i64::MIN)..Timestamp::from_millis(i64::MAX);
    assert_eq!(vault.encounters_opened(&ever).unwrap(), 8);
}

#[test]
fn a_kept_fact_and_the_signing_seed_survive_a_restart_and_a_backup() {
    let place = Place::new();
    let vault = place.create().vault;
    let seed = vault.signing_seed().unwrap();
    assert_eq!(vault.recall("clock").unwrap(), None);
    vault.remember("clock", vec![1]).unwrap();
    vault.remember("clock", vec![2, 3]).unwrap();
    let backup = place.folder.path().join("backup");
    vault.backup(&backup).unwrap();
    drop(vault);
    let vault = place.open().unwrap();
    assert_eq!(vault.recall("clock").unwrap(), Some(vec![2, 3]));
    assert_eq!(vault.signing_seed().unwrap(), seed);
    let restored = place.folder.path().join("restored");
    let vault = store::restore_backup(&backup, &restored, passphrase(), options()).unwrap();
    assert_eq!(vault.recall("clock").unwrap(), Some(vec![2, 3]));
    assert_eq!(vault.signing_seed().unwrap(), seed);
    assert!(Place::new().create().vault.signing_seed().unwrap() != seed);
}
