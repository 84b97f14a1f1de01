//! Speech to text.

use std::path::Path;

use domain::Phi;
use worker::{ModelDescription, Output, Request, Segment, TranscribeOptions, frame::floats_to_bytes};

use audio::activity::{Activity, Tuning, Turn};
use audio::file::SoundFile;

use crate::{
    Error, Limits, WorkerPrograms, WorkerStatus,
    stream::{Decode, Stream, StreamOptions},
    supervisor::Supervisor,
    windows::{Cutter, Window},
};

/// Samples a second.
const RATE: usize = audio::RATE as usize;
/// The longest stretch for a model that was trained on stretches only, in ms.
pub const STRETCH_MS: u32 = 10_000;
/// The longest stretch for any other, in ms: whisper hears half a minute at once.
pub const WINDOW_MS: u32 = 28_000;

/// Transcribes with whisper models, in worker processes of its own.
pub struct SpeechClient {
    pub(crate) supervisor: Supervisor,
}

/// What was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcription {
    /// In order of time; seconds count from the start of the recording.
    pub segments: Vec<Segment>,
    /// The language given or detected, as whisper names it.
    pub language: Option<String>,
    /// Segments left out because nobody spoke in them or the model repeated itself.
    pub dropped: u32,
    /// Length of the recording.
    pub seconds: f64,
}

impl Transcription {
    /// The segments' texts in one.
    pub fn text(&self) -> Phi<String> {
        let texts: Vec<&str> = self.segments.iter().map(|segment| segment.text.expose().as_str()).collect();
        Phi::new(texts.join(" "))
    }
}

/// One window of a long recording is done.
#[derive(Debug)]
pub struct WindowDone<'a> {
    /// What was said in it; seconds count from the start of the recording.
    pub segments: &'a [Segment],
    /// Seconds of the recording done.
    pub done: f64,
    /// Seconds of the recording in all.
    pub of: f64,
}

impl SpeechClient {
    /// A client; no process is started yet.
    pub fn new(programs: &WorkerPrograms, limits: Limits) -> Self {
        // Half a second of a quiet tone: enough to run every part of a model once.
        let trial = || {
            let tone: Vec<f32> = (0..RATE / 2).map(|n| 0.05 * (n as f32 * 0.17).sin()).collect();
            let options = TranscribeOptions { language: Some("en".into()), ..TranscribeOptions::default() };
            (Request::Transcribe(options), floats_to_bytes(&tone))
        };
        Self { supervisor: Supervisor::new(programs.speech.clone(), limits, trial) }
    }

    /// Transcribes 16 kHz mono audio of any length.
    ///
    /// # Errors
    /// What is wrong with the model, the worker or the audio. Dropping the future cancels.
    pub async fn transcribe(
        &self,
        model: &Path,
        pcm: Vec<f32>,
        options: &TranscribeOptions,
    ) -> Result<Transcription, Error> {
        let mut run = Run::new(self, model, options);
        let mut cutter = Cutter::default();
        let length = pcm.len();
        // In parts, so that the whole is not held twice.
        for part in pcm.chunks(60 * RATE) {
            cutter.push(part);
            while let Some(window) = cutter.next_window() {
                run.window(window).await?;
            }
        }
        if let Some(window) = cutter.last_window() {
            run.window(window).await?;
        }
        Ok(run.end(length as f64 / RATE as f64))
    }

    /// Transcribes a sound file of any length and kind ([`audio::file`]) in bounded memory, telling after each window what was
    /// said in it.
    ///
    /// # Errors
    /// As [`SpeechClient::transcribe`], and what is wrong with the file. What was heard before a file turned out to be cut
    /// short has been told by then.
    pub async fn transcribe_file(
        &self,
        model: &Path,
        file: &Path,
        options: &TranscribeOptions,
        mut on_window: impl FnMut(WindowDone<'_>) + Send,
    ) -> Result<Transcription, Error> {
        let refused = |error: audio::Error| Error::sound(file, error);
        let mut reader = SoundFile::open(file, false).map_err(refused)?;
        let promised = reader.seconds();
        let mut cuts = Cuts::for_model(self.status(model).await?.model.only_stretches);
        let mut run = Run::new(self, model, options);
        let mut heard = 0_usize;
        loop {
            let piece = reader.next_piece();
            let at_end = !matches!(piece, Ok(Some(_)));
            let samples = piece.as_ref().ok().and_then(Option::as_deref).unwrap_or_default();
            heard += samples.len();
            let seconds = heard as f64 / RATE as f64;
            cuts.push(samples);
            // Hours of silence give nothing to wait for, and the worker must still be heard to be alive.
            tokio::task::yield_now().await;
            while let Some(cut) = cuts.next(at_end) {
                let done = (cut.window.start as f64 + cut.window.samples.len() as f64) / RATE as f64;
                let segments = run.part(cut).await?;
                let of = promised.unwrap_or(seconds).max(seconds);
                on_window(WindowDone { segments, done: done.min(of), of });
            }
            if at_end {
                piece.map_err(refused)?;
                return Ok(run.end(seconds));
            }
        }
    }

    /// The running worker of a model, started if need be: what it is, and what confines it.
    ///
    /// # Errors
    /// As [`SpeechClient::transcribe`].
    pub async fn status(&self, model: &Path) -> Result<WorkerStatus, Error> {
        self.supervisor.status(model).await
    }

    /// Loads a model in a throw-away process and tries it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn prove(&self, model: &Path) -> Result<ModelDescription, Error> {
        self.supervisor.prove(model).await
    }

