//! Sound: microphones, loudspeakers, sound files, voice activity, and the sealed journal of what was heard.
//!
//! Inside Bedside sound is `f32` samples in -1 to 1 at [`RATE`], one channel, or two interleaved where each speaker has a
//! microphone. The way of what is heard: [`Microphone`] (its callback fills a lock-free ring and does nothing else; a thread of
//! its own converts) → [`journal`] (sealed, on disk within a second) → [`activity`] (who speaks when) → the recogniser.
//! The way of what is said: [`voice`] (text to samples) → [`Loudspeaker`], which can be silenced at once.

pub mod activity;
mod clock;
mod device;
pub mod echo;
mod error;
pub mod file;
pub mod journal;
mod loudspeaker;
mod mel;
mod microphone;
mod reference;
mod resample;
pub mod speakers;
mod system;
pub mod voice;
mod watch;
mod wave;

pub use device::{Device, Direction, devices};
pub use error::Error;
pub use loudspeaker::{Loudspeaker, Playing};
pub use microphone::{Channels, Heard, Microphone, MicrophoneOptions, Sound};
pub use resample::Resampler;
pub use watch::Loss;

/// Samples a second, of each channel, everywhere inside Bedside: what whisper hears.
pub const RATE: u32 = 16_000;
