//! Speech and language models, run in worker processes, and the models themselves.
//!
//! - [`SpeechClient`] and [`LanguageClient`] are what the application calls. Behind each stands a [supervisor](supervisor)
//!   that starts workers, watches them, says what they died of, and replaces them.
//! - [`Models`] is the folder of models on this machine, [`Catalog`] the list of those Bedside knows where to get.
//! - [`stream`] recognises while people speak, and [`schema`] turns a JSON schema into the grammar that a model then cannot leave.
//!
//! Nothing here links a native inference library (docs/architecture.md, "Two copies of ggml").

mod catalog;
mod death;
mod embedder;
mod error;
mod introduction;
mod language;
mod machine;
mod models;
mod notes;
mod nursery;
mod process;
pub mod schema;
mod speech;
pub mod stream;
pub mod supervisor;
mod windows;

pub use catalog::{Catalog, CatalogEntry, Purpose};
pub use death::{Death, Ended, last_deaths};
pub use embedder::Embedder;
pub use error::Error;
pub use introduction::introduce;
pub use language::{Constraint, Generation, LanguageClient, Prompt};
pub use machine::{DeviceUse, Machine};
pub use models::{
    Cancel, Imported, ModelState, ModelStatus, Models, Progress, STARTER, STARTER_LIMITS, SourcePolicy,
    is_starter, starter,
};
pub use notes::NoteProgress;
pub use process::Hello;
pub use speech::{STRETCH_MS, SpeechClient, Transcription, WINDOW_MS, WindowDone};
pub use supervisor::{Limits, WorkerPrograms, WorkerStatus};
pub use worker::{
    ChatMessage, ChatRole, FinishReason, ModelDescription, SandboxReport, Segment, SegmentWord,
    TranscribeOptions,
};
