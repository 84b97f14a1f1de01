//! A keyring that lives as long as the process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use seal::Secret;

use super::{Keyring, KeyringState};

/// A keyring in memory, in the state it is given: for tests, and for a vault in a throw-away folder.
#[derive(Debug)]
pub struct MemoryKeyring {
    state: KeyringState,
    secrets: Mutex<HashMap<String, Secret<32>>>,
}

impl MemoryKeyring {
    /// A keyring that is in a state and stays in it.
    pub fn new(state: KeyringState) -> Self {
        Self { state, secrets: Mutex::default() }
    }

    fn secrets(&self) -> Result<MutexGuard<'_, HashMap<String, Secret<32>>>, KeyringState> {
        match self.state {
            KeyringState::Available => Ok(self.secrets.lock().unwrap_or_else(PoisonError::into_inner)),
            state => Err(state),
        }
    }
}

impl Keyring for MemoryKeyring {
    fn state(&self) -> KeyringState {
        self.state
    }

    fn read(&self, name: &str) -> Result<Option<Secret<32>>, KeyringState> {
        Ok(self.secrets()?.get(name).cloned())
    }

    fn write(&self, name: &str, secret: &Secret<32>) -> Result<(), KeyringState> {
        self.secrets()?.insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeyringState> {
        self.secrets()?.remove(name);
        Ok(())
    }
}
