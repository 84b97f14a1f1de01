//! Bytes that must not be seen.

use std::fmt;

use domain::Random;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// `N` secret bytes: overwritten when dropped, redacted in `Debug`, compared in constant time, and without `Serialize`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// A new random secret.
    pub fn make(random: &dyn Random) -> Self {
        let mut secret = Self(Box::new([0; N]));
        random.fill(&mut *secret.0);
        secret
    }

    /// A secret from its bytes. The caller's copy is overwritten.
    pub fn take(bytes: &mut [u8; N]) -> Self {
        let secret = Self(Box::new(*bytes));
        bytes.zeroize();
        secret
    }

    /// The bytes, for handing them to a keyring, a database or a cipher; never for a log.
    pub fn expose(&self) -> &[u8; N] {
        &self.0
    }

    pub(crate) fn filled(fill: impl FnOnce(&mut [u8; N])) -> Self {
        let mut secret = Self(Box::new([0; N]));
        fill(&mut secret.0);
        secret
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }
}

impl<const N: usize> Eq for Secret<N> {}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret<{N}>(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_nothing_of_a_secret_and_taking_one_wipes_the_source() {
        let mut bytes = [0xA5; 32];
        let secret = Secret::take(&mut bytes);
        assert_eq!(bytes, [0; 32]);
        assert_eq!(format!("{secret:?}"), "Secret<32>(redacted)");
        assert_eq!(secret.expose(), &[0xA5; 32]);
    }
}
