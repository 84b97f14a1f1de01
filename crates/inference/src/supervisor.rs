//! Which workers run, for how long, and what follows when one dies.
//!
//! One process serves one model. It starts with the first request, stays for the next, and ends when it has had nothing to
//! do for a while, which is what gives the memory back. A model file that this application has not seen before is loaded in
//! a throw-away process first and asked a small thing, so that a bad file never costs a worker in use. When a worker dies,
//! the request that was under way fails with the cause, and the next one starts a new worker, at once after the first
//! death, then after half a second, a second, and so on up to half a minute.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex as StdMutex, PoisonError, Weak},
    time::{Duration, SystemTime},
};

use tokio::{sync::Mutex, time::Instant};
use worker::{ModelDescription, Output, Request, cpu::Level};

use crate::{
    Error,
    error::model_name,
    process::{Hello, WorkerProcess},
};

/// Where the worker programs are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerPrograms {
    /// `bedside-speech-worker`.
    pub speech: PathBuf,
    /// `bedside-language-worker`.
    pub language: PathBuf,
}

impl WorkerPrograms {
    /// In the folder that `BEDSIDE_WORKERS` names, or beside this program, or in the folder above (where a test's program
    /// finds them). Whether they are there shows when one is started.
    pub fn find() -> Self {
        let named = std::env::var_os("BEDSIDE_WORKERS").map(PathBuf::from);
        let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
        let above = beside.as_ref().and_then(|folder| folder.parent().map(Path::to_owned));
        let folder = match (named, beside, above) {
            (Some(folder), _, _) => folder,
            (None, Some(beside), Some(above)) => {
                let there =
                    |folder: &Path| Self::at(folder).speech.exists() || Self::at(folder).language.exists();
                if !there(&beside) && there(&above) { above } else { beside }
            }
            (None, Some(folder), None) => folder,
            (None, None, _) => PathBuf::from("."),
        };
        Self::at(&folder)
    }

    /// In this folder; of each worker the build that suits this processor best.
    pub fn at(folder: &Path) -> Self {
        Self {
            speech: best(folder, "bedside-speech-worker"),
            language: best(folder, "bedside-language-worker"),
        }
    }
}

/// The fastest build of a worker that is there and that this processor can run.
fn best(folder: &Path, name: &str) -> PathBuf {
    let built_for =
        |level: Level| folder.join(format!("{name}{}{}", level.suffix(), std::env::consts::EXE_SUFFIX));
    Level::usable().map(built_for).find(|program| program.exists()).unwrap_or_else(|| built_for(Level::V3))
}

/// What a worker may take, and how long it is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Threads to compute with; `None` leaves it to the worker (one for each core, at most eight).
    pub threads: Option<usize>,
    /// Most bytes of address space for one worker, model file included; `None` for no limit.
    pub memory: Option<u64>,
    /// Tokens of context wanted of a language model at most.
    pub context: u32,
    /// A worker that has sent nothing for so long is stopped; it beats every second.
    pub silence: Duration,
    /// A worker whose computation has not moved for so long is stopped.
    pub patience: Duration,
    /// A worker that has had nothing to do for so long is ended.
    pub idle: Duration,
    /// Run models although parts of the sandbox are missing on this system.
    pub allow_partial_sandbox: bool,
    /// Load a model that is new to this application in a throw-away process first.
    pub prove_new_models: bool,
}

impl Default for Limits {
    /// Nine tenths of the memory there is, 15 seconds of silence, two minutes of patience, five minutes of idleness. The
    /// sandbox must be complete where it can be, which is on Linux.
    fn default() -> Self {
        Self {
            threads: None,
            memory: memory_of_this_computer().map(|bytes| bytes / 10 * 9),
            context: 4096,
            silence: Duration::from_secs(15),
            patience: Duration::from_secs(120),
            idle: Duration::from_secs(300),
            allow_partial_sandbox: !cfg!(target_os = "linux"),
            prove_new_models: true,
        }
    }
}

impl Limits {
    /// The same for work that goes on beside everything else: one core stays free for the screens and for hearing. Threads that
    /// wait for each other in turns are also slower than one alone where they have no core each.
    pub fn in_background() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { threads: Some((cores - 1).clamp(1, 8)), ..Self::default() }
    }

    /// How often to look at a worker's pulse.
    pub(crate) fn tick(&self) -> Duration {
        (self.silence.min(self.patience) / 4).clamp(Duration::from_millis(20), Duration::from_secs(1))
    }
}

