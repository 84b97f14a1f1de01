//! Backups: made while others write, verified, restored, and refused when anything about them is wrong.

use domain::{Coded, ErrorCode, Stream};
use store::{Probe, Unlock, Vault, restore_backup, verify_backup};

use crate::support::*;

#[test]
fn a_backup_holds_everything_and_is_restored_as_another_life_of_the_log() {
    let place = Place::new();
    let created = place.create();
    let id = visit(&created.vault, &["it hurts"]);
    let target = place.folder.path().join("backups/monday");
    let manifest = created.vault.backup(&target).unwrap();
    assert_eq!((manifest.counts.events, manifest.counts.encounters, manifest.counts.people), (2, 1, 0));
    assert_eq!(verify_backup(&target, &passphrase(), &options()).unwrap(), manifest);
    let words = Unlock::RecoveryWords(created.recovery_words.clone());
    assert_eq!(verify_backup(&target, &words, &options()).unwrap(), manifest);

    let restored_to = place.folder.path().join("restored");
    let restored = restore_backup(&target, &restored_to, passphrase(), options()).unwrap();
    assert_eq!(restored.encounter(id).unwrap(), created.vault.encounter(id).unwrap());
    let new = visit(&restored, &["after the restore"]);
    let (old_log, new_log) =
        (restored.events(Stream::Encounter(id)).unwrap(), restored.events(Stream::Encounter(new)).unwrap());
    assert_ne!(old_log[0].header.incarnation, new_log[0].header.incarnation);
    assert_eq!(new_log[0].header.sequence, 0);
    assert!(restored.verify_audit().unwrap().is_intact());
    assert!(!restored.rebuild_projections().unwrap().changed);
    drop(restored);
    let restored = Vault::open(&restored_to, words, options()).unwrap();
    assert!(restored.encounter(new).unwrap().is_some());
    assert_eq!(restored.audit_entries(&Default::default()).unwrap()[1].action, "backup.restore");
}

#[test]
fn a_backup_is_made_while_others_write() {
    let place = Place::new();
    let vault = place.create().vault;
    visit(&vault, &["first"]);
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for _ in 0..150 {
                visit(&vault, &["meanwhile"]);
            }
        });
        let mut made = 0;
        while !writing.is_finished() && made < 3 {
            vault.backup(&place.folder.path().join(format!("backup-{made}"))).unwrap();
            made += 1;
        }
        assert!(made > 0);
    });
    let backup = place.folder.path().join("backup-0");
    assert!(verify_backup(&backup, &passphrase(), &options()).unwrap().counts.encounters >= 1);
    assert!(vault.verify_audit().unwrap().is_intact());
}

#[test]
fn a_backup_or_a_restore_overwrites_nothing() {
    let place = Place::new();
    let vault = place.create().vault;
    let target = place.folder.path().join("backup");
    vault.backup(&target).unwrap();
    assert_eq!(vault.backup(&target).unwrap_err().code(), ErrorCode::TargetExists);
    drop(vault);
    let over = restore_backup(&target, &place.path(), passphrase(), options()).map(drop).unwrap_err();
    assert_eq!(over.code(), ErrorCode::VaultExists);
    assert!(place.open().is_ok());
}

#[test]
fn a_backup_with_anything_wrong_is_refused_and_nothing_is_restored_from_it() {
    let place = Place::new();
    let vault = place.create().vault;
    visit(&vault, &["it hurts"]);
    let good = place.folder.path().join("good");
    vault.backup(&good).unwrap();
    drop(vault);
    type Alteration = fn(&mut Vec<u8>);
    let alterations: [(&str, Alteration); 6] = [
        ("vault.db", |bytes| bytes[5000] ^= 1),
        ("vault.db", |bytes| bytes.truncate(8192)),
        ("keyslots.json", |bytes| bytes.push(b'\n')),
        ("manifest.json", |bytes| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = text.replace("\"events\": 2", "\"events\": 3").into_bytes();
        }),
        ("manifest.json", |bytes| bytes.truncate(40)),
        ("manifest.json", Vec::clear),
    ];
    for (number, (name, alter)) in alterations.into_iter().enumerate() {
        let bad = place.folder.path().join(format!("bad-{number}"));
        copy_folder(&good, &bad);
        let mut bytes = std::fs::read(bad.join(name)).unwrap();
        alter(&mut bytes);
        std::fs::write(bad.join(name), bytes).unwrap();
        let error = verify_backup(&bad, &passphrase(), &options()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::BackupBroken, "{number}: {error}");
        let to = place.folder.path().join(format!("restored-{number}"));
        let error = restore_backup(&bad, &to, passphrase(), options()).map(drop).unwrap_err();
        assert_eq!(error.code(), ErrorCode::BackupBroken, "{number}: {error}");
        assert_eq!(Vault::probe(&to), Probe::Missing);
    }
    let wrong = Unlock::Passphrase("another passphrase".into());
    assert_eq!(verify_backup(&good, &wrong, &options()).unwrap_err().code(), ErrorCode::VaultWrongKey);
    let missing = place.folder.path().join("missing");
    let error = verify_backup(&missing, &passphrase(), &options()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::BackupBroken);
}
