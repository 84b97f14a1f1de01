//! The encoding of events, and the digests that chain and sign.

use ciborium::Value;
use domain::{Digest, EventBody, EventKind, ListLine, Note};

use crate::canonical::{decode_value, encode_value};
use crate::hazmat::sha256;
use crate::{Error, encode_canonical};

const KIND: &str = "kind";
const BODY: &str = "body";

/// An event's body as canonical CBOR, without its kind and version, which stand in the header. A body of an unknown kind
/// is given back byte for byte.
///
/// # Errors
/// [`Error::Encoding`] when a value has no CBOR form.
pub fn encode_event(body: &EventBody) -> Result<Vec<u8>, Error> {
    if let EventBody::Unknown { body, .. } = body {
        return Ok(body.clone());
    }
    let Ok(Value::Map(entries)) = Value::serialized(body) else {
        return Err(Error::Encoding("a value has no CBOR form"));
    };
    let content = entries
        .into_iter()
        .find_map(|(key, value)| (key.as_text() == Some(BODY)).then_some(value))
        .unwrap_or(Value::Null);
    encode_value(content)
}

/// An event's body from its encoding. One of a kind that this build does not know, or of a newer version, is kept as
/// [`EventBody::Unknown`], byte for byte.
///
/// # Errors
/// [`Error::Encoding`] when a body of a known kind and version is not of that kind's shape.
pub fn decode_event(kind: &str, version: u16, bytes: &[u8]) -> Result<EventBody, Error> {
    let known = EventKind::ALL.iter().find(|known| known.as_str() == kind);
    let Some(known) = known.filter(|known| (1..=known.version()).contains(&version)) else {
        return Ok(EventBody::Unknown { kind: kind.to_owned(), version, body: bytes.to_vec() });
    };
    let mut entries = vec![(Value::Text(KIND.to_owned()), Value::Text(known.as_str().to_owned()))];
    match decode_value(bytes)? {
        Value::Null => {}
        content => entries.push((Value::Text(BODY.to_owned()), content)),
    }
    Value::Map(entries).deserialized().map_err(|_| Error::Encoding("not of its kind's shape"))
}

/// What a signature signs: the SHA-256 of the note's canonical encoding.
///
/// # Errors
/// [`Error::Encoding`] when a value has no CBOR form.
pub fn note_digest(note: &Note) -> Result<Digest, Error> {
    Ok(Digest(sha256("bedside/note/v1", &[&encode_canonical(note)?])))
}

/// What a signature signs beside the note: the SHA-256 of the canonical encoding of its lists.
///
/// # Errors
/// [`Error::Encoding`] when a value has no CBOR form.
pub fn lists_digest(lines: &[ListLine]) -> Result<Digest, Error> {
    Ok(Digest(sha256("bedside/lists/v1", &[&encode_canonical(&lines)?])))
}

/// The SHA-256 of some bytes, as any other program computes it: for what leaves the store.
pub fn digest(bytes: &[u8]) -> Digest {
    use sha2::Digest as _;
    Digest(sha2::Sha256::digest(bytes).into())
}

/// The digest of an event, which the next one names as its predecessor: over the header's encoding and the sealed body.
pub fn digest_event(header: &[u8], sealed: &[u8]) -> Digest {
    Digest(sha256("bedside/event/v1", &[header, sealed]))
}

/// The digest of an entry of the audit chain, over its canonical encoding, in which the entry before it is named.
pub fn digest_link(entry: &[u8]) -> Digest {
    Digest(sha256("bedside/audit/v1", &[entry]))
}
