//! The recording of a visit.
//!
//! The microphone's thread writes every quarter of a second to the sealed journal before anything else sees it; recognition
//! follows behind and appends each stretch of speech as an utterance. Whatever ends the application, the journal is there: at
//! the next start the recording is closed at its last second and recognition goes on after the last utterance.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use audio::journal::{self, JournalReader, JournalWriter};
use audio::{Channels, Heard, Loss, Microphone, MicrophoneOptions, RATE};
use domain::{
    Action, Actor, AudioRule, Coded, ConsentScope, EncounterId, EncounterRecord, EncounterStatus, EventBody,
    NoteState, Phi, RecordingId, RecordingRecord, Role, Speaker, Utterance, UtteranceSource, Who,
};
use inference::TranscribeOptions;
use inference::stream::{Input, Live, Said, Source, StreamOptions, Stretch, run};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::AbortHandle;

use super::{PER_MS, SpeechModel, import, settings, speakers};
use crate::rpc::types::{Notice, RecordingState};
use crate::use_cases::encounters::{flags_of, unsigned};
use crate::{Engine, Error};

/// Samples read back at once.
const PIECE: usize = RATE as usize;

/// A visit that is being recorded.
pub(crate) struct Recording {
    pub(crate) encounter: EncounterId,
    pub(crate) id: RecordingId,
    token: String,
    actor: Actor,
    microphone: Option<Microphone>,
    feed: UnboundedSender<Input>,
    /// Frames on the recording's clock.
    length: Arc<AtomicU64>,
}

/// The folder of an encounter's sound.
pub(crate) fn folder(engine: &Engine, encounter: EncounterId) -> PathBuf {
    engine.data().join("sound").join(encounter.to_string())
}

/// Begins to record.
pub(crate) fn start(
    engine: &Engine,
    token: &str,
    actor: Actor,
    action: Action,
    encounter: EncounterId,
    agreed: bool,
) -> Result<(), Error> {
    if engine.voice.recording().is_some() || import::now(engine) == Some(encounter) {
        return Err(Error::RecordingBusy);
    }
    let me = engine.shared()?;
    let settings = settings::read(engine);
    let channels = if settings.two_microphones { Channels::Two } else { Channels::One };
    let (record, id, mut journal) = open(engine, actor, action, encounter, agreed, channels.count())?;
    let language = record.language.primary().to_owned();
    let (feed, input) = tokio::sync::mpsc::unbounded_channel();
    let length = Arc::new(AtomicU64::new(0));
    match super::model(engine, &language) {
        Some(model) => {
            recognise(&me, Some(token.to_owned()), actor, &record, id, model, input)?;
        }
        None => engine.notices.to(token, Notice::Recording { encounter, state: RecordingState::NoModel }),
    }
    let microphone = {
        let (feed, length, token, me) =
            (feed.clone(), Arc::clone(&length), token.to_owned(), Arc::downgrade(&me));
        let mut disk_was_told = false;
        let options = MicrophoneOptions { device: settings.microphone, channels };
        Microphone::open(options, move |heard| {
            let Some(engine) = me.upgrade() else { return };
            let tell = |state| engine.notices.to(&token, Notice::Recording { encounter, state });
            match heard {
                Heard::Sound(sound) => {
                    match journal.append(sound.start, &sound.samples) {
                        Ok(()) => disk_was_told = false,
                        Err(error) => {
                            if !std::mem::replace(&mut disk_was_told, true) {
                                tracing::error!(code = error.code().as_str(), "the journal is not written");
                                tell(RecordingState::NotSaved { code: error.code() });
                            }
                        }
                    }
                    length.store(journal.length(), Ordering::Relaxed);
                    let _ = feed.send(Input::Sound { start: sound.start, samples: sound.samples });
                }
                Heard::Ready { device } => tell(RecordingState::Hearing { device }),
                Heard::Level { peak, .. } => tell(RecordingState::Level {
                    peak,
                    seconds: u32::try_from(length.load(Ordering::Relaxed) / u64::from(RATE)).unwrap_or(0),
                }),
                Heard::Lost(loss) => {
                    tracing::warn!(?loss, "the microphone of a recording");
                    super::note_fault(&engine, audio::Direction::Input, loss_code(loss));
                    tell(RecordingState::Lost { loss: loss_shown(loss) });
                }
                Heard::Overrun { samples } => tracing::warn!(samples, "samples of a recording were dropped"),
            }
        })?
    };
    *engine.voice.recording() = Some(Recording {
        encounter,
        id,
        token: token.to_owned(),
        actor,
        microphone: Some(microphone),
        feed,
        length,
    });
    Ok(())
}

