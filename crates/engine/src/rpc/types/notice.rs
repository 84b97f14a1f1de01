//! What a screen that watches is told.

use domain::{EncounterId, EncounterStatus, Severity};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a screen that watches is told, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Notice {
    /// An encounter was opened or changed.
    EncounterChanged {
        /// Which.
        encounter: EncounterId,
        /// How far it has come.
        status: EncounterStatus,
    },
    /// An alarm was raised.
    RedFlagRaised {
        /// In which encounter.
        encounter: EncounterId,
        /// The code by which the patient is called.
        ticket: String,
        /// How urgent.
        severity: Severity,
        /// What the rule is called, in the staff's language.
        title: String,
    },
    /// A patient asks for a person.
    HelpRequested {
        /// In which encounter.
        encounter: EncounterId,
        /// The code by which the patient is called.
        ticket: String,
    },
    /// A patient who has no record yet (before the consent, or after declining it) asks for a person at the kiosk.
    PersonWanted,
    /// Notices were missed because the screen was too slow: read the list again.
    Missed {
        /// How many.
        #[ts(type = "number")]
        count: u64,
    },
}
