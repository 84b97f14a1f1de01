//! A signed payload: verified, and only then parsed.
//!
//! ```text
//! format (1) | key's name (5) | payload | signature (64)
//! ```
//!
//! The signature is over the domain ("bedside/licence/v1" 0), the format, the key's name and the payload, so that neither
//! can be exchanged and no signature of one kind of text passes for another's.

use crate::armour::{self, Label};
use crate::key::SIGNATURE;
use crate::{Error, KeyId, PublicKey, SigningKey, Trust};

/// The format that this build writes, and the newest that it reads.
const FORMAT: u8 = 1;

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) label: Label,
    domain: &'static [u8],
}

pub(crate) const LICENCE: Kind =
    Kind { label: Label { name: "BEDSIDE LICENCE", noun: "a licence" }, domain: b"bedside/licence/v1\0" };
pub(crate) const REVOCATIONS: Kind = Kind {
    label: Label { name: "BEDSIDE REVOCATIONS", noun: "a list of revoked licences" },
    domain: b"bedside/revocations/v1\0",
};
/// A usage report's signature is carried beside it in JSON, so it has no armour of its own.
pub(crate) const USAGE_DOMAIN: &[u8] = b"bedside/usage/v1\0";

/// How a text was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A file, which must be as it was issued to the last byte.
    Exactly,
    /// Typed or pasted.
    Typed,
}

/// A payload whose signature is a trusted key's.
pub(crate) struct Verified {
    pub(crate) payload: Vec<u8>,
    pub(crate) key: PublicKey,
    /// The text as it is written.
    pub(crate) text: String,
}

pub(crate) fn sign(kind: Kind, payload: &[u8], key: &SigningKey) -> String {
    let mut bytes = vec![FORMAT];
    bytes.extend_from_slice(&key.public().id().0);
    bytes.extend_from_slice(payload);
    let signature = key.sign(&message(kind.domain, &bytes));
    bytes.extend_from_slice(&signature);
    armour::write(kind.label, &bytes)
}

pub(crate) fn verify(kind: Kind, text: &str, written: Written, trust: &Trust) -> Result<Verified, Error> {
    let bytes = match written {
        Written::Exactly => armour::read(kind.label, text)?,
        Written::Typed => armour::read_typed(kind.label, text)?,
    };
    let short = Error::Unreadable { wanted: kind.label.noun, reason: "it is too short" };
    let Some((signed, signature)) = bytes.split_last_chunk::<SIGNATURE>() else { return Err(short) };
    let Some((&format, rest)) = signed.split_first() else { return Err(short) };
    let Some((id, payload)) = rest.split_first_chunk::<{ KeyId::LEN }>() else { return Err(short) };
    if format != FORMAT {
        return Err(Error::Newer { what: format!("format {format}") });
    }
    let id = KeyId(*id);
    let key = *trust.find(id).ok_or(Error::UnknownKey { key: id })?;
    if !key.verifies(&message(kind.domain, signed), signature) {
        return Err(Error::Forged);
    }
    Ok(Verified { payload: payload.to_vec(), key, text: armour::write(kind.label, &bytes) })
}

pub(crate) fn message(domain: &[u8], signed: &[u8]) -> Vec<u8> {
    [domain, signed].concat()
}
