//! The use cases, by who has them. Each is a function of the call and its request.

pub(crate) mod analytics;
pub(crate) mod answers;
pub(crate) mod brand;
pub(crate) mod clinic;
pub(crate) mod compliance;
pub(crate) mod destinations;
pub(crate) mod diagnostics;
pub(crate) mod encounters;
pub(crate) mod endpoint;
pub(crate) mod export;
pub(crate) mod first_start;
pub(crate) mod flows;
pub(crate) mod import;
pub(crate) mod intake;
pub(crate) mod kiosk;
pub(crate) mod licences;
pub(crate) mod lists;
pub(crate) mod lock;
pub(crate) mod models;
pub(crate) mod notes;
pub(crate) mod oversight;
pub(crate) mod patients;
pub(crate) mod people;
pub(crate) mod protocols;
pub(crate) mod retention;
pub(crate) mod sites;
pub(crate) mod sound;
mod view;

use crate::Error;

/// The text without white space around it, or a refusal where nothing is left.
fn filled(text: &str, field: &'static str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() { Err(Error::FieldEmpty { field }) } else { Ok(text.to_owned()) }
}

/// Refuses a secret that is too short. Length is what the NIST asks for (SP 800-63B, 3.1.1.2), not kinds of characters.
fn long_enough(secret: &str, least: usize) -> Result<(), Error> {
    if secret.chars().count() < least { Err(Error::TooShort { least }) } else { Ok(()) }
}
