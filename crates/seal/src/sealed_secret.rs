//! A secret that stands in a file of its own, under a passphrase: a vendor's signing key.

use domain::Random;
use zeroize::Zeroizing;

use crate::envelope::{Namespace, open, seal};
use crate::hazmat::{argon2id, derive};
use crate::{Error, KdfParams, Passphrase, Secret};

/// 32 secret bytes, sealed. Everything in it may be stored anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSecret {
    /// How hard the passphrase is stretched.
    pub params: KdfParams,
    /// The salt of that.
    pub salt: [u8; 16],
    /// The envelope.
    pub sealed: Vec<u8>,
}

impl SealedSecret {
    /// Seals a secret. `what` says what it is and becomes associated data, so that one cannot be put in another's place.
    ///
    /// # Errors
    /// [`Error::Parameters`].
    pub fn make(
        secret: &Secret<32>,
        passphrase: &Passphrase,
        params: KdfParams,
        what: &[u8],
        random: &dyn Random,
    ) -> Result<Self, Error> {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let key = stretched(passphrase, &salt, params)?;
        Ok(Self { params, salt, sealed: seal(&key, Namespace::Secret, what, secret.expose(), random) })
    }

    /// Opens it. Takes as long as the parameters say.
    ///
    /// # Errors
    /// [`Error::Broken`] for another passphrase, another `what`, or an altered byte; [`Error::Parameters`] where they are not
    /// safe to run.
    pub fn open(&self, passphrase: &Passphrase, what: &[u8]) -> Result<Secret<32>, Error> {
        let key = stretched(passphrase, &self.salt, self.params)?;
        let opened = Zeroizing::new(open(&key, Namespace::Secret, what, &self.sealed)?);
        let mut bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| Error::Broken)?;
        Ok(Secret::take(&mut bytes))
    }
}

fn stretched(passphrase: &Passphrase, salt: &[u8; 16], params: KdfParams) -> Result<Secret<32>, Error> {
    let stretched = argon2id(passphrase.expose().as_bytes(), salt, params)?;
    Ok(derive(stretched.expose(), &[b"bedside/secret/passphrase/v1"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_secret_opens_with_its_passphrase_and_its_name_and_nothing_else() {
        let secret = Secret::make(&Fixed);
        let passphrase = Passphrase::new("a long enough passphrase");
        let params = KdfParams::THROW_AWAY;
        let mut sealed = SealedSecret::make(&secret, &passphrase, params, b"key", &Fixed).unwrap();
        assert_eq!(sealed.open(&passphrase, b"key").unwrap(), secret);
        assert_eq!(sealed.open(&passphrase, b"other").unwrap_err(), Error::Broken);
        assert_eq!(sealed.open(&Passphrase::new("another passphrase"), b"key").unwrap_err(), Error::Broken);
        *sealed.sealed.last_mut().unwrap() ^= 1;
        assert_eq!(sealed.open(&passphrase, b"key").unwrap_err(), Error::Broken);
    }
}
