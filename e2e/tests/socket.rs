//! As it is installed, the application opens no connection: it runs, with its web view, where the kernel ends every process that
//! makes a socket of another kind than the system's own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![cfg(target_os = "linux")]

mod guard;

use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use bedside_e2e::{Desk, Outcome, process};
use guard::{AF_NETLINK, AF_UNIX, SIGSYS, guarded};

#[test]
#[ignore = "the child of the tests below"]
fn guarded_child() {
    guard::become_guarded(&[AF_UNIX, AF_NETLINK]);
}

#[test]
fn the_application_and_its_web_view_run_where_no_socket_can_be_opened() -> Outcome {
    let Some(desk) = Desk::clear("socket")? else { return Ok(()) };
    let program = desk.program("bedside-desktop");
    let data = desk.data();
    let words = [program.to_str().unwrap(), "--data", data.to_str().unwrap()];
    let application = guarded(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut application = application.map_err(|error| error.to_string())?;
    let look = || -> Vec<(u32, String)> {
        let all = process::with_children(application.id()).into_iter();
        all.map(|id| (id, process::name(id))).collect()
    };
    let has_view = |seen: &[(u32, String)]| {
        ["WebKitWebProces", "WebKitNetworkPr"].iter().all(|name| seen.iter().any(|(_, is)| is == name))
    };
    let began = Instant::now();
    while !has_view(&look()) && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(100));
    }
    let first = look();
    // Long enough for the first screen, which asks the engine for everything that it shows.
    std::thread::sleep(Duration::from_secs(6));
    let then = look();
    desk.picture("no-socket");
    let alive = application.try_wait().map_err(|error| error.to_string())?.is_none();
    let _ = application.kill();
    let _ = application.wait();
    assert!(has_view(&first), "the web view did not start: {first:?}");
    assert!(alive, "the application was ended");
    // Whatever had been ended by the kernel would be gone, or there anew under another number.
    assert!(first.iter().all(|process| then.contains(process)), "{first:?} became {then:?}");
    Ok(())
}

#[test]
fn a_program_that_opens_a_connection_is_ended() {
    let connects = guarded(&["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"]).status().unwrap();
    assert_eq!(connects.signal(), Some(SIGSYS), "{connects:?}");
    assert!(guarded(&["true"]).status().unwrap().success());
}
