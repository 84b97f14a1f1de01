//! The envelope: what every sealed thing looks like.
//!
//! ```text
//! version (1) | namespace (1) | nonce (24) | ciphertext of the padded content | tag (16)
//! ```
//!
//! The associated data is `"bedside/envelope" 0 version namespace` and then the header that belongs to the content. The
//! content is padded with 0x80 and zeros to [`padded_len`], so that its length says little.

use domain::Random;
use zeroize::Zeroize;

use crate::hazmat::{NONCE_LEN, TAG_LEN, aead_open, aead_seal};
use crate::{Error, Secret};

/// The version that this build writes, and the newest that it reads.
pub const ENVELOPE_VERSION: u8 = 1;

/// What kind of thing an envelope holds. One is never accepted where another is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Namespace {
    /// An event's body.
    EventBody = 1,
    /// The local key, in a key slot.
    LocalKey = 2,
    /// A facility key, under the local key.
    FacilityKey = 3,
    /// A stream's key, under a facility key.
    StreamKey = 4,
    /// A secret under a passphrase of its own, outside the hierarchy.
    Secret = 5,
    /// A stretch of recorded sound, under a recording's key.
    AudioFrame = 6,
}

/// The length that content of `length` bytes is padded to: a multiple of 64, and above 1 KiB of one eighth of the next lower
/// power of two, which adds 12.5 % at most. At least one byte of padding is always there.
pub const fn padded_len(length: usize) -> usize {
    let needed = length + 1;
    let step = if needed <= 1024 { 64 } else { (1 << needed.ilog2()) / 8 };
    needed.div_ceil(step) * step
}

const HEADER_LEN: usize = 2 + NONCE_LEN;

pub(crate) fn seal(
    key: &Secret<32>,
    namespace: Namespace,
    header: &[u8],
    content: &[u8],
    random: &dyn Random,
) -> Vec<u8> {
    let mut nonce = [0; NONCE_LEN];
    random.fill(&mut nonce);
    let padded = padded_len(content.len());
    let mut buffer = Vec::with_capacity(padded + TAG_LEN);
    buffer.extend_from_slice(content);
    buffer.push(0x80);
    buffer.resize(padded, 0);
    aead_seal(key, &nonce, &associated(ENVELOPE_VERSION, namespace, header), &mut buffer);

    let mut envelope = Vec::with_capacity(HEADER_LEN + buffer.len());
    envelope.push(ENVELOPE_VERSION);
    envelope.push(namespace as u8);
    envelope.extend_from_slice(&nonce);
    envelope.extend_from_slice(&buffer);
    envelope
}

pub(crate) fn open(
    key: &Secret<32>,
    namespace: Namespace,
    header: &[u8],
    envelope: &[u8],
) -> Result<Vec<u8>, Error> {
    let (&version, rest) = envelope.split_first().ok_or(Error::Broken)?;
    if version == 0 {
        return Err(Error::Broken);
    }
    if version > ENVELOPE_VERSION {
        return Err(Error::Version(version));
    }
    let (&written, rest) = rest.split_first().ok_or(Error::Broken)?;
    if written != namespace as u8 {
        return Err(Error::Broken);
    }
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>().ok_or(Error::Broken)?;
    let mut buffer = sealed.to_vec();
    aead_open(key, nonce, &associated(version, namespace, header), &mut buffer)?;
    match buffer.iter().rposition(|&byte| byte != 0) {
        Some(end) if buffer[end] == 0x80 => {
            buffer.truncate(end);
            Ok(buffer)
        }
        _ => {
            buffer.zeroize();
            Err(Error::Broken)
        }
    }
}

fn associated(version: u8, namespace: Namespace, header: &[u8]) -> Vec<u8> {
    const DOMAIN: &[u8] = b"bedside/envelope\0";
    let mut associated = Vec::with_capacity(DOMAIN.len() + 2 + header.len());
    associated.extend_from_slice(DOMAIN);
    associated.push(version);
    associated.push(namespace as u8);
    associated.extend_from_slice(header);
    associated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_grows_in_buckets_and_always_has_room_for_its_mark() {
        assert_eq!(padded_len(0), 64);
        assert_eq!(padded_len(63), 64);
        assert_eq!(padded_len(64), 128);
        assert_eq!(padded_len(1023), 1024);
        for length in 0..200_000 {
            let padded = padded_len(length);
            assert!(padded > length);
            assert!(padded - length <= 64.max(length / 8 + 64), "{length} -> {padded}");
        }
    }
}
