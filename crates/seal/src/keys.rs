//! The keys, each a type of its own that does one thing.

use std::fmt;

use domain::{EventHeader, EventId, Random, RecordingId, Stream};
use zeroize::Zeroizing;

use crate::envelope::{Namespace, open, seal};
use crate::hazmat::{argon2id, derive, sha256};
use crate::{Error, KdfParams, Passphrase, RecoveryWords, Secret, encode_canonical};

/// A key, sealed under the key above it. Its bytes may be stored anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey(Vec<u8>);

impl WrappedKey {
    /// From stored bytes; whether they open is seen when they are unwrapped.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Secret<32>);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

key! {
    /// What opens one key slot. It wraps the local key and nothing else.
    SlotKey
}
key! {
    /// The installation's own key: the database's key is derived from it, and it wraps the facility's keys. It never leaves
    /// the installation.
    LocalKey
}
key! {
    /// The facility's key of one epoch: wraps the streams' keys.
    FacilityKey
}
key! {
    /// A stream's key: the encounter's, whose deletion deletes the encounter, or the facility's own.
    StreamKey
}
key! {
    /// The key of one recording's sound.
    RecordingKey
}
key! {
    /// Authenticates the marks that are kept beside the database.
    MarkKey
}

impl SlotKey {
    /// From the administrator's passphrase, by Argon2id. Takes as long as the parameters say: run it where waiting is
    /// allowed.
    ///
    /// # Errors
    /// [`Error::Parameters`] when the parameters, which stand in a file, are not safe to run.
    pub fn from_passphrase(
        passphrase: &Passphrase,
        salt: &[u8; 16],
        params: KdfParams,
    ) -> Result<Self, Error> {
        let stretched = argon2id(passphrase.expose().as_bytes(), salt, params)?;
        Ok(Self(derive(stretched.expose(), &[b"bedside/slot/passphrase/v1"])))
    }

    /// From the 24 recovery words. They are 256 random bits, so nothing needs stretching.
    pub fn from_recovery_words(words: &RecoveryWords) -> Self {
        Self(derive(words.entropy().expose(), &[b"bedside/slot/recovery-words/v1"]))
    }

    /// From the 32 random bytes that the OS keyring keeps.
    pub fn from_keyring_secret(secret: &Secret<32>) -> Self {
        Self(derive(secret.expose(), &[b"bedside/slot/keyring/v1"]))
    }

    /// Seals the local key for a slot. `slot` is the slot's own description (kind, parameters, vault) and becomes
    /// associated data, so that none of it can be altered.
    pub fn wrap(&self, key: &LocalKey, slot: &[u8], random: &dyn Random) -> WrappedKey {
        WrappedKey(seal(&self.0, Namespace::LocalKey, slot, key.0.expose(), random))
    }

    /// Opens a slot.
    ///
    /// # Errors
    /// [`Error::Broken`] when this is not the slot's key, or the slot was altered.
    pub fn unwrap(&self, wrapped: &WrappedKey, slot: &[u8]) -> Result<LocalKey, Error> {
        unwrap(&self.0, Namespace::LocalKey, slot, wrapped).map(LocalKey)
    }
}

impl LocalKey {
    /// A new random key, once in an installation's life.
    pub fn make(random: &dyn Random) -> Self {
        Self(Secret::make(random))
    }

    /// The database's key and salt.
    pub fn database_key(&self) -> DatabaseKey {
        DatabaseKey(derive(self.0.expose(), &[b"bedside/database/v1"]))
    }

    /// A value that proves which local key this is and gives nothing of it away.
    pub fn check(&self) -> KeyCheck {
        let check: Secret<8> = derive(self.0.expose(), &[b"bedside/key-check/v1"]);
        KeyCheck(*check.expose())
    }

    /// The key of the marks beside the database.
    pub fn mark_key(&self) -> MarkKey {
        MarkKey(derive(self.0.expose(), &[b"bedside/mark/v1"]))
    }

    /// Seals a facility key.
    pub fn wrap(&self, key: &FacilityKey, epoch: u32, random: &dyn Random) -> WrappedKey {
        let above = self.wrapping_key();
        WrappedKey(seal(&above, Namespace::FacilityKey, &epoch.to_be_bytes(), key.0.expose(), random))
    }

    /// Opens a facility key.
    ///
    /// # Errors
    /// [`Error::Broken`] when it was sealed under another local key, for another epoch, or altered.
    pub fn unwrap(&self, wrapped: &WrappedKey, epoch: u32) -> Result<FacilityKey, Error> {
        unwrap(&self.wrapping_key(), Namespace::FacilityKey, &epoch.to_be_bytes(), wrapped).map(FacilityKey)
    }

    fn wrapping_key(&self) -> Secret<32> {
        derive(self.0.expose(), &[b"bedside/facility-wrap/v1"])
    }
}

impl FacilityKey {
    /// A new random key, for a new facility or a new epoch.
    pub fn make(random: &dyn Random) -> Self {
        Self(Secret::make(random))
    }

    /// The seed of the key that the facility signs with (Ed25519).
    pub fn signing_seed(&self) -> Secret<32> {
        derive(self.0.expose(), &[b"bedside/facility-signing/v1"])
    }

