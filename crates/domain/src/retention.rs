//! How long records are kept.

use serde::{Deserialize, Serialize};

/// How long the sound of visits is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "rule")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AudioRule {
    /// Until the note is signed.
    #[default]
    AtSigning,
    /// So many days after the note was signed.
    Days {
        /// How many.
        days: u32,
    },
    /// As long as the encounter.
    Keep,
}

/// What a clinic decided about how long records are kept. By default nothing is deleted but sound, when its note is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RetentionRules {
    /// The sound of visits.
    pub audio: AudioRule,
    /// Signed encounters: so many years after something last happened to them; none for as long as the vault.
    pub signed_years: Option<u32>,
    /// Intakes that were left before their end: so many days after something last happened to them; none likewise.
    pub unfinished_days: Option<u32>,
    /// A legal hold: whatever the rules say, nothing is deleted.
    pub hold: bool,
}

/// Why an encounter was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyDeleted {
    /// It was signed, and its years were over.
    SignedKept,
    /// Its intake was never finished, and its days were over.
    Unfinished,
}
