//! `bedside say`: a text aloud, or into a WAV file.

use std::path::Path;
use std::time::Duration;

use audio::Loudspeaker;
use audio::voice::{self, Speech, Spoken, Voice};
use domain::{ErrorCode, Phi};
use serde_json::json;

use super::record::{create_wave, of_hound, to_16};
use super::redflags::all_of_standard_input;
use crate::arguments::SayOptions;
use crate::failure::Failure;
use crate::output;

/// Nothing that is said at once takes longer to play.
const LONGEST: Duration = Duration::from_secs(600);

pub(crate) fn run(options: &SayOptions, json: bool) -> Result<(), Failure> {
    let text = text(options)?;
    let voice = voice::system();
    let seconds = match &options.out {
        Some(file) => write(options, &*voice, &text, file)?,
        None => play(options, &*voice, &text)?,
    };
    output::either(json, &json!({ "seconds": seconds, "file": options.out }), || format!("{seconds:.1} s"));
    Ok(())
}

fn text(options: &SayOptions) -> Result<Phi<String>, Failure> {
    let text = if options.text == "-" { all_of_standard_input()? } else { options.text.clone() };
    if text.trim().is_empty() {
        return Err(Failure::new(ErrorCode::RequestInvalid, "there is no text to say"));
    }
    Ok(text.into())
}

fn speak(options: &SayOptions, voice: &dyn Voice, text: &str) -> Result<Spoken, Failure> {
    Ok(voice.speak(&Speech {
        text: text.to_owned().into(),
        language: options.language.to_string(),
        voice: options.voice.clone(),
        rate: options.rate,
    })?)
}

/// Plays piece by piece, so that a long text begins at once, and gives the seconds.
fn play(options: &SayOptions, voice: &dyn Voice, text: &Phi<String>) -> Result<f64, Failure> {
    let loudspeaker = Loudspeaker::open(options.device.clone())?;
    loudspeaker.set_volume(options.volume);
    let (mut seconds, mut last) = (0.0, None);
    for piece in voice::pieces(text.expose()) {
        let spoken = speak(options, voice, piece)?;
        seconds += spoken.samples.len() as f64 / f64::from(spoken.rate);
        last = Some(loudspeaker.play(&spoken.samples, spoken.rate));
    }
    let done = last.is_none_or(|playing| playing.wait(LONGEST));
    if !done || loudspeaker.is_lost() {
        return Err(Failure::new(ErrorCode::SoundFailed, "the loudspeaker stopped before the end"));
    }
    Ok(seconds)
}

fn write(options: &SayOptions, voice: &dyn Voice, text: &Phi<String>, file: &Path) -> Result<f64, Failure> {
    let pieces = voice::pieces(text.expose())
        .into_iter()
        .map(|piece| speak(options, voice, piece))
        .collect::<Result<Vec<_>, _>>()?;
    let rate = pieces.first().map_or(audio::RATE, |piece| piece.rate);
    let mut wave = create_wave(file, 1, rate)?;
    let mut written = 0_u64;
    for sample in pieces.iter().flat_map(|piece| &piece.samples) {
        wave.write_sample(to_16(sample * options.volume)).map_err(|error| of_hound(file, error))?;
        written += 1;
    }
    wave.finalize().map_err(|error| of_hound(file, error))?;
    Ok(written as f64 / f64::from(rate))
}
