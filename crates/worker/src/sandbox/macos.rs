//! macOS: a Seatbelt profile through `sandbox_init`, and resource limits.
//!
//! Apple has marked `sandbox_init` as deprecated since 10.7 and still uses it itself; there is no other way for a program
//! to confine itself. Not run by a test yet.

use std::{
    ffi::{CStr, CString, c_char, c_int},
    fs::File,
    io,
    os::fd::{AsFd, AsRawFd},
};

use super::{Confinement, SandboxError};
use crate::message::SandboxReport;

unsafe extern "C" {
    fn sandbox_init(profile: *const c_char, flags: u64, error: *mut *mut c_char) -> c_int;
    fn sandbox_free_error(error: *mut c_char);
}

pub(super) fn apply(confinement: &Confinement) -> Result<SandboxReport, SandboxError> {
    let mut report = SandboxReport::default();
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the structure lives through the call.
    report.no_core_dumps = unsafe { libc::setrlimit(libc::RLIMIT_CORE, &none) } == 0;

    let profile =
        CString::new(profile(confinement)).map_err(|_| SandboxError("a path holds a zero byte".into()))?;
    let mut error = std::ptr::null_mut();
    // SAFETY: the profile is a C string that lives through the call; the error is freed below.
    let result = unsafe { sandbox_init(profile.as_ptr(), 0, &raw mut error) };
    if result != 0 {
        // SAFETY: on failure the error is a C string that this side frees.
        let words = unsafe {
            if error.is_null() {
                "unknown".to_owned()
            } else {
                let words = CStr::from_ptr(error).to_string_lossy().into_owned();
                sandbox_free_error(error);
                words
            }
        };
        return Err(SandboxError(format!("seatbelt: {words}")));
    }
    report.no_network = true;
    report.no_file_writes = true;
    report.no_other_reads = true;
    report.no_exec = true;
    report.no_fork = true;
    report.no_tracing = true;
    report.mechanisms.push("seatbelt".into());
    Ok(report)
}

/// Everything that reaches out is denied; the system's own libraries stay readable, the homes and volumes do not.
fn profile(confinement: &Confinement) -> String {
    let mut profile = String::from(
        "(version 1)(allow default)(deny network*)(deny file-write*)(deny process-exec*)(deny process-fork)\
         (deny mach-priv-task-port)(deny file-read-data (subpath \"/Users\") (subpath \"/Volumes\") \
         (subpath \"/private/var\") (subpath \"/private/tmp\") (subpath \"/Library/Application Support\"))",
    );
    if let Some(model) = confinement.model.as_ref().and_then(|model| model.canonicalize().ok()) {
        let path = model.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
        profile.push_str(&format!("(allow file-read-data (literal \"{path}\"))"));
    }
    profile
}

pub(super) fn claim_stdout() -> io::Result<File> {
    let frames = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    // SAFETY: both descriptors are open for the life of the process.
    let moved = unsafe { libc::dup2(io::stderr().as_raw_fd(), io::stdout().as_raw_fd()) };
    if moved < 0 { Err(io::Error::last_os_error()) } else { Ok(frames) }
}
