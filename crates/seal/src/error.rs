//! What can go wrong with keys and envelopes.

use domain::{Coded, ErrorCode};

/// A failure of this crate. None says which secret it was, and none holds a byte of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The envelope does not open: another key, another header, or an altered byte. Which of them cannot be told.
    #[error("the sealed record does not open: it was altered, or it belongs to another key")]
    Broken,
    /// The encoding is not canonical CBOR of what was expected.
    #[error("the encoding cannot be read: {0}")]
    Encoding(&'static str),
    /// The Argon2id parameters are outside what is safe to run.
    #[error("the key derivation parameters are out of range: {0}")]
    Parameters(&'static str),
    /// The passphrase or password is too short.
    #[error("too short: at least {least} characters are needed")]
    TooShort {
        /// The least number of characters.
        least: usize,
    },
    /// What was chosen as a PIN is not 6 to 12 digits, or is among the first that anybody would try.
    #[error("not a PIN that can be used: choose 6 to 12 digits that do not repeat or run")]
    PinUnfit,
    /// The stored hash is not an Argon2id hash in PHC form.
    #[error("the stored password hash cannot be read")]
    UnreadableHash,
    /// The envelope was written by a newer version.
    #[error("the sealed record has version {0}, which this version of Bedside does not know: update Bedside")]
    Version(u8),
    /// The recovery words are not 24 words of the list, or their checksum is wrong.
    #[error("these are not the 24 recovery words: {0}")]
    Words(String),
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Broken => ErrorCode::EnvelopeBroken,
            Self::Encoding(_) | Self::Parameters(_) | Self::UnreadableHash => ErrorCode::EnvelopeBroken,
            Self::TooShort { .. } => ErrorCode::PassphraseTooShort,
            Self::PinUnfit => ErrorCode::PinUnfit,
            Self::Version(_) => ErrorCode::EnvelopeVersion,
            Self::Words(_) => ErrorCode::RecoveryWordsInvalid,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort { least } => vec![("least", least.to_string())],
            Self::Version(version) => vec![("version", version.to_string())],
            Self::Words(what) => vec![("what", what.clone())],
            _ => Vec::new(),
        }
    }
}
