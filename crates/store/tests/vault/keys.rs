//! Making a vault, and what opens it.

use std::sync::Arc;

use domain::{Coded, ErrorCode, Stream};
use seal::RecoveryWords;
use store::{Error, Keyring, KeyringState, MemoryKeyring, Probe, SlotKind, Unlock, Vault, VaultOptions};

use crate::support::*;

fn code(result: Result<Vault, Error>) -> ErrorCode {
    result.map(drop).unwrap_err().code()
}

#[test]
fn a_vault_opens_with_the_passphrase_the_words_and_the_keyring() {
    let place = Place::new();
    let keyring = Arc::new(MemoryKeyring::new(KeyringState::Available));
    let with_keyring = || VaultOptions { keyring: keyring.clone(), ..options() };
    let created = Vault::create(&place.path(), PASSPHRASE, with_keyring()).unwrap();
    assert_eq!(created.slots, [SlotKind::Passphrase, SlotKind::RecoveryWords, SlotKind::Keyring]);
    let device = created.vault.device();
    let words = created.recovery_words.expose().join(" ");
    drop(created);
    let words = RecoveryWords::parse(&words).unwrap();
    for unlock in [Unlock::Keyring, passphrase(), Unlock::RecoveryWords(words)] {
        let vault = Vault::open(&place.path(), unlock, with_keyring()).unwrap();
        assert_eq!(vault.device(), device);
    }
}

#[test]
fn without_a_keyring_there_are_still_two_slots_and_it_is_said() {
    for state in [KeyringState::Absent, KeyringState::Locked] {
        let place = Place::new();
        let keyring = Arc::new(MemoryKeyring::new(state));
        let created =
            Vault::create(&place.path(), PASSPHRASE, VaultOptions { keyring, ..options() }).unwrap();
        assert_eq!(created.slots, [SlotKind::Passphrase, SlotKind::RecoveryWords]);
        drop(created);
        let error = Vault::open(&place.path(), Unlock::Keyring, options()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::KeyringAbsent);
        assert!(place.open().is_ok());
    }
}

#[test]
fn a_keyring_that_forgot_its_key_is_no_reason_to_make_anything_anew() {
    let place = Place::new();
    let keyring = Arc::new(MemoryKeyring::new(KeyringState::Available));
    let with_keyring = || VaultOptions { keyring: keyring.clone(), ..options() };
    let created = Vault::create(&place.path(), PASSPHRASE, with_keyring()).unwrap();
    keyring.remove(&created.vault.device().to_string()).unwrap();
    let id = visit(&created.vault, &["it hurts"]);
    drop(created);
    assert_eq!(code(Vault::open(&place.path(), Unlock::Keyring, with_keyring())), ErrorCode::KeyringAbsent);

    let vault = Vault::open(&place.path(), passphrase(), with_keyring()).unwrap();
    assert!(vault.encounter(id).unwrap().is_some());
    vault.enrol_keyring().unwrap();
    drop(vault);
    assert!(Vault::open(&place.path(), Unlock::Keyring, with_keyring()).is_ok());
}

#[test]
fn a_wrong_passphrase_and_wrong_words_say_so() {
    let place = Place::new();
    drop(place.create());
    let wrong = |unlock| code(Vault::open(&place.path(), unlock, options()));
    assert_eq!(wrong(Unlock::Passphrase("another passphrase".into())), ErrorCode::VaultWrongKey);
    let words = RecoveryWords::make(&store::SystemRandom);
    assert_eq!(wrong(Unlock::RecoveryWords(words)), ErrorCode::VaultWrongKey);
    assert!(place.open().is_ok(), "nothing was changed by trying");
}

#[test]
fn a_changed_passphrase_replaces_the_old_one() {
    let place = Place::new();
    let created = place.create();
    assert_eq!(created.vault.set_passphrase("short").unwrap_err().code(), ErrorCode::PassphraseTooShort);
    created.vault.set_passphrase("a completely new passphrase").unwrap();
    assert_eq!(created.vault.slots().unwrap().len(), 2);
    drop(created);
    assert_eq!(code(place.open()), ErrorCode::VaultWrongKey);
    let unlock = Unlock::Passphrase("a completely new passphrase".into());
    assert!(Vault::open(&place.path(), unlock, options()).is_ok());
}

