//! Trying to break out: the eight escapes that the sandbox must stop, tried from inside.
//!
//! `bedside-speech-worker --sandbox-check FILE` applies the sandbox exactly as for a model, tries all eight and prints the
//! outcome as JSON; FILE is something that must not be readable, such as the database. With `--without-sandbox` the same
//! attempts are made unconfined: they then succeed, which is what shows that the check itself is honest.

use std::{
    io,
    net::{Ipv4Addr, TcpListener, UdpSocket},
    path::Path,
    process::{Command, Stdio},
};

use serde::{Deserialize, Serialize};

use super::{Confinement, SandboxError, apply};
use crate::message::SandboxReport;

/// What came of the attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// The sandbox; `None` where the attempts were made without.
    pub sandbox: Option<SandboxReport>,
    /// Each attempt.
    pub escapes: Vec<Escape>,
    /// Whether every attempt was stopped.
    pub all_blocked: bool,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escape {
    /// `tcp`, `udp`, `write-file`, `read-file`, `exec`, `ptrace`, `io-uring`, `fork`.
    pub attempt: String,
    /// It did not get out.
    pub blocked: bool,
    /// What the system answered.
    pub answer: String,
}

/// Applies the sandbox (unless told not to) and tries to get out of it.
///
/// # Errors
/// Where the sandbox cannot be applied.
pub fn run(secret: &Path, with_sandbox: bool) -> Result<CheckReport, SandboxError> {
    // An absolute path outside the model's: the check must not stumble over a working directory.
    let target = std::env::temp_dir().join(format!("bedside-sandbox-check-{}", std::process::id()));
    let sandbox = with_sandbox.then(|| apply(&Confinement::default())).transpose()?;
    type Attempt<'a> = (&'static str, Box<dyn FnOnce() -> io::Result<()> + 'a>);
    let attempts: [Attempt<'_>; 8] = [
        ("tcp", Box::new(|| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map(drop))),
        ("udp", Box::new(|| UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map(drop))),
        ("write-file", Box::new(|| write_file(&target))),
        ("read-file", Box::new(|| std::fs::read(secret).map(drop))),
        ("exec", Box::new(exec)),
        ("ptrace", Box::new(probe::ptrace)),
        ("io-uring", Box::new(probe::io_uring)),
        ("fork", Box::new(probe::fork)),
    ];
    let escapes: Vec<Escape> = attempts
        .into_iter()
        .map(|(attempt, try_it)| match try_it() {
            Ok(()) => Escape { attempt: attempt.into(), blocked: false, answer: "it succeeded".into() },
            Err(error) => Escape { attempt: attempt.into(), blocked: true, answer: error.to_string() },
        })
        .collect();
    Ok(CheckReport { sandbox, all_blocked: escapes.iter().all(|escape| escape.blocked), escapes })
}

fn write_file(target: &Path) -> io::Result<()> {
    let written = std::fs::write(target, b"escaped");
    // A file of no bytes would be an escape as well.
    let created = target.exists();
    let _ = std::fs::remove_file(target);
    if created { Ok(()) } else { written }
}

fn exec() -> io::Result<()> {
    let mut shell = if cfg!(windows) { Command::new("cmd.exe") } else { Command::new("/bin/true") };
    if cfg!(windows) {
        shell.args(["/c", "exit"]);
    }
    shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().map(drop)
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "system calls that the standard library has no form for")]
mod probe {
    use std::io;

    fn checked(result: libc::c_long) -> io::Result<libc::c_long> {
        if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
    }

    /// Both ways to look into a process: asking to be traced, and reading memory (of the one process that always allows
    /// it, itself).
    pub(super) fn ptrace() -> io::Result<()> {
        let mut copy = [0_u8; 4];
        let original = *b"open";
        let local = libc::iovec { iov_base: copy.as_mut_ptr().cast(), iov_len: 4 };
        let remote = libc::iovec { iov_base: original.as_ptr().cast_mut().cast(), iov_len: 4 };
        // SAFETY: both ranges are arrays of this function, of the lengths given.
        let read = unsafe { libc::process_vm_readv(libc::getpid(), &local, 1, &remote, 1, 0) };
        if read == 4 {
            return Ok(());
        }
        // SAFETY: takes no pointer.
        checked(unsafe { libc::ptrace(libc::PTRACE_TRACEME, 0, 0, 0) }).map(drop)
    }

    pub(super) fn io_uring() -> io::Result<()> {
        let mut parameters = [0_u8; 256];
        // SAFETY: the kernel reads and writes the 120 bytes of `io_uring_params`, for which there is room.
        let descriptor =
            checked(unsafe { libc::syscall(libc::SYS_io_uring_setup, 1_u32, parameters.as_mut_ptr()) })?;
        // SAFETY: the descriptor was just made.
        unsafe { libc::close(descriptor as libc::c_int) };
        Ok(())
    }

    /// A fork bomb's first step, three ways: fork, vfork's flags, and clone without sharing. A child ends at once.
    pub(super) fn fork() -> io::Result<()> {
        let flags = [libc::SIGCHLD as libc::c_long, (libc::CLONE_PARENT | libc::SIGCHLD) as libc::c_long];
        // SAFETY: the child calls nothing but `_exit`.
        let mut last = match unsafe { libc::fork() } {
            0 => unsafe { libc::_exit(0) },
            -1 => io::Error::last_os_error(),
            child => return reap(child),
        };
        for flags in flags {
            // SAFETY: without CLONE_VM the child has a copy of the stack; it calls nothing but `_exit`.
            match unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) } {
                0 => unsafe { libc::_exit(0) },
                -1 => last = io::Error::last_os_error(),
                child => return reap(child as libc::pid_t),
            }
        }
        Err(last)
    }

    fn reap(child: libc::pid_t) -> io::Result<()> {
        // SAFETY: a null status is allowed.
        unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) };
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
mod probe {
    use std::io;

    /// Linux's own doors: there is nothing to try elsewhere.
    pub(super) fn ptrace() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn io_uring() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Making processes and starting programs are one on Windows; on macOS `exec` has tried both.
    pub(super) fn fork() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
