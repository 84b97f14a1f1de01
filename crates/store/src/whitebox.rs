//! What can only be tested with the database's key in hand.

use std::path::PathBuf;
use std::sync::Arc;

use domain::{
    Action, Actor, Coded, EncounterId, EncounterOrigin, ErrorCode, EventBody, Language, PatientId, PersonId,
    Phi, Role, Speaker, Stream, Utterance, UtteranceSource, Who,
};
use rusqlite::Connection;
use seal::{DatabaseKey, KdfParams};

use crate::connection::{Purpose, connect};
use crate::folder::DATABASE;
use crate::slots::KeySlots;
use crate::{
    Append, AuditFault, AuditWrite, Error, Expected, KeyringState, MemoryKeyring, Outcome, SCHEMA_VERSION,
    SystemClock, SystemRandom, Unlock, Vault, VaultOptions,
};

pub(crate) const PASSPHRASE: &str = "the passphrase of the tests";

pub(crate) fn options() -> VaultOptions {
    VaultOptions {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
        kdf: KdfParams::THROW_AWAY,
    }
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn create(&self) -> Vault {
        Vault::create(&self.path(), PASSPHRASE, options()).unwrap().vault
    }

    fn open(&self) -> Result<Vault, Error> {
        Vault::open(&self.path(), Unlock::Passphrase(PASSPHRASE.into()), options())
    }

    fn key(&self) -> DatabaseKey {
        let unlock = Unlock::Passphrase(PASSPHRASE.into());
        let slots = KeySlots::load(&self.path()).unwrap();
        slots.unlock(&unlock, &*options().keyring).unwrap().database_key()
    }

    /// The database, as somebody with the key sees it who does not go through the vault.
    fn raw(&self) -> Connection {
        connect(&self.path().join(DATABASE), &self.key(), Purpose::Write).unwrap()
    }
}

fn actor() -> Actor {
    Actor { who: Who::Person(PersonId::from_bytes([1; 16])), role: Role::Clinician }
}

fn visit(vault: &Vault, text: &str) -> Result<EncounterId, Error> {
    let now = domain::Clock::now(&SystemClock);
    let id = EncounterId::make(now, &SystemRandom);
    let opened = EventBody::EncounterOpened {
        patient: PatientId::make(now, &SystemRandom),
        origin: EncounterOrigin::Clinician,
        ticket: "A-1".to_owned(),
        protocol: None,
        language: Language::english(),
    };
    let utterance = Utterance {
        index: 0,
        speaker: Speaker::Patient,
        text: text.into(),
        source: UtteranceSource::Typed,
        start_ms: None,
        end_ms: None,
        confidence: None,
    };
    vault.append(Append {
        stream: Stream::Encounter(id),
        actor: actor(),
        action: Action("test.append"),
        events: vec![opened, EventBody::UtteranceHeard { utterance }],
        expected: Expected::Anything,
    })?;
    Ok(id)
}

