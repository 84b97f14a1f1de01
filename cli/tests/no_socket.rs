//! As it is set when it is installed, Bedside opens no connection: a whole visit is gone through by programs that the kernel
//! ends when they make a socket of any kind but the system's own (`AF_UNIX`).
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]
#![cfg(target_os = "linux")]

#[path = "../../e2e/tests/guard/mod.rs"]
mod guard;
#[path = "../../e2e/src/process.rs"]
#[allow(dead_code, reason = "a part is used")]
mod process;
mod support;

use std::os::unix::process::ExitStatusExt as _;
use std::process::Output;

use guard::{AF_UNIX, SIGSYS};
use serde_json::{Value, json};
use support::{BEDSIDE, PASSWORD, Place, Served};

#[test]
#[ignore = "the child of the tests below"]
fn guarded_child() {
    guard::become_guarded(&[AF_UNIX]);
}

/// Runs a program behind the filter, in a place of its own.
fn guarded(place: &Place, words: &[&str]) -> Output {
    let surroundings = place.command();
    let mut command = guard::guarded(words);
    for (name, value) in surroundings.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.output().unwrap()
}

#[test]
fn a_whole_visit_opens_no_socket() {
    let place = Place::new();
    let run = |words: &[&str]| {
        let output = guarded(&place, &[&[BEDSIDE], words].concat());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {:?} {stderr}", output.status);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run(&["demo"]);
    let password = place.path("password");
    run(&["init", "--password-file", password.to_str().unwrap()]);
    let protocols = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples");
    run(&["intake", "--answers", &format!("{protocols}/general-visit-answers.json")]);
    let said = run(&["note", &format!("{protocols}/visit-transcript.txt"), "--save", "--json"]);
    let note: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    let id = note["encounter"].as_str().unwrap();
    run(&["encounters", "list"]);
    for format in ["fhir", "pdf", "hl7v2", "csv", "text"] {
        let file = place.path(&format!("export.{format}"));
        run(&["export", id, "--format", format, "--output", file.to_str().unwrap()]);
    }
    run(&["audit", "verify"]);
    run(&["usage", "report", "--month", &this_month()]);
    run(&["models", "list"]);
    run(&["backup", "create", place.path("backup").to_str().unwrap()]);
    run(&["backup", "verify", place.path("backup").to_str().unwrap()]);
    // It starts both workers, and asks the system for microphones and loudspeakers.
    run(&["diagnostics"]);
    run(&["support-bundle", place.path("bundle.json").to_str().unwrap()]);
}

fn this_month() -> String {
    let days = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    engine::host::local_day(domain::Timestamp::from_millis(days.as_millis() as i64))[..7].to_owned()
}

#[test]
fn a_program_that_opens_a_socket_is_noticed() {
    let place = Place::with_clinic();
    let ui = place.path("ui");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html>").unwrap();
    let served = guarded(&place, &[BEDSIDE, "serve", "--port", "0", "--ui", ui.to_str().unwrap()]);
    assert_eq!(served.status.signal(), Some(SIGSYS), "{:?}", served.status);
    let connects = ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"];
    let connected = guarded(&place, &connects);
    assert_eq!(connected.status.signal(), Some(SIGSYS), "{:?}", connected.status);
    // A program that opens none is left alone, and so is the system's own kind of socket.
    assert!(guarded(&place, &["true"]).status.success());
}

#[test]
fn served_to_a_browser_it_listens_to_this_machine_alone() {
    let place = Place::with_clinic();
    let served = Served::start(&place);
    let signed_in = served.ok(None, "session.sign-in", json!({ "login": "admin", "password": PASSWORD }));
    let token = signed_in["token"].as_str();
    served.ok(token, "diagnostics.read", json!({}));
    served.ok(token, "flows.read", json!({}));
    let own = process::connections(served.child.id());
    assert!(!own.is_empty(), "it listens");
    for process::Connection { local, other } in own {
        assert_eq!(local, "0100007F", "127.0.0.1");
        assert!(["0100007F", "00000000"].contains(&other.as_str()), "{other}");
    }
}