#[cfg(target_os = "linux")]
fn memory_of_this_computer() -> Option<u64> {
    let meminfo = std::fs::read_to_string("/proc/meminfo").ok()?;
    let kilobytes: u64 = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(not(target_os = "linux"))]
fn memory_of_this_computer() -> Option<u64> {
    None
}

/// What a worker is and what confines it, for the screen and for an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerStatus {
    /// What it said of itself.
    pub hello: Hello,
    /// The model it has loaded.
    pub model: ModelDescription,
    /// The process.
    pub process_id: Option<u32>,
}

/// The workers of one program.
pub(crate) struct Supervisor {
    program: PathBuf,
    limits: Limits,
    /// Asked of a new model in its throw-away process.
    trial: fn() -> (Request, Vec<u8>),
    places: StdMutex<HashMap<PathBuf, Arc<Place>>>,
    proven: StdMutex<HashSet<Identity>>,
}

/// The place of one model's worker, filled or not.
#[derive(Default)]
struct Place(Mutex<Occupant>);

#[derive(Default)]
struct Occupant {
    worker: Option<Arc<WorkerProcess>>,
    deaths: u32,
    not_before: Option<Instant>,
    last_used: Option<Instant>,
}

type Identity = (PathBuf, u64, Option<SystemTime>);

impl Supervisor {
    pub(crate) fn new(program: PathBuf, limits: Limits, trial: fn() -> (Request, Vec<u8>)) -> Self {
        Self { program, limits, trial, places: StdMutex::default(), proven: StdMutex::default() }
    }

    /// Asks the worker of a model, starting it if need be.
    pub(crate) async fn ask(
        &self,
        model: &Path,
        request: Request,
        attachment: Vec<u8>,
        on_partial: impl FnMut(Output),
    ) -> Result<(Output, Vec<u8>), Error> {
        let place = self.place(model)?;
        let worker = self.worker(&place, model).await?;
        let result = worker.ask(request, attachment, on_partial).await;
        let mut occupant = place.0.lock().await;
        occupant.last_used = Some(Instant::now());
        if result.is_ok() {
            occupant.deaths = 0;
        } else if !worker.is_alive() {
            occupant.bury(&worker);
        }
        result
    }

    /// The running worker of a model, started if need be.
    pub(crate) async fn status(&self, model: &Path) -> Result<WorkerStatus, Error> {
        let worker = self.worker(&self.place(model)?, model).await?;
        let (hello, model) = (worker.hello.clone(), worker.model.clone());
        Ok(WorkerStatus { hello, model, process_id: worker.process_id })
    }

    /// Loads a model in a throw-away process, asks it a small thing, and ends the process.
    pub(crate) async fn prove(&self, model: &Path) -> Result<ModelDescription, Error> {
        let model = absolute(model)?;
        let identity = identity_of(&model)?;
        let worker = WorkerProcess::start(&self.program, &model, &self.limits).await?;
        let (request, attachment) = (self.trial)();
        match worker.ask(request, attachment, |_| ()).await {
            // What the model cannot do by its kind (an embedding model cannot write) it still survived.
            Ok(_) | Err(Error::Request { .. }) => {}
            Err(Error::WorkerDied { death, .. }) => {
                return Err(Error::ModelInvalid {
                    model: model_name(&model),
                    detail: format!("the worker did not survive trying it: {death}"),
                });
            }
            Err(error) => return Err(error),
        }
        self.proven.lock().unwrap_or_else(PoisonError::into_inner).insert(identity);
        Ok(worker.model.clone())
    }

    /// Ends every worker that has nothing to do.
    pub(crate) async fn unload(&self) {
        let places: Vec<Arc<Place>> =
            self.places.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        for place in places {
            let mut occupant = place.0.lock().await;
            if occupant.worker.as_ref().is_some_and(|worker| !worker.is_busy()) {
                occupant.worker = None;
            }
        }
    }