/// Begins a recording in the log, once the patient has agreed, and its journal.
pub(super) fn open(
    engine: &Engine,
    actor: Actor,
    action: Action,
    encounter: EncounterId,
    agreed: bool,
    channels: usize,
) -> Result<(EncounterRecord, RecordingId, JournalWriter), Error> {
    let _turn = engine.turn();
    let record = crate::use_cases::intake::close_for_visit(engine, actor, action, encounter)?;
    unsigned(&record)?;
    let mut events = Vec::new();
    if !record.consents.contains(&ConsentScope::Recording) {
        if !agreed {
            return Err(Error::ConsentMissing);
        }
        events.push(EventBody::ConsentGiven { scope: ConsentScope::Recording });
    }
    let random = Arc::clone(&engine.options.vault.random);
    let id = RecordingId::make(engine.now(), &*random);
    let key = engine.vault()?.recording_key(encounter, id)?;
    let journal = JournalWriter::create(&folder(engine, encounter), id, key, channels, random)?;
    events.push(EventBody::RecordingStarted { recording: id, channels: u8::try_from(channels).unwrap_or(1) });
    Ok((engine.append(actor, action, encounter, events)?, id, journal))
}

/// Ends the recording; recognition goes on until everything is written.
pub(crate) fn stop(
    engine: &Engine,
    action: Action,
    encounter: EncounterId,
) -> Result<EncounterRecord, Error> {
    let recording = {
        let mut open = engine.voice.recording();
        match open.take() {
            Some(recording) if recording.encounter == encounter => recording,
            other => {
                *open = other;
                return Err(Error::NotFound { what: "recording" });
            }
        }
    };
    end(engine, action, recording)
}

fn end(engine: &Engine, action: Action, mut recording: Recording) -> Result<EncounterRecord, Error> {
    // Closed first: its thread writes the rest of the journal.
    drop(recording.microphone.take());
    let _ = recording.feed.send(Input::End);
    let length_ms = ms(recording.length.load(Ordering::Relaxed));
    let event = EventBody::RecordingEnded { recording: recording.id, length_ms };
    let _turn = engine.turn();
    let record = engine.append(recording.actor, action, recording.encounter, vec![event])?;
    engine.notices.to(
        &recording.token,
        Notice::Recording { encounter: recording.encounter, state: RecordingState::Ended },
    );
    Ok(record)
}

/// Ends the recording of an encounter, where there is one.
pub(crate) fn stop_if_recording(
    engine: &Engine,
    action: Action,
    encounter: EncounterId,
) -> Result<(), Error> {
    if engine.voice.recording().as_ref().is_some_and(|recording| recording.encounter == encounter) {
        stop(engine, action, encounter)?;
    }
    Ok(())
}

/// Ends whatever this session is recording: it signs out, or the application closes.
pub(crate) fn end_of_session(engine: &Engine, token: &str) {
    let recording = {
        let mut open = engine.voice.recording();
        if open.as_ref().is_none_or(|recording| recording.token != token) {
            return;
        }
        open.take()
    };
    if let Some(recording) = recording
        && let Err(error) = end(engine, Action("recording.stop"), recording)
    {
        tracing::error!(code = error.code().as_str(), "a recording was not closed in the log");
    }
}

