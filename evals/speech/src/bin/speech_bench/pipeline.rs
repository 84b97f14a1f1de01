//! The whole way: voice activity, supervisor, pipe, worker.

use std::{path::PathBuf, time::Instant};

use evals_speech::RATE;
use inference::{
    Limits, SpeechClient, TranscribeOptions, WorkerPrograms,
    stream::{Input, Live, Said, run},
};
use tokio::sync::mpsc;

use crate::{Model, Outcome, load};

/// The builds of the speech worker that are there and that this processor can run.
pub(crate) struct Workers {
    folder: PathBuf,
    /// Each alone in a folder, under its usual name.
    alone: tempfile::TempDir,
}

const NAME: &str = "bedside-speech-worker";
const LEVELS: [(&str, &str); 3] = [("x86-64-v2", "-v2"), ("x86-64-v3", ""), ("AVX-512", "-v4")];

impl Workers {
    pub(crate) fn find() -> Outcome<Self> {
        let best = WorkerPrograms::find().speech;
        let folder = best.parent().ok_or("the worker is nowhere")?.to_owned();
        Ok(Self { folder, alone: tempfile::tempdir()? })
    }

    /// The fastest.
    pub(crate) fn best(&self) -> WorkerPrograms {
        WorkerPrograms::at(&self.folder)
    }

    /// The one that `cargo build` makes.
    pub(crate) fn usual(&self) -> Outcome<WorkerPrograms> {
        self.of("")
    }

    fn of(&self, suffix: &str) -> Outcome<WorkerPrograms> {
        let folder = self.alone.path().join(format!("level{suffix}"));
        let program = |suffix: &str| format!("{NAME}{suffix}{}", std::env::consts::EXE_SUFFIX);
        if !folder.exists() {
            std::fs::create_dir_all(&folder)?;
            std::fs::copy(self.folder.join(program(suffix)), folder.join(program("")))?;
        }
        Ok(WorkerPrograms::at(&folder))
    }

    fn there(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        LEVELS.into_iter().filter(|(_, suffix)| {
            let program = format!("{NAME}{suffix}{}", std::env::consts::EXE_SUFFIX);
            let runs = *suffix != "-v4" || self.best().speech.ends_with(&program);
            runs && self.folder.join(program).exists()
        })
    }

    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.there().map(|(name, _)| name).collect()
    }

    pub(crate) fn all(&self) -> Outcome<Vec<WorkerPrograms>> {
        self.there().map(|(_, suffix)| self.of(suffix)).collect()
    }
}

/// What a sound cost.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Processor time on both sides of the pipe, in seconds.
    pub(crate) processor: f64,
    /// That of the worker.
    pub(crate) worker: f64,
    /// Seconds on the wall.
    pub(crate) wall: f64,
    /// The most that the worker had in memory.
    pub(crate) memory_kib: u64,
}

impl Cost {
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            processor: self.processor + other.processor,
            worker: self.worker + other.worker,
            wall: self.wall + other.wall,
            memory_kib: self.memory_kib.max(other.memory_kib),
        }
    }
}

/// A client with so many threads, and its worker's process once the model is loaded.
pub(crate) async fn client(
    programs: &WorkerPrograms,
    model: &Model,
    threads: usize,
) -> Outcome<(SpeechClient, u32)> {
    let limits = Limits { threads: Some(threads), prove_new_models: false, ..Limits::default() };
    let client = SpeechClient::new(programs, limits);
    let worker = client.status(&model.file).await?.process_id.ok_or("the worker has no number")?;
    Ok((client, worker))
}

/// How to listen with a model.
pub(crate) fn listening(model: &Model, grow: bool) -> Live {
    Live {
        model: model.file.clone(),
        transcribe: TranscribeOptions { language: Some("en".into()), ..TranscribeOptions::default() },
        stream: model.stream(grow),
        source: None,
    }
}

/// Of recognising a sound once, each stretch in one pass; loading the model is not counted.
pub(crate) async fn cost(
    programs: &WorkerPrograms,
    model: &Model,
    sound: &[f32],
    threads: i32,
) -> Outcome<Cost> {
    let (client, worker) = client(programs, model, usize::try_from(threads)?).await?;
    let (feed, input) = mpsc::unbounded_channel();
    let (ours, theirs, start) = (load::processor(None), load::processor(Some(worker)), Instant::now());
    for (n, piece) in sound.chunks(RATE / 10).enumerate() {
        feed.send(Input::Sound { start: (n * (RATE / 10)) as u64, samples: piece.to_vec() })?;
    }
    feed.send(Input::End)?;
    let mut stretches = 0;
    run(&client, listening(model, false), input, |said| {
        stretches += usize::from(matches!(said, Said::Closed(_)))
    })
    .await?;
    let worker_time = load::processor(Some(worker)) - theirs;
    if stretches == 0 && !model.starter {
        return Err("nothing was heard".into());
    }
    Ok(Cost {
        processor: load::processor(None) - ours + worker_time,
        worker: worker_time,
        wall: start.elapsed().as_secs_f64(),
        memory_kib: load::memory(Some(worker), "VmHWM"),
    })
}
