//! As it is set when it is installed, Bedside opens no connection: a whole visit is gone through by programs that the kernel
//! ends when they make a socket of any kind but the system's own (`AF_UNIX`).
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]
#![cfg(target_os = "linux")]

mod support;

use std::collections::BTreeMap;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Command, Output, Stdio};

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use serde_json::{Value, json};
use support::{BEDSIDE, PASSWORD, Place, Served};

const GUARDED: &str = "BEDSIDE_TEST_GUARDED";
const AF_UNIX: u64 = 1;
/// The signal that ends a program whose call the kernel's filter forbids.
const SIGSYS: i32 = 31;
#[cfg(target_arch = "x86_64")]
const SOCKET: i64 = 41;
#[cfg(not(target_arch = "x86_64"))]
const SOCKET: i64 = 198;

/// Becomes the program that the environment names, behind the filter. Its children have it too.
#[test]
#[ignore = "the child of the tests below"]
fn guarded_child() {
    let Ok(words) = std::env::var(GUARDED) else { return };
    let words: Vec<String> = serde_json::from_str(&words).unwrap();
    let other = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, AF_UNIX).unwrap();
    let filter = SeccompFilter::new(
        BTreeMap::from([(SOCKET, vec![SeccompRule::new(vec![other]).unwrap()])]),
        SeccompAction::Allow,
        SeccompAction::KillProcess,
        std::env::consts::ARCH.try_into().unwrap(),
    );
    let program: BpfProgram = filter.unwrap().try_into().unwrap();
    seccompiler::apply_filter(&program).unwrap();
    let failed = Command::new(&words[0]).args(&words[1..]).env_remove(GUARDED).exec();
    panic!("{failed}");
}

/// Runs a program behind the filter, in a place of its own.
fn guarded(place: &Place, words: &[&str]) -> Output {
    let surroundings = place.command();
    let mut command = Command::new(std::env::current_exe().unwrap());
    for (name, value) in surroundings.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
        .args(["--exact", "guarded_child", "--ignored", "--nocapture", "--quiet", "--test-threads=1"])
        .env(GUARDED, serde_json::to_string(words).unwrap())
        .stdin(Stdio::null())
        .output()
        .unwrap()
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

/// The inodes of a process's sockets.
fn sockets(process: u32) -> Vec<String> {
    let folder = format!("/proc/{process}/fd");
    let links = std::fs::read_dir(folder).unwrap().flatten();
    links
        .filter_map(|entry| {
            let link = std::fs::read_link(entry.path()).ok()?.to_string_lossy().into_owned();
            Some(link.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect()
}

/// The local and the other end's addresses of a process's sockets of the internet's families, in the kernel's hexadecimal.
fn addresses(process: u32) -> Vec<(String, String)> {
    let own = sockets(process);
    let mut found = Vec::new();
    for table in ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"] {
        let text = std::fs::read_to_string(format!("/proc/{process}/net/{table}")).unwrap_or_default();
        for line in text.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let address = |word: &str| word.split(':').next().unwrap_or_default().to_owned();
            if let (Some(local), Some(other), Some(inode)) = (words.get(1), words.get(2), words.get(9))
                && own.iter().any(|mine| mine == inode)
            {
                found.push((address(local), address(other)));
            }
        }
    }
    found
}

#[test]
fn served_to_a_browser_it_listens_to_this_machine_alone() {
    let place = Place::with_clinic();
    let served = Served::start(&place);
    let signed_in = served.ok(None, "session.sign-in", json!({ "login": "admin", "password": PASSWORD }));
    let token = signed_in["token"].as_str();
    served.ok(token, "diagnostics.read", json!({}));
    served.ok(token, "flows.read", json!({}));
    let own = addresses(served.child.id());
    assert!(!own.is_empty(), "it listens");
    for (local, other) in own {
        assert_eq!(local, "0100007F", "127.0.0.1");
        assert!(["0100007F", "00000000"].contains(&other.as_str()), "{other}");
    }
}
