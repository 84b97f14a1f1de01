//! Keys, envelopes, password hashing and canonical encoding. No I/O, no clock, no generator of its own.
//!
//! Two layers, as in a good crypto core: `hazmat` holds the primitives (XChaCha20-Poly1305 under a nonce, HKDF, Argon2id)
//! and is private; what is public takes no nonce, no raw key and no algorithm, only typed keys that each do one thing:
//!
//! ```text
//! passphrase (Argon2id) | 24 recovery words | 32 bytes in the OS keyring
//!   `- SlotKey     -wraps-> LocalKey      one per installation; never leaves it
//!        LocalKey  -derives-> DatabaseKey (SQLCipher), KeyCheck, MarkKey (the anchor beside the file)
//!        LocalKey  -wraps-> FacilityKey   one per epoch
//!             FacilityKey -wraps-> StreamKey   one per encounter: delete it, and the encounter is gone
//!                  StreamKey -derives-> a key for each event -> the event's sealed body
//!                            -derives-> a key for each recording -> its sound, stretch by stretch
//! ```
//!
//! Keys that wrap keys never see content, and a content key seals one thing once.

mod canonical;
mod envelope;
mod error;
mod event;
mod hazmat;
mod keys;
mod password;
mod pin;
mod sealed_secret;
mod secret;
mod words;

pub use canonical::{decode_canonical, encode_canonical};
pub use envelope::{ENVELOPE_VERSION, Namespace, padded_len};
pub use error::Error;
pub use event::{decode_event, digest, digest_event, digest_link, encode_event, lists_digest, note_digest};
pub use keys::{
    DatabaseKey, FacilityKey, KeyCheck, LocalKey, MarkKey, RecordRef, RecordingKey, SlotKey, StreamKey,
    WrappedKey,
};
pub use password::{KdfParams, Passphrase, Verified, hash_password, verify_password};
pub use pin::{Pin, find_pin, hash_pin, salt_of};
pub use sealed_secret::SealedSecret;
pub use secret::Secret;
pub use words::RecoveryWords;