#[test]
fn renewed_recovery_words_replace_the_old_ones() {
    let place = Place::new();
    let created = place.create();
    let words = created.vault.renew_recovery_words().unwrap();
    let old = created.recovery_words.clone();
    drop(created);
    let open = |words| Vault::open(&place.path(), Unlock::RecoveryWords(words), options());
    assert_eq!(code(open(old)), ErrorCode::VaultWrongKey);
    assert!(open(words).is_ok());
    assert!(place.open().is_ok());
}

#[test]
fn an_altered_slot_does_not_open() {
    let place = Place::new();
    drop(place.create());
    let file = place.file("keyslots.json");
    let json = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, json.replace("\"passes\": 1", "\"passes\": 2")).unwrap();
    assert_eq!(code(place.open()), ErrorCode::VaultWrongKey);
    std::fs::write(&file, json.replace("\"memory_kib\": 64", "\"memory_kib\": 4000000000")).unwrap();
    assert!(place.open().is_err());
    std::fs::write(&file, "{").unwrap();
    assert_eq!(code(place.open()), ErrorCode::VaultCorrupt);
    assert!(matches!(Vault::probe(&place.path()), Probe::Damaged { .. }));
    std::fs::write(&file, json).unwrap();
    assert!(place.open().is_ok());
}

#[test]
fn a_vault_is_never_made_over_another() {
    let place = Place::new();
    let created = place.create();
    let id = visit(&created.vault, &["it hurts"]);
    drop(created);
    let again = Vault::create(&place.path(), PASSPHRASE, options()).map(drop).unwrap_err();
    assert_eq!(again.code(), ErrorCode::VaultExists);
    assert!(place.open().unwrap().encounter(id).unwrap().is_some());

    // Not even where the key slots, or everything but the database, were lost.
    std::fs::rename(place.file("keyslots.json"), place.folder.path().join("kept")).unwrap();
    let again = Vault::create(&place.path(), PASSPHRASE, options()).map(drop).unwrap_err();
    assert_eq!(again.code(), ErrorCode::VaultExists);
    assert!(matches!(Vault::probe(&place.path()), Probe::Damaged { .. }));
    assert_eq!(code(place.open()), ErrorCode::VaultCorrupt);
    std::fs::rename(place.folder.path().join("kept"), place.file("keyslots.json")).unwrap();
    assert!(place.open().unwrap().encounter(id).unwrap().is_some());
}

#[test]
fn a_short_passphrase_makes_no_vault() {
    let place = Place::new();
    let error = Vault::create(&place.path(), "too short", options()).map(drop).unwrap_err();
    assert_eq!(error.code(), ErrorCode::PassphraseTooShort);
    assert_eq!(Vault::probe(&place.path()), Probe::Missing);
}

#[test]
fn an_empty_folder_has_no_vault_and_a_second_process_must_wait() {
    let place = Place::new();
    assert_eq!(code(place.open()), ErrorCode::VaultMissing);
    assert!(!place.path().exists(), "looking for a vault makes no folder");
    let created = place.create();
    assert_eq!(code(place.open()), ErrorCode::VaultInUse);
    let device = created.vault.device();
    let slots = vec![SlotKind::Passphrase, SlotKind::RecoveryWords];
    assert_eq!(Vault::probe(&place.path()), Probe::Present { device, slots });
    drop(created);
    assert!(place.open().is_ok());
}

#[test]
fn the_first_entry_of_the_audit_trail_is_the_vaults_making() {
    let place = Place::new();
    let vault = place.create().vault;
    let entries = vault.audit_entries(&Default::default()).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].sequence, entries[0].action.as_str()), (0, "vault.create"));
    assert!(vault.events(Stream::Facility).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_computer_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let vault = place.create().vault;
    visit(&vault, &["it hurts"]);
    for file in files(&place.path()) {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", file.display());
    }
}

#[test]
fn the_operating_systems_keyring_answers_or_is_absent_within_seconds() {
    let keyring = store::OsKeyring::new();
    let state = keyring.state();
    println!("this system's keyring is {state}");
    if state != KeyringState::Available {
        assert!(keyring.read("bedside-test").is_err());
    }
}
