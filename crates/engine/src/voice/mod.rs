//! Speaking and listening: the kiosk that asks aloud, the visit that is recorded.
//!
//! - [`kiosk`] says a question, listens for the answer and tells what it understood. Nothing of a kiosk's sound is kept.
//! - [`recording`] records a visit: sealed on disk first (`audio::journal`), then recognised; after a crash it goes on.
//! - [`import`] takes a file in that something else recorded.
//! - [`settings`] are the device's own: which microphone, how loud, how fast.
//!
//! Sound runs on threads of its own. What it finds reaches the screens as notices, and the log by [`Engine::append`].

pub(crate) mod import;
pub(crate) mod kiosk;
pub(crate) mod recording;
pub(crate) mod settings;
pub(crate) mod speakers;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use audio::voice::Speech;
use audio::{Direction, Loudspeaker, Playing};
use domain::{Coded as _, ErrorCode};
use inference::{Limits, ModelStatus, Purpose, STARTER, STRETCH_MS, SpeechClient, WINDOW_MS, WorkerPrograms};

use crate::depot::installed;
use crate::rpc::types::FaultSeen;
use crate::{Engine, Error};
use settings::SoundSettings;

/// Samples in a ms.
const PER_MS: u64 = audio::RATE as u64 / 1000;

/// What of speech and sound is open.
#[derive(Default)]
pub(crate) struct Voice {
    client: OnceLock<Arc<SpeechClient>>,
    runtime: OnceLock<tokio::runtime::Runtime>,
    pub(crate) recording: Mutex<Option<recording::Recording>>,
    pub(crate) import: Mutex<Option<import::Import>>,
    pub(crate) attending: Mutex<Option<kiosk::Attending>>,
    loudspeaker: Mutex<Option<Arc<Loudspeaker>>>,
    /// The last fault of each direction of sound.
    faults: Mutex<HashMap<Direction, FaultSeen>>,
    /// How loud the patient at the kiosk wants it, 0 to 1; none for the device's own loudness.
    patients_volume: Mutex<Option<f32>>,
}

/// The model to listen with.
pub(crate) struct SpeechModel {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The longest stretch that it hears, in ms.
    pub(crate) longest_ms: u32,
}

impl Voice {
    pub(crate) fn client(&self) -> Arc<SpeechClient> {
        Arc::clone(
            self.client
                .get_or_init(|| Arc::new(SpeechClient::new(&WorkerPrograms::find(), Limits::default()))),
        )
    }

    /// Where recognition runs.
    pub(crate) fn runtime(&self) -> Result<&tokio::runtime::Runtime, Error> {
        if let Some(runtime) = self.runtime.get() {
            return Ok(runtime);
        }
        let made = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("recognition")
            .enable_all()
            .build()
            .map_err(|error| audio::Error::Sound { detail: error.to_string() })?;
        Ok(self.runtime.get_or_init(|| made))
    }

    /// The last fault of a direction since the application was started.
    pub(crate) fn last_fault(&self, direction: Direction) -> Option<FaultSeen> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).get(&direction).copied()
    }

    /// Makes everything that is said louder or quieter, what is being said included; none for the device's own loudness,
    /// from the next sentence on.
    pub(crate) fn set_patients_volume(&self, volume: Option<f32>) {
        let volume = volume.filter(|volume| volume.is_finite()).map(|volume| volume.clamp(0.0, 1.0));
        *self.patients_volume.lock().unwrap_or_else(PoisonError::into_inner) = volume;
        let open = self.loudspeaker.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(volume), Some(loudspeaker)) = (volume, open.as_ref()) {
            loudspeaker.set_volume(volume);
        }
    }

    fn patients_volume(&self) -> Option<f32> {
        *self.patients_volume.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the loudspeaker: another was chosen, or nobody needs it.
    pub(crate) fn close_loudspeaker(&self) {
        self.loudspeaker.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    pub(crate) fn attending(&self) -> MutexGuard<'_, Option<kiosk::Attending>> {
        self.attending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn import(&self) -> MutexGuard<'_, Option<import::Import>> {
        self.import.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn recording(&self) -> MutexGuard<'_, Option<recording::Recording>> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Recognition that is under way goes on at the next start: the sound is on disk.
            runtime.shutdown_background();
        }
    }
}

/// The loudspeaker, opened if need be.
pub(crate) fn loudspeaker(engine: &Engine, settings: &SoundSettings) -> Result<Arc<Loudspeaker>, Error> {
    let voice = &engine.voice;
    let mut open = voice.loudspeaker.lock().unwrap_or_else(PoisonError::into_inner);
    if open.as_ref().is_none_or(|loudspeaker| loudspeaker.is_lost()) {
        let opened = Loudspeaker::open(settings.loudspeaker.clone())
            .inspect_err(|error| note_fault(engine, Direction::Output, error.code()))?;
        *open = Some(Arc::new(opened));
    }
    let loudspeaker = open.as_ref().ok_or(audio::Error::NoDevice)?;
    loudspeaker.set_volume(voice.patients_volume().unwrap_or(settings.volume));
    Ok(Arc::clone(loudspeaker))
}

/// Keeps a fault for whoever looks at this machine.
pub(crate) fn note_fault(engine: &Engine, direction: Direction, code: ErrorCode) {
    let seen = FaultSeen { at: engine.now(), code };
    engine.voice.faults.lock().unwrap_or_else(PoisonError::into_inner).insert(direction, seen);
}

/// Says a text on the loudspeaker. Waits for the sound to be made, not for its end.
pub(crate) fn say(engine: &Engine, text: &str, language: &str) -> Result<Playing, Error> {
    let settings = settings::read(engine);
    let loudspeaker = self::loudspeaker(engine, &settings)?;
    let speech = Speech {
        text: text.to_owned().into(),
        language: language.to_owned(),
        voice: settings.voice_for(language),
        rate: settings.rate,
    };
    let spoken = audio::voice::system().speak(&speech)?;
    Ok(loudspeaker.play(&spoken.samples, spoken.rate))
}

/// The speech models that are here, by name.
pub(crate) fn models(engine: &Engine) -> Vec<String> {
    installed(engine, Purpose::Speech).into_iter().map(|(model, _)| model.name).collect()
}

/// The best speech model on this machine for a language: the one that was chosen, else the largest that was fetched or
/// imported, else the starter, which knows English only.
pub(crate) fn model(engine: &Engine, language: &str) -> Option<SpeechModel> {
    let settings = settings::read(engine);
    let is_starter = |model: &ModelStatus| model.name == STARTER;
    // whisper's English models are called so: "ggml-base.en-q5_1.bin".
    let knows = |model: &ModelStatus| {
        language == "en" || !(is_starter(model) || model.path.to_string_lossy().contains(".en"))
    };
    let (chosen, _) = installed(engine, Purpose::Speech)
        .into_iter()
        .filter(|(model, _)| knows(model))
        .max_by_key(|(model, bytes)| {
            (settings.model.as_deref() == Some(model.name.as_str()), !is_starter(model), *bytes)
        })?;
    let longest_ms = if is_starter(&chosen) { STRETCH_MS } else { WINDOW_MS };
    Some(SpeechModel { name: chosen.name, path: chosen.path, longest_ms })
}
