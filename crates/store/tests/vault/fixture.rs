//! Files of every schema version there has been: each is opened, migrated, read and written.
//!
//! `fixtures/schema-N/` holds a data folder as version N left it. `cargo run -p bedside-store --example make_fixture` makes
//! the one of the current version; those that exist are never changed.

use std::path::PathBuf;

use domain::{EncounterStatus, NoteState, Stream, Timestamp};
use store::{EncounterFilter, SCHEMA_VERSION, fold_encounter};

use crate::support::*;

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

#[test]
fn a_vault_of_every_schema_version_is_opened_migrated_read_and_written() {
    for version in 1..=SCHEMA_VERSION {
        let fixture = fixtures().join(format!("schema-{version}"));
        assert!(fixture.exists(), "make the fixture of version {version} before it is released");
        let place = Place::new();
        copy_folder(&fixture, &place.path());
        let vault = place.open().unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert!(!vault.is_read_only());
        assert_eq!(vault.facility_profile().unwrap().unwrap().name, "Fixture Clinic");
        assert!(vault.person_by_login("ada").unwrap().is_some());
        let rows = vault.encounters(&EncounterFilter::default()).unwrap();
        assert_eq!(rows.len(), 2, "version {version}");
        let signed = rows.iter().find(|row| row.status == EncounterStatus::Signed).unwrap();
        assert_eq!(signed.name.as_ref().unwrap().expose(), "Maria Fixture");
        let record = vault.encounter(signed.id).unwrap().unwrap();
        assert!(matches!(&record.note, NoteState::Signed { addenda, .. } if addenda.len() == 1));
        assert_eq!(record.utterances.len(), 3);
        let events = vault.events(Stream::Encounter(signed.id)).unwrap();
        assert!(fold_encounter(signed.id, &events).unwrap() == record);
        for beginning in ["marmalade", "marma", "mar"] {
            assert_eq!(vault.search(beginning, 5).unwrap().len(), 1, "{beginning}");
        }
        let ever = Timestamp::from_millis(0)..Timestamp::from_millis(1 << 47);
        for (id, newest) in vault.encounters_begun(&ever).unwrap() {
            let events = vault.events(Stream::Encounter(id)).unwrap();
            assert!(newest >= events.len() as u64, "version {version}");
        }
        assert_eq!(vault.encounters_begun(&ever).unwrap().len(), 2);
        assert!(vault.verify_audit().unwrap().is_intact());
        assert!(vault.check_integrity().unwrap().is_clean());
        assert!(!vault.rebuild_projections().unwrap().changed);
        let id = visit(&vault, &["written by the current version"]);
        drop(vault);
        assert!(place.open().unwrap().encounter(id).unwrap().is_some());
        let kept = place.file(&format!("before-schema-{}.db", version + 1));
        assert_eq!(kept.exists(), version < SCHEMA_VERSION, "a file that is migrated is copied first");
    }
}
