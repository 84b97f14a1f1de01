//! Programs behind a filter of the kernel's, which ends each that makes a socket of a family that it may not have. Their children
//! have it too. The command's tests use it as the application's do.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// Between processes of this machine, and between them and its kernel.
pub(crate) const AF_UNIX: u64 = 1;
pub(crate) const AF_NETLINK: u64 = 16;
/// The signal that ends a program whose call the kernel's filter forbids.
pub(crate) const SIGSYS: i32 = 31;

const GUARDED: &str = "BEDSIDE_TEST_GUARDED";
#[cfg(target_arch = "x86_64")]
const SOCKET: i64 = 41;
#[cfg(not(target_arch = "x86_64"))]
const SOCKET: i64 = 198;

/// Becomes the program that the environment names, behind a filter that lets these families pass: all that the ignored test
/// `guarded_child` of a test file does.
pub(crate) fn become_guarded(families: &[u64]) {
    let Ok(words) = std::env::var(GUARDED) else { return };
    let words: Vec<String> = serde_json::from_str(&words).unwrap();
    let other =
        |family: &u64| SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, *family).unwrap();
    let rule = SeccompRule::new(families.iter().map(other).collect()).unwrap();
    let filter = SeccompFilter::new(
        BTreeMap::from([(SOCKET, vec![rule])]),
        SeccompAction::Allow,
        SeccompAction::KillProcess,
        std::env::consts::ARCH.try_into().unwrap(),
    );
    let program: BpfProgram = filter.unwrap().try_into().unwrap();
    seccompiler::apply_filter(&program).unwrap();
    let failed = Command::new(&words[0]).args(&words[1..]).env_remove(GUARDED).exec();
    panic!("{failed}");
}

/// A program behind the filter of this test file's `guarded_child`.
pub(crate) fn guarded(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "guarded_child", "--ignored", "--nocapture", "--quiet", "--test-threads=1"])
        .env(GUARDED, serde_json::to_string(words).unwrap())
        .stdin(Stdio::null());
    command
}