    fn place(&self, model: &Path) -> Result<Arc<Place>, Error> {
        let model = absolute(model)?;
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(places.entry(model).or_default()))
    }

    async fn worker(&self, place: &Arc<Place>, model: &Path) -> Result<Arc<WorkerProcess>, Error> {
        let model = absolute(model)?;
        let mut occupant = place.0.lock().await;
        occupant.last_used = Some(Instant::now());
        if let Some(worker) = &occupant.worker {
            if worker.is_alive() {
                return Ok(Arc::clone(worker));
            }
            let dead = Arc::clone(worker);
            occupant.bury(&dead);
        }
        if let Some(moment) = occupant.not_before.take() {
            tokio::time::sleep_until(moment).await;
        }
        let identity = identity_of(&model)?;
        let known = self.proven.lock().unwrap_or_else(PoisonError::into_inner).contains(&identity);
        if self.limits.prove_new_models && !known {
            self.prove(&model).await?;
        }
        match WorkerProcess::start(&self.program, &model, &self.limits).await {
            Ok(worker) => {
                let worker = Arc::new(worker);
                occupant.worker = Some(Arc::clone(&worker));
                tokio::spawn(end_when_idle(Arc::downgrade(place), Arc::downgrade(&worker), self.limits.idle));
                Ok(worker)
            }
            Err(error) => {
                occupant.back_off();
                Err(error)
            }
        }
    }
}

impl Occupant {
    /// Removes a dead worker, unless it has been replaced already.
    fn bury(&mut self, dead: &Arc<WorkerProcess>) {
        if self.worker.as_ref().is_some_and(|worker| Arc::ptr_eq(worker, dead)) {
            self.worker = None;
            self.back_off();
        }
    }

    fn back_off(&mut self) {
        self.not_before = Some(Instant::now() + pause_after(self.deaths));
        self.deaths = self.deaths.saturating_add(1);
    }
}

/// The pause before the next start, by how many deaths came right before this one.
fn pause_after(deaths: u32) -> Duration {
    match deaths {
        0 => Duration::ZERO,
        more => Duration::from_millis(250_u64.saturating_mul(1 << more.min(7))).min(Duration::from_secs(30)),
    }
}

async fn end_when_idle(place: Weak<Place>, worker: Weak<WorkerProcess>, idle: Duration) {
    loop {
        tokio::time::sleep((idle / 4).max(Duration::from_millis(10))).await;
        let (Some(place), Some(worker)) = (place.upgrade(), worker.upgrade()) else { return };
        let mut occupant = place.0.lock().await;
        let since = occupant.last_used.map_or(idle, |moment| moment.elapsed());
        let ours = occupant.worker.as_ref().is_some_and(|present| Arc::ptr_eq(present, &worker));
        if !ours {
            return;
        }
        if since >= idle && !worker.is_busy() {
            tracing::debug!(seconds = since.as_secs(), "idle worker ended");
            occupant.worker = None;
            return;
        }
    }
}

fn absolute(model: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(model).map_err(|source| Error::file(model, source))
}

/// What tells one version of a file from the next.
fn identity_of(model: &Path) -> Result<Identity, Error> {
    let metadata = std::fs::metadata(model).map_err(|_| Error::ModelMissing { model: model_name(model) })?;
    Ok((model.to_owned(), metadata.len(), metadata.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_death_costs_no_time_and_the_tenth_half_a_minute() {
        let pauses: Vec<u64> = (0..10).map(|deaths| pause_after(deaths).as_millis() as u64).collect();
        assert_eq!(pauses, [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn the_best_build_that_is_there_and_can_run_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let name =
            |level: Level| format!("bedside-speech-worker{}{}", level.suffix(), std::env::consts::EXE_SUFFIX);
        let taken = || WorkerPrograms::at(folder.path()).speech.file_name().unwrap().to_owned();
        assert_eq!(taken(), *name(Level::V3), "with none there, the usual one is missed");
        let mut usable: Vec<Level> = Level::usable().collect();
        usable.reverse();
        for level in usable {
            std::fs::write(folder.path().join(name(level)), b"").unwrap();
            assert_eq!(taken(), *name(level));
        }
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("model.bin");
        std::fs::write(&model, b"x").unwrap();
        let programs = WorkerPrograms::at(folder.path());
        let supervisor =
            Supervisor::new(programs.speech, Limits::default(), || (Request::Describe, Vec::new()));
        let error = supervisor.status(&model).await.unwrap_err();
        assert!(
            matches!(&error, Error::WorkerMissing { program, .. } if program.starts_with("bedside-speech"))
        );
    }

    #[tokio::test]
    async fn a_model_that_is_not_there_is_named_before_anything_is_started() {
        let supervisor =
            Supervisor::new("none".into(), Limits::default(), || (Request::Describe, Vec::new()));
        let error = supervisor.status(Path::new("no-such-model.gguf")).await.unwrap_err();
        assert!(matches!(error, Error::ModelMissing { model } if model == "no-such-model.gguf"));
    }
}
