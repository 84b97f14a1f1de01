//! Bad input: each its own clear error with its code, and nothing lost.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::Place;

const TRANSCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/visit-transcript.txt");

#[test]
fn a_transcript_that_is_none_says_what_it_is() {
    let place = Place::new();
    let short = place.write("short.txt", "[doctor] hello\n");
    assert_eq!(place.refusal(&["note", &short]), "transcript.too-short");
    assert_eq!(place.json(&["note", &short])["refused"], "transcript.too-short");
    let latin = place.write("latin.txt", b"[patient] I have a caf\xe9 allergy and more words\n");
    assert_eq!(place.refusal(&["note", &latin]), "file.not-utf8");
    let empty = place.write("empty.txt", "");
    let code = place.refusal(&["note", &empty]);
    assert!(["transcript.unreadable", "transcript.too-short"].contains(&code.as_str()), "{code}");
    assert_eq!(place.refusal(&["note", "/nowhere/at/all.txt"]), "not-found");
}

#[test]
fn a_questionnaire_with_a_cycle_or_an_unknown_link_is_refused_and_the_item_is_named() {
    let place = Place::new();
    let answers = place.write("answers.json", "{}");
    let questionnaire = |conditions: [&str; 2]| {
        let item = |id: &str, on: &str| {
            json!({
                "linkId": id, "text": id, "type": "boolean",
                "enableWhen": [{ "question": on, "operator": "=", "answerBoolean": true }],
            })
        };
        json!({
            "resourceType": "Questionnaire", "url": "urn:test", "version": "1", "status": "active",
            "item": [item("one", conditions[0]), item("two", conditions[1])],
        })
        .to_string()
    };
    let cycle = place.write("cycle.json", questionnaire(["two", "one"]));
    let output = place.run(&["intake", "--protocol", &cycle, "--answers", &answers, "--dry-run"]);
    assert_eq!(support::refusal(&output), "questionnaire.cycle");
    assert!(String::from_utf8_lossy(&output.stderr).contains("one"));
    let unknown = place.write("unknown.json", questionnaire(["nobody", "one"]));
    let output = place.run(&["intake", "--protocol", &unknown, "--answers", &answers, "--dry-run"]);
    assert_eq!(support::refusal(&output), "questionnaire.link-unknown");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nobody"));
    let none = place.write("none.json", "{\"resourceType\": \"Patient\"}");
    let code = place.refusal(&["intake", "--protocol", &none, "--answers", &answers, "--dry-run"]);
    assert_eq!(code, "questionnaire.invalid");
    let strange = place.write("strange.json", "{\"no-such-question\": true}");
    let code = place.refusal(&["intake", "--protocol", "general-visit", "--answers", &strange, "--dry-run"]);
    assert_eq!(code, "questionnaire.link-unknown");
}

#[test]
fn a_vault_with_a_wrong_key_or_none_is_left_as_it_is() {
    let place = Place::with_clinic();
    place.json(&["note", TRANSCRIPT, "--save"]);
    let before = fs::read(place.path("data").join("vault.db")).unwrap();
    let wrong = place.write("wrong", "not the passphrase at all\n");
    assert_eq!(place.refusal(&["--passphrase-file", &wrong, "encounters", "list"]), "vault.wrong-key");
    let output =
        place.command().env_remove("BEDSIDE_PASSPHRASE_FILE").args(["encounters", "list"]).output().unwrap();
    assert_eq!(support::refusal(&output), "vault.locked");
    assert!(fs::read(place.path("data").join("vault.db")).unwrap() == before);
    assert_eq!(place.refusal(&["init"]), "vault.exists");
    assert_eq!(place.json(&["encounters", "list"]).as_array().unwrap().len(), 1);

    let nowhere = place.path("nowhere");
    assert_eq!(place.refusal(&["--data", nowhere.to_str().unwrap(), "encounters", "list"]), "vault.missing");
}

#[test]
fn a_file_that_is_no_sound_says_so_and_a_model_that_is_none_too() {
    let place = Place::new();
    let text = place.write("text.wav", "this is no sound");
    let empty = place.write("empty.wav", "");
    let model = place.write("model.bin", b"not a model");
    for file in [&text, &empty] {
        assert_eq!(place.refusal(&["transcribe", file, "--model", &model]), "audio.invalid");
    }
    assert_eq!(place.refusal(&["transcribe", &text, "--model", "no-such-model"]), "model.unknown");
    assert_eq!(place.refusal(&["models", "fetch", "no-such-model"]), "model.unknown");
    assert_eq!(place.refusal(&["models", "verify", "whisper-tiny.en"]), "model.missing");
    assert!(place.json(&["models", "list"]).as_array().unwrap().len() >= 8);
}

#[test]
fn redflags_refuses_a_line_that_is_not_of_its_shape() {
    let output = Place::new().pipe(&["redflags", "--jsonl"], "{\"id\": 1, \"text\": \"fine\"}\nnot json\n");
    assert_eq!(support::refusal(&output), "request.invalid");
    let first: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(first["id"], 1, "the lines before it were answered");
}
