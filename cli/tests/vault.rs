//! Ways back into a vault, and what is said where there is none.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::process::Output;

use serde_json::{Value, json};
use support::{Place, Served, refusal};

const TRANSCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/visit-transcript.txt");

fn words(place: &Place, name: &str, words: &Value) -> String {
    let words: Vec<_> = words.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    place.write(name, words.join(" "))
}

/// Without the passphrase, as after it was lost.
fn without_passphrase(place: &Place, arguments: &[&str]) -> Output {
    place.command().env_remove("BEDSIDE_PASSPHRASE_FILE").args(arguments).output().unwrap()
}

#[test]
fn recovery_words_open_the_vault_and_its_backups() {
    let place = Place::new();
    let made = place.json(&["init"]);
    let words = words(&place, "words", &made["recovery_words"]);
    let backup = place.path("backup");
    let backup = backup.to_str().unwrap();
    let with_words = |arguments: &[&str]| {
        let output = without_passphrase(&place, &[&["--recovery-words-file", &words], arguments].concat());
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    with_words(&["encounters", "list"]);
    with_words(&["audit", "verify"]);
    with_words(&["backup", "create", backup]);
    with_words(&["backup", "verify", backup]);
    let elsewhere = place.path("elsewhere");
    let elsewhere = elsewhere.to_str().unwrap();
    with_words(&["--data", elsewhere, "backup", "restore", backup]);
    assert_eq!(place.json(&["--data", elsewhere, "encounters", "list"]), json!([]));

    let none = without_passphrase(&place, &["backup", "verify", backup]);
    assert_eq!(refusal(&none), "vault.locked");
    assert!(String::from_utf8_lossy(&none.stderr).contains("--recovery-words-file"));
    let typo = place.write("typo", "abandon ability");
    for arguments in [&["backup", "verify", backup][..], &["encounters", "list"]] {
        let output = without_passphrase(&place, &[&["--recovery-words-file", &typo], arguments].concat());
        assert_eq!(refusal(&output), "recovery-words.invalid");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("ability"));
    }
}

#[test]
fn new_recovery_words_take_the_place_of_the_old_ones() {
    let place = Place::new();
    let old = words(&place, "old", &place.json(&["init"])["recovery_words"]);
    let renewed = place.json(&["vault", "renew-words"]);
    assert_eq!(renewed["recovery_words"].as_array().unwrap().len(), 24);
    let new = words(&place, "new", &renewed["recovery_words"]);
    let open =
        |words: &str| without_passphrase(&place, &["--recovery-words-file", words, "encounters", "list"]);
    assert_eq!(refusal(&open(&old)), "vault.wrong-key");
    assert!(open(&new).status.success());
    assert_eq!(place.json(&["audit", "verify"])["faults"], json!([]));
    let text = String::from_utf8(place.run(&["vault", "renew-words"]).stdout).unwrap();
    assert_eq!(text.lines().rev().take(4).flat_map(str::split_whitespace).count(), 48, "{text}");
}

#[test]
fn a_vault_that_was_put_back_is_accepted_by_whoever_says_so() {
    let place = Place::with_clinic();
    let anchor = place.path("data").join("anchor");
    let nothing = place.json(&["vault", "accept", "--yes"]);
    assert_eq!(nothing["accepted"], false, "there is nothing to accept");
    std::fs::remove_file(&anchor).unwrap();

    let output = place.run(&["encounters", "list"]);
    assert_eq!(refusal(&output), "vault.tampered");
    assert!(String::from_utf8_lossy(&output.stderr).contains("bedside vault accept"));
    let output = place.run(&["vault", "accept"]);
    assert_eq!(refusal(&output), "vault.tampered");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--yes") && said.contains("vault.accept"), "{said}");
    assert!(!anchor.exists(), "nothing was changed");
    assert_eq!(refusal(&without_passphrase(&place, &["vault", "accept", "--yes"])), "vault.locked");
    let wrong = place.write("wrong", "not the passphrase at all\n");
    assert_eq!(place.refusal(&["--passphrase-file", &wrong, "vault", "accept", "--yes"]), "vault.wrong-key");

    let accepted = place.json(&["vault", "accept", "--yes"]);
    assert_eq!((&accepted["accepted"], &accepted["intact"]), (&json!(true), &json!(true)));
    place.json(&["note", TRANSCRIPT, "--save"]);
    assert_eq!(place.json(&["audit", "verify"])["faults"], json!([]));
}

#[test]
fn a_vault_that_does_not_open_says_what_is_wrong_and_where() {
    let place = Place::with_clinic();
    let data = place.path("data");
    let says = |code: &str, what: &str| {
        let output = place.run(&["encounters", "list"]);
        assert_eq!(refusal(&output), code);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(what), "{said}");
    };
    {
        let _served = Served::start(&place);
        says("vault.in-use", data.to_str().unwrap());
    }
    let slots = std::fs::read(data.join("keyslots.json")).unwrap();
    std::fs::write(data.join("keyslots.json"), "{").unwrap();
    says("vault.corrupt", "keyslots.json");
    std::fs::write(data.join("keyslots.json"), slots).unwrap();
    assert_eq!(place.json(&["encounters", "list"]), json!([]));
}
