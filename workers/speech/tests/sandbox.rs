//! Eight ways out of the sandbox, tried from inside the real worker.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]
#![cfg(target_os = "linux")]

mod support;

use std::{path::Path, process::Command};

use serde_json::Value;
use support::program;

const ATTEMPTS: [&str; 8] = ["tcp", "udp", "write-file", "read-file", "exec", "ptrace", "io-uring", "fork"];

fn check(secret: &Path, more: &[&str]) -> (bool, Value) {
    let output = Command::new(program()).arg("--sandbox-check").arg(secret).args(more).output().unwrap();
    (output.status.success(), serde_json::from_slice(&output.stdout).unwrap())
}

fn blocked(report: &Value, attempt: &str) -> bool {
    let escape = report["escapes"].as_array().unwrap().iter().find(|escape| escape["attempt"] == attempt);
    escape.unwrap()["blocked"].as_bool().unwrap()
}

#[test]
fn none_of_eight_escapes_gets_out_of_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("vault.db");
    std::fs::write(&database, b"what the database holds").unwrap();
    let (success, report) = check(&database, &[]);
    for attempt in ATTEMPTS {
        assert!(blocked(&report, attempt), "{attempt} got out: {report:#}");
    }
    assert!(success && report["all_blocked"] == true);
}

#[test]
fn without_the_sandbox_the_same_attempts_succeed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("vault.db");
    std::fs::write(&database, b"what the database holds").unwrap();
    let (_, report) = check(&database, &["--without-sandbox"]);
    assert!(report["sandbox"].is_null());
    for attempt in ATTEMPTS {
        // A container may itself forbid these two; the others are any program's right.
        if blocked(&report, attempt) && ["io-uring", "ptrace"].contains(&attempt) {
            eprintln!("skipped: this machine forbids {attempt} to everybody");
            continue;
        }
        assert!(!blocked(&report, attempt), "{attempt} failed without the sandbox: {report:#}");
    }
}

#[test]
fn the_sandbox_cannot_be_left_away_when_a_model_is_served() {
    let output = Command::new(program()).args(["--model", "x", "--without-sandbox"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_worker_introduces_itself_from_inside_a_complete_sandbox_without_a_model() {
    let hello = inference::introduce(&program()).unwrap();
    assert!(hello.engine.contains("whisper"), "{}", hello.engine);
    assert_eq!(hello.sandbox.missing(), [] as [&str; 0]);
    assert!(!hello.cpu.architecture.is_empty() && !hello.back_end.is_empty());
    let error = inference::introduce(Path::new("no-such-worker")).unwrap_err();
    assert!(matches!(error, inference::Error::WorkerMissing { .. }), "{error}");
    // One that says something else is no worker of ours.
    let error = inference::introduce(Path::new("/bin/echo")).unwrap_err();
    assert!(matches!(error, inference::Error::WorkerMissing { .. }), "{error}");
}
