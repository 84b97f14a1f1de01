//! The primitives. Nothing here is public outside the crate: every function can be misused.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};

use crate::{Error, KdfParams, Secret};

pub(crate) const NONCE_LEN: usize = 24;
pub(crate) const TAG_LEN: usize = 16;

/// Encrypts in place and appends the tag. The nonce must never be used twice with one key.
pub(crate) fn aead_seal(key: &Secret<32>, nonce: &[u8; NONCE_LEN], associated: &[u8], buffer: &mut Vec<u8>) {
    let cipher = XChaCha20Poly1305::new(key.expose().into());
    match cipher.encrypt_inout_detached(&XNonce::from(*nonce), associated, buffer.as_mut_slice().into()) {
        Ok(tag) => buffer.extend_from_slice(&tag),
        // The one error is a message of more than 256 GiB, which does not fit in memory.
        Err(_) => unreachable!("a message longer than the cipher's counter"),
    }
}

/// Checks the tag at the end and decrypts in place. On failure the buffer is not to be used.
pub(crate) fn aead_open(
    key: &Secret<32>,
    nonce: &[u8; NONCE_LEN],
    associated: &[u8],
    buffer: &mut Vec<u8>,
) -> Result<(), Error> {
    let length = buffer.len().checked_sub(TAG_LEN).ok_or(Error::Broken)?;
    let tag: [u8; TAG_LEN] = buffer[length..].try_into().map_err(|_| Error::Broken)?;
    buffer.truncate(length);
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            associated,
            buffer.as_mut_slice().into(),
            &Tag::from(tag),
        )
        .map_err(|_| Error::Broken)
}

/// HKDF-SHA256 without salt: the input is already uniform.
pub(crate) fn derive<const N: usize>(key: &[u8], info: &[&[u8]]) -> Secret<N> {
    const { assert!(N <= 255 * 32, "HKDF-SHA256 gives no more") };
    Secret::filled(|out| {
        // `expand` fails only on a length that the assertion above rules out.
        if Hkdf::<Sha256>::new(None, key).expand_multi_info(info, out).is_err() {
            unreachable!("the length was checked when this was compiled");
        }
    })
}

/// Argon2id, version 0x13.
pub(crate) fn argon2id(password: &[u8], salt: &[u8], params: KdfParams) -> Result<Secret<32>, Error> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, argon2_params(params)?);
    let mut result = Ok(());
    let key = Secret::filled(|out| {
        result = argon2.hash_password_into(password, salt, out).map_err(|_| Error::Parameters("salt"));
    });
    result.map(|()| key)
}

pub(crate) fn argon2_params(params: KdfParams) -> Result<Params, Error> {
    params.check()?;
    Params::new(params.memory_kib, params.passes, params.lanes, Some(32))
        .map_err(|_| Error::Parameters("memory, passes or lanes"))
}

/// SHA-256 over parts, each preceded by its length, so that no two lists of parts give the same input.
pub(crate) fn sha256(domain: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(domain.as_bytes());
    hash.update([0]);
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
