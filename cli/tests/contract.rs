//! What every command keeps to: one line on failure, JSON where it was asked for, and a reader that may go away.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::process::{Output, Stdio};

use serde_json::Value;
use support::{Place, refusal};

const TRANSCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/visit-transcript.txt");

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_command_line_that_is_none_is_refused_in_one_line_with_its_code() {
    let place = Place::new();
    for arguments in [
        &[][..],
        &["encounters"],
        &["encounters", "show"],
        &["encounters", "show", "no-id"],
        &["intake"],
        &["note"],
        &["no-such-command"],
        &["note", TRANSCRIPT, "--format", "pdf"],
        &["note", TRANSCRIPT, "--language", "no language"],
        &["redflags", "--jsno", "text"],
        &["transcribe", "a.wav"],
    ] {
        let output = place.run(arguments);
        assert_eq!(refusal(&output), "request.invalid", "{arguments:?}");
        assert!(output.stdout.is_empty());
        let mut as_json = arguments.to_vec();
        as_json.push("--json");
        let output = place.run(&as_json);
        assert_eq!(output.status.code(), Some(1));
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["error"]["code"], "request.invalid", "{as_json:?}");
    }
    assert!(stderr(&place.run(&["intake"])).contains("--answers"), "what is missing is named");
}

#[test]
fn an_argument_too_many_is_not_repeated() {
    let output = Place::new().run(&["redflags", "my", "chesthurts"]);
    assert_eq!(refusal(&output), "request.invalid");
    assert!(!stderr(&output).contains("chesthurts"));
}

#[test]
fn help_and_version_are_printed_and_are_no_failure() {
    let place = Place::new();
    for arguments in [&["--help"][..], &["help"], &["intake", "--help"], &["--version"]] {
        let output = place.run(arguments);
        assert!(output.status.success(), "{arguments:?}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn a_patients_name_is_taken_from_a_file_and_never_from_the_command_line() {
    let place = Place::with_clinic();
    let answers = place.write("answers.json", "{}");
    for flag in ["--name", "--birth-date"] {
        let output = place.run(&["intake", "--answers", &answers, flag, "Quixmark"]);
        assert_eq!(refusal(&output), "request.invalid");
        assert!(!stderr(&output).contains("Quixmark"));
    }
    for wrong in ["{\"name\": \"  \"}", "{}", "[]", "{\"name\": \"Quixmark\", \"birth_date\": \"Quixmark\"}"]
    {
        let patient = place.write("wrong.json", wrong);
        let output = place.run(&["note", TRANSCRIPT, "--save", "--patient", &patient]);
        assert_eq!(refusal(&output), "request.invalid", "{wrong}");
        assert!(!stderr(&output).contains("Quixmark"));
    }
    assert_eq!(place.json(&["encounters", "list"]).as_array().unwrap().len(), 0, "nothing was kept of it");
}

#[test]
fn what_is_printed_on_a_pipe_that_was_closed_is_no_failure() {
    let place = Place::new();
    for arguments in
        [&["models", "list"][..], &["models", "list", "--json"], &["note", TRANSCRIPT], &["--help"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = place.command().args(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        assert!(output.stderr.is_empty(), "{}", stderr(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_written_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Place::new().command().args(["note", TRANSCRIPT]).stdout(full).output().unwrap();
    assert_eq!(refusal(&output), "disk.full");
}

#[test]
fn a_text_is_read_from_standard_input_where_it_shall_not_stand_in_the_list_of_processes() {
    let output = Place::new().pipe(&["redflags", "-", "--json"], "I have crushing chest pain");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["flags"][0]["rule"], "chest-pain");
}

#[test]
fn an_export_is_a_file_that_its_owner_alone_reads_and_a_text_is_json_where_that_was_asked_for() {
    let place = Place::with_clinic();
    let note = place.json(&["note", TRANSCRIPT, "--save"]);
    let id = note["encounter"].as_str().unwrap();
    let file = place.write("bundle.json", "what stood there before");
    place.json(&["export", id, "--output", &file]);
    let bundle: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(bundle["resourceType"], "Bundle");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let nowhere = place.path("nowhere").join("bundle.json");
    assert_eq!(place.refusal(&["export", id, "--output", nowhere.to_str().unwrap()]), "not-found");
    let text = place.json(&["export", id, "--format", "text"]);
    assert!(text["text"].as_str().unwrap().contains("SUBJECTIVE"));
}

#[test]
fn an_export_is_the_file_itself_in_each_format_on_standard_output_too() {
    let place = Place::with_clinic();
    let note = place.json(&["note", TRANSCRIPT, "--save"]);
    let id = note["encounter"].as_str().unwrap();
    let file = place.path("note.pdf");
    place.json(&["export", id, "--format", "pdf", "--out", file.to_str().unwrap()]);
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-1.7"));
    for (format, begins) in [
        ("fhir", "{".as_bytes()),
        ("pdf", b"%PDF-1.7"),
        ("hl7v2", b"FHS|^~\\&|"),
        ("csv", "\u{feff}encounter,".as_bytes()),
        ("text", b"SUBJECTIVE"),
    ] {
        let output = place.run(&["export", id, "--format", format]);
        assert!(output.status.success() && output.stdout.starts_with(begins), "{format}");
    }
    assert!(
        place.json(&["export", id, "--format", "pdf"])["base64"].as_str().unwrap().starts_with("JVBERi0")
    );
    let trail = place.json(&["audit", "export", "--encounter", id]);
    let exports = trail["entry"].as_array().unwrap().iter();
    let exports = exports.filter(|entry| entry["resource"]["type"]["code"] == "110106");
    assert_eq!(exports.count(), 7, "one an export");
}

#[test]
fn a_secret_that_is_too_short_is_named_and_no_clinic_is_made() {
    let place = Place::new();
    let short = place.write("short", "short\n");
    for (arguments, which) in [
        (["init", "--passphrase-file", &short], "passphrase"),
        (["init", "--password-file", &short], "password"),
    ] {
        let output = place.run(&arguments);
        assert_eq!(refusal(&output), "passphrase.too-short");
        assert!(stderr(&output).contains(which), "{}", stderr(&output));
    }
    assert!(!place.path("data").exists());
}

#[test]
fn where_there_is_nothing_that_is_said() {
    let place = Place::with_clinic();
    let verified = place.json(&["models", "verify"]);
    // The starter model comes with the program.
    assert!(verified.as_array().unwrap().iter().all(|model| model["name"] == "starter-en"), "{verified}");
    let listed = place.run(&["encounters", "list"]);
    assert!(String::from_utf8(listed.stdout).unwrap().starts_with("no "));
}
