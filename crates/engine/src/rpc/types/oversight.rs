//! The administrator and the auditor: audit trail and backups.

use domain::{EncounterId, Role, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which part of the audit trail to show, newest first.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct ListAudit {
    /// Only entries before this place.
    #[ts(type = "number | null")]
    pub before: Option<u64>,
}

/// Which part of the audit trail to let out.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct ExportAudit {
    /// Only what was done to this encounter.
    pub about: Option<EncounterId>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// One entry of the audit trail.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditLine {
    /// Its place, from 0.
    #[ts(type = "number")]
    pub sequence: u64,
    /// When.
    pub time: Timestamp,
    /// Who: a person's name, or the device.
    pub actor: String,
    /// In which role.
    pub role: Role,
    /// What was done or tried.
    pub action: String,
    /// On what: an id, never a name.
    pub object: Option<String>,
    /// The code of the refusal or the failure; none where it was done.
    pub refused: Option<String>,
}

/// What verifying the audit trail found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditVerdict {
    /// How many entries there are.
    #[ts(type = "number")]
    pub entries: u64,
    /// How many events the log has.
    #[ts(type = "number")]
    pub events: u64,
    /// The SHA-256 of the last entry: noted down elsewhere, it shows later that nothing was cut off.
    pub head: String,
    /// What is wrong; empty when the trail and the log are whole.
    pub faults: Vec<AuditFault>,
}

/// Something wrong in the audit trail or the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "place")]
pub enum AuditFault {
    /// The entry at this place does not follow from the one before.
    Entry(#[ts(type = "number")] u64),
    /// The event at this place does not follow from the one before.
    Event(#[ts(type = "number")] u64),
    /// A stream's key is missing though nobody deleted it, or there though somebody did.
    Key,
    /// The end is missing.
    Shortened,
}

/// Makes a backup.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CreateBackup {
    /// The folder to create it in.
    pub folder: String,
}

/// A verified backup.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BackupCreated {
    /// Where it is.
    pub folder: String,
    /// How many events it holds.
    #[ts(type = "number")]
    pub events: u64,
}
