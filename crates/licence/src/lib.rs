//! Licences: what a vendor signs and a clinic installs, what follows from it, and how use is counted.
//!
//! Nothing here does I/O, reads a clock or draws a random number. A licence is text ([`armour`]) around a signed payload
//! ([`signed`]) that is verified before it is parsed. Its limits and features are data in it ([`Licence`]); tiers are a
//! table ([`Tiers`]) that is looked at when a licence is issued, and never by the program that runs under one.
//!
//! The rule above all others: a licence can refuse one act only, the opening of a *new* encounter ([`Act`]). Whatever
//! expires, is revoked, deleted or overrun, an encounter that is open completes, and everything recorded can be read,
//! signed, exported and backed up.

pub mod armour;
mod clock;
mod day;
mod entitlement;
mod error;
mod feature;
mod fields;
mod fingerprint;
mod key;
mod licence;
mod meter;
mod money;
mod revocation;
mod signed;
mod tier;
mod usage;

pub use clock::{ClockState, Doubt, Judged, TOLERANCE_MS};
pub use day::{Day, Month, Zone};
pub use entitlement::{Act, Entitlement, Fallback, Situation, Standing};
pub use error::Error;
pub use feature::Feature;
pub use fingerprint::Fingerprint;
pub use key::{KeyId, PublicKey, SigningKey, Trust};
pub use licence::{Contact, Genuine, Licence, LicenceId, Limits};
pub use meter::{Level, Meter};
pub use money::{Charge, Money, Prices, Step};
pub use revocation::{Revocation, Revocations};
pub use tier::{Tier, Tiers};
pub use usage::{Counted, SignedUsage, UsageReport};
