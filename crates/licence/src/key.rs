//! The vendor's keys, the facility's key, and which of them are trusted.

use std::fmt;

use domain::Random;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use seal::{KdfParams, Passphrase, SealedSecret, Secret};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::armour::{BASE32, normal};
use crate::fingerprint::symbols;

/// The length of an Ed25519 signature.
pub(crate) const SIGNATURE: usize = 64;

/// Names a public key: 40 bits of its SHA-256. Only a name; what is trusted is the key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub(crate) [u8; Self::LEN]);

impl KeyId {
    pub(crate) const LEN: usize = 5;

    /// Its bytes, as they stand in a signed text.
    pub const fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32.encode(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl Serialize for KeyId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// The first word of a public key's line.
const PUBLIC: &str = "bedside-key";

impl PublicKey {
    /// The key of its 32 bytes.
    ///
    /// # Errors
    /// [`Error::KeyInvalid`] for bytes that are no key, or one that accepts several messages with one signature.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Error> {
        let invalid = Error::KeyInvalid { reason: "these bytes are not a public key" };
        match VerifyingKey::from_bytes(bytes) {
            Ok(key) if !key.is_weak() => Ok(Self(key)),
            _ => Err(invalid),
        }
    }

    /// Its 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Its name.
    pub fn id(&self) -> KeyId {
        let mut hash = Sha256::new();
        hash.update(b"bedside/key-id/v1\0");
        hash.update(self.as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut id = [0; KeyId::LEN];
        id.copy_from_slice(&digest[..KeyId::LEN]);
        KeyId(id)
    }

    /// The key from a file: the one line that is neither empty nor begins with `#`.
    ///
    /// # Errors
    /// [`Error::KeyInvalid`].
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        match (lines.next(), lines.next()) {
            (Some(line), None) => Self::from_line(line),
            _ => Err(Error::KeyInvalid { reason: "a public key's file has one line" }),
        }
    }

    fn from_line(line: &str) -> Result<Self, Error> {
        let invalid = |reason| Error::KeyInvalid { reason };
        let words: Vec<_> = line.split_whitespace().collect();
        let [PUBLIC, id, key] = words.as_slice() else {
            return Err(invalid("the line of a public key is `bedside-key`, the key's name, the key"));
        };
        let bytes = BASE32.decode(normal(key).as_bytes()).map_err(|_| invalid("the key is mistyped"))?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| invalid("the key is not 32 bytes long"))?;
        let key = Self::from_bytes(&bytes)?;
        if key.id().to_string() == normal(id) {
            Ok(key)
        } else {
            Err(invalid("the key is not the one named"))
        }
    }

    /// The content of its file.
    pub fn to_text(&self) -> String {
        format!("{PUBLIC} {} {}\n", self.id(), symbols(self.as_bytes()))
    }

    /// Whether the signature is this key's, by the strict rules: no second encoding of one signature passes.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; SIGNATURE]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.id())
    }
}

/// The keys whose licences are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust(Vec<PublicKey>);

impl Trust {
    /// The keys that this build was made with: the vendor's current one, and the next, so that licences of the next key
    /// are believed before the first is given up. `BEDSIDE_LICENCE_KEYS` in the environment of the build (lines of public
    /// key files, with `;` between) stands in place of `keys/*.pub`.
    ///
    /// # Errors
    /// [`Error::KeyInvalid`]: a fault of the build.
    pub fn builtin() -> Result<Self, Error> {
        let keys = match option_env!("BEDSIDE_LICENCE_KEYS") {
            Some(lines) => lines.split(';').map(PublicKey::from_text).collect::<Result<_, _>>()?,
            None => [include_str!("../keys/current.pub"), include_str!("../keys/next.pub")]
                .into_iter()
                .map(PublicKey::from_text)
                .collect::<Result<_, _>>()?,
        };
        Ok(Self(keys))
    }

    /// Only these.
    pub fn only(keys: impl IntoIterator<Item = PublicKey>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// This one too.
    #[must_use]
    pub fn and(mut self, key: PublicKey) -> Self {
        if !self.0.contains(&key) {
            self.0.push(key);
        }
        self
    }

    /// The trusted keys.
    pub fn keys(&self) -> &[PublicKey] {
        &self.0
    }

    pub(crate) fn find(&self, id: KeyId) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.id() == id)
    }
}

