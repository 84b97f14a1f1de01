//! The OS keyring, as far as the vault needs one: 32 bytes under a name.

mod memory;
mod os;

use std::fmt;

use seal::Secret;

pub use memory::MemoryKeyring;
pub use os::OsKeyring;

/// Whether there is a keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyringState {
    /// It answers, is unlocked, and keeps what it is given.
    Available,
    /// It answers and is locked.
    Locked,
    /// There is none, it does not answer in time, or it would forget everything at logout.
    Absent,
}

impl fmt::Display for KeyringState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Available => "available",
            Self::Locked => "locked",
            Self::Absent => "absent",
        })
    }
}

/// A place that keeps secrets for the user of the operating system. No call may block for longer than a few seconds or ask
/// the user anything.
pub trait Keyring: Send + Sync {
    /// Whether it can be used.
    fn state(&self) -> KeyringState;

    /// The secret under a name; `None` when there is none.
    ///
    /// # Errors
    /// The state, when the keyring gives no answer.
    fn read(&self, name: &str) -> Result<Option<Secret<32>>, KeyringState>;

    /// Keeps a secret under a name, in place of the one there is.
    ///
    /// # Errors
    /// The state, when the keyring does not take it.
    fn write(&self, name: &str, secret: &Secret<32>) -> Result<(), KeyringState>;

    /// Forgets the secret under a name, if there is one.
    ///
    /// # Errors
    /// The state, when the keyring gives no answer.
    fn remove(&self, name: &str) -> Result<(), KeyringState>;
}
