//! Sound: microphones, loudspeakers, sound files, voice activity, and the sealed journal of what was heard.
//!
//! Inside Bedside sound is `f32` samples in -1 to 1 at [`RATE`], one channel, or two where each speaker has a microphone.

/// Samples a second, of each channel, everywhere inside Bedside: what whisper hears.
pub const RATE: u32 = 16_000;
