//! The device's own sound settings. They lie in the vault, beside the records, and go nowhere else.

use domain::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Engine, Error, kept};

pub(crate) const NAME: &str = "sound";

/// How this device hears and speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SoundSettings {
    /// The microphone's id; none for the system's default.
    pub microphone: Option<String>,
    /// The loudspeaker's id; none for the system's default.
    pub loudspeaker: Option<String>,
    /// A microphone for each of two speakers: the clinician's is the first channel, the patient's the second.
    pub two_microphones: bool,
    /// How loud: 0 to 1.
    pub volume: f32,
    /// How fast: 1 is usual, 0.5 to 2.
    pub rate: f32,
    /// The voice of each language, where one was chosen.
    pub voices: std::collections::BTreeMap<Language, String>,
    /// Whether the kiosk offers to speak and listen.
    pub kiosk_speaks: bool,
    /// The speech model, where one was chosen.
    pub model: Option<String>,
    /// Whether the sound of a visit is kept once its note is signed.
    pub keep_recordings: bool,
}

impl Default for SoundSettings {
    fn default() -> Self {
        Self {
            microphone: None,
            loudspeaker: None,
            two_microphones: false,
            volume: 0.8,
            rate: 1.0,
            voices: std::collections::BTreeMap::new(),
            kiosk_speaks: true,
            model: None,
            keep_recordings: false,
        }
    }
}

impl SoundSettings {
    pub(crate) fn voice_for(&self, language: &str) -> Option<String> {
        self.voices.iter().find(|(known, _)| known.primary() == language).map(|(_, voice)| voice.clone())
    }
}

/// The settings; the usual ones where none were made, or none can be read.
pub(crate) fn read(engine: &Engine) -> SoundSettings {
    engine.vault().ok().and_then(|vault| kept::read(&vault, NAME)).unwrap_or_default()
}

pub(crate) fn write(engine: &Engine, mut settings: SoundSettings) -> Result<SoundSettings, Error> {
    settings.volume = if settings.volume.is_finite() { settings.volume.clamp(0.0, 1.0) } else { 0.8 };
    settings.rate = if settings.rate.is_finite() { settings.rate.clamp(0.5, 2.0) } else { 1.0 };
    kept::write(&*engine.vault()?, NAME, &settings)?;
    engine.voice.close_loudspeaker();
    Ok(settings)
}
