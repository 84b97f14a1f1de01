//! Who has a PIN, read from the log: a `PinSet` counts until the next one of the same person, or their `PinRemoved`.

use std::collections::BTreeMap;

use domain::{EventBody, EventKind, PersonId, Stream};
use store::Vault;

use crate::Error;

/// The stored hash of each person who has a PIN.
pub(crate) fn all(vault: &Vault) -> Result<BTreeMap<PersonId, String>, Error> {
    let mut pins = BTreeMap::new();
    for event in vault.events_of_kinds(Stream::Facility, &[EventKind::PinSet, EventKind::PinRemoved])? {
        match event.body {
            EventBody::PinSet { person, pin_hash } => drop(pins.insert(person, pin_hash)),
            EventBody::PinRemoved { person } => drop(pins.remove(&person)),
            _ => {}
        }
    }
    Ok(pins)
}
