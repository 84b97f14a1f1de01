//! The sandbox that a worker puts itself in before it reads a byte of a model.
//!
//! A model file is input from outside, read by C++ that was not written against hostile files. Whoever takes over a worker
//! through one should hold nothing: no network, no file but the model that was asked for, no further process.
//!
//! | | Linux | macOS | Windows |
//! | --- | --- | --- | --- |
//! | network | seccomp: no `socket`, Landlock's TCP rule as well | Seatbelt profile | **not prevented** |
//! | writing files | Landlock, seccomp on `open` flags and on every call that changes a file, `RLIMIT_FSIZE` 0 | Seatbelt | **not prevented** |
//! | reading other files | Landlock: only the model | Seatbelt: nothing in the homes and volumes but the model | **not prevented** |
//! | starting programs | seccomp: no `execve`, no `execveat`; `no_new_privs` | Seatbelt | job object: one process |
//! | making processes | seccomp: no `fork`, `vfork`, no `clone` but of threads | Seatbelt | job object: one process |
//! | looking into others | seccomp: no `ptrace`, `process_vm_*`, `pidfd_getfd`; not dumpable | Seatbelt default | **not prevented** |
//! | core dumps | `RLIMIT_CORE` 0, not dumpable | `RLIMIT_CORE` 0 | error reporting off |
//!
//! What was really applied is reported, never what was meant to be ([`SandboxReport`]). The Linux part is tested by
//! escaping from it ([`check`]); the macOS and Windows parts are written from the platforms' documentation and have not
//! been run by a test yet, so that [`SandboxReport`] claims only what their calls confirmed.
//!
//! This is the one module of the workspace's core with `unsafe`: `prctl`, `setrlimit`, `close_range`, `sandbox_init` and
//! the job object have no safe form in the standard library. Each block does one call whose arguments live on the stack.

use std::path::PathBuf;

use crate::message::SandboxReport;

pub mod check;

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[allow(unsafe_code, reason = "see the module's documentation")]
mod memory;

#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "see the module's documentation")]
mod linux;
#[cfg(target_os = "linux")]
use linux as platform;

#[cfg(target_os = "macos")]
#[allow(unsafe_code, reason = "see the module's documentation")]
mod macos;
#[cfg(target_os = "macos")]
use macos as platform;

#[cfg(windows)]
#[allow(unsafe_code, reason = "see the module's documentation")]
mod windows;
#[cfg(windows)]
use windows as platform;

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
mod platform {
    pub(super) fn apply(_: &super::Confinement) -> Result<super::SandboxReport, super::SandboxError> {
        Ok(super::SandboxReport::default())
    }

    pub(super) fn claim_stdout() -> std::io::Result<std::fs::File> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// What a worker may do.
#[derive(Clone, Debug, Default)]
pub struct Confinement {
    /// The one file that may be read.
    pub model: Option<PathBuf>,
    /// Most bytes of address space.
    pub memory_limit: Option<u64>,
}

/// The sandbox could not be applied, so nothing must be run.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox could not be applied: {0}")]
pub struct SandboxError(pub String);

/// Applies the sandbox to this process, for good. Must be called while there is only one thread: the kernel's filters
/// are inherited by threads, not spread to those that run already.
///
/// # Errors
/// Where a part that this platform promises could not be applied. What the platform or the kernel lacks is no error; the
/// report says so.
pub fn apply(confinement: &Confinement) -> Result<SandboxReport, SandboxError> {
    platform::apply(confinement)
}

/// Makes a native library that gets no memory say so on stderr before it ends. Without this a C++ exception unwinds into
/// Rust, which cannot name it, and the supervisor would not know what the worker died of.
pub fn report_lack_of_memory() {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    memory::report_lack();
}

/// Takes the pipe that is stdout for frames, and lets everything else that writes to stdout (a `printf` in a native
/// library) write to stderr instead.
///
/// # Errors
/// Where the descriptors cannot be moved.
pub fn claim_stdout() -> std::io::Result<std::fs::File> {
    platform::claim_stdout()
}
