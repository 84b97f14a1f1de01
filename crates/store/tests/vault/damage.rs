//! Files that are damaged, put back, exchanged or altered.

use std::collections::BTreeSet;
use std::path::Path;

use domain::{Coded, ErrorCode, Stream};
use store::{AuditWrite, Object, Outcome};

use crate::support::*;

const PAGE: usize = 4096;

/// Flips a bit in the middle of a page, from 1.
fn damage(file: &Path, page: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[(page - 1) * PAGE + 2000] ^= 0x10;
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn a_damaged_first_page_is_told_from_a_wrong_key() {
    let place = Place::new();
    let id = visit(&place.create().vault, &["it hurts"]);
    let whole = std::fs::read(place.file("vault.db")).unwrap();
    damage(&place.file("vault.db"), 1);
    let error = place.open().unwrap_err();
    assert_eq!(error.code(), ErrorCode::VaultCorrupt);
    assert_eq!(error.parameters(), [("pages", "1".to_owned())]);

    // Even the salt, which stands in the first bytes, may be lost: the key slots know it.
    let mut without_salt = whole.clone();
    without_salt[..16].fill(0);
    std::fs::write(place.file("vault.db"), without_salt).unwrap();
    let _ = place.open();

    std::fs::write(place.file("vault.db"), whole).unwrap();
    assert!(place.open().unwrap().encounter(id).unwrap().is_some());
}

#[test]
fn another_vaults_file_is_a_key_mismatch_and_no_damage() {
    let (place, other) = (Place::new(), Place::new());
    drop(place.create());
    drop(other.create());
    std::fs::copy(other.file("vault.db"), place.file("vault.db")).unwrap();
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultKeyMismatch);
}

#[test]
fn an_emptied_or_missing_file_is_damage_and_is_not_filled_again() {
    let place = Place::new();
    drop(place.create());
    let whole = std::fs::read(place.file("vault.db")).unwrap();
    for length in [0, 100, PAGE, whole.len() / 2] {
        std::fs::write(place.file("vault.db"), &whole[..length]).unwrap();
        let error = place.open().map(drop).unwrap_err();
        assert!(
            matches!(error.code(), ErrorCode::VaultCorrupt | ErrorCode::VaultTampered),
            "{length} bytes: {error}"
        );
        assert_eq!(std::fs::metadata(place.file("vault.db")).unwrap().len(), length as u64);
    }
    std::fs::remove_file(place.file("vault.db")).unwrap();
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultCorrupt);
    assert!(!place.file("vault.db").exists());
    std::fs::write(place.file("vault.db"), whole).unwrap();
    assert!(place.open().is_ok());
}

#[test]
fn bad_pages_are_named_and_good_encounters_still_come_out() {
    let place = Place::new();
    let vault = place.create().vault;
    let text = "something long enough to fill a good part of a page with words ".repeat(20);
    let ids: Vec<_> = (0..40).map(|_| visit(&vault, &[&text, &text])).collect();
    assert!(vault.check_integrity().unwrap().is_clean());
    drop(vault);
    let file = place.file("vault.db");
    let whole = std::fs::read(&file).unwrap();
    let pages = whole.len() / PAGE;
    let mut survived = 0;
    for page in (pages / 4..pages).step_by(pages / 12) {
        damage(&file, page);
        // A page that is needed to open the vault is named at once.
        match place.open() {
            Err(error) => {
                assert_eq!(error.code(), ErrorCode::VaultCorrupt, "page {page}: {error}");
                assert_eq!(error.parameters(), [("pages", page.to_string())]);
            }
            Ok(vault) => {
                let report = vault.check_integrity().unwrap();
                assert_eq!(report.bad_pages, [page as u32]);
                let good = ids.iter().filter(|id| matches!(vault.encounter(**id), Ok(Some(_)))).count();
                assert!(good >= ids.len() - 8, "page {page}: {good} of {} encounters came out", ids.len());
                survived += 1;
            }
        }
        std::fs::write(&file, &whole).unwrap();
    }
    assert!(survived > 5, "most pages are not needed to open the vault");
}

#[test]
fn an_older_file_put_back_raises_the_alarm() {
    let place = Place::new();
    visit(&place.create().vault, &["first"]);
    let older = std::fs::read(place.file("vault.db")).unwrap();
    visit(&place.open().unwrap(), &["second"]);
    let newer = std::fs::read(place.file("vault.db")).unwrap();
    std::fs::write(place.file("vault.db"), older).unwrap();
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultTampered);
    std::fs::write(place.file("vault.db"), newer).unwrap();
    assert!(place.open().is_ok());
}

