//! The models on this machine: list, fetch, import, verify, remove.
//!
//! A folder holds each model's file under the catalog's name, or under its own where it was imported without being in the
//! catalog. Beside it lie `FILE.part` while it is being downloaded, and `FILE.verified` once its SHA-256 has been computed:
//! the hash, with the size and the time of change of the file it belongs to, so that a changed file is not taken for the
//! verified one. Every function here blocks; call it from a thread that may.

mod fetch;
mod import;
#[cfg(test)]
mod loopback;
mod starter;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use domain::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use worker::model_file::{self, ModelFormat};

use crate::{Catalog, CatalogEntry, Error, Purpose};

pub use import::Imported;
pub use starter::{STARTER, STARTER_LIMITS, is_starter, starter};

/// The folder of models, and the catalog it is read by.
#[derive(Clone, Debug)]
pub struct Models {
    folder: PathBuf,
    catalog: Catalog,
    policy: SourcePolicy,
}

/// Which addresses a download may use, and how long it waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePolicy {
    /// `http` to this same machine, for tests and for a clinic's own mirror behind a local proxy; never to another.
    pub allow_plain_loopback: bool,
    /// A source that has sent nothing for so long is given up.
    pub stall: Duration,
}

impl Default for SourcePolicy {
    fn default() -> Self {
        Self { allow_plain_loopback: false, stall: Duration::from_secs(60) }
    }
}

/// One model, in the catalog or in the folder or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelStatus {
    /// Its name.
    pub name: String,
    /// What the catalog says of it; `None` for one of the clinic's own.
    pub entry: Option<CatalogEntry>,
    /// What it is for; for one of the clinic's own as its format tells.
    pub purpose: Purpose,
    /// Where its file is or would be.
    pub path: PathBuf,
    /// What of it is there.
    pub state: ModelState,
}

/// What of a model is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelState {
    /// Nothing.
    Absent,
    /// The beginning of a download.
    Partial {
        /// Bytes so far.
        bytes: u64,
    },
    /// A file that has not been verified, or has changed since.
    Present {
        /// Its size.
        bytes: u64,
    },
    /// A file with the hash that it should have.
    Verified {
        /// Its size.
        bytes: u64,
        /// Its hash.
        sha256: Digest,
        /// The catalog knows the hash; otherwise it is the one that the first download or import recorded.
        known: bool,
    },
    /// A file that is not what it should be.
    Bad {
        /// Why.
        reason: String,
    },
}

/// How far a download, an import or a check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes done.
    pub bytes: u64,
    /// Bytes in all, where known.
    pub of: Option<u64>,
}

/// Stops a download, an import or a check from another thread.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Stops it.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.0.load(Ordering::Relaxed) { Err(Error::Cancelled) } else { Ok(()) }
    }
}

impl Models {
    /// The models of a folder, which is made when the first one arrives.
    pub fn new(folder: impl Into<PathBuf>, catalog: Catalog) -> Self {
        Self { folder: folder.into(), catalog, policy: SourcePolicy::default() }
    }

