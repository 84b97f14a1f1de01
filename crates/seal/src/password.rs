//! Passphrases and passwords: Argon2id, with parameters that travel with what they made.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::Random;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::Error;
use crate::hazmat::argon2_params;

/// How hard Argon2id works. Stored beside whatever it made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl KdfParams {
    /// For the administrator's passphrase, which stands between a stolen disk and everything: 256 MiB, 3 passes, 4 lanes;
    /// about half a second.
    pub const PASSPHRASE: Self = Self { memory_kib: 256 * 1024, passes: 3, lanes: 4 };
    /// For people's passwords, which stand inside the encrypted vault: 64 MiB, 3 passes, 4 lanes (RFC 9106, second
    /// choice).
    pub const PASSWORD: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
    /// The least that is accepted anywhere, for tests and throw-away demonstrations: 8 MiB would be OWASP's concern, this
    /// is 64 KiB and protects nothing.
    pub const THROW_AWAY: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };

    /// Whether running with these is safe for the machine. They stand in files that somebody may have altered: a slot must
    /// not be able to ask for all the memory there is.
    ///
    /// # Errors
    /// [`Error::Parameters`], naming the one that is out of range.
    pub fn check(self) -> Result<(), Error> {
        match self {
            Self { memory_kib: 64..=1_048_576, passes: 1..=16, lanes: 1..=16 } => Ok(()),
            Self { memory_kib: 64..=1_048_576, passes: 1..=16, .. } => Err(Error::Parameters("lanes")),
            Self { memory_kib: 64..=1_048_576, .. } => Err(Error::Parameters("passes")),
            _ => Err(Error::Parameters("memory")),
        }
    }
}

/// A passphrase or a password as it was typed, in one Unicode form (NFKC) whatever the keyboard produced; overwritten when
/// dropped, redacted in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The least length of the passphrase that opens the vault, in characters.
    pub const LEAST: usize = 12;
    /// The least length of a person's password, in characters (NIST SP 800-63B).
    pub const LEAST_PASSWORD: usize = 8;

    /// A passphrase as typed. Of any length: what is right is said when it is used.
    pub fn new(typed: &str) -> Self {
        // Room for the longest expansion that NFKC has, so that no half of it stays behind in a freed buffer.
        let mut text = Zeroizing::new(String::with_capacity(typed.len() * 11 + 1));
        text.extend(typed.nfkc());
        Self(text)
    }

    /// Whether it is long enough for a new vault.
    ///
    /// # Errors
    /// [`Error::TooShort`].
    pub fn check_length(&self, least: usize) -> Result<(), Error> {
        if self.0.chars().count() < least { Err(Error::TooShort { least }) } else { Ok(()) }
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Passphrase {
    fn from(typed: &str) -> Self {
        Self::new(typed)
    }
}

impl From<String> for Passphrase {
    fn from(mut typed: String) -> Self {
        let passphrase = Self::new(&typed);
        typed.zeroize();
        passphrase
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(redacted)")
    }
}

/// That a password is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The stored hash was made with other parameters than are wanted now: hash the password again and store that.
    pub rehash: bool,
}

/// The Argon2id hash of a password in PHC string format, with a new random salt.
///
/// # Errors
/// [`Error::TooShort`] below [`Passphrase::LEAST_PASSWORD`] characters; [`Error::Parameters`].
pub fn hash_password(password: &Passphrase, params: KdfParams, random: &dyn Random) -> Result<String, Error> {
    password.check_length(Passphrase::LEAST_PASSWORD)?;
    let mut salt = [0; 16];
    random.fill(&mut salt);
    hash_with_salt(password, params, &salt)
}

pub(crate) fn hash_with_salt(
    password: &Passphrase,
    params: KdfParams,
    salt: &[u8; 16],
) -> Result<String, Error> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, argon2_params(params)?)
        .hash_password_with_salt(password.expose().as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|_| Error::Parameters("memory, passes or lanes"))
}

/// Checks a password against its stored hash, in constant time. `Ok(None)` when it is wrong.
///
/// # Errors
/// [`Error::UnreadableHash`] when what is stored is not an Argon2id hash, or asks for unsafe parameters.
pub fn verify_password(
    password: &Passphrase,
    stored: &str,
    wanted: KdfParams,
) -> Result<Option<Verified>, Error> {
    let hash = PasswordHash::new(stored).map_err(|_| Error::UnreadableHash)?;
    let used = params_of(&hash)?;
    match Argon2::default().verify_password(password.expose().as_bytes(), &hash) {
        Ok(()) => Ok(Some(Verified { rehash: used != wanted })),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(None),
        Err(_) => Err(Error::UnreadableHash),
    }
}

/// What a stored hash was made with, where that is safe to run.
pub(crate) fn params_of(hash: &PasswordHash) -> Result<KdfParams, Error> {
    if hash.algorithm.as_str() != "argon2id" {
        return Err(Error::UnreadableHash);
    }
    let params = Params::try_from(hash).map_err(|_| Error::UnreadableHash)?;
    let used = KdfParams { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() };
    used.check().map_err(|_| Error::UnreadableHash)?;
    Ok(used)
}