/// Starts the recognition of a recording; it ends with its input.
fn recognise(
    engine: &Arc<Engine>,
    token: Option<String>,
    actor: Actor,
    record: &EncounterRecord,
    id: RecordingId,
    model: SpeechModel,
    input: tokio::sync::mpsc::UnboundedReceiver<Input>,
) -> Result<AbortHandle, Error> {
    let encounter = record.id;
    let known = record.recordings.iter().find(|known| known.id == id);
    let known = known.ok_or(Error::NotFound { what: "recording" })?.clone();
    let key = engine.vault()?.recording_key(encounter, id)?;
    let path = journal::path(&folder(engine, encounter), id);
    let source = Journal { path, id, key, reader: None };
    let stream = StreamOptions {
        can_read_back: true,
        ..StreamOptions::new(usize::from(known.channels), model.longest_ms)
    };
    let transcribe = TranscribeOptions {
        language: Some(record.language.primary().to_owned()),
        ..TranscribeOptions::default()
    };
    let live = Live { model: model.path, transcribe, stream, source: Some(Box::new(source)) };
    let client = engine.voice.client();
    let me = Arc::downgrade(engine);
    let task = engine.voice.runtime()?.spawn(async move {
        let tell = |engine: &Engine, state| {
            if let Some(token) = &token {
                engine.notices.to(token, Notice::Recording { encounter, state });
            }
        };
        let done = run(&client, live, input, |said| {
            let Some(engine) = me.upgrade() else { return };
            match said {
                Said::Closed(stretch) => {
                    if let Err(error) = hear(&engine, actor, encounter, &known, &stretch) {
                        tracing::error!(code = error.code().as_str(), "an utterance was not written");
                    }
                    if let Some(length) = known.length_ms {
                        let seconds = u32::try_from(stretch.end_ms / 1000).unwrap_or(u32::MAX);
                        tell(&engine, RecordingState::Recognised { seconds, of: length / 1000 });
                    }
                }
                Said::Tentative { channel, committed, tentative } => tell(
                    &engine,
                    RecordingState::Words { speaker: speaker(&known, channel), committed, tentative },
                ),
                Said::Behind { ms } => {
                    tell(&engine, RecordingState::Behind { seconds: u32::try_from(ms / 1000).unwrap_or(0) })
                }
                Said::CaughtUp => tell(&engine, RecordingState::Behind { seconds: 0 }),
                Said::Began { .. } => {}
            }
        })
        .await;
        let Some(engine) = me.upgrade() else { return };
        import::over(&engine, id);
        match done {
            Ok(()) => {
                let event = EventBody::RecordingTranscribed { recording: id, model: model.name };
                if let Err(error) = name_speakers(&engine, actor, encounter, id) {
                    tracing::error!(code = error.code().as_str(), "the speakers were not told apart");
                }
                let _turn = engine.turn();
                if let Err(error) =
                    engine.append(actor, Action("recording.transcribed"), encounter, vec![event])
                {
                    tracing::error!(code = error.code().as_str(), "the end of a transcript was not written");
                }
                tell(&engine, RecordingState::Transcribed);
            }
            Err(error) => {
                tracing::error!(code = error.code().as_str(), "a recording waits to be recognised");
                tell(&engine, RecordingState::NotRecognised { code: error.code() });
            }
        }
    });
    Ok(task.abort_handle())
}

/// Names who said what, where everybody spoke into one microphone.
fn name_speakers(
    engine: &Engine,
    actor: Actor,
    encounter: EncounterId,
    id: RecordingId,
) -> Result<(), Error> {
    let record = engine.encounter(encounter)?;
    let known = record.recordings.iter().find(|known| known.id == id && known.channels == 1);
    let Some(known) = known else { return Ok(()) };
    let key = engine.vault()?.recording_key(encounter, id)?;
    let path = journal::path(&folder(engine, encounter), id);
    // Without the turn: to describe an hour of voices takes some seconds.
    let mut reader = JournalReader::open(&path, id, key)?;
    let events = speakers::attribute(&mut reader, known, &record.utterances);
    let _turn = engine.turn();
    let now = engine.encounter(encounter)?;
    // Whatever somebody corrected meanwhile is theirs.
    let unchanged = |event: &EventBody| match event {
        EventBody::UtteranceCorrected { utterance } => {
            let before = record.utterances.get(utterance.index as usize);
            before.is_some() && before == now.utterances.get(utterance.index as usize)
        }
        _ => false,
    };
    let events: Vec<_> = events.into_iter().filter(unchanged).collect();
    if !events.is_empty() && !matches!(now.note, NoteState::Signed { .. }) {
        engine.append(actor, Action("recording.speakers"), encounter, events)?;
    }
    Ok(())
}

