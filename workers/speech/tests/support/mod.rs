//! What the tests of the speech worker share.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod ggml_whisper;

use std::path::{Path, PathBuf};

use inference::{Limits, SpeechClient, WorkerPrograms};

/// The worker under test.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_bedside-speech-worker"))
}

/// A client of it.
pub fn client(limits: Limits) -> SpeechClient {
    let folder = program().parent().unwrap().to_owned();
    SpeechClient::new(&WorkerPrograms::at(&folder), limits)
}

/// The limits of most tests: one thread, because several that wait for each other in turns are slow on a machine that is
/// busy with other tests.
pub fn limits() -> Limits {
    Limits { threads: Some(1), ..Limits::default() }
}

/// A folder with a model in it, under a name with spaces and letters from far away.
pub fn model() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic models é日本");
    std::fs::create_dir(&path).unwrap();
    let path = path.join("ggml tiny é日本.bin");
    ggml_whisper::write(&path);
    (folder, path)
}

/// Something to hear: a tone that rises and falls.
pub fn sound(seconds: f32) -> Vec<f32> {
    (0..(seconds * 16_000.0) as usize)
        .map(|n| 0.2 * (n as f32 * 0.05).sin() * (1.0 + (n as f32 * 0.0005).sin()))
        .collect()
}

/// The evaluation data, where it is.
pub fn evaluation_data(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from)
        .join(part);
    if !folder.exists() {
        eprintln!("skipped: no evaluation data");
        return None;
    }
    Some(folder)
}

/// A sentence of a synthesizer, at a rate.
pub fn spoken(text: &str, rate: u32) -> Vec<f32> {
    let speech =
        audio::voice::Speech { text: text.to_owned().into(), language: "en".into(), voice: None, rate: 1.0 };
    let spoken = audio::voice::system().speak(&speech).unwrap();
    let mut resampler = audio::Resampler::between(spoken.rate, rate, 1);
    let mut samples = resampler.push(&spoken.samples);
    samples.extend(resampler.finish());
    samples
}
