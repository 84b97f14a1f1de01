//! A visit that was recorded elsewhere: its file becomes a recording of the encounter, like one of this device's microphone.
//!
//! A thread decodes the file into the sealed journal, a second at a time, so that three hours need no more memory than three
//! minutes; recognition then reads the journal. The file itself is left where it is. Until everything is recognised it can be
//! stopped: then the sound goes, and what was written stays.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use audio::RATE;
use audio::file::SoundFile;
use audio::journal::{self, JournalWriter};
use domain::{Action, Actor, Coded as _, EncounterId, EncounterRecord, EventBody, RecordingId};
use tokio::task::AbortHandle;

use super::recording::{folder, go_on, ms, open};
use super::settings;
use crate::rpc::types::{ImportSound, Notice, RecordingState};
use crate::{Engine, Error};

const TAKEN: Action = Action("recording.import");

/// A file that is being taken in, or recognised.
pub(crate) struct Import {
    pub(crate) encounter: EncounterId,
    id: RecordingId,
    actor: Actor,
    stop: Arc<AtomicBool>,
    recognition: Option<AbortHandle>,
}

/// Begins to take a file in.
pub(crate) fn begin(engine: &Engine, token: &str, actor: Actor, request: &ImportSound) -> Result<(), Error> {
    let encounter = request.encounter;
    let mut slot = engine.voice.import();
    // A visit that is being recorded has the recogniser to itself.
    if slot.is_some() || engine.voice.recording().is_some() {
        return Err(Error::RecordingBusy);
    }
    // What cannot be read is refused before anything is written.
    let two = settings::read(engine).two_microphones;
    let mut file = SoundFile::open(Path::new(request.path.expose().trim()), two)?;
    let of = file.seconds();
    let first = file.next_piece()?.ok_or(audio::Error::Empty)?;
    let channels = file.channels();
    let (_, id, journal) = open(engine, actor, TAKEN, encounter, request.agreed, channels)?;
    let me = Arc::downgrade(&engine.shared()?);
    let stopped = Arc::new(AtomicBool::new(false));
    *slot = Some(Import { encounter, id, actor, stop: Arc::clone(&stopped), recognition: None });
    drop(slot);
    let taking = Taking { me, token: token.to_owned(), actor, encounter, id, of };
    let thread = std::thread::Builder::new().name("sound-import".into());
    if let Err(error) = thread.spawn(move || taking.run(file, first, journal, &stopped)) {
        self::stop(engine, encounter)?;
        return Err(audio::Error::Sound { detail: error.to_string() }.into());
    }
    Ok(())
}

/// Stops it. The sound is deleted; what was recognised of it until now stays.
pub(crate) fn stop(engine: &Engine, encounter: EncounterId) -> Result<EncounterRecord, Error> {
    let import = {
        let mut slot = engine.voice.import();
        match slot.take() {
            Some(import) if import.encounter == encounter => import,
            other => {
                *slot = other;
                return Err(Error::NotFound { what: "recording" });
            }
        }
    };
    import.stop.store(true, Ordering::Relaxed);
    if let Some(recognition) = &import.recognition {
        recognition.abort();
    }
    discard(engine, &import)
}

/// The encounter into which a file is being taken.
pub(crate) fn now(engine: &Engine) -> Option<EncounterId> {
    engine.voice.import().as_ref().map(|import| import.encounter)
}

/// The recording is over: nothing of it can be stopped any more.
pub(super) fn over(engine: &Engine, id: RecordingId) {
    let mut slot = engine.voice.import();
    if slot.as_ref().is_some_and(|import| import.id == id) {
        *slot = None;
    }
}

