//! keyslots.json: the local key, wrapped once for each way to open the vault.

use std::fs;
use std::path::Path;

use domain::{DeviceId, Random};
use seal::{KdfParams, KeyCheck, LocalKey, Passphrase, RecoveryWords, Secret, SlotKey, WrappedKey};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::folder::{KEYSLOTS, write_durably};
use crate::keyring::{Keyring, KeyringState};
use crate::open::Unlock;

/// A way to open the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotKind {
    /// The administrator's passphrase.
    Passphrase,
    /// The 24 recovery words.
    RecoveryWords,
    /// A key that the OS keyring keeps.
    Keyring,
}

/// The file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySlots {
    format: u32,
    /// The installation whose key this is.
    pub(crate) device: DeviceId,
    /// Proves that the unwrapped key is the one that the database was made with.
    check: String,
    slots: Vec<Slot>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    kind: SlotKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kdf: Option<Kdf>,
    wrapped: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf {
    algorithm: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

const FORMAT: u32 = 1;
const ARGON2ID: &str = "argon2id-v19";

impl KeySlots {
    /// Wraps a key for the passphrase, for the words, and for the keyring where it is available.
    pub(crate) fn make(
        key: &LocalKey,
        device: DeviceId,
        passphrase: &Passphrase,
        words: &RecoveryWords,
        params: KdfParams,
        keyring: &dyn Keyring,
        random: &dyn Random,
    ) -> Result<Self, Error> {
        let mut slots = Self { format: FORMAT, device, check: hex(&key.check().0), slots: Vec::new() };
        slots.set_passphrase(key, passphrase, params, random)?;
        slots.set_recovery_words(key, words, random);
        if keyring.state() == KeyringState::Available {
            let secret = Secret::make(random);
            match keyring.write(&device.to_string(), &secret) {
                Ok(()) => {
                    slots.set_keyring(key, &secret, random);
                }
                Err(state) => tracing::warn!(%state, "the keyring took no key: passphrase and words remain"),
            }
        }
        match slots.slots.len() {
            found @ 0..2 => Err(Error::SlotsTooFew { found }),
            _ => Ok(slots),
        }
    }

    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(KEYSLOTS);
        let bytes = fs::read(&path).map_err(Error::io(&path))?;
        let unreadable = |reason: String| Error::SlotsUnreadable { path: folder.to_owned(), reason };
        let slots: Self = serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?;
        if slots.format != FORMAT {
            return Err(unreadable(format!("its format is {}, this Bedside knows {FORMAT}", slots.format)));
        }
        Ok(slots)
    }

    pub(crate) fn save(&self, folder: &Path) -> Result<(), Error> {
        write_durably(&folder.join(KEYSLOTS), &self.to_json())
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        // A structure of strings and numbers always has a JSON form.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    pub(crate) fn kinds(&self) -> Vec<SlotKind> {
        self.slots.iter().map(|slot| slot.kind).collect()
    }

    pub(crate) fn matches(&self, check: KeyCheck) -> bool {
        self.check == hex(&check.0)
    }

    /// Opens the slot that the secret is for.
    pub(crate) fn unlock(&self, unlock: &Unlock, keyring: &dyn Keyring) -> Result<LocalKey, Error> {
        let (kind, with) = match unlock {
            Unlock::Passphrase(_) => (SlotKind::Passphrase, "passphrase"),
            Unlock::RecoveryWords(_) => (SlotKind::RecoveryWords, "recovery words"),
            Unlock::Keyring => (SlotKind::Keyring, "keyring"),
        };
        let wrong = || Error::WrongKey { with };
        let slot = self.slots.iter().find(|slot| slot.kind == kind).ok_or_else(|| match unlock {
            Unlock::Keyring => Error::Keyring { state: keyring.state() },
            _ => wrong(),
        })?;
        let slot_key = match unlock {
            Unlock::Passphrase(passphrase) => {
                let kdf = slot.kdf.as_ref().ok_or_else(wrong)?;
                let salt = unhex::<16>(&kdf.salt).ok_or_else(wrong)?;
                if kdf.algorithm != ARGON2ID {
                    return Err(wrong());
                }
                SlotKey::from_passphrase(passphrase, &salt, kdf.params())?
            }
            Unlock::RecoveryWords(words) => SlotKey::from_recovery_words(words),
            Unlock::Keyring => match keyring.read(&self.device.to_string()) {
                Ok(Some(secret)) => SlotKey::from_keyring_secret(&secret),
                Ok(None) => return Err(Error::Keyring { state: KeyringState::Available }),
                Err(state) => return Err(Error::Keyring { state }),
            },
        };
        let wrapped = unhex_vec(&slot.wrapped).ok_or_else(wrong)?;
        let key = slot_key
            .unwrap(&WrappedKey::from_bytes(wrapped), &self.description(slot.kind, slot.kdf.as_ref()))
            .map_err(|_| wrong())?;
        if self.matches(key.check()) { Ok(key) } else { Err(wrong()) }
    }

    /// Sets the passphrase slot, in place of the one there is.
    pub(crate) fn set_passphrase(
        &mut self,
        key: &LocalKey,
        passphrase: &Passphrase,
        params: KdfParams,
        random: &dyn Random,
    ) -> Result<(), Error> {
        passphrase.check_length(Passphrase::LEAST)?;
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let slot_key = SlotKey::from_passphrase(passphrase, &salt, params)?;
        let kdf = Kdf {
            algorithm: ARGON2ID.to_owned(),
            memory_kib: params.memory_kib,
            passes: params.passes,
            lanes: params.lanes,
            salt: hex(&salt),
        };
        self.put(SlotKind::Passphrase, Some(kdf), key, &slot_key, random);
        Ok(())
    }

    /// Sets the slot of the recovery words, in place of the one there is.
    pub(crate) fn set_recovery_words(&mut self, key: &LocalKey, words: &RecoveryWords, random: &dyn Random) {
        self.put(SlotKind::RecoveryWords, None, key, &SlotKey::from_recovery_words(words), random);
    }

    /// Sets the keyring slot, in place of the one there is.
    pub(crate) fn set_keyring(&mut self, key: &LocalKey, secret: &Secret<32>, random: &dyn Random) {
        self.put(SlotKind::Keyring, None, key, &SlotKey::from_keyring_secret(secret), random);
    }

    fn put(
        &mut self,
        kind: SlotKind,
        kdf: Option<Kdf>,
        key: &LocalKey,
        slot_key: &SlotKey,
        random: &dyn Random,
    ) {
        let description = self.description(kind, kdf.as_ref());
        let wrapped = hex(slot_key.wrap(key, &description, random).as_bytes());
        self.slots.retain(|slot| slot.kind != kind);
        self.slots.push(Slot { kind, kdf, wrapped });
    }

    /// What the slot's seal is bound to: everything in the file about it.
    fn description(&self, kind: SlotKind, kdf: Option<&Kdf>) -> Vec<u8> {
        let kind = match kind {
            SlotKind::Passphrase => "passphrase",
            SlotKind::RecoveryWords => "recovery-words",
            SlotKind::Keyring => "keyring",
        };
        let kdf = kdf.map_or(String::new(), |kdf| {
            format!("{} m={} t={} p={} {}", kdf.algorithm, kdf.memory_kib, kdf.passes, kdf.lanes, kdf.salt)
        });
        format!("keyslots/{}\n{}\n{}\n{kind}\n{kdf}", self.format, self.device, self.check).into_bytes()
    }
}

impl Kdf {
    fn params(&self) -> KdfParams {
        KdfParams { memory_kib: self.memory_kib, passes: self.passes, lanes: self.lanes }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    unhex_vec(text)?.try_into().ok()
}

pub(crate) fn unhex_vec(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