    /// Seals a stream's key.
    pub fn wrap(&self, key: &StreamKey, stream: Stream, random: &dyn Random) -> WrappedKey {
        WrappedKey(seal(&self.0, Namespace::StreamKey, &stream_bytes(stream), key.0.expose(), random))
    }

    /// Opens a stream's key.
    ///
    /// # Errors
    /// [`Error::Broken`] when it was sealed under another facility key, for another stream, or altered.
    pub fn unwrap(&self, wrapped: &WrappedKey, stream: Stream) -> Result<StreamKey, Error> {
        unwrap(&self.0, Namespace::StreamKey, &stream_bytes(stream), wrapped).map(StreamKey)
    }
}

/// What an event's sealed body is bound to.
#[derive(Clone, Copy, Debug)]
pub struct RecordRef<'a> {
    /// The event.
    pub id: EventId,
    /// The canonical encoding of its header.
    pub header: &'a [u8],
}

impl StreamKey {
    /// A new random key, for a new stream.
    pub fn make(random: &dyn Random) -> Self {
        Self(Secret::make(random))
    }

    /// Seals an event's body under a key of its own. Returns the header's canonical encoding and the sealed body.
    ///
    /// # Errors
    /// [`Error::Encoding`] when the header cannot be encoded.
    pub fn seal_event(
        &self,
        header: &EventHeader,
        body: &[u8],
        random: &dyn Random,
    ) -> Result<(Vec<u8>, Vec<u8>), Error> {
        let encoded = encode_canonical(header)?;
        let sealed = seal(&self.record_key(header.id), Namespace::EventBody, &encoded, body, random);
        Ok((encoded, sealed))
    }

    /// Opens an event's body.
    ///
    /// # Errors
    /// [`Error::Broken`] when the body or its header was altered, or belongs elsewhere; [`Error::Version`] when a newer
    /// build sealed it.
    pub fn open_event(&self, record: RecordRef<'_>, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        open(&self.record_key(record.id), Namespace::EventBody, record.header, sealed)
    }

    /// The key of one recording's sound. It goes with the stream's key: an encounter that was deleted has no sound left.
    pub fn recording_key(&self, id: RecordingId) -> RecordingKey {
        RecordingKey(derive(self.0.expose(), &[b"bedside/recording/v1", id.as_bytes()]))
    }

    fn record_key(&self, id: EventId) -> Secret<32> {
        derive(self.0.expose(), &[b"bedside/record/v1", id.as_bytes()])
    }
}

impl RecordingKey {
    /// Seals a stretch of sound, bound to its `header`, which says which stretch it is.
    pub fn seal_frame(&self, header: &[u8], sound: &[u8], random: &dyn Random) -> Vec<u8> {
        seal(&self.0, Namespace::AudioFrame, header, sound, random)
    }

    /// Opens a stretch of sound.
    ///
    /// # Errors
    /// [`Error::Broken`] when it was altered or is another stretch than the header says; [`Error::Version`] when a newer
    /// build sealed it.
    pub fn open_frame(&self, header: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Error> {
        open(&self.0, Namespace::AudioFrame, header, sealed)
    }
}

impl MarkKey {
    /// The authentication code of a mark.
    pub fn authenticate(&self, mark: &[u8]) -> [u8; 32] {
        let code: Secret<32> = derive(self.0.expose(), &[b"code", &sha256("bedside/mark/v1", &[mark])]);
        *code.expose()
    }

    /// Whether the code is the mark's, in constant time.
    pub fn verify(&self, mark: &[u8], code: &[u8; 32]) -> bool {
        use subtle::ConstantTimeEq;
        self.authenticate(mark).ct_eq(code).into()
    }
}

/// SQLCipher's raw key and salt.
pub struct DatabaseKey(Secret<48>);

impl DatabaseKey {
    /// The statement that gives the key to SQLCipher. It must never be logged or traced.
    pub fn pragma(&self) -> Zeroizing<String> {
        let mut statement = Zeroizing::new(String::with_capacity(128));
        statement.push_str("PRAGMA key = \"x'");
        for byte in self.0.expose() {
            for nibble in [byte >> 4, byte & 15] {
                statement.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        statement.push_str("'\"");
        statement
    }

    /// The salt: the first 16 bytes of every file under this key.
    pub fn salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.0.expose()[32..]);
        salt
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(redacted)")
    }
}

/// Proves which local key a key slot holds, without holding anything of it: 64 bits, by HKDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCheck(pub [u8; 8]);

fn unwrap(
    key: &Secret<32>,
    namespace: Namespace,
    header: &[u8],
    wrapped: &WrappedKey,
) -> Result<Secret<32>, Error> {
    let opened = Zeroizing::new(open(key, namespace, header, &wrapped.0)?);
    let mut bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| Error::Broken)?;
    Ok(Secret::take(&mut bytes))
}

fn stream_bytes(stream: Stream) -> Vec<u8> {
    match stream {
        Stream::Facility => b"facility".to_vec(),
        Stream::Encounter(id) => [b"encounter".as_slice(), id.as_bytes()].concat(),
    }
}
