//! The models on this machine, as staff see them, and the one piece of work on them that is under way: a download, an import
//! or a check. It goes on when the screen that began it is gone; whoever may manage models is told how far it is.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use domain::Coded as _;
use inference::{
    Cancel, Catalog, CatalogEntry, DeviceUse, Machine, ModelState, ModelStatus, Models, Progress, Purpose,
};

use crate::rpc::RpcError;
use crate::rpc::types::{
    DeviceRole, ModelLine, ModelStanding, ModelTask, ModelWork, ModelsHere, Notice, WorkState,
};
use crate::{Engine, Error, device};

/// How often a screen is told how far the work is.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// What was asked of the models.
pub(crate) enum Asked {
    /// Download the one of this name.
    Fetch(String),
    /// Copy what is in a file or a folder.
    Import(PathBuf),
    /// Read the one of this name and compare its hash.
    Verify(String),
}

/// The work that is under way, or was the last.
#[derive(Default)]
pub(crate) struct Depot {
    work: Mutex<Option<Work>>,
    machine: OnceLock<Machine>,
}

struct Work {
    shown: ModelWork,
    cancel: Cancel,
}

impl Depot {
    fn work(&self) -> MutexGuard<'_, Option<Work>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn machine(&self) -> Machine {
        *self.machine.get_or_init(Machine::here)
    }
}

impl Asked {
    fn task(&self) -> ModelTask {
        match self {
            Self::Fetch(_) => ModelTask::Fetch,
            Self::Import(_) => ModelTask::Import,
            Self::Verify(_) => ModelTask::Verify,
        }
    }

    /// What the work is on: a model's name, or the name of what is imported.
    fn subject(&self) -> String {
        match self {
            Self::Fetch(name) | Self::Verify(name) => name.clone(),
            Self::Import(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        }
    }

    fn run(
        &self,
        models: &Models,
        progress: impl FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<Vec<String>, inference::Error> {
        match self {
            Self::Fetch(name) => models.fetch(name, progress, cancel).map(|model| vec![model.name]),
            Self::Verify(name) => models.verify(name, progress, cancel).map(|model| vec![model.name]),
            Self::Import(path) => {
                let imported = models.import(path, None, progress, cancel)?;
                match (imported.models.is_empty(), imported.left_out.first()) {
                    // A folder in which every file was refused brought nothing: the first reason is the answer.
                    (true, Some((file, reason))) => Err(inference::Error::ModelInvalid {
                        model: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                        detail: reason.clone(),
                    }),
                    _ => Ok(imported.models.into_iter().map(|model| model.name).collect()),
                }
            }
        }
    }
}

/// The models of this engine's machine.
pub(crate) fn models(engine: &Engine) -> Result<Models, Error> {
    Ok(Models::new(engine.models_folder(), Catalog::built_in()?))
}

/// The models for this purpose that are here and not known to be bad, with their bytes, in the catalog's order.
pub(crate) fn installed(engine: &Engine, purpose: Purpose) -> Vec<(ModelStatus, u64)> {
    let all = models(engine).and_then(|models| Ok(models.list()?)).unwrap_or_default();
    all.into_iter()
        .filter(|model| model.purpose == purpose)
        .filter_map(|model| match model.state {
            ModelState::Present { bytes } | ModelState::Verified { bytes, .. } => Some((model, bytes)),
            ModelState::Absent | ModelState::Partial { .. } | ModelState::Bad { .. } => None,
        })
        .collect()
}

/// Begins the work on a thread of its own.
pub(crate) fn begin(engine: &Engine, asked: Asked) -> Result<(), Error> {
    let models = models(engine)?;
    if let Asked::Fetch(name) = &asked {
        models.catalog().entry(name)?;
    }
    let cancel = Cancel::default();
    let of = engine.shared()?;
    {
        let mut work = engine.depot.work();
        if work.as_ref().is_some_and(|work| matches!(work.shown.state, WorkState::Running { .. })) {
            return Err(Error::ModelsBusy);
        }
        let state = WorkState::Running { bytes: 0, of: None };
        let shown = ModelWork { task: asked.task(), subject: asked.subject(), state };
        *work = Some(Work { shown, cancel: cancel.clone() });
    }
    let spawned = std::thread::Builder::new().name("models".into()).spawn(move || {
        let mut told = Instant::now();
        let progress = |Progress { bytes, of: total }| {
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                tell(&of, WorkState::Running { bytes, of: total });
            }
        };
        let state = match asked.run(&models, progress, &cancel) {
            Ok(models) => WorkState::Done { models },
            Err(inference::Error::Cancelled) => WorkState::Stopped,
            Err(error) => {
                tracing::warn!(code = error.code().as_str(), "work on the models failed");
                WorkState::Failed { error: RpcError::of(&error) }
            }
        };
        tell(&of, state);
    });
    if let Err(error) = spawned {
        engine.depot.work().take();
        let path = shown_path(&engine.models_folder());
        return Err(inference::Error::File { path, source: error }.into());
    }
    Ok(())
}

/// Stops what is under way. What a download has brought so far stays, and the next one goes on from there.
pub(crate) fn cancel(engine: &Engine) {
    if let Some(work) = engine.depot.work().as_ref() {
        work.cancel.cancel();
    }
}

fn tell(engine: &Arc<Engine>, state: WorkState) {
    let mut work = engine.depot.work();
    let Some(work) = work.as_mut() else { return };
    work.shown.state = state;
    engine.notices.models(Notice::Models { work: work.shown.clone() });
}

/// What there is, what this machine can carry, and what is under way.
pub(crate) fn shown(engine: &Engine) -> Result<ModelsHere, Error> {
    let machine = engine.depot.machine();
    let models = models(engine)?;
    let role = device::role(engine);
    let device = DeviceUse {
        kiosk: role != DeviceRole::Clinician,
        clinician: role != DeviceRole::Kiosk,
        english_only: role == DeviceRole::Clinician && engine.staff_language().primary() == "en",
    };
    let recommended = machine.recommended(models.catalog(), device);
    let line = |model: &ModelStatus| line(model, &machine, &recommended);
    Ok(ModelsHere {
        memory: machine.memory,
        cores: machine.cores,
        folder: shown_path(models.folder()),
        models: models.list()?.iter().map(line).collect(),
        work: engine.depot.work().as_ref().map(|work| work.shown.clone()),
    })
}

fn shown_path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn line(model: &ModelStatus, machine: &Machine, recommended: &[&CatalogEntry]) -> ModelLine {
    let entry = model.entry.as_ref();
    let state = match &model.state {
        ModelState::Absent => ModelStanding::Absent,
        ModelState::Partial { bytes } => ModelStanding::Partial { bytes: *bytes },
        ModelState::Present { bytes } => ModelStanding::Present { bytes: *bytes },
        ModelState::Verified { bytes, sha256, known } => {
            ModelStanding::Verified { bytes: *bytes, sha256: sha256.to_string(), known: *known }
        }
        ModelState::Bad { .. } => ModelStanding::Bad,
    };
    ModelLine {
        name: model.name.clone(),
        title: entry.map(|entry| entry.title.clone()),
        purpose: model.purpose.into(),
        bytes: entry.map(|entry| entry.bytes),
        memory: entry.map(|entry| entry.memory),
        licence: entry.map(|entry| entry.licence.clone()),
        source: entry.and_then(|entry| entry.sources.first().cloned()),
        starter: model.name == inference::STARTER,
        fits: entry.is_none_or(|entry| machine.fits(entry)),
        recommended: recommended.iter().any(|entry| entry.name == model.name),
        state,
    }
}
