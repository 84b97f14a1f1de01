//! A full disk and a folder that cannot be written to, on a small file system of their own where that may be mounted.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::{Coded, ErrorCode};
use store::Vault;

use crate::support::*;

/// A file system in memory, until it is dropped. `None` where this user may mount none.
struct Small(PathBuf);

impl Small {
    fn mount(at: PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let size = format!("size={size},mode=0700");
        let mounted = cfg!(target_os = "linux")
            && Command::new("mount")
                .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
                .arg(&at)
                .output()
                .is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("skipped: no file system may be mounted here");
        }
        mounted.then_some(Self(at))
    }

    fn remount(&self, how: &str) {
        let options = format!("remount,{how}");
        assert!(Command::new("mount").args(["-o", &options]).arg(&self.0).status().unwrap().success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Fills the disk to its last block.
fn fill(ballast: &Path) {
    let mut file = std::fs::File::create(ballast).unwrap();
    while file.write_all(&[7; 4096]).is_ok() {}
}

#[test]
fn a_full_disk_is_said_loses_nothing_and_is_over_when_there_is_space_again() {
    let place = Place::new();
    let Some(_disk) = Small::mount(place.path(), "40m") else { return };
    let vault = place.create().vault;
    let first = visit(&vault, &["before the disk was full"]);
    let ballast = place.file("ballast");
    let mut kept = Vec::new();
    fill(&ballast);
    assert!(!vault.is_short_of_space());
    // What was open when the disk became full comes to its end on the space that was kept for it.
    for line in 1..100 {
        vault.append(append(domain::Stream::Encounter(first), vec![said(line, "on the reserve")])).unwrap();
    }
    assert!(vault.is_short_of_space());
    let long = "words ".repeat(2000);
    let error = loop {
        let id = new_encounter();
        let events = vec![opened(), said(0, &long)];
        match vault.append(append(domain::Stream::Encounter(id), events)) {
            Ok(_) => kept.push(id),
            Err(error) => break error,
        }
        assert!(kept.len() < 100_000, "the disk never became full");
    };
    assert_eq!(error.code(), ErrorCode::DiskFull, "{error}");
    assert!(vault.encounter(first).unwrap().is_some(), "what there is can be read");
    let backup = vault.backup(&place.file("backup")).map(drop).unwrap_err();
    assert_eq!(backup.code(), ErrorCode::DiskFull, "{backup}");
    assert!(!place.file("backup").exists());

    std::fs::remove_file(ballast).unwrap();
    for _ in 0..60 {
        kept.push(visit(&vault, &["after there was space again"]));
    }
    assert!(!vault.is_short_of_space(), "the space is kept again");
    assert!(vault.verify_audit().unwrap().is_intact());
    drop(vault);
    let vault = place.open().unwrap();
    for id in kept.into_iter().chain([first]) {
        assert!(vault.encounter(id).unwrap().is_some());
    }
    assert!(vault.check_integrity().unwrap().is_clean());
}

#[test]
fn a_vault_is_opened_on_a_full_disk_by_the_space_that_it_kept() {
    let place = Place::new();
    let Some(_disk) = Small::mount(place.path(), "16m") else { return };
    let vault = place.create().vault;
    let before = visit(&vault, &["before the disk was full"]);
    drop(vault);
    fill(&place.file("ballast"));
    let vault = place.open().unwrap();
    assert!(vault.is_short_of_space());
    assert!(vault.encounter(before).unwrap().is_some());
    visit(&vault, &["on the space that was kept"]);
}

#[test]
fn no_vault_is_half_made_on_a_disk_that_is_too_small() {
    let place = Place::new();
    let Some(disk) = Small::mount(place.path(), "64k") else { return };
    let error = Vault::create(&place.path(), PASSPHRASE, options()).map(drop).unwrap_err();
    assert_eq!(error.code(), ErrorCode::DiskFull, "{error}");
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::VaultMissing);
    disk.remount("size=8m");
    let vault = place.create().vault;
    visit(&vault, &["now there is room"]);
    drop(vault);
}

#[test]
fn a_folder_that_cannot_be_written_to_says_so_and_is_left_as_it_is() {
    let place = Place::new();
    let Some(disk) = Small::mount(place.path(), "8m") else { return };
    drop(place.create());
    disk.remount("ro");
    assert_eq!(place.open().unwrap_err().code(), ErrorCode::FolderReadOnly);
    let error = Vault::create(&place.path().join("other"), PASSPHRASE, options()).map(drop).unwrap_err();
    assert_eq!(error.code(), ErrorCode::FolderReadOnly);
    disk.remount("rw");
    assert!(place.open().is_ok());
}