    /// The same with another policy for downloads.
    #[must_use]
    pub fn with_policy(self, policy: SourcePolicy) -> Self {
        Self { policy, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The catalog.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The starter model, every model of the catalog, in its order, then the clinic's own by name. Of model files it reads the head at most.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn list(&self) -> Result<Vec<ModelStatus>, Error> {
        let mut all: Vec<ModelStatus> = starter::status().into_iter().collect();
        for entry in self.catalog.entries() {
            all.push(self.status_of_entry(entry)?);
        }
        let mut own: Vec<ModelStatus> = self.own_models()?;
        own.sort_by(|one, other| one.name.cmp(&other.name));
        all.extend(own);
        Ok(all)
    }

    /// One model, by name.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`].
    pub fn status(&self, name: &str) -> Result<ModelStatus, Error> {
        if let Ok(entry) = self.catalog.entry(name) {
            return self.status_of_entry(entry);
        }
        self.own_models()?
            .into_iter()
            .chain(starter::status())
            .find(|model| model.name == name)
            .ok_or_else(|| Error::ModelUnknown { name: name.to_owned() })
    }

    /// The file to use for what a person wrote: the path of a file, or the name of a model that is here.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`]; [`Error::ModelMissing`] for one that has not been fetched; [`Error::ModelInvalid`] for one
    /// known to be bad.
    pub fn locate(&self, name_or_path: &str) -> Result<PathBuf, Error> {
        let path = Path::new(name_or_path);
        if path.is_file() {
            return Ok(path.to_owned());
        }
        if path.components().count() > 1 {
            return Err(Error::ModelMissing { model: name_or_path.to_owned() });
        }
        let model = self.status(name_or_path)?;
        match model.state {
            ModelState::Present { .. } | ModelState::Verified { .. } => Ok(model.path),
            ModelState::Absent | ModelState::Partial { .. } => Err(Error::ModelMissing { model: model.name }),
            ModelState::Bad { reason } => Err(Error::ModelInvalid { model: model.name, detail: reason }),
        }
    }

    /// When a model's file was last found to have the hash that it should have, for one that is verified.
    pub fn verified_at(&self, model: &ModelStatus) -> Option<SystemTime> {
        let verified = matches!(model.state, ModelState::Verified { .. });
        verified.then(|| std::fs::metadata(record_of(&model.path)).and_then(|kept| kept.modified()).ok())?
    }

    /// Downloads a model, going on where an earlier download stopped. One that is there and verified is left as it is.
    ///
    /// # Errors
    /// [`Error::HashMismatch`], [`Error::Download`], [`Error::Cancelled`], and what the disk says.
    pub fn fetch(
        &self,
        name: &str,
        mut on_progress: impl FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<ModelStatus, Error> {
        let entry = self.catalog.entry(name)?;
        if let status @ ModelStatus { state: ModelState::Verified { .. }, .. } =
            self.status_of_entry(entry)?
        {
            return Ok(status);
        }
        fetch::fetch(self, entry, &mut on_progress, cancel)?;
        self.status_of_entry(entry)
    }

    /// Computes a model's hash and compares it with the catalog's, or with the one recorded when it came.
    ///
    /// # Errors
    /// [`Error::HashMismatch`], which is also kept so that the model is listed as bad; [`Error::ModelMissing`].
    pub fn verify(
        &self,
        name: &str,
        mut on_progress: impl FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<ModelStatus, Error> {
        let model = self.status(name)?;
        if matches!(model.state, ModelState::Absent | ModelState::Partial { .. }) {
            return Err(Error::ModelMissing { model: model.name });
        }
        let found = hash_file(&model.path, &mut on_progress, cancel)?;
        if name == STARTER {
            // It lies among the program's own files, where nothing is written.
            return Ok(model);
        }
        let recorded = Record::read(&model.path).map(|record| record.expected);
        let expected = model.entry.as_ref().and_then(|entry| entry.sha256).or(recorded).unwrap_or(found);
        Record::of(&model.path, expected, found)?.write(&model.path)?;
        if found != expected {
            return Err(mismatch(&model.name, expected, found));
        }
        self.status(name)
    }

    /// Removes a model with everything that belongs to it.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`], and what the disk says.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        if name == STARTER {
            return Err(Error::ModelUnknown { name: name.to_owned() });
        }
        let model = self.status(name)?;
        for path in [part_of(&model.path), record_of(&model.path), model.path] {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::file(&path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn status_of_entry(&self, entry: &CatalogEntry) -> Result<ModelStatus, Error> {
        let path = self.folder.join(&entry.file);
        let mut state = state_of(&path, entry.sha256)?;
        if let ModelState::Present { bytes } = state
            && !entry.bytes_approximate
            && bytes != entry.bytes
        {
            state =
                ModelState::Bad { reason: format!("it has {bytes} bytes and should have {}", entry.bytes) };
        }
        Ok(ModelStatus {
            name: entry.name.clone(),
            entry: Some(entry.clone()),
            purpose: entry.purpose,
            path,
            state,
        })
    }

    fn own_models(&self) -> Result<Vec<ModelStatus>, Error> {
        let files = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files.map_err(|error| Error::file(&self.folder, error))?,
        };
        let mut own = Vec::new();
        for file in files {
            let path = file.map_err(|error| Error::file(&self.folder, error))?.path();
            let known = |name: &str| self.catalog.entries().iter().any(|entry| entry.file == name);
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if known(name) || !path.is_file() {
                continue;
            }
            let Ok(Some(format)) = model_file::format_of(&path) else { continue };
            own.push(ModelStatus {
                name: name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(),
                entry: None,
                purpose: match format {
                    ModelFormat::Whisper => Purpose::Speech,
                    ModelFormat::Gguf => match model_file::gguf::architecture_of(&path) {
                        Ok(architecture) if model_file::gguf::only_embeds(&architecture) => {
                            Purpose::Embedding
                        }
                        _ => Purpose::Language,
                    },
                },
                state: state_of(&path, None)?,
                path,
            });
        }
        Ok(own)
    }
}

fn state_of(path: &Path, known: Option<Digest>) -> Result<ModelState, Error> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(match std::fs::metadata(part_of(path)) {
                Ok(part) => ModelState::Partial { bytes: part.len() },
                Err(_) => ModelState::Absent,
            });
        }
        Err(error) => return Err(Error::file(path, error)),
    };
    let bytes = metadata.len();
    let Some(record) = Record::read(path).filter(|record| record.belongs_to(&metadata)) else {
        return Ok(ModelState::Present { bytes });
    };
    let expected = known.unwrap_or(record.expected);
    Ok(if record.found == expected {
        ModelState::Verified { bytes, sha256: record.found, known: known.is_some() }
    } else {
        ModelState::Bad { reason: format!("its SHA-256 is {} and should be {expected}", record.found) }
    })
}

