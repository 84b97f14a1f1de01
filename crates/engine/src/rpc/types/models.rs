//! The models on this machine: which there are, what it can carry, what is being fetched.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rpc::RpcError;

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ModelPurpose {
    /// Speech to text.
    Speech,
    /// Understanding what patients say in their own words.
    Embedding,
    /// Writing notes.
    Language,
}

impl From<inference::Purpose> for ModelPurpose {
    fn from(purpose: inference::Purpose) -> Self {
        match purpose {
            inference::Purpose::Speech => Self::Speech,
            inference::Purpose::Embedding => Self::Embedding,
            inference::Purpose::Language => Self::Language,
        }
    }
}

/// The models, and the machine that they are for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModelsHere {
    /// All of the machine's memory, in bytes; none where the system does not say.
    #[ts(type = "number | null")]
    pub memory: Option<u64>,
    /// Threads that the processor runs at the same time.
    pub cores: u32,
    /// Where they lie.
    pub folder: String,
    /// The starter, the catalog's, then the clinic's own.
    pub models: Vec<ModelLine>,
    /// What is under way, or was last.
    pub work: Option<ModelWork>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModelLine {
    /// Its name in the catalog, or of its file.
    pub name: String,
    /// What the catalog calls it; none for one of the clinic's own.
    pub title: Option<String>,
    /// What it is for.
    pub purpose: ModelPurpose,
    /// The size of its file, as the catalog says.
    #[ts(type = "number | null")]
    pub bytes: Option<u64>,
    /// The memory that it takes, in bytes.
    #[ts(type = "number | null")]
    pub memory: Option<u64>,
    /// SPDX identifier.
    pub licence: Option<String>,
    /// Where a download begins.
    pub source: Option<String>,
    /// It came with the program and cannot be removed.
    pub starter: bool,
    /// Whether the machine's memory is enough for it.
    pub fits: bool,
    /// Whether it is what this machine should have for its use.
    pub recommended: bool,
    /// What of it is there.
    pub state: ModelStanding,
}

/// What of a model is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum ModelStanding {
    /// Nothing.
    Absent,
    /// The beginning of a download.
    Partial {
        /// Bytes so far.
        #[ts(type = "number")]
        bytes: u64,
    },
    /// A file that has not been verified, or has changed since.
    Present {
        /// Its size.
        #[ts(type = "number")]
        bytes: u64,
    },
    /// A file with the hash that it should have.
    Verified {
        /// Its size.
        #[ts(type = "number")]
        bytes: u64,
        /// Its hash.
        sha256: String,
        /// The catalog knows the hash; otherwise it was recorded when the file came.
        known: bool,
    },
    /// A file that is not what it should be.
    Bad,
}

/// A piece of work on the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ModelTask {
    /// A download.
    Fetch,
    /// A copy from a file or a folder.
    Import,
    /// A file is read and its hash compared.
    Verify,
}

/// What is done with the models, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModelWork {
    /// What.
    pub task: ModelTask,
    /// A model's name, or the name of the file or folder that is imported.
    pub subject: String,
    /// How far.
    pub state: WorkState,
}

/// How far a piece of work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum WorkState {
    /// Under way.
    Running {
        /// Bytes done.
        #[ts(type = "number")]
        bytes: u64,
        /// Bytes in all, where known.
        #[ts(type = "number | null")]
        of: Option<u64>,
    },
    /// Done.
    Done {
        /// The models that are here now.
        models: Vec<String>,
    },
    /// Somebody stopped it.
    Stopped,
    /// It failed.
    Failed {
        /// Why.
        error: RpcError,
    },
}

/// Names a model.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ModelOf {
    /// Its name.
    pub name: String,
}

/// Brings models in from a file, a folder or a USB stick.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportModels {
    /// The full path of the file or the folder.
    pub path: String,
}
