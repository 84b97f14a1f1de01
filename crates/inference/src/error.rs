//! What can go wrong with models and workers.

use std::{io, path::Path};

use domain::{Coded, ErrorCode};
use worker::{Fault, FaultKind};

use crate::death::Death;

/// An error of this crate. Its words hold names of models, files and programs, and never what was said or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The worker program is not there or does not start.
    #[error(
        "the program {program} cannot be started ({detail}); install Bedside again, or point BEDSIDE_WORKERS to its folder"
    )]
    WorkerMissing {
        /// The program.
        program: String,
        /// Why.
        detail: String,
    },
    /// The worker speaks another version of the protocol.
    #[error(
        "{program} speaks version {theirs} of the protocol and this program version {ours}; finish the update"
    )]
    WorkerVersion {
        /// The program.
        program: String,
        /// The worker's version.
        theirs: u32,
        /// Ours.
        ours: u32,
    },
    /// The worker died.
    #[error("{program} ended while it worked: {death}; it is started again for the next request")]
    WorkerDied {
        /// The program.
        program: String,
        /// Of what.
        death: Death,
    },
    /// A worker could not get the memory that the model needs.
    #[error("{model} needs more memory than there is; choose a smaller model or close other programs")]
    OutOfMemory {
        /// The model.
        model: String,
    },
    /// The processor cannot run the worker.
    #[error("{detail}; models cannot be run on this computer, Bedside works without them")]
    CpuUnsupported {
        /// What is missing.
        detail: String,
    },
    /// The sandbox could not be applied in full.
    #[error(
        "the sandbox for models is not complete ({missing}), so no model was loaded; update the operating system, or allow it in the settings"
    )]
    SandboxIncomplete {
        /// The parts that do not hold.
        missing: String,
    },
    /// The request was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The model file is not there.
    #[error("there is no model file {model}; fetch or import it")]
    ModelMissing {
        /// The file.
        model: String,
    },
    /// The model file cannot be used.
    #[error("{model} cannot be used: {detail}; fetch or import it again")]
    ModelInvalid {
        /// The file.
        model: String,
        /// Why.
        detail: String,
    },
    /// The catalog has no such model.
    #[error("there is no model named {name}; `bedside models list` shows those there are")]
    ModelUnknown {
        /// The name asked for.
        name: String,
    },
    /// The request cannot be carried out by this model.
    #[error("the model cannot do this: {detail}")]
    Request {
        /// Why.
        detail: String,
    },
    /// The grammar or the schema is not valid.
    #[error("the grammar or schema is not valid: {detail}")]
    Grammar {
        /// Why.
        detail: String,
    },
    /// The messages do not fit.
    #[error("the text is too long for the model: {detail}")]
    ContextFull {
        /// How long, and how much room there is.
        detail: String,
    },
    /// The answer is not of the schema.
    #[error("the model's answer is not of the form asked for: {detail}")]
    AnswerInvalid {
        /// Where it departs, without its words.
        detail: String,
    },
    /// The native library failed, and the worker lives.
    #[error("{program} failed: {detail}")]
    Engine {
        /// The program.
        program: String,
        /// Why.
        detail: String,
    },
    /// The file is not a recording that can be read.
    #[error("{file} cannot be read as a recording: {detail}")]
    Audio {
        /// The file.
        file: String,
        /// Why.
        detail: String,
    },
    /// The file's hash is not the one it should have.
    #[error("{model} has the SHA-256 {found} and should have {expected}; the file was refused")]
    HashMismatch {
        /// The model.
        model: String,
        /// What the catalog or the first download said.
        expected: String,
        /// What the file has.
        found: String,
    },
    /// No source delivered the model.
    #[error("{model} could not be downloaded: {detail}")]
    Download {
        /// The model.
        model: String,
        /// What the last source answered.
        detail: String,
    },
    /// The catalog cannot be read.
    #[error("the model catalog is not valid: {detail}")]
    Catalog {
        /// Where.
        detail: String,
    },
    /// The disk failed.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: String,
        /// How.
        source: io::Error,
    },
}

