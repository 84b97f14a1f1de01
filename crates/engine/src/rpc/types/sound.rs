//! Sound: the kiosk's voice, the recording of a visit, the device's settings.

use domain::{Answer, ConsentScope, EncounterId, ErrorCode, Phi, Speaker};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::voice::settings::SoundSettings;

/// Says a prompt and listens for what it asks. What was said or heard for the step before is over.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Attend {
    /// The encounter.
    pub encounter: EncounterId,
    /// The screen's own number of the step; what is heard for it carries the same.
    pub step: u32,
    /// What is asked.
    pub asked: VoiceAsked,
    /// What to say; none to listen only.
    pub prompt: Option<String>,
}

/// What a prompt asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum VoiceAsked {
    /// Nothing: it is only said.
    Nothing,
    /// A question of the questionnaire.
    Question {
        /// Its linkId.
        link_id: String,
    },
    /// A consent.
    Consent {
        /// Which.
        scope: ConsentScope,
    },
    /// The patient's name.
    Name,
    /// The patient's date of birth.
    BirthDate,
    /// Whether something is right.
    Confirm,
}

/// What the patient meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "meaning")]
pub enum VoiceMeaning {
    /// An answer that the question takes.
    Answer {
        /// The answer.
        answer: Phi<Answer>,
        /// The answer in words, to be read back.
        shown: Phi<String>,
        /// Whether it can be taken as it is; else it is read back first.
        sure: bool,
    },
    /// "I don't know."
    Unknown,
    /// "Skip this."
    Skip,
    /// "Go back."
    Back,
    /// "Say that again."
    Repeat,
    /// "I'd like a person."
    Person,
    /// "Louder."
    Louder,
    /// "Quieter."
    Quieter,
    /// "Stop talking."
    Stop,
    /// "Next."
    Next,
    /// Nothing that was understood.
    Unclear,
}

/// What the kiosk's voice is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum VoiceState {
    /// Off.
    Off,
    /// Saying the prompt.
    Speaking,
    /// Waiting for the patient to speak.
    Listening,
    /// The recogniser does not run.
    Unavailable,
}

/// Why nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SoundLoss {
    /// There is no microphone.
    NoDevice,
    /// It was unplugged, or sends nothing.
    Unplugged,
    /// It sends only silence: a mute switch, most likely.
    Silent,
    /// The system does not allow it.
    Denied,
    /// Another program holds it.
    Busy,
    /// The sound system failed.
    Failed,
}

/// Begins to record a visit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct StartRecording {
    /// The encounter.
    pub encounter: EncounterId,
    /// That the patient was asked and agreed, where the kiosk did not ask.
    pub agreed: bool,
}

/// Takes in a sound file that lies on this device: WAV, MP3, M4A, FLAC or Ogg Vorbis.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportSound {
    /// The encounter.
    pub encounter: EncounterId,
    /// The file. Its name may hold the patient's.
    pub path: Phi<String>,
    /// That the patient was asked and agreed, where the kiosk did not ask.
    pub agreed: bool,
}

/// What happens to a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum RecordingState {
    /// The microphone is heard.
    Hearing {
        /// The device's name.
        device: String,
    },
    /// How loud it is, 0 to 1, and how long it has been recorded.
    Level {
        /// The greatest sample since the last.
        peak: f32,
        /// Length so far.
        seconds: u32,
    },
    /// Words of a stretch that goes on.
    Words {
        /// Who speaks.
        speaker: Speaker,
        /// Words that will not change.
        committed: Phi<String>,
        /// Words that may.
        tentative: Phi<String>,
    },
    /// Nothing is heard; it is tried again.
    Lost {
        /// Why.
        loss: SoundLoss,
    },
    /// Recognition is so far behind; 0 when it has caught up. Nothing is lost.
    Behind {
        /// By how much.
        seconds: u32,
    },
    /// The disk does not take what is heard; it waits in memory.
    NotSaved {
        /// Why.
        code: ErrorCode,
    },
    /// It is recorded and not recognised: there is no speech model for its language.
    NoModel,
    /// The recogniser failed; the sound is kept and recognised at the next start.
    NotRecognised {
        /// Why.
        code: ErrorCode,
    },
    /// A file is being taken in.
    Taking {
        /// How much of it.
        seconds: u32,
        /// Of so much, where the file says it.
        of: Option<u32>,
    },
    /// A finished recording is recognised up to there.
    Recognised {
        /// How much of it.
        seconds: u32,
        /// Of so much.
        of: u32,
    },
    /// A file was not taken in; nothing of it was kept.
    NotTaken {
        /// Why.
        code: ErrorCode,
    },
    /// A file ends before its end; what there is of it was taken in.
    CutShort {
        /// Why.
        code: ErrorCode,
    },
    /// The recording has ended.
    Ended,
    /// Everything that was said is written.
    Transcribed,
}

/// Whether a visit is being recorded on this device.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct RecordingNow {
    /// Which.
    pub encounter: Option<EncounterId>,
}

/// Plays a part of a visit's sound on this device's loudspeaker.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct PlaySound {
    /// The encounter.
    pub encounter: EncounterId,
    /// From there, in ms on the clock of its utterances.
    pub from_ms: u32,
    /// To there.
    pub to_ms: u32,
}

/// A microphone or a loudspeaker.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SoundDevice {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// Whether the system takes it by itself.
    pub is_default: bool,
}

/// What this device hears and speaks with.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SoundStatus {
    /// The settings.
    pub settings: SoundSettings,
    /// The microphones.
    pub microphones: Vec<SoundDevice>,
    /// The loudspeakers.
    pub loudspeakers: Vec<SoundDevice>,
    /// The speech models that are here.
    pub models: Vec<String>,
    /// The model that a visit in the clinic's language would be heard with.
    pub model: Option<String>,
    /// Whether that model is the starter, which knows answers at the kiosk only.
    pub only_answers: bool,
    /// Whether there is a voice.
    pub voice: bool,
}

/// Tries the microphone: some seconds are heard, then played back.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct TrySound {
    /// How long to listen, 1 to 10.
    pub seconds: u32,
}

/// What a try found.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SoundTried {
    /// The loudest moment, 0 to 1.
    pub peak: f32,
    /// Whether somebody spoke.
    pub speech: bool,
    /// Why nothing was heard, where that is so.
    pub loss: Option<SoundLoss>,
}
