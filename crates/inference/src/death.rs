//! What a worker died of.

use std::{
    collections::BTreeMap,
    fmt,
    process::ExitStatus,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

/// The cause of a worker's death, as far as it can be told from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Death {
    /// It asked for memory and got none.
    OutOfMemory,
    /// A check in its native library failed; the parameter is the place in the source.
    Assertion(String),
    /// It gave itself up (`abort`), without saying why.
    Aborted,
    /// It did something that the processor or the memory forbids.
    Crashed {
        /// The signal, such as SIGSEGV or SIGILL.
        signal: i32,
    },
    /// It was killed from outside: by a person, or by the system for want of memory.
    Killed {
        /// The signal.
        signal: i32,
    },
    /// It ended by itself with this code, unasked.
    Exited {
        /// The code.
        code: i32,
    },
    /// It did not get any further for so long and was stopped.
    Hung {
        /// How long.
        after: Duration,
    },
    /// It wrote what is no message and was stopped.
    Garbled,
}

impl fmt::Display for Death {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfMemory => f.write_str("it ran out of memory"),
            Self::Assertion(place) => write!(f, "a check in its native library failed ({place})"),
            Self::Aborted => f.write_str("it gave up (abort)"),
            Self::Crashed { signal } => write!(f, "it crashed ({})", signal_name(*signal)),
            Self::Killed { signal } => write!(f, "it was killed from outside ({})", signal_name(*signal)),
            Self::Exited { code } => write!(f, "it ended with code {code}"),
            Self::Hung { after } => {
                write!(f, "it made no progress for {} seconds and was stopped", after.as_secs())
            }
            Self::Garbled => f.write_str("it sent what is not a message and was stopped"),
        }
    }
}

impl Death {
    /// The kind of death by a name that stays the same.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::OutOfMemory => "out-of-memory",
            Self::Assertion(_) => "assertion",
            Self::Aborted => "aborted",
            Self::Crashed { .. } => "crashed",
            Self::Killed { .. } => "killed",
            Self::Exited { .. } => "exited",
            Self::Hung { .. } => "hung",
            Self::Garbled => "garbled",
        }
    }
}

/// A worker's end that nobody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The worker's program.
    pub program: String,
    /// When.
    pub at: SystemTime,
    /// Of what.
    pub death: Death,
}

/// The last death of each program, whoever started it. For an administrator to read: nothing is decided by it.
static LAST: Mutex<BTreeMap<String, Ended>> = Mutex::new(BTreeMap::new());

/// Keeps a death.
pub(crate) fn keep(program: &str, death: &Death) {
    let ended = Ended { program: program.to_owned(), at: SystemTime::now(), death: death.clone() };
    LAST.lock().unwrap_or_else(PoisonError::into_inner).insert(program.to_owned(), ended);
}

/// What each worker program last died of since this application was started.
pub fn last_deaths() -> Vec<Ended> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
}

/// What this side did to a worker before it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It hung.
    Hung(Duration),
    /// What it sent was no frame.
    Garbled,
}

/// Reads the cause from how the process ended and from its last words.
pub(crate) fn cause_of(status: Option<ExitStatus>, last_words: &[String], stopped: Option<Stopped>) -> Death {
    match stopped {
        Some(Stopped::Hung(after)) => return Death::Hung { after },
        Some(Stopped::Garbled) => return Death::Garbled,
        None => {}
    }
    let said = |words: &[&str]| last_words.iter().any(|line| words.iter().any(|word| line.contains(word)));
    if said(&[
        "bad_alloc",
        "memory allocation of",
        "out of memory",
        "failed to allocate",
        "insufficient memory",
    ]) {
        return Death::OutOfMemory;
    }
    let assertion = last_words.iter().find_map(|line| {
        let (place, _) = line.split_once(": GGML_ASSERT")?;
        Some(place.rsplit(['/', '\\']).next().unwrap_or(place).to_owned())
    });
    match (assertion, signal_of(status)) {
        (Some(place), _) => Death::Assertion(place),
        (None, Some(signal)) if signal == ABORT => Death::Aborted,
        (None, Some(signal)) if CRASHES.contains(&signal) => Death::Crashed { signal },
        (None, Some(signal)) => Death::Killed { signal },
        (None, None) => match status.and_then(|status| status.code()) {
            // A thread of Rust's panicked; the place is in the last words, which the log has.
            Some(101) => Death::Aborted,
            Some(code) => Death::Exited { code },
            None => Death::Exited { code: -1 },
        },
    }
}

