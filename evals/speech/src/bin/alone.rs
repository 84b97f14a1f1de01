//! whisper.cpp by itself, without a worker and its sandbox, which an emulator of an older processor cannot run:
//! decodes a tone with the smallest model, and prints what it says. README.md has the command.
#![allow(clippy::print_stdout, reason = "prints what it heard")]

use evals_speech::{RATE, shapes};
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    whisper_rs::install_logging_hooks();
    let folder = tempfile::tempdir()?;
    for quantised in [false, true] {
        let file = folder.path().join("least.bin");
        shapes::write(&file, &shapes::Shape { quantised, ..shapes::Shape::LEAST })?;
        let mut parameters = WhisperContextParameters::new();
        parameters.use_gpu(false);
        let context = WhisperContext::new_with_params(&file, parameters)?;
        let mut state = context.create_state()?;
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        parameters.set_n_threads(1);
        parameters.set_language(Some("en"));
        parameters.set_single_segment(true);
        parameters.set_no_timestamps(true);
        parameters.set_print_progress(false);
        let tone: Vec<f32> = (0..2 * RATE).map(|n| 0.2 * (n as f32 * 0.05).sin()).collect();
        state.full(parameters, &tone)?;
        for segment in state.as_iter() {
            println!("{}: {}", if quantised { "q5_1" } else { "f16" }, segment.to_str_lossy()?.trim());
        }
    }
    Ok(())
}
