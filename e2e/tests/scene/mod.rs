//! A desk with a sound card that nobody hears, and what is said there.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "each test file uses a part"
)]

#[path = "../../../crates/audio/tests/support/mod.rs"]
pub(crate) mod card;

use std::path::PathBuf;

use audio::voice::Speech;
use bedside_e2e::{Application, Desk, Outcome};
use card::{SoundCard, write_wav};

/// The card and the desk.
pub(crate) struct Scene {
    pub(crate) card: SoundCard,
    pub(crate) desk: Desk,
}

impl Scene {
    /// `None` where there is no sound system, no screen, or no speech model in the checkout.
    pub(crate) fn set(name: &str) -> Outcome<Option<Self>> {
        let Some(desk) = Desk::clear(name)? else { return Ok(None) };
        let Some(card) = SoundCard::start() else { return Ok(None) };
        if !starter().is_file() {
            return Err("models/starter/bedside-starter-en.bin is missing".into());
        }
        desk.set("PULSE_SERVER", &card.server());
        Ok(Some(Self { card, desk }))
    }

    /// Says something to the application's microphone.
    pub(crate) fn say(&self, text: &str) -> Outcome {
        let file = self.card.folder().join("said.wav");
        write_wav(&file, &spoken(text)?);
        self.card.speak(&file);
        Ok(())
    }

    /// The microphone goes while a visit is recorded, which is shown, and comes back.
    pub(crate) fn unplug_and_plug_in(&self, application: &Application<'_>, picture: &str) -> Outcome {
        let page = &application.page;
        self.card.control(&["suspend-sink", "patient", "1"]).ok_or("the microphone is not unplugged")?;
        page.find("recorder-loss")?;
        application.picture(picture);
        self.card.control(&["suspend-sink", "patient", "0"]).ok_or("the microphone is not plugged in")?;
        page.wait("the microphone again", || Ok((!page.has("recorder-loss")?).then_some(())))
    }
}

fn starter() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../models/starter/bedside-starter-en.bin")
}

/// A text as a synthesizer speaks it, with a breath of silence on both sides, as a sound card gives it.
pub(crate) fn spoken(text: &str) -> Outcome<Vec<f32>> {
    let speech = Speech { text: text.to_owned().into(), language: "en".into(), voice: None, rate: 0.9 };
    let spoken = audio::voice::system().speak(&speech).map_err(|error| error.to_string())?;
    let mut resampler = audio::Resampler::new(spoken.rate, 1);
    let mut samples = resampler.push(&spoken.samples);
    samples.extend(resampler.finish());
    Ok([vec![0.0; 3_200], samples, vec![0.0; 8_000]].concat())
}