/// Writes a stretch of speech as an utterance, with the alarms in it.
fn hear(
    engine: &Engine,
    actor: Actor,
    encounter: EncounterId,
    known: &RecordingRecord,
    stretch: &Stretch,
) -> Result<(), Error> {
    let _turn = engine.turn();
    let record = engine.encounter(encounter)?;
    if matches!(record.note, NoteState::Signed { .. }) {
        return Err(Error::NoteSigned);
    }
    let at = |ms: u64| Some(known.offset_ms.saturating_add(u32::try_from(ms).unwrap_or(u32::MAX)));
    let utterance = Utterance {
        index: u32::try_from(record.utterances.len()).unwrap_or(u32::MAX),
        speaker: speaker(known, stretch.channel),
        text: Phi::new(stretch.text.expose().clone()),
        source: UtteranceSource::Speech,
        start_ms: at(stretch.start_ms),
        end_ms: at(stretch.end_ms),
        confidence: Some(stretch.confidence),
    };
    let flags = flags_of(engine, &record, &utterance);
    let mut events = vec![EventBody::UtteranceHeard { utterance }];
    events.extend(flags);
    engine.append(actor, Action("recording.heard"), encounter, events)?;
    Ok(())
}

const fn speaker(known: &RecordingRecord, channel: usize) -> Speaker {
    match (known.channels, channel) {
        (2, 0) => Speaker::Clinician,
        (2, _) => Speaker::Patient,
        _ => Speaker::Unknown,
    }
}

/// Closes and recognises what an earlier run of the application left, and deletes what is to be deleted. `who`: the device.
pub(crate) fn recover(engine: &Engine) -> Result<(), Error> {
    let Ok(me) = engine.shared() else { return Ok(()) };
    let Ok(encounters) = std::fs::read_dir(engine.data().join("sound")) else { return Ok(()) };
    let vault = engine.vault()?;
    let actor = Actor { who: Who::Device(vault.device()), role: Role::Clinician };
    for encounter in encounters.flatten() {
        let Some(id) = encounter.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let Some(record) = vault.encounter(id)? else {
            // The encounter was deleted, and its key with it: nothing opens this sound any more.
            let _ = std::fs::remove_dir_all(encounter.path());
            continue;
        };
        if engine.voice.recording().as_ref().is_some_and(|recording| recording.encounter == id) {
            continue;
        }
        if record.status == EncounterStatus::Signed {
            apply_retention(engine, actor, &record)?;
            continue;
        }
        for known in record.recordings.iter().filter(|known| !known.transcribed && !known.deleted) {
            if let Err(error) = go_on(&me, None, actor, &record, known) {
                tracing::error!(code = error.code().as_str(), "a recording was not taken up again");
            }
        }
    }
    Ok(())
}

