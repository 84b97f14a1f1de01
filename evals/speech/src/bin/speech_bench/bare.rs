//! whisper.cpp by itself, with the settings that the worker gives it for a stretch.

use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

use crate::{Model, Outcome, load};

/// Processor time for the stretches, in seconds; with an encoder as long as the stretch needs, or with all of it.
pub(crate) fn cost(model: &Model, stretches: &[Vec<f32>], threads: i32, whole: bool) -> Outcome<f64> {
    let mut parameters = WhisperContextParameters::new();
    parameters.use_gpu(false);
    let context = WhisperContext::new_with_params(&model.file, parameters)?;
    let mut state = context.create_state()?;
    let before = load::processor(None);
    for stretch in stretches {
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 5 });
        parameters.set_n_threads(threads);
        parameters.set_language(Some("en"));
        parameters.set_no_context(true);
        parameters.set_suppress_nst(true);
        parameters.set_no_speech_thold(0.6);
        parameters.set_single_segment(true);
        parameters.set_no_timestamps(true);
        if model.starter {
            parameters.set_suppress_blank(false);
            parameters.set_temperature_inc(0.0);
        }
        if !whole {
            let needed = (stretch.len().div_ceil(320) + 16).next_multiple_of(32);
            let least = if model.starter { 0 } else { 768 };
            parameters.set_audio_ctx(i32::try_from(needed.clamp(least, 1500))?);
        }
        parameters.set_print_special(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);
        state.full(parameters, stretch)?;
    }
    Ok(load::processor(None) - before)
}