#[test]
fn the_file_is_opened_with_every_setting_of_the_design() {
    let place = Place::new();
    drop(place.create());
    let connection = place.raw();
    let setting = |name: &str| {
        connection
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| match value {
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
            .unwrap()
    };
    for (name, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("temp_store", "2"),
        ("cache_size", "-65536"),
        ("busy_timeout", "5000"),
        ("secure_delete", "1"),
        ("mmap_size", "0"),
        ("cipher_hmac_algorithm", "HMAC_SHA256"),
        ("cipher_page_size", "4096"),
        ("user_version", &SCHEMA_VERSION.to_string()),
        ("application_id", "1111835731"),
    ] {
        assert_eq!(setting(name), expected, "{name}");
    }
    assert!(setting("cipher_version").starts_with("4."), "{}", setting("cipher_version"));
    let reader = connect(&place.path().join(DATABASE), &place.key(), Purpose::Read).unwrap();
    assert!(reader.execute("DELETE FROM audit", []).is_err(), "a reader cannot write");
}

#[test]
fn a_newer_file_is_read_and_not_written() {
    let place = Place::new();
    let vault = place.create();
    let id = visit(&vault, "it hurts").unwrap();
    drop(vault);
    place
        .raw()
        .execute_batch("ALTER TABLE encounter ADD COLUMN later TEXT; PRAGMA user_version = 99")
        .unwrap();
    let vault = place.open().unwrap();
    assert!(vault.is_read_only());
    assert!(vault.encounter(id).unwrap().is_some());
    assert_eq!(vault.events(Stream::Encounter(id)).unwrap().len(), 2);
    assert!(vault.verify_audit().unwrap().is_intact());
    let error = visit(&vault, "more").unwrap_err();
    assert_eq!(error.code(), ErrorCode::VaultNewerSchema);
    assert_eq!(error.parameters(), [("found", "99".to_owned()), ("known", SCHEMA_VERSION.to_string())]);
    let read = AuditWrite {
        actor: actor(),
        action: Action("encounter.read"),
        object: None,
        outcome: Outcome::Allowed,
    };
    assert_eq!(vault.audit(read).unwrap_err().code(), ErrorCode::VaultNewerSchema);
    let target = place.folder.path().join("backup");
    assert_eq!(vault.backup(&target).unwrap().schema, 99, "a newer file can be backed up");
}

#[test]
fn a_database_that_may_not_grow_is_a_full_disk_and_nothing_is_lost() {
    let place = Place::new();
    let vault = place.create();
    let first = visit(&vault, "before").unwrap();
    let limit = |pages: i64| {
        vault
            .write(move |ledger| {
                let connection = ledger.connection()?;
                connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
                Ok(())
            })
            .unwrap();
    };
    limit(1);
    let long = "many words ".repeat(3000);
    let mut written = 0;
    let error = loop {
        match visit(&vault, &long) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
        assert!(written < 1000);
    };
    assert_eq!(error.code(), ErrorCode::DiskFull, "{error}");
    limit(i64::from(u32::MAX - 1));
    let after = visit(&vault, &long).unwrap();
    assert!(vault.verify_audit().unwrap().is_intact());
    assert!(!vault.rebuild_projections().unwrap().changed);
    drop(vault);
    let vault = place.open().unwrap();
    assert!(vault.encounter(first).unwrap().is_some() && vault.encounter(after).unwrap().is_some());
}

#[test]
fn whoever_has_the_key_and_alters_the_chains_is_found_out() {
    let place = Place::new();
    let vault = place.create();
    for number in 0..5 {
        visit(&vault, &format!("visit {number}")).unwrap();
    }
    drop(vault);
    let whole = std::fs::read(place.path().join(DATABASE)).unwrap();
    let cases: [(&str, AuditFault); 7] = [
        ("UPDATE audit SET action = 'nothing' WHERE sequence = 2", AuditFault::Entry(2)),
        ("UPDATE audit SET entry = zeroblob(40) WHERE sequence = 3", AuditFault::Entry(3)),
        ("DELETE FROM audit WHERE sequence = 1", AuditFault::Entry(2)),
        ("UPDATE event SET kind = 'help-requested' WHERE position = 4", AuditFault::Event(4)),
        ("UPDATE event SET sealed = zeroblob(200) WHERE position = 5", AuditFault::Event(5)),
        ("DELETE FROM event WHERE position = 3", AuditFault::Event(4)),
        (
            "DELETE FROM stream_key WHERE stream = (SELECT stream FROM event WHERE position = 1)",
            AuditFault::Shortened,
        ),
    ];
    for (sql, expected) in cases {
        place.raw().execute_batch(sql).unwrap();
        let vault = place.open().unwrap();
        let report = vault.verify_audit().unwrap();
        let found = match expected {
            AuditFault::Shortened => matches!(report.faults[..], [AuditFault::Key(_)]),
            expected => report.faults.contains(&expected),
        };
        assert!(found, "{sql}: {report:?}");
        drop(vault);
        std::fs::write(place.path().join(DATABASE), &whole).unwrap();
    }
    // The last entries are held by the anchor, so that the vault does not even open without them.
    for sql in [
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
        "DELETE FROM event WHERE position = (SELECT max(position) FROM event)",
        "UPDATE audit SET digest = zeroblob(32) WHERE sequence = (SELECT max(sequence) FROM audit)",
    ] {
        place.raw().execute_batch(sql).unwrap();
        assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultTampered, "{sql}");
        std::fs::write(place.path().join(DATABASE), &whole).unwrap();
    }
    assert!(place.open().unwrap().verify_audit().unwrap().is_intact());
}