impl Error {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }

    /// A worker's fault in this side's words.
    pub(crate) fn from_fault(program: &str, model: &Path, fault: Fault) -> Self {
        let Fault { kind, detail } = fault;
        let model = model_name(model);
        match kind {
            FaultKind::Cpu => Self::CpuUnsupported { detail },
            FaultKind::Sandbox => Self::SandboxIncomplete { missing: detail },
            FaultKind::ModelMissing => Self::ModelMissing { model },
            FaultKind::ModelInvalid => Self::ModelInvalid { model, detail },
            FaultKind::OutOfMemory => Self::OutOfMemory { model },
            FaultKind::Request => Self::Request { detail },
            FaultKind::Grammar => Self::Grammar { detail },
            FaultKind::ContextFull => Self::ContextFull { detail },
            FaultKind::Cancelled => Self::Cancelled,
            FaultKind::Engine => Self::Engine { program: program.to_owned(), detail },
        }
    }

    /// A worker's death: while it loaded the model, a crash is the file's fault.
    pub(crate) fn from_death(program: &str, model: &Path, death: Death, loading: bool) -> Self {
        match death {
            Death::OutOfMemory => Self::OutOfMemory { model: model_name(model) },
            Death::Assertion(_) | Death::Aborted | Death::Crashed { .. } if loading => Self::ModelInvalid {
                model: model_name(model),
                detail: format!("the worker did not survive loading it: {death}"),
            },
            death => Self::WorkerDied { program: program.to_owned(), death },
        }
    }
}

/// The file's name: a path may hold a person's name.
pub(crate) fn model_name(model: &Path) -> String {
    model.file_name().unwrap_or(model.as_os_str()).display().to_string()
}

impl Error {
    /// What is wrong with a sound file.
    pub(crate) fn sound(file: &std::path::Path, error: audio::Error) -> Self {
        match error {
            audio::Error::File { path, source } => Self::file(&path, source),
            other => Self::Audio { file: file.display().to_string(), detail: other.to_string() },
        }
    }
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::WorkerMissing { .. } => ErrorCode::WorkerMissing,
            Self::WorkerVersion { .. } => ErrorCode::WorkerVersion,
            Self::WorkerDied { death: Death::Hung { .. }, .. } => ErrorCode::WorkerTimeout,
            Self::WorkerDied { .. } | Self::Engine { .. } => ErrorCode::WorkerDied,
            Self::OutOfMemory { .. } => ErrorCode::WorkerOutOfMemory,
            Self::CpuUnsupported { .. } => ErrorCode::CpuUnsupported,
            Self::SandboxIncomplete { .. } => ErrorCode::SandboxUnavailable,
            Self::Cancelled => ErrorCode::Cancelled,
            Self::ModelMissing { .. } => ErrorCode::ModelMissing,
            Self::ModelInvalid { .. } => ErrorCode::ModelInvalid,
            Self::ModelUnknown { .. } => ErrorCode::ModelUnknown,
            Self::Request { .. } => ErrorCode::RequestInvalid,
            Self::Grammar { .. } => ErrorCode::GrammarInvalid,
            Self::ContextFull { .. } => ErrorCode::ContextFull,
            Self::AnswerInvalid { .. } => ErrorCode::ModelAnswerInvalid,
            Self::Audio { .. } => ErrorCode::AudioInvalid,
            Self::HashMismatch { .. } => ErrorCode::ModelHashMismatch,
            Self::Download { .. } => ErrorCode::DownloadFailed,
            Self::Catalog { .. } => ErrorCode::Internal,
            Self::File { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    ErrorCode::FolderReadOnly
                }
                _ => ErrorCode::InputOutput,
            },
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::WorkerMissing { program, detail } | Self::Engine { program, detail } => {
                vec![("program", program.clone()), ("detail", detail.clone())]
            }
            Self::WorkerVersion { program, theirs, ours } => {
                vec![("program", program.clone()), ("theirs", theirs.to_string()), ("ours", ours.to_string())]
            }
            Self::WorkerDied { program, death } => {
                vec![("program", program.clone()), ("cause", death.to_string())]
            }
            Self::OutOfMemory { model } | Self::ModelMissing { model } => vec![("model", model.clone())],
            Self::ModelInvalid { model, detail } | Self::Download { model, detail } => {
                vec![("model", model.clone()), ("detail", detail.clone())]
            }
            Self::ModelUnknown { name } => vec![("model", name.clone())],
            Self::SandboxIncomplete { missing } => vec![("missing", missing.clone())],
            Self::CpuUnsupported { detail }
            | Self::Request { detail }
            | Self::Grammar { detail }
            | Self::ContextFull { detail }
            | Self::AnswerInvalid { detail }
            | Self::Catalog { detail } => vec![("detail", detail.clone())],
            Self::Audio { file, detail } => vec![("file", file.clone()), ("detail", detail.clone())],
            Self::HashMismatch { model, expected, found } => {
                vec![("model", model.clone()), ("expected", expected.clone()), ("found", found.clone())]
            }
            Self::File { path, source } => vec![("file", path.clone()), ("detail", source.to_string())],
            Self::Cancelled => Vec::new(),
        }
    }
}
