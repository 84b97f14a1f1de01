//! What a screen that watches is told.

use domain::{EncounterId, EncounterStatus, ErrorCode, Phi, Severity};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DraftProgress, ModelWork, RecordingState, SoundLoss, VoiceMeaning, VoiceState};

/// What a screen that watches is told, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
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
    /// What the kiosk's voice does. For the session that it speaks to only, as the next four.
    Voice {
        /// What.
        state: VoiceState,
    },
    /// Why the microphone hears nothing, or that it does again. The kiosk goes on asking and listening meanwhile.
    VoiceLoss {
        /// Why; none if it hears.
        loss: Option<SoundLoss>,
    },
    /// How loud the microphone is, 0 to 1.
    VoiceLevel {
        /// The greatest sample since the last.
        peak: f32,
    },
    /// What is being said, as far as it is recognised.
    VoiceWords {
        /// The words; they may change.
        text: Phi<String>,
    },
    /// What was said and what it means.
    VoiceHeard {
        /// The screen's number of the step that it answers.
        step: u32,
        /// The words.
        text: Phi<String>,
        /// What they mean.
        meaning: VoiceMeaning,
    },
    /// What happens to the recording that this session makes.
    Recording {
        /// Of which encounter.
        encounter: EncounterId,
        /// What.
        state: RecordingState,
    },
    /// How far a download, an import or a check of models is. For those who manage models.
    Models {
        /// What is done, and how far.
        work: ModelWork,
    },
    /// What a language model has written of a note so far. For the session that asked for it only, as the next.
    DraftWritten {
        /// Of which encounter.
        encounter: EncounterId,
        /// How far it has come.
        progress: DraftProgress,
    },
    /// A language model's draft has ended; the encounter holds what came of it.
    DraftEnded {
        /// Of which encounter.
        encounter: EncounterId,
        /// Why nothing came of it.
        failure: Option<ErrorCode>,
    },
    /// Notices were missed because the screen was too slow: read the list again.
    Missed {
        /// How many.
        #[ts(type = "number")]
        count: u64,
    },
}
