//! The vault: an encrypted, append-only log of events, the tables that are read from it, and the audit chain.
//!
//! A data folder holds
//!
//! ```text
//! vault.db        the database (SQLCipher), with vault.db-wal and vault.db-shm while it is open
//! keyslots.json   the local key, wrapped once for each way to open the vault
//! anchor          the heads of log and audit chain, outside the file, so that a file put back is noticed
//! lock            held while a process has the vault open
//! reserve         space for the moment when the disk is full
//! ```
//!
//! [`Vault::append`] is the only way in: one transaction holds the sealed events, the projections and the audit entry, and
//! what it returned is on the disk. Everything that is read comes from projections, which [`Vault::rebuild_projections`]
//! makes again from the log.

mod anchor;
mod append;
mod audit;
mod backup;
mod connection;
mod error;
mod folded;
mod folder;
mod integrity;
mod keyring;
mod life;
mod log;
mod meter;
mod migrate;
mod open;
mod outbox;
mod patient;
mod people;
mod projection;
mod read;
mod reserve;
mod row;
mod search;
mod shred;
mod slots;
mod system;
mod vault;
mod vault_outbox;
#[cfg(test)]
mod whitebox;
mod writer;

pub use append::{Append, Expected};
pub use audit::{AuditEntry, AuditFault, AuditFilter, AuditReport, AuditWrite, Object, Outcome};
pub use backup::{BackupManifest, Counts, restore_backup, verify_backup};
pub use error::Error;
pub use folded::Folded;
pub use folder::FILES;
pub use integrity::IntegrityReport;
pub use keyring::{Keyring, KeyringState, MemoryKeyring, OsKeyring};
pub use log::{LoggedEvent, fold_encounter};
pub use migrate::SCHEMA_VERSION;
pub use open::{Created, Probe, Unlock, VaultOptions};
pub use outbox::{Delivery, Destination, DestinationWrite, NotArrived, QueueCounts, SecretChange};
pub use patient::PatientRow;
pub use people::{FacilityProfile, Person};
pub use projection::RebuildReport;
pub use read::{EncounterFilter, EncounterRow};
pub use search::Hit;
pub use slots::SlotKind;
pub use system::{SystemClock, SystemRandom};
pub use vault::Vault;