#[test]
fn whoever_put_a_file_back_can_go_on_with_it_and_that_is_recorded() {
    let place = Place::new();
    let id = visit(&place.create().vault, &["first"]);
    let older = std::fs::read(place.file("vault.db")).unwrap();
    visit(&place.open().unwrap(), &["second"]);
    std::fs::write(place.file("vault.db"), older).unwrap();
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultTampered);
    let vault = store::Vault::accept(&place.path(), passphrase(), options()).unwrap();
    let new = visit(&vault, &["third"]);
    let life = |id| vault.events(Stream::Encounter(id)).unwrap()[0].header.incarnation;
    assert_ne!(life(id), life(new));
    assert!(vault.verify_audit().unwrap().is_intact());
    assert!(vault.audit_entries(&Default::default()).unwrap().iter().any(|e| e.action == "vault.accept"));
    drop(vault);
    assert!(place.open().is_ok());
    assert!(place.file("anchor-refused-0").exists());
    // Where nothing was put back, nothing is begun anew.
    drop(store::Vault::accept(&place.path(), passphrase(), options()).unwrap());
    assert!(!place.file("anchor-refused-1").exists());
}

#[test]
fn a_missing_or_altered_anchor_raises_the_alarm() {
    let place = Place::new();
    drop(place.create());
    let anchor = std::fs::read(place.file("anchor")).unwrap();
    for altered in [vec![], vec![0; anchor.len()], anchor.iter().map(|byte| byte ^ 1).collect()] {
        std::fs::write(place.file("anchor"), altered).unwrap();
        assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultTampered);
    }
    std::fs::remove_file(place.file("anchor")).unwrap();
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultTampered);
    std::fs::write(place.file("anchor"), anchor).unwrap();
    assert!(place.open().is_ok());
}

#[test]
fn an_anchor_whose_last_write_was_cut_off_is_the_one_before_it() {
    let place = Place::new();
    let vault = place.create().vault;
    visit(&vault, &["first"]);
    visit(&vault, &["second"]);
    drop(vault);
    let anchor = std::fs::read(place.file("anchor")).unwrap();
    for place_at in [0, 512] {
        let mut torn = anchor.clone();
        torn[place_at + 40..place_at + 100].fill(0);
        std::fs::write(place.file("anchor"), &torn).unwrap();
        assert!(place.open().is_ok());
        std::fs::write(place.file("anchor"), &anchor).unwrap();
    }
}

/// SQLCipher takes an old page for a good one. Each is found out all the same: by the anchor when the vault is opened, or by
/// one of the checks.
#[test]
fn each_old_page_put_back_is_found_out() {
    let place = Place::new();
    let vault = place.create().vault;
    for number in 0..6 {
        visit(&vault, &["the words before", &format!("visit {number}")]);
    }
    drop(vault);
    let older = std::fs::read(place.file("vault.db")).unwrap();
    let vault = place.open().unwrap();
    for number in 0..6 {
        let id = visit(&vault, &["the words after", &format!("visit {number}")]);
        vault.append(append(Stream::Encounter(id), vec![])).unwrap_err();
        let read = AuditWrite {
            actor: clinician(),
            action: domain::Action("encounter.read"),
            object: Some(Object::Encounter(id)),
            outcome: Outcome::Allowed,
        };
        vault.audit(read).unwrap();
    }
    drop(vault);
    let newer = std::fs::read(place.file("vault.db")).unwrap();
    let anchor = std::fs::read(place.file("anchor")).unwrap();
    let differing: BTreeSet<_> = (0..older.len() / PAGE)
        .filter(|page| older[page * PAGE..(page + 1) * PAGE] != newer[page * PAGE..(page + 1) * PAGE])
        .collect();
    assert!(differing.len() > 5);
    let (mut at_open, mut by_checks) = (0, 0);
    for page in differing {
        let mut spliced = newer.clone();
        spliced[page * PAGE..(page + 1) * PAGE].copy_from_slice(&older[page * PAGE..(page + 1) * PAGE]);
        std::fs::write(place.file("vault.db"), spliced).unwrap();
        std::fs::write(place.file("anchor"), &anchor).unwrap();
        let Ok(vault) = place.open() else {
            at_open += 1;
            continue;
        };
        let found = !vault.check_integrity().unwrap().is_clean()
            || !vault.verify_audit().is_ok_and(|report| report.is_intact())
            || !vault.rebuild_projections().is_ok_and(|report| !report.changed);
        assert!(found, "page {} of the older file was not noticed", page + 1);
        by_checks += 1;
    }
    println!("{at_open} old pages were found at open, {by_checks} by the checks");
}