#[test]
fn projections_that_were_altered_are_mended_from_the_log() {
    let place = Place::new();
    let vault = place.create();
    let id = visit(&vault, "the words that were said").unwrap();
    drop(vault);
    let raw = place.raw();
    raw.execute_batch(
        "UPDATE utterance SET text = 'other words'; UPDATE encounter SET status = 'signed', name = 'X'",
    )
    .unwrap();
    drop(raw);
    let vault = place.open().unwrap();
    let report = vault.rebuild_projections().unwrap();
    assert!(report.changed);
    let record = vault.encounter(id).unwrap().unwrap();
    assert_eq!(record.utterances[0].text, Phi::from("the words that were said"));
    assert_eq!(vault.search("said", 5).unwrap().len(), 1);
    assert!(vault.search("other", 5).unwrap().is_empty());
    assert!(!vault.rebuild_projections().unwrap().changed);
    assert!(vault.check_integrity().unwrap().is_clean());
}

#[test]
fn a_deleted_encounter_is_in_no_row_that_somebody_with_the_key_reads() {
    let place = Place::new();
    let vault = place.create();
    visit(&vault, "an ordinary visit").unwrap();
    let gone = visit(&vault, "quizzaciously flummoxed yesterday").unwrap();
    let confirmed = EventBody::PatientConfirmed {
        patient: PatientId::from_bytes([2; 16]),
        name: "Bartholomea".to_owned().into(),
        birth_date: None,
        record_number: Some("ZX-90210-Q".to_owned().into()),
    };
    let named = Append {
        stream: Stream::Encounter(gone),
        actor: actor(),
        action: Action("test.append"),
        events: vec![confirmed],
        expected: Expected::Anything,
    };
    vault.append(named).unwrap();
    assert_eq!(vault.find_patients("90210", 5).unwrap().len(), 1);
    visit(&vault, "another ordinary visit").unwrap();
    // In every row of every table, the search index's own included.
    let rows_with = |needle: &[u8]| {
        let raw = place.raw();
        let tables: Vec<String> = raw
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(tables.iter().any(|name| name == "utterance_search_data"), "{tables:?}");
        let mut found = 0;
        for table in tables {
            let mut statement = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for column in 0..columns {
                    use rusqlite::types::ValueRef::{Blob, Text};
                    if let Text(bytes) | Blob(bytes) = row.get_ref(column).unwrap() {
                        found += usize::from(bytes.windows(needle.len()).any(|window| window == needle));
                    }
                }
            }
        }
        found
    };
    // The search index has its words without case.
    let looked_for =
        [b"quizzaciously".as_slice(), b"flummoxed", b"Bartholomea", b"bartholomea", b"ZX-90210-Q", b"90210"];
    assert!(looked_for.iter().all(|word| rows_with(word) > 0), "the search finds what is there");
    vault.shred(gone, actor(), domain::WhyDeleted::Unfinished).unwrap();
    for word in looked_for {
        assert_eq!(rows_with(word), 0);
    }
    assert!(rows_with(b"ordinary") > 0);
    assert_eq!(vault.search("ordinary", 5).unwrap().len(), 2);
    let wal = place.path().join(format!("{DATABASE}-wal"));
    assert_eq!(wal.metadata().map_or(0, |wal| wal.len()), 0, "the key is not in the write-ahead log either");
}

#[test]
fn a_writer_whose_connection_broke_goes_on_with_a_fresh_one() {
    let place = Place::new();
    let vault = place.create();
    visit(&vault, "before").unwrap();
    vault
        .write(|ledger| {
            ledger.connection = None;
            Ok(())
        })
        .unwrap();
    visit(&vault, "after").unwrap();
    // One whose file was exchanged underneath is stopped by the heads that it remembers.
    vault
        .write(|ledger| {
            ledger.connection = None;
            ledger.heads.audit.length += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(visit(&vault, "never").unwrap_err().code(), ErrorCode::VaultTampered);
}
