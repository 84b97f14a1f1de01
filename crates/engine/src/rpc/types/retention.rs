//! How long records are kept, and what would be deleted now.

use domain::{RetentionRules, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What would be deleted now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionDue {
    /// Recordings of visits.
    pub recordings: u32,
    /// Their bytes.
    #[ts(type = "number")]
    pub recording_bytes: u64,
    /// Signed encounters.
    pub signed: u32,
    /// Intakes that were left before their end.
    pub unfinished: u32,
    /// The oldest thing that happened to any of it.
    pub oldest: Option<Timestamp>,
    /// A digest of what it is: nothing is deleted that was not shown.
    pub digest: String,
}

/// What a run deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionRan {
    /// When.
    pub at: Timestamp,
    /// Whether somebody pressed for it, or the day came.
    pub by_hand: bool,
    /// Recordings.
    pub recordings: u32,
    /// Their bytes.
    #[ts(type = "number")]
    pub recording_bytes: u64,
    /// Signed encounters.
    pub signed: u32,
    /// Intakes that were left.
    pub unfinished: u32,
}

/// Why nothing is deleted now, whatever is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RetentionStop {
    /// A legal hold.
    Hold,
    /// The machine's clock is not believed.
    Clock,
    /// A visit or an intake is under way on this device.
    Busy,
}

/// The rules in force, what is due by them, and what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionStatus {
    /// The rules.
    pub rules: RetentionRules,
    /// The fewest years that a rule may keep signed encounters.
    pub least_years: u32,
    /// The fewest days that a rule may keep unfinished intakes.
    pub least_days: u32,
    /// When the rules were last changed; none where nobody has.
    pub changed: Option<Timestamp>,
    /// By whom.
    pub changed_by: Option<String>,
    /// What would be deleted now.
    pub due: RetentionDue,
    /// Why it is not.
    pub stopped: Option<RetentionStop>,
    /// The last run that deleted something, or was pressed for.
    pub last: Option<RetentionRan>,
}

/// Shows what other rules would delete now. Changes nothing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct PreviewRetention {
    /// The rules.
    pub rules: RetentionRules,
}

/// Sets the rules.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetRetention {
    /// The rules.
    pub rules: RetentionRules,
    /// The digest of what was shown that they would delete now.
    pub seen: String,
}

/// Deletes what is due.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunRetention {
    /// The digest of what was shown.
    pub seen: String,
}
