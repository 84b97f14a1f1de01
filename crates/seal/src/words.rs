//! The 24 recovery words: BIP 39, English list, 256 bits and 8 bits of checksum.

use std::fmt;

use bip39::{Language, Mnemonic};
use domain::Random;
use zeroize::{Zeroize, Zeroizing};

use crate::{Error, Secret};

/// 24 words that open the vault when everything else is lost. Printed once, kept in a safe, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryWords(Secret<32>);

impl RecoveryWords {
    /// New random words.
    pub fn make(random: &dyn Random) -> Self {
        Self(Secret::make(random))
    }

    /// Words as somebody typed them: in any case, with any white space, numbered or not.
    ///
    /// # Errors
    /// [`Error::Words`], which says how many words there were, or at which place stands a word that is not of the list
    /// (never the word itself), or that the checksum is wrong.
    pub fn parse(typed: &str) -> Result<Self, Error> {
        let mut text = Zeroizing::new(String::with_capacity(typed.len() * 2 + 1));
        for word in typed
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
            .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
            .filter(|word| !word.is_empty())
        {
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(word.chars().flat_map(char::to_lowercase));
        }
        let count = text.split(' ').filter(|word| !word.is_empty()).count();
        if count != 24 {
            return Err(Error::Words(format!("there are {count}")));
        }
        let mnemonic = Mnemonic::parse_in_normalized(Language::English, &text).map_err(|error| {
            Error::Words(match error {
                bip39::Error::UnknownWord(index) => format!("word {} is not of the list", index + 1),
                _ => "a word is wrong or they are in another order".to_owned(),
            })
        })?;
        let (mut entropy, _) = mnemonic.to_entropy_array();
        let secret = Secret::filled(|out: &mut [u8; 32]| out.copy_from_slice(&entropy[..32]));
        entropy.zeroize();
        Ok(Self(secret))
    }

    /// The words, for showing them once.
    pub fn expose(&self) -> [&'static str; 24] {
        let mut words = [""; 24];
        // 32 bytes are a length that BIP 39 has, so there is always a mnemonic.
        if let Ok(mnemonic) = Mnemonic::from_entropy_in(Language::English, self.0.expose()) {
            for (place, word) in words.iter_mut().zip(mnemonic.words()) {
                *place = word;
            }
        }
        words
    }

    pub(crate) fn entropy(&self) -> &Secret<32> {
        &self.0
    }
}

impl fmt::Debug for RecoveryWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryWords(redacted)")
    }
}
