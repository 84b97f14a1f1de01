//! Measures how well Bedside hears: who speaks when ([`meetings`]), that nothing is heard where nobody speaks ([`sounds`]),
//! and how fast ([`shapes`] writes models of whisper's sizes to be fast with).

pub mod meetings;
pub mod shapes;
pub mod sounds;

use std::path::{Path, PathBuf};

/// Samples a second, of everything here.
pub const RATE: usize = audio::RATE as usize;

/// A part of the evaluation data (`BEDSIDE_EVAL_DATA`, by default `../shared/data` beside the checkout), where it is.
pub fn evaluation_data(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from)
        .join(part);
    folder.exists().then_some(folder)
}

/// A whole sound file, one channel.
///
/// # Errors
/// What is wrong with it.
pub fn read(path: &Path) -> Result<Vec<f32>, audio::Error> {
    let mut file = audio::file::SoundFile::open(path, false)?;
    let mut samples = Vec::new();
    while let Some(piece) = file.next_piece()? {
        samples.extend(piece);
    }
    Ok(samples)
}
