//! What comes from a file is kept as that: nothing stands in the records that the file does not say.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{Place, refusal};

const TRANSCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/visit-transcript.txt");
const ANSWERS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/general-visit-answers.json");
/// Its alarm sign is none under English rules.
const SPANISH: &str = "[doctor] Buenos días, ¿qué le pasa hoy y desde cuándo lo tiene?\n\
    [patient] Tengo un dolor en el pecho muy fuerte desde esta mañana y me cuesta respirar al subir la escalera.\n";

fn patient(bundle: &Value) -> &Value {
    let mut resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    resources.find(|resource| resource["resourceType"] == "Patient").unwrap()
}

#[test]
fn a_saved_visit_has_a_name_only_where_a_file_says_one_and_nobody_verified_it() {
    let place = Place::with_clinic();
    let named = place.write("patient.json", r#"{"name": "Ada Marlowe", "birth_date": "1946-02"}"#);
    for (arguments, name) in [(&[][..], None), (&["--patient", &named], Some("Ada Marlowe"))] {
        let saved = place.json(&[&["note", TRANSCRIPT, "--save"], arguments].concat());
        let id = saved["encounter"].as_str().unwrap();
        let shown = place.json(&["encounters", "show", id]);
        assert_eq!(shown["record"]["origin"], "import");
        assert_eq!(shown["record"]["patient"]["name"], json!(name));
        assert_eq!(shown["record"]["patient"]["verified"], false);
        assert_eq!(shown["record"]["consents"], json!([]));
        let bundle = place.json(&["export", id]);
        assert_eq!(patient(&bundle)["identifier"][0]["use"], "temp");
        assert_eq!(patient(&bundle)["name"][0]["text"], json!(name));
        assert_eq!(patient(&bundle)["birthDate"], json!(name.map(|_| "1946-02")));
    }
    let list = String::from_utf8(place.run(&["encounters", "list"]).stdout).unwrap();
    assert_eq!(list.lines().filter(|line| line.ends_with(" -")).count(), 1, "{list}");
}

#[test]
fn a_visit_is_looked_at_with_the_rules_of_its_language() {
    let place = Place::with_clinic();
    let spanish = place.write("visita.txt", SPANISH);
    let flags = |language: &str| {
        let saved = place.json(&["note", &spanish, "--save", "--language", language]);
        let shown = place.json(&["encounters", "show", saved["encounter"].as_str().unwrap()]);
        assert_eq!(shown["record"]["language"], language);
        shown["record"]["flags"].as_array().unwrap().len()
    };
    assert_eq!(flags("en"), 0);
    assert!(flags("es") > 0);
}

#[test]
fn a_transcript_that_is_refused_a_note_is_kept_and_its_encounter_is_named() {
    let place = Place::with_clinic();
    let short = place.write("short.txt", "[patient] hello doctor\n");
    let output = place.run(&["note", &short, "--save"]);
    assert_eq!(refusal(&output), "transcript.too-short");
    let list = place.json(&["encounters", "list"]);
    let id = list[0]["id"].as_str().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(id));
}

#[test]
fn an_intake_says_whether_it_was_kept() {
    let place = Place::new();
    // As somebody at home runs it: no folder named, and no keyring on this machine.
    let at_home = || {
        let mut command = place.command();
        command.env_remove("BEDSIDE_DATA").env("XDG_DATA_HOME", place.path("home"));
        command
    };
    let intake = ["intake", "--answers", ANSWERS];
    let read = |arguments: &[&str]| -> Value {
        let output = at_home().args(intake).args(arguments).arg("--json").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let taken = read(&[]);
    assert_eq!((&taken["kept"], &taken["not_kept"]), (&json!(false), &json!("no-clinic")));
    let text = String::from_utf8(at_home().args(intake).output().unwrap().stdout).unwrap();
    assert!(
        text.ends_with("not kept: there is no clinic on this machine; `bedside init` sets one up\n"),
        "{text}"
    );

    let password = place.path("password");
    assert!(
        at_home()
            .args(["init", "--password-file", password.to_str().unwrap()])
            .output()
            .unwrap()
            .status
            .success()
    );
    let taken = read(&[]);
    assert_eq!((&taken["kept"], &taken["not_kept"]), (&json!(true), &Value::Null));
    assert!(taken["encounter"].is_string());
    let taken = read(&["--dry-run"]);
    assert_eq!((&taken["kept"], &taken["not_kept"]), (&json!(false), &json!("dry-run")));
    let locked = at_home().env_remove("BEDSIDE_PASSPHRASE_FILE").args(intake).output().unwrap();
    assert_eq!(
        refusal(&locked),
        "vault.locked",
        "a clinic that does not open is no clinic that is not there"
    );
    // A folder that was named is meant.
    assert_eq!(place.refusal(&intake), "vault.missing");
}

#[test]
fn an_intake_from_a_file_is_of_nobody_unless_the_file_says_who() {
    let place = Place::with_clinic();
    let named = place.write("patient.json", r#"{"name": "Ada Marlowe"}"#);
    for (arguments, name) in [(&[][..], None), (&["--patient", &named], Some("Ada Marlowe"))] {
        let taken = place.json(&[&["intake", "--answers", ANSWERS], arguments].concat());
        let shown = place.json(&["encounters", "show", taken["encounter"].as_str().unwrap()]);
        assert_eq!(shown["record"]["patient"]["name"], json!(name));
        assert_eq!(shown["record"]["origin"], "import");
        assert_eq!(shown["record"]["status"], "waiting");
        assert_eq!(shown["record"]["declined"], json!([]), "nobody was asked for a consent");
        assert!(!shown["record"]["flags"].as_array().unwrap().is_empty());
    }
    let begun = place.write("begun.json", "{}");
    let taken = place.json(&["intake", "--answers", &begun]);
    assert_eq!(taken["complete"], false);
    let shown = place.json(&["encounters", "show", taken["encounter"].as_str().unwrap()]);
    assert_eq!(shown["record"]["status"], "partial");
}
