//! The technical safeguards of the HIPAA Security Rule (45 CFR 164.312), and what this installation has to show of them.

use domain::{Role, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A standard or an implementation specification of 45 CFR 164.312.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Safeguard {
    /// (a)(2)(i), required.
    UniqueUser,
    /// (a)(2)(ii), required.
    EmergencyAccess,
    /// (a)(2)(iii), addressable.
    AutomaticLogoff,
    /// (a)(2)(iv), addressable.
    Encryption,
    /// (b), required.
    AuditControls,
    /// (c)(1) and (c)(2), addressable.
    Integrity,
    /// (d), required.
    Authentication,
    /// (e)(2)(i), addressable.
    TransmissionIntegrity,
    /// (e)(2)(ii), addressable.
    TransmissionEncryption,
}

/// How far the software goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SafeguardState {
    /// It does its part, and its evidence is there.
    InPlace,
    /// It does a part of its part, or the evidence is missing or old.
    Partly,
    /// A check failed: somebody has to look.
    Failed,
}

/// A safeguard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SafeguardLine {
    /// Which.
    pub safeguard: Safeguard,
    /// Where it stands in 45 CFR.
    pub citation: String,
    /// Whether it is required; an addressable one may be met otherwise, for a reason that is written down.
    pub required: bool,
    /// How far the software goes.
    pub state: SafeguardState,
}

/// People of one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoleCount {
    /// The role.
    pub role: Role,
    /// How many can sign in with it.
    pub count: u32,
}

/// The last check of the audit trail and the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditCheck {
    /// When.
    pub at: Timestamp,
    /// How many entries the trail had.
    #[ts(type = "number")]
    pub entries: u64,
    /// How many events the log had.
    #[ts(type = "number")]
    pub events: u64,
    /// How many faults were found.
    pub faults: u32,
}

/// The last backup that was made and verified here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupCheck {
    /// When.
    pub at: Timestamp,
    /// How many events it holds.
    #[ts(type = "number")]
    pub events: u64,
}

/// What this installation has to show.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Compliance {
    /// When it was looked at.
    pub generated: Timestamp,
    /// The version of Bedside.
    pub version: String,
    /// The clinic's name.
    pub clinic: Option<String>,
    /// The facility's fingerprint.
    pub facility: String,
    /// The safeguards, in the order of the rule.
    pub safeguards: Vec<SafeguardLine>,
    /// Who can sign in.
    pub people: Vec<RoleCount>,
    /// Whether the passphrase opens the vault.
    pub opens_by_passphrase: bool,
    /// Whether the recovery words do.
    pub opens_by_words: bool,
    /// Whether the system's keyring does.
    pub opens_by_keyring: bool,
    /// Whether the vault's file is encrypted: read from its first bytes just now.
    pub file_encrypted: bool,
    /// After so many seconds without a sign of life the kiosk asks whether anybody is there.
    pub kiosk_ask_after_s: u32,
    /// After so many more it clears its screen.
    pub kiosk_leave_after_s: u32,
    /// After so many minutes without input a person's session is locked.
    pub logoff_after_min: u32,
    /// How many people have a PIN.
    pub pins: u32,
    /// How many entries the audit trail has.
    #[ts(type = "number")]
    pub audit_entries: u64,
    /// When the last of them was written.
    pub audit_newest: Option<Timestamp>,
    /// The last check of the trail and the log.
    pub audit_check: Option<AuditCheck>,
    /// The last backup.
    pub backup: Option<BackupCheck>,
    /// Sign-ins in the last 30 days.
    #[ts(type = "number")]
    pub sign_ins: u64,
    /// Refused ones.
    #[ts(type = "number")]
    pub sign_ins_refused: u64,
    /// How often an attempt was not even taken, after too many wrong ones.
    #[ts(type = "number")]
    pub waits: u64,
    /// How often a session was locked.
    #[ts(type = "number")]
    pub locks: u64,
    /// Everything else that was refused in that time because somebody may not.
    #[ts(type = "number")]
    pub refusals: u64,
    /// Files that left in that time.
    #[ts(type = "number")]
    pub exports: u64,
}