    /// Ends every worker that has nothing to do, giving its memory back.
    pub async fn unload(&self) {
        self.supervisor.unload().await;
    }
}

/// A recording being transcribed, window by window.
struct Run<'a> {
    client: &'a SpeechClient,
    model: &'a Path,
    options: TranscribeOptions,
    so_far: Transcription,
}

impl<'a> Run<'a> {
    fn new(client: &'a SpeechClient, model: &'a Path, options: &TranscribeOptions) -> Self {
        Self { client, model, options: options.clone(), so_far: Transcription::default() }
    }

    /// Transcribes a window; gives its segments.
    async fn window(&mut self, window: Window) -> Result<&[Segment], Error> {
        self.part(Cut { window, stretch: false, speech: true }).await
    }

    async fn part(&mut self, cut: Cut) -> Result<&[Segment], Error> {
        let Cut { window, stretch, speech } = cut;
        let first = self.so_far.segments.len();
        if !speech {
            return Ok(&self.so_far.segments[first..]);
        }
        let request = Request::Transcribe(TranscribeOptions { stretch, ..self.options.clone() });
        let audio = floats_to_bytes(&window.samples);
        let (output, _) = self.client.supervisor.ask(self.model, request, audio, |_| ()).await?;
        let Output::Transcript { segments, language, dropped } = output else {
            return Err(Error::Engine {
                program: "bedside-speech-worker".into(),
                detail: "it answered something else than a transcript".into(),
            });
        };
        let offset = window.start as f64 / RATE as f64;
        self.so_far.segments.extend(segments.into_iter().map(|segment| later(segment, offset)));
        self.so_far.dropped += dropped;
        // A language detected where somebody spoke holds for the rest: a cough must not turn the visit into Welsh.
        if self.so_far.language.is_none() && self.so_far.segments.len() > first {
            self.options.language.clone_from(&language);
            self.so_far.language = language;
        }
        Ok(&self.so_far.segments[first..])
    }

    fn end(self, seconds: f64) -> Transcription {
        let language = self.so_far.language.or(self.options.language);
        Transcription { seconds, language, ..self.so_far }
    }
}

fn later(mut segment: Segment, offset: f64) -> Segment {
    segment.start += offset;
    segment.end += offset;
    for word in &mut segment.words {
        word.start += offset;
        word.end += offset;
    }
    segment
}

/// A part of a file to transcribe.
struct Cut {
    window: Window,
    stretch: bool,
    /// Whether anybody speaks in it.
    speech: bool,
}

/// How a file is cut: into stretches of speech, or into windows of up to half a minute, which take fewer passes.
enum Cuts {
    Stretches(Box<Stream>, u64),
    Windows(Cutter, Box<Activity>, Vec<(u64, Option<u64>)>),
}

impl Cuts {
    fn for_model(only_stretches: bool) -> Self {
        if only_stretches {
            let options = StreamOptions { grow: false, ..StreamOptions::new(1, STRETCH_MS) };
            Self::Stretches(Box::new(Stream::new(options)), 0)
        } else {
            Self::Windows(Cutter::default(), Box::new(Activity::new(Tuning::default())), Vec::new())
        }
    }

    fn push(&mut self, samples: &[f32]) {
        match self {
            Self::Stretches(stream, at) => {
                stream.push(*at, samples);
                *at += samples.len() as u64;
            }
            Self::Windows(cutter, activity, turns) => {
                cutter.push(samples);
                for turn in activity.push(samples) {
                    match turn {
                        Turn::Began { at } => turns.push((at, None)),
                        Turn::Ended { at } => {
                            if let Some((_, end)) = turns.last_mut() {
                                *end = Some(at);
                            }
                        }
                    }
                }
            }
        }
    }

    fn next(&mut self, at_end: bool) -> Option<Cut> {
        match self {
            Self::Stretches(stream, _) => {
                if at_end {
                    stream.finish();
                }
                let Decode { samples, start, .. } = stream.next(None)?;
                // What comes of it is told by the file's own reader, not by the stream.
                stream.give_up();
                Some(Cut { window: Window { start, samples }, stretch: true, speech: true })
            }
            Self::Windows(cutter, _, turns) => {
                let window =
                    cutter.next_window().or_else(|| at_end.then(|| cutter.last_window()).flatten())?;
                let end = window.start + window.samples.len() as u64;
                let speech =
                    turns.iter().any(|(from, to)| *from < end && to.is_none_or(|to| to > window.start));
                turns.retain(|(_, to)| to.is_none_or(|to| to > end));
                Some(Cut { window, stretch: false, speech })
            }
        }
    }
}
