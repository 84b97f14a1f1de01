//! What was said.

use serde::{Deserialize, Serialize};

use crate::Phi;

/// Who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Speaker {
    /// The clinician: doctor, nurse, midwife.
    Clinician,
    /// The patient.
    Patient,
    /// Somebody else in the room: a relative, an interpreter.
    Other,
    /// Not known, as in a recording with one channel.
    Unknown,
}

/// How the words came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum UtteranceSource {
    /// Recognised from a microphone or a recording.
    Speech,
    /// Typed at the keyboard.
    Typed,
    /// Part of a transcript that was imported.
    Imported,
}

/// One turn, or part of one, of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Utterance {
    /// Its place in the encounter, from 0, without gaps. What a note's evidence refers to.
    pub index: u32,
    /// Who spoke.
    pub speaker: Speaker,
    /// The words.
    pub text: Phi<String>,
    /// How the words came in.
    pub source: UtteranceSource,
    /// Begin, in ms on the clock of the encounter's recordings, laid end to end, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_ms: Option<u32>,
    /// End, on the same clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<u32>,
    /// The recogniser's confidence, 0 to 1, where there was a recogniser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}
