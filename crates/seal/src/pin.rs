//! A person's PIN: digits that unlock a session or sign, and never open the vault. Six digits fall in hours to whoever has the
//! file and its key; what stands before them is the wait after wrong ones, and the vault's own encryption.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use argon2::password_hash::phc::PasswordHash;

use crate::hazmat::argon2id;
use crate::password::{Passphrase, hash_with_salt, params_of};
use crate::{Error, KdfParams, Secret};

/// What hands tried first have typed: the ways across a number pad that no rule below finds.
const WAYS: [&str; 14] = [
    "147258", "258369", "369258", "147852", "258147", "159753", "753159", "159357", "357159", "789456",
    "123654", "102030", "010203", "142536",
];

/// A PIN that was typed, in the form that one has: 6 to 12 digits. Overwritten when dropped, redacted in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Passphrase);

impl Pin {
    /// The fewest digits.
    pub const LEAST: usize = 6;
    /// The most digits.
    pub const MOST: usize = 12;

    /// What was typed, where it has a PIN's form. Whether it is anybody's is another question.
    pub fn typed(text: &str) -> Option<Self> {
        let form =
            (Self::LEAST..=Self::MOST).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
        form.then(|| Self(Passphrase::new(text)))
    }

    /// A PIN that somebody chooses.
    ///
    /// # Errors
    /// [`Error::PinUnfit`] where it has not the form, or is among the first that anybody would try: one digit or a few of
    /// them over and over, digits that run up or down, a well-known way across the keys.
    pub fn chosen(text: &str) -> Result<Self, Error> {
        let pin = Self::typed(text).ok_or(Error::PinUnfit)?;
        if is_easy(text.as_bytes()) || WAYS.contains(&text) { Err(Error::PinUnfit) } else { Ok(pin) }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(redacted)")
    }
}

/// Whether digits repeat or run: 000000, 121212, 123123, 123456, 987654, 112233, 890123.
fn is_easy(digits: &[u8]) -> bool {
    let repeats = (1..=digits.len() / 2)
        .any(|period| digits.iter().skip(period).eq(digits.iter().take(digits.len() - period)));
    let step = |pair: &[u8]| (pair[1] + 10 - pair[0]) % 10;
    let runs = |up: u8| digits.windows(2).all(|pair| step(pair) == 0 || step(pair) == up);
    let mut different = digits.to_vec();
    different.sort_unstable();
    different.dedup();
    repeats || runs(1) || runs(9) || different.len() < 3
}

/// The Argon2id hash of a PIN in PHC string format. The salt is the clinic's, the same for everybody there, so that a PIN
/// that is typed without a name is hashed once and not once for each person ([`find_pin`]).
///
/// # Errors
/// [`Error::Parameters`].
pub fn hash_pin(pin: &Pin, params: KdfParams, salt: &[u8; 16]) -> Result<String, Error> {
    hash_with_salt(&pin.0, params, salt)
}

/// The salt of a stored hash: the clinic's, for whoever chooses a PIN next.
///
/// # Errors
/// [`Error::UnreadableHash`].
pub fn salt_of(stored: &str) -> Result<[u8; 16], Error> {
    Ok(Stored::read(stored)?.salt)
}

/// Whose PIN it is, among people and their stored hashes. It is hashed once for each salt and cost among these, which is once
/// where one clinic stored them; every stored hash is compared, each in constant time.
///
/// # Errors
/// [`Error::UnreadableHash`] when one that is stored is not an Argon2id hash, or asks for unsafe parameters.
pub fn find_pin<'a, Id>(
    pin: &Pin,
    stored: impl IntoIterator<Item = (Id, &'a str)>,
) -> Result<Vec<Id>, Error> {
    let mut made = HashMap::<_, Secret<32>>::new();
    let mut found = Vec::new();
    for (id, stored) in stored {
        let Stored { params, salt, output } = Stored::read(stored)?;
        let cost = (params.memory_kib, params.passes, params.lanes);
        let own = match made.entry((cost, salt)) {
            Entry::Occupied(own) => own.into_mut(),
            Entry::Vacant(place) => place.insert(argon2id(pin.0.expose().as_bytes(), &salt, params)?),
        };
        if *own == output {
            found.push(id);
        }
    }
    Ok(found)
}

/// What stands in a stored hash.
struct Stored {
    params: KdfParams,
    salt: [u8; 16],
    output: Secret<32>,
}

impl Stored {
    fn read(text: &str) -> Result<Self, Error> {
        let hash = PasswordHash::new(text).map_err(|_| Error::UnreadableHash)?;
        let params = params_of(&hash)?;
        let salt = hash.salt.and_then(|salt| <[u8; 16]>::try_from(salt.as_ref()).ok());
        let output = hash.hash.and_then(|output| <[u8; 32]>::try_from(output.as_bytes()).ok());
        let (Some(salt), Some(mut output)) = (salt, output) else { return Err(Error::UnreadableHash) };
        Ok(Self { params, salt, output: Secret::take(&mut output) })
    }
}
