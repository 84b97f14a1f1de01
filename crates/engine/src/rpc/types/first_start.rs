//! The first start: what it needs besides setting the clinic up.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DeviceRole, Session, UnlockVault};
pub use crate::first_start::FirstStep;

/// Names a backup, and what opens it.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct OpenBackup {
    /// The full path of its folder.
    pub folder: String,
    /// The passphrase or the recovery words of the vault that it was made of.
    pub key: UnlockVault,
}

/// What a backup holds, once all of it was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupFound {
    /// When it was made.
    pub made: Timestamp,
    /// Events of its log.
    #[ts(type = "number")]
    pub events: u64,
    /// Encounters.
    #[ts(type = "number")]
    pub encounters: u64,
    /// People who can sign in.
    #[ts(type = "number")]
    pub people: u64,
}

/// Says how far the first start has come.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct KeepFirstStep {
    /// The step that stands next; none where it is over.
    pub step: Option<FirstStep>,
}

/// Says what this device is for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct AssignDevice {
    /// What.
    pub role: DeviceRole,
}

/// The sessions of a rehearsal: nothing that is done in them is kept.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Rehearsing {
    /// The patient's side.
    pub kiosk: Session,
    /// The staff's.
    pub staff: Session,
}
