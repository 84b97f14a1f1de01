//! The operating system's keyring: Secret Service on Linux, Credential Manager on Windows, Keychain on macOS.
//!
//! A keyring may take long, ask for a password, or sit on a bus that nobody serves. So every call runs on a thread of its
//! own and is given three seconds; one that does not answer is not asked again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use seal::Secret;
use zeroize::Zeroizing;

use super::{Keyring, KeyringState};
use crate::SystemRandom;

const PATIENCE: Duration = Duration::from_secs(3);
const SERVICE: &str = "bedside";

/// The keyring of the operating system's user.
#[derive(Debug, Default)]
pub struct OsKeyring {
    /// It once did not answer; the thread that asked may still wait.
    silent: AtomicBool,
}

impl OsKeyring {
    /// The keyring; nothing is asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> Result<T, KeyringState> + Send + 'static,
    ) -> Result<T, KeyringState> {
        if self.silent.load(Ordering::Relaxed) {
            return Err(KeyringState::Absent);
        }
        let (answer, answered) = mpsc::sync_channel(1);
        let asked = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            // Nobody listens any more when the answer comes too late.
            let _ = answer.send(question());
        });
        if asked.is_err() {
            return Err(KeyringState::Absent);
        }
        match answered.recv_timeout(PATIENCE) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                tracing::warn!(seconds = PATIENCE.as_secs(), "the keyring does not answer");
                self.silent.store(true, Ordering::Relaxed);
                Err(KeyringState::Absent)
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyringState::Absent),
        }
    }
}

impl Keyring for OsKeyring {
    fn state(&self) -> KeyringState {
        let probed = self.ask(|| {
            platform::check()?;
            // It must give back what it took: a keyring that takes everything and keeps nothing is none.
            let secret = Secret::<32>::make(&SystemRandom);
            // A name of its own: two probes at once must not read each other's secret.
            let [a, b, c, d, ..] = *Secret::<32>::make(&SystemRandom).expose();
            let entry = entry(&format!("probe-{a:02x}{b:02x}{c:02x}{d:02x}"))?;
            entry.set_secret(secret.expose()).map_err(state_of)?;
            let kept = entry.get_secret().map(Zeroizing::new).map_err(state_of);
            entry.delete_credential().map_err(state_of)?;
            if kept?.as_slice() == secret.expose() { Ok(()) } else { Err(KeyringState::Absent) }
        });
        probed.err().unwrap_or(KeyringState::Available)
    }

    fn read(&self, name: &str) -> Result<Option<Secret<32>>, KeyringState> {
        let name = name.to_owned();
        self.ask(move || {
            platform::check()?;
            match entry(&name)?.get_secret().map(Zeroizing::new) {
                Ok(bytes) => Ok(bytes.as_slice().try_into().ok().map(|mut bytes| Secret::take(&mut bytes))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(state_of(error)),
            }
        })
    }

    fn write(&self, name: &str, secret: &Secret<32>) -> Result<(), KeyringState> {
        let (name, secret) = (name.to_owned(), secret.clone());
        self.ask(move || {
            platform::check()?;
            entry(&name)?.set_secret(secret.expose()).map_err(state_of)
        })
    }

    fn remove(&self, name: &str) -> Result<(), KeyringState> {
        let name = name.to_owned();
        self.ask(move || {
            platform::check()?;
            match entry(&name)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(state_of(error)),
            }
        })
    }
}

fn entry(name: &str) -> Result<Entry, KeyringState> {
    platform::store().map_err(state_of)?.build(SERVICE, name, None).map_err(state_of)
}

fn state_of(error: Error) -> KeyringState {
    match error {
        Error::NoStorageAccess(_) => KeyringState::Locked,
        _ => KeyringState::Absent,
    }
}

#[cfg(target_os = "linux")]
mod platform {
    use super::{Arc, CredentialStore, Error, KeyringState};
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;

    /// Whether there is a default collection that is unlocked and outlives the session. Never unlocks one: that would put
    /// a window on a kiosk's screen.
    pub(super) fn check() -> Result<(), KeyringState> {
        let absent = |_| KeyringState::Absent;
        let service = SecretService::connect(EncryptionType::Dh).map_err(absent)?;
        let collection = service.get_default_collection().map_err(absent)?;
        if collection.collection_path.as_str().ends_with("/session") {
            return Err(KeyringState::Absent);
        }
        if collection.is_locked().map_err(absent)? { Err(KeyringState::Locked) } else { Ok(()) }
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Ok(zbus_secret_service_keyring_store::Store::new()?)
    }
}

#[cfg(target_os = "windows")]
mod platform {
    use super::{Arc, CredentialStore, Error, KeyringState};

    pub(super) fn check() -> Result<(), KeyringState> {
        Ok(())
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Ok(windows_native_keyring_store::Store::new()?)
    }
}

#[cfg(target_os = "macos")]
mod platform {
    use super::{Arc, CredentialStore, Error, KeyringState};

    pub(super) fn check() -> Result<(), KeyringState> {
        Ok(())
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Ok(apple_native_keyring_store::keychain::Store::new()?)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "windows", target_os = "macos")))]
mod platform {
    use super::{Arc, CredentialStore, Error, KeyringState};

    pub(super) fn check() -> Result<(), KeyringState> {
        Err(KeyringState::Absent)
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, Error> {
        Err(Error::NoDefaultStore)
    }
}
