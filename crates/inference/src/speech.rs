//! Speech to text.

use std::path::Path;

use domain::Phi;
use worker::{ModelDescription, Output, Request, Segment, TranscribeOptions, frame::floats_to_bytes};

use crate::{
    Error, Limits, WorkerPrograms, WorkerStatus,
    supervisor::Supervisor,
    wav::{RATE, WavReader},
    windows::{Cutter, Window},
};

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

    /// Transcribes a WAV file of any length in bounded memory, telling after each window what was said in it.
    ///
    /// # Errors
    /// As [`SpeechClient::transcribe`], and what is wrong with the file. What was heard before a file turned out to be cut
    /// short has been told by then.
    pub async fn transcribe_wav(
        &self,
        model: &Path,
        wav: &Path,
        options: &TranscribeOptions,
        mut on_window: impl FnMut(WindowDone<'_>) + Send,
    ) -> Result<Transcription, Error> {
        let mut reader = WavReader::open(wav)?;
        let seconds = reader.seconds();
        let mut run = Run::new(self, model, options);
        let mut cutter = Cutter::default();
        loop {
            let piece = reader.next_piece()?;
            let at_end = piece.is_none();
            cutter.push(piece.as_deref().unwrap_or_default());
            while let Some(window) =
                cutter.next_window().or_else(|| at_end.then(|| cutter.last_window()).flatten())
            {
                let done = (window.start as f64 + window.samples.len() as f64) / RATE as f64;
                let segments = run.window(window).await?;
                on_window(WindowDone { segments, done: done.min(seconds), of: seconds });
            }
            if at_end {
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
        let request = Request::Transcribe(self.options.clone());
        let audio = floats_to_bytes(&window.samples);
        let (output, _) = self.client.supervisor.ask(self.model, request, audio, |_| ()).await?;
        let Output::Transcript { segments, language, dropped } = output else {
            return Err(Error::Engine {
                program: "bedside-speech-worker".into(),
                detail: "it answered something else than a transcript".into(),
            });
        };
        let first = self.so_far.segments.len();
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
