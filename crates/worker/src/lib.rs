//! What both sides of a worker process speak.
//!
//! A worker is a program of its own that links one native inference library and nothing else (docs/architecture.md, "Two
//! copies of ggml"). It is started with the path of one model, talks to its parent in [frames](frame) on stdin and stdout,
//! and stops when stdin ends. This crate holds the frames, the [messages](message) inside them, the checks of a model
//! file's structure that run before the native library sees it ([`model_file`]), and, behind the feature `host`, the
//! worker's own main loop ([`host`]) and the sandbox that it puts itself in before it reads a byte of a model
//! ([`sandbox`]).
//!
//! The life of a worker, as seen from outside:
//!
//! ```text
//! start --model PATH [--threads N] [--memory-limit BYTES] [--context TOKENS]
//!   -> Hello    the program, the protocol's version, the CPU's features, what the sandbox really does
//!   -> Ready    what the model is              (or Failed, and the process ends)
//!   <- requests, each with an id               -> Partial*, then Done or Failed, each with that id
//!   <- Cancel                                  -> Failed(cancelled) of that id
//!   -> Alive    every second, with a count of the steps computed so far
//!   end of stdin = stop at once
//! ```

pub mod cpu;
pub mod frame;
pub mod message;
pub mod model_file;

#[cfg(feature = "host")]
pub mod host;
#[cfg(feature = "host")]
mod native_log;
#[cfg(feature = "host")]
pub mod sandbox;

pub use frame::{Frame, FrameError};
pub use message::{
    ChatMessage, ChatRole, Fault, FaultKind, FinishReason, FromWorker, GenerateOptions, ModelDescription,
    Output, PROTOCOL_VERSION, Request, RequestId, SandboxReport, Segment, SegmentWord, ToWorker,
    TranscribeOptions,
};