/// Whether a line of a worker's stderr tells about its death. Only such lines are kept, so that nothing a patient said can
/// get into a log by way of a native library's chatter.
pub(crate) fn is_last_words(line: &str) -> bool {
    [
        "GGML_ASSERT",
        "terminate called",
        "bad_alloc",
        "memory allocation of",
        "out of memory",
        "panic at",
        "failed to allocate",
        "insufficient memory",
        "what():",
    ]
    .iter()
    .any(|words| line.contains(words))
}

#[cfg(unix)]
const ABORT: i32 = libc::SIGABRT;
#[cfg(unix)]
const CRASHES: &[i32] =
    &[libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE, libc::SIGSYS, libc::SIGTRAP];

#[cfg(not(unix))]
const ABORT: i32 = i32::MIN;
#[cfg(not(unix))]
const CRASHES: &[i32] = &[];

#[cfg(unix)]
fn signal_of(status: Option<ExitStatus>) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status?)
}

#[cfg(not(unix))]
fn signal_of(_: Option<ExitStatus>) -> Option<i32> {
    None
}

fn signal_name(signal: i32) -> String {
    #[cfg(unix)]
    let name = match signal {
        libc::SIGKILL => Some("SIGKILL"),
        libc::SIGTERM => Some("SIGTERM"),
        libc::SIGSEGV => Some("SIGSEGV"),
        libc::SIGBUS => Some("SIGBUS"),
        libc::SIGILL => Some("SIGILL"),
        libc::SIGFPE => Some("SIGFPE"),
        libc::SIGSYS => Some("SIGSYS"),
        libc::SIGTRAP => Some("SIGTRAP"),
        _ => None,
    };
    #[cfg(not(unix))]
    let name: Option<&str> = None;
    name.map_or_else(|| format!("signal {signal}"), str::to_owned)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    fn ended_by(signal: i32) -> Option<ExitStatus> {
        Some(ExitStatus::from_raw(signal))
    }

    #[test]
    fn each_way_to_die_has_its_own_cause() {
        let words = |line: &str| vec![line.to_owned()];
        assert_eq!(cause_of(ended_by(9), &[], None), Death::Killed { signal: 9 });
        assert_eq!(cause_of(ended_by(6), &[], None), Death::Aborted);
        assert_eq!(cause_of(ended_by(4), &[], None), Death::Crashed { signal: 4 });
        assert_eq!(cause_of(ended_by(11), &[], None), Death::Crashed { signal: 11 });
        assert_eq!(
            cause_of(ended_by(6), &words("/build/ggml/src/ggml.c:1234: GGML_ASSERT(a == b) failed"), None),
            Death::Assertion("ggml.c:1234".into())
        );
        assert_eq!(cause_of(ended_by(6), &words("  what():  std::bad_alloc"), None), Death::OutOfMemory);
        assert_eq!(
            cause_of(ended_by(9), &[], Some(Stopped::Hung(Duration::from_secs(3)))),
            Death::Hung { after: Duration::from_secs(3) }
        );
        assert_eq!(cause_of(Some(ExitStatus::from_raw(3 << 8)), &[], None), Death::Exited { code: 3 });
    }

    #[test]
    fn chatter_is_not_kept() {
        assert!(is_last_words("terminate called after throwing an instance of 'std::bad_alloc'"));
        assert!(!is_last_words("whisper_full: the patient said marmalade"));
    }
}