/// What was found out about a file, beside it.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    expected: Digest,
    found: Digest,
    bytes: u64,
    /// Nanoseconds since 1970, as text because JSON numbers end before.
    changed: String,
}

impl Record {
    fn of(path: &Path, expected: Digest, found: Digest) -> Result<Self, Error> {
        let metadata = std::fs::metadata(path).map_err(|error| Error::file(path, error))?;
        Ok(Self { expected, found, bytes: metadata.len(), changed: changed(&metadata) })
    }

    fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(record_of(path)).ok()?).ok()
    }

    fn write(&self, path: &Path) -> Result<(), Error> {
        let target = record_of(path);
        let json = serde_json::to_vec(self).unwrap_or_default();
        std::fs::write(&target, json).map_err(|error| Error::file(&target, error))
    }

    fn belongs_to(&self, metadata: &std::fs::Metadata) -> bool {
        self.bytes == metadata.len() && self.changed == changed(metadata)
    }
}

fn changed(metadata: &std::fs::Metadata) -> String {
    let since = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH).duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_nanos().to_string()
}

fn part_of(path: &Path) -> PathBuf {
    beside(path, ".part")
}

fn record_of(path: &Path) -> PathBuf {
    beside(path, ".verified")
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn mismatch(model: &str, expected: Digest, found: Digest) -> Error {
    Error::HashMismatch { model: model.to_owned(), expected: expected.to_string(), found: found.to_string() }
}

/// Reads a file once and gives its SHA-256.
fn hash_file(path: &Path, on_progress: &mut dyn FnMut(Progress), cancel: &Cancel) -> Result<Digest, Error> {
    let failed = |error| Error::file(path, error);
    let mut file = File::open(path).map_err(failed)?;
    let of = file.metadata().map_err(failed)?.len();
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        cancel.check()?;
        let count = file.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            return Ok(Digest(hasher.finalize().into()));
        }
        hasher.update(&buffer[..count]);
        bytes += count as u64;
        on_progress(Progress { bytes, of: Some(of) });
    }
}

/// Makes a finished file the model: onto the disk, under its name, the folder's entry too, then the record.
fn settle(part: &Path, path: &Path, expected: Digest, found: Digest) -> Result<(), Error> {
    let failed = |error| Error::file(path, error);
    File::options().write(true).open(part).and_then(|file| file.sync_all()).map_err(failed)?;
    std::fs::rename(part, path).map_err(failed)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Record::of(path, expected, found)?.write(path)
}
