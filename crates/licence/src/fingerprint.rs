//! Which facility a licence is for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::armour::{BASE32, grouped, normal};
use crate::{Error, PublicKey};

/// The fingerprint of a facility's key: 80 bits of the SHA-256 of the public key that its usage reports are signed with.
/// Bound to the key and not to a machine, so that it survives new hardware and a restored backup. Written as 16 symbols in
/// four groups, to be read out on the telephone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint([u8; 10]);

impl Fingerprint {
    /// Of a facility's public key.
    pub fn of(key: &PublicKey) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"bedside/facility/v1\0");
        hash.update(key.as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&digest[..10]);
        Self(bytes)
    }

    /// From its bytes.
    pub const fn from_bytes(bytes: [u8; 10]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 10] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbols = BASE32.encode(&self.0);
        let groups: Vec<_> = symbols.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        f.write_str(&groups.join("-"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || Error::Invalid {
            field: "facility".to_owned(),
            reason: "a fingerprint is 16 symbols, as `bedside licence status` prints it",
        };
        let bytes = BASE32.decode(normal(text).as_bytes()).map_err(|_| invalid())?;
        bytes.try_into().map(Self).map_err(|_| invalid())
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// A key in symbols of five, as key files hold it.
pub(crate) fn symbols(bytes: &[u8]) -> String {
    grouped(&BASE32.encode(bytes), "-")
}