/// Deletes the sound, and says so in the encounter.
fn discard(engine: &Engine, import: &Import) -> Result<EncounterRecord, Error> {
    let _turn = engine.turn();
    let record = engine.encounter(import.encounter)?;
    let known = record.recordings.iter().find(|known| known.id == import.id);
    let mut events = Vec::new();
    if known.is_some_and(|known| known.length_ms.is_none()) {
        events.push(EventBody::RecordingEnded { recording: import.id, length_ms: 0 });
    }
    events.push(EventBody::RecordingDeleted { recording: import.id });
    let folder = folder(engine, import.encounter);
    journal::delete(&journal::path(&folder, import.id))?;
    let _ = std::fs::remove_dir(folder);
    engine.append(import.actor, Action("recording.import-stopped"), import.encounter, events)
}

/// The thread's own.
struct Taking {
    me: Weak<Engine>,
    token: String,
    actor: Actor,
    encounter: EncounterId,
    id: RecordingId,
    /// How long the file says that it is, in seconds.
    of: Option<f64>,
}

impl Taking {
    fn run(self, mut file: SoundFile, first: Vec<f32>, mut journal: JournalWriter, stop: &AtomicBool) {
        let mut piece = Some(first);
        let mut cut_short = None;
        while let Some(samples) = piece {
            if stop.load(Ordering::Relaxed) || self.me.strong_count() == 0 {
                return;
            }
            if let Err(error) = journal.append(journal.length(), &samples) {
                return self.give_up(&error.into());
            }
            let seconds = whole(journal.length() as f64 / f64::from(RATE));
            self.tell(RecordingState::Taking { seconds, of: self.of.map(whole) });
            piece = match file.next_piece() {
                Ok(piece) => piece,
                // What there is of it is worth having, and its end is said.
                Err(error @ audio::Error::CutShort { .. }) => {
                    cut_short = Some(error.code());
                    None
                }
                Err(error) => return self.give_up(&error.into()),
            };
        }
        let done = journal.finish().map_err(Error::from).and_then(|length| self.recognise(length, stop));
        match (done, cut_short) {
            (Err(error), _) => self.give_up(&error),
            (Ok(()), Some(code)) => self.tell(RecordingState::CutShort { code }),
            (Ok(()), None) => {}
        }
    }

    fn recognise(&self, length: u64, stop: &AtomicBool) -> Result<(), Error> {
        // Whatever is there when the application ends is taken up at the next start.
        let Some(engine) = self.me.upgrade() else { return Ok(()) };
        let record = {
            let _turn = engine.turn();
            if stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            let event = EventBody::RecordingEnded { recording: self.id, length_ms: ms(length) };
            engine.append(self.actor, TAKEN, self.encounter, vec![event])?
        };
        let known = record.recordings.iter().find(|known| known.id == self.id);
        let known = known.ok_or(Error::NotFound { what: "recording" })?;
        // Held until the handle is in it: recognition may be over before that.
        let mut slot = engine.voice.import();
        let recognition = go_on(&engine, Some(self.token.clone()), self.actor, &record, known)?;
        match (recognition, slot.as_mut().filter(|import| import.id == self.id)) {
            (Some(recognition), Some(import)) => import.recognition = Some(recognition),
            // Stopped meanwhile.
            (Some(recognition), None) => recognition.abort(),
            (None, _) => {
                *slot = None;
                drop(slot);
                self.tell(RecordingState::NoModel);
            }
        }
        Ok(())
    }

    /// It cannot be taken in, or not whole: nothing of it is kept.
    fn give_up(&self, error: &Error) {
        tracing::warn!(code = error.code().as_str(), "a sound file was not taken in");
        let Some(engine) = self.me.upgrade() else { return };
        if let Err(error) = stop(&engine, self.encounter) {
            tracing::error!(code = error.code().as_str(), "what was taken of a sound file is still there");
        }
        self.tell(RecordingState::NotTaken { code: error.code() });
    }

    fn tell(&self, state: RecordingState) {
        if let Some(engine) = self.me.upgrade() {
            engine.notices.to(&self.token, Notice::Recording { encounter: self.encounter, state });
        }
    }
}

fn whole(seconds: f64) -> u32 {
    seconds.round() as u32
}