/// Takes up a recording where it was left: by the last run, or by a file that was taken in. None where there is no model for it.
pub(super) fn go_on(
    engine: &Arc<Engine>,
    token: Option<String>,
    actor: Actor,
    record: &EncounterRecord,
    known: &RecordingRecord,
) -> Result<Option<AbortHandle>, Error> {
    let key = engine.vault()?.recording_key(record.id, known.id)?;
    let path = journal::path(&folder(engine, record.id), known.id);
    let mut reader = JournalReader::open(&path, known.id, key)?;
    let record = if known.length_ms.is_none() {
        let event = EventBody::RecordingEnded { recording: known.id, length_ms: ms(reader.length()) };
        let _turn = engine.turn();
        engine.append(actor, Action("recording.recovered"), record.id, vec![event])?
    } else {
        record.clone()
    };
    let Some(model) = super::model(engine, record.language.primary()) else { return Ok(None) };
    let end_ms = known.offset_ms.saturating_add(ms(reader.length()));
    let from_ms = record
        .utterances
        .iter()
        .filter_map(|utterance| utterance.end_ms)
        .filter(|end| (known.offset_ms..=end_ms).contains(end))
        .max()
        .map_or(0, |end| u64::from(end - known.offset_ms));
    let (feed, input) = tokio::sync::mpsc::unbounded_channel();
    let recognition = recognise(engine, token, actor, &record, known.id, model, input)?;
    // Read on a thread of its own, at a hundred times the speed of speech: voice activity keeps up with that.
    std::thread::Builder::new()
        .name("recording".into())
        .spawn(move || {
            let mut at = from_ms * PER_MS;
            while let Ok(samples) = reader.read(at, PIECE) {
                if samples.is_empty() {
                    break;
                }
                let frames = (samples.len() / reader.channels()) as u64;
                if feed.send(Input::Sound { start: at, samples }).is_err() {
                    return;
                }
                at += frames;
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            let _ = feed.send(Input::End);
        })
        .map_err(|error| audio::Error::Sound { detail: error.to_string() })?;
    Ok(Some(recognition))
}

/// Deletes the sound of a signed encounter, where the clinic's rule is that it goes with the signature.
pub(crate) fn apply_retention(engine: &Engine, actor: Actor, record: &EncounterRecord) -> Result<(), Error> {
    let rules = crate::retention::in_force(engine).rules;
    if rules.hold || rules.audio != AudioRule::AtSigning {
        return Ok(());
    }
    let mut events = Vec::new();
    for known in record.recordings.iter().filter(|known| !known.deleted) {
        journal::delete(&journal::path(&folder(engine, record.id), known.id))?;
        events.push(EventBody::RecordingDeleted { recording: known.id });
    }
    if !events.is_empty() {
        engine.append(actor, Action("recording.deleted"), record.id, events)?;
        let _ = std::fs::remove_dir(folder(engine, record.id));
    }
    Ok(())
}

/// The samples of one channel of an encounter's sound between two times on its clock, to be played back.
pub(crate) fn sound(
    engine: &Engine,
    record: &EncounterRecord,
    from_ms: u32,
    to_ms: u32,
) -> Result<Vec<f32>, Error> {
    let missing = || Error::NotFound { what: "recording" };
    let known = record
        .recordings
        .iter()
        .rev()
        .find(|known| known.offset_ms <= from_ms && !known.deleted)
        .ok_or_else(missing)?;
    let key = engine.vault()?.recording_key(record.id, known.id)?;
    let path = journal::path(&folder(engine, record.id), known.id);
    let mut reader = JournalReader::open(&path, known.id, key)?;
    let start = u64::from(from_ms - known.offset_ms) * PER_MS;
    let count = usize::try_from(u64::from(to_ms.saturating_sub(from_ms)) * PER_MS).unwrap_or(0);
    let samples = reader.read(start, count.min(120 * RATE as usize))?;
    let width = reader.channels();
    Ok(samples.chunks_exact(width).map(|frame| frame.iter().sum::<f32>() / width as f32).collect())
}

pub(super) fn ms(frames: u64) -> u32 {
    u32::try_from(frames / PER_MS).unwrap_or(u32::MAX)
}

/// Why nothing is heard, as a code.
pub(crate) const fn loss_code(loss: Loss) -> domain::ErrorCode {
    match loss {
        Loss::NoDevice | Loss::Unplugged | Loss::NoFrames => domain::ErrorCode::SoundNoDevice,
        Loss::Denied => domain::ErrorCode::SoundDenied,
        Loss::Busy => domain::ErrorCode::SoundBusy,
        Loss::Silent | Loss::Failed => domain::ErrorCode::SoundFailed,
    }
}

/// Why nothing is heard, as the screens know it.
pub(crate) const fn loss_shown(loss: Loss) -> crate::rpc::types::SoundLoss {
    use crate::rpc::types::SoundLoss as Shown;
    match loss {
        Loss::NoDevice => Shown::NoDevice,
        Loss::Unplugged | Loss::NoFrames => Shown::Unplugged,
        Loss::Silent => Shown::Silent,
        Loss::Denied => Shown::Denied,
        Loss::Busy => Shown::Busy,
        Loss::Failed => Shown::Failed,
    }
}

/// The journal, read back where recognition is more than a minute behind.
struct Journal {
    path: PathBuf,
    id: RecordingId,
    key: seal::RecordingKey,
    reader: Option<JournalReader>,
}

impl Source for Journal {
    fn read(&mut self, start: u64, count: usize) -> Vec<f32> {
        // A journal that grows is opened anew when the reader knows of too little.
        if self.reader.as_ref().is_none_or(|reader| reader.length() < start + count as u64) {
            self.reader = JournalReader::open(&self.path, self.id, self.key.clone()).ok();
        }
        self.reader.as_mut().and_then(|reader| reader.read(start, count).ok()).unwrap_or_default()
    }
}