/// An Ed25519 signing key: a vendor's, or a facility's own. Overwritten when dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// A new one.
    pub fn make(random: &dyn Random) -> Self {
        Self::from_seed(&Secret::make(random))
    }

    /// The key of a seed.
    pub fn from_seed(seed: &Secret<32>) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed.expose()))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE] {
        self.0.sign(message).to_bytes()
    }

    /// The content of its file, in clear: for a file that nobody else can read.
    pub fn to_text(&self) -> String {
        self.file(Held::Seed { seed: hex(self.0.as_bytes()) })
    }

    /// The content of its file, sealed under a passphrase.
    ///
    /// # Errors
    /// [`Error::Seal`] for a passphrase of fewer than 12 characters.
    pub fn to_sealed_text(
        &self,
        passphrase: &Passphrase,
        params: KdfParams,
        random: &dyn Random,
    ) -> Result<String, Error> {
        passphrase.check_length(Passphrase::LEAST)?;
        let mut seed = self.0.to_bytes();
        let what = self.public().id().to_string();
        let sealed =
            SealedSecret::make(&Secret::take(&mut seed), passphrase, params, what.as_bytes(), random)?;
        Ok(self.file(Held::Sealed {
            kdf: "argon2id-v19".to_owned(),
            memory_kib: params.memory_kib,
            passes: params.passes,
            lanes: params.lanes,
            salt: hex(&sealed.salt),
            sealed: hex(&sealed.sealed),
        }))
    }

    fn file(&self, held: Held) -> String {
        let file = KeyFile { format: FORMAT.to_owned(), key: self.public().id().to_string(), held };
        // A structure of strings and numbers always has a JSON form.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// Whether a file's key needs a passphrase.
    ///
    /// # Errors
    /// [`Error::KeyInvalid`].
    pub fn is_sealed(text: &str) -> Result<bool, Error> {
        Ok(matches!(KeyFile::read(text)?.held, Held::Sealed { .. }))
    }

    /// The key from a file.
    ///
    /// # Errors
    /// [`Error::KeyInvalid`]; [`Error::KeyLocked`] without the passphrase, or with another.
    pub fn from_text(text: &str, passphrase: Option<&Passphrase>) -> Result<Self, Error> {
        let file = KeyFile::read(text)?;
        let invalid = || Error::KeyInvalid { reason: "the signing key's file is damaged" };
        let seed = match &file.held {
            Held::Seed { seed } => Secret::take(&mut unhex(seed).ok_or_else(invalid)?),
            Held::Sealed { kdf, memory_kib, passes, lanes, salt, sealed } => {
                if kdf != "argon2id-v19" {
                    return Err(invalid());
                }
                let sealed = SealedSecret {
                    params: KdfParams { memory_kib: *memory_kib, passes: *passes, lanes: *lanes },
                    salt: unhex(salt).ok_or_else(invalid)?,
                    sealed: unhex_vec(sealed).ok_or_else(invalid)?,
                };
                let passphrase = passphrase.ok_or(Error::KeyLocked)?;
                sealed.open(passphrase, file.key.as_bytes()).map_err(|error| match error {
                    seal::Error::Broken => Error::KeyLocked,
                    other => other.into(),
                })?
            }
        };
        let key = Self::from_seed(&seed);
        if key.public().id().to_string() == file.key { Ok(key) } else { Err(invalid()) }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, redacted)", self.public().id())
    }
}

const FORMAT: &str = "bedside-signing-key-v1";

#[derive(Serialize, Deserialize)]
struct KeyFile {
    format: String,
    key: String,
    #[serde(flatten)]
    held: Held,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Held {
    Seed { seed: String },
    Sealed { kdf: String, memory_kib: u32, passes: u32, lanes: u32, salt: String, sealed: String },
}

impl KeyFile {
    fn read(text: &str) -> Result<Self, Error> {
        let file: Self = serde_json::from_str(text)
            .map_err(|_| Error::KeyInvalid { reason: "this is not the file of a signing key" })?;
        if file.format == FORMAT {
            Ok(file)
        } else {
            Err(Error::KeyInvalid { reason: "the file is of another format" })
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

pub(crate) fn unhex_vec(text: &str) -> Option<Vec<u8>> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok()
}

pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    unhex_vec(text)?.try_into().ok()
}
