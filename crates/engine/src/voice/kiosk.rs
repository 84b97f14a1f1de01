//! The kiosk's voice: it says the question, listens for the answer, and tells the screen what it understood.
//!
//! The screen asks for one step at a time ([`attend`]); whatever was being said or heard for the step before is over with it.
//! While a prompt is played the microphone's sound goes to the echo's guard and not to the recogniser; a patient who speaks
//! stops the prompt, and what they began with is heard. Nothing of this sound is written anywhere: the answer that the screen
//! gives is the record.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use audio::echo::EchoGuard;
use audio::{Channels, Heard, Loudspeaker, Microphone, MicrophoneOptions, RATE, Sound};
use domain::{EncounterId, Phi};
use inference::TranscribeOptions;
use inference::stream::{Input, Live, Said, StreamOptions, Stretch, run};
use tokio::sync::mpsc::UnboundedSender;

use super::{PER_MS, recording::loss_shown, settings};
use crate::rpc::types::{Notice, VoiceAsked, VoiceState};
use crate::use_cases::answers::{self, Words};
use crate::{Engine, Error};

/// Sound kept while a prompt plays, so that the beginning of an answer that interrupts it is not lost: 0.6 s.
const KEPT: usize = RATE as usize * 6 / 10;
/// An echo is still in the room for so long after a prompt, in frames: 0.3 s.
const TAIL: u64 = RATE as u64 * 3 / 10;

/// A kiosk that listens.
pub(crate) struct Attending {
    token: String,
    pub(crate) encounter: EncounterId,
    // Dropped before the feed: its thread sends to it.
    _microphone: Microphone,
    feed: UnboundedSender<Input>,
    step: Arc<Mutex<Step>>,
    clock: Arc<AtomicU64>,
}

/// What is being asked.
struct Step {
    number: u32,
    asked: VoiceAsked,
    /// What was said before this point of the clock answers another question, in ms.
    from_ms: u64,
    speaking: Option<Arc<Loudspeaker>>,
}

/// Says a prompt and listens for what it asks.
pub(crate) fn attend(
    engine: &Engine,
    token: &str,
    encounter: EncounterId,
    language: &str,
    number: u32,
    asked: VoiceAsked,
    prompt: Option<&str>,
) -> Result<(), Error> {
    let mut open = engine.voice.attending();
    if open.as_ref().is_none_or(|attending| attending.token != token || attending.encounter != encounter) {
        // Closed before the next is opened: one microphone at a time.
        drop(open.take());
        *open = Some(begin(engine, token, encounter, language)?);
    }
    let Some(attending) = open.as_ref() else { return Err(Error::WrongState) };
    {
        let mut step = lock(&attending.step);
        if let Some(loudspeaker) = step.speaking.take() {
            loudspeaker.stop();
        }
        let now_ms = attending.clock.load(Ordering::Relaxed) / PER_MS;
        *step = Step { number, asked, from_ms: now_ms, speaking: None };
    }
    let expected = answers::expected(engine, encounter, &attending.step_asked());
    let _ = attending.feed.send(Input::Expect(expected));
    let step = Arc::clone(&attending.step);
    drop(open);

    if let Some(prompt) = prompt.filter(|prompt| !prompt.trim().is_empty()) {
        let loudspeaker = super::loudspeaker(engine, &settings::read(engine))?;
        let playing = super::say(engine, prompt, language)?;
        engine.notices.to(token, Notice::Voice { state: VoiceState::Speaking });
        let mut now = lock(&step);
        if now.number == number {
            now.speaking = Some(loudspeaker);
        } else {
            loudspeaker.stop();
        }
        drop(now);
        let me = engine.shared()?;
        let token = token.to_owned();
        std::thread::Builder::new()
            .name("prompt".into())
            .spawn(move || {
                playing.wait(std::time::Duration::from_secs(90));
                if lock(&step).number == number {
                    me.notices.to(&token, Notice::Voice { state: VoiceState::Listening });
                }
            })
            .map_err(|error| audio::Error::Sound { detail: error.to_string() })?;
    } else {
        engine.notices.to(token, Notice::Voice { state: VoiceState::Listening });
    }
    Ok(())
}

/// Silences the prompt.
pub(crate) fn hush(engine: &Engine, token: &str) {
    let open = engine.voice.attending();
    if let Some(attending) = open.as_ref().filter(|attending| attending.token == token)
        && let Some(loudspeaker) = lock(&attending.step).speaking.take()
    {
        loudspeaker.stop();
    }
}

/// Stops speaking and listening for a session.
pub(crate) fn leave(engine: &Engine, token: &str) {
    let mut open = engine.voice.attending();
    if open.as_ref().is_some_and(|attending| attending.token == token) {
        let attending = open.take();
        drop(open);
        if let Some(attending) = attending {
            if let Some(loudspeaker) = lock(&attending.step).speaking.take() {
                loudspeaker.stop();
            }
            let _ = attending.feed.send(Input::End);
        }
        engine.notices.to(token, Notice::Voice { state: VoiceState::Off });
    }
}

fn begin(engine: &Engine, token: &str, encounter: EncounterId, language: &str) -> Result<Attending, Error> {
    let me = engine.shared()?;
    let settings = settings::read(engine);
    let model = super::model(engine, language).ok_or(Error::NoSpeechModel)?;
    let (feed, input) = tokio::sync::mpsc::unbounded_channel();
    let first = Step { number: 0, asked: VoiceAsked::Nothing, from_ms: 0, speaking: None };
    let step = Arc::new(Mutex::new(first));
    let clock = Arc::new(AtomicU64::new(0));

    let live = Live {
        model: model.path,
        transcribe: TranscribeOptions { language: Some(language.to_owned()), ..TranscribeOptions::default() },
        stream: StreamOptions::for_answers(model.longest_ms),
        source: None,
    };
    let client = engine.voice.client();
    let weak = Arc::downgrade(&me);
    let (of_words, words_token) = (Arc::clone(&step), token.to_owned());
    engine.voice.runtime()?.spawn(async move {
        let done = run(&client, live, input, |said| {
            let Some(engine) = weak.upgrade() else { return };
            match said {
                Said::Began { .. } => {}
                Said::Tentative { tentative, .. } => {
                    engine.notices.to(&words_token, Notice::VoiceWords { text: tentative });
                }
                Said::Closed(stretch) => answered(&engine, &words_token, encounter, &of_words, &stretch),
                Said::Behind { .. } | Said::CaughtUp => {}
            }
        })
        .await;
        if let (Err(error), Some(engine)) = (done, weak.upgrade()) {
            tracing::error!(code = domain::Coded::code(&error).as_str(), "the kiosk does not hear any more");
            engine.notices.to(&words_token, Notice::Voice { state: VoiceState::Unavailable });
        }
    });

    let ear = Ear {
        feed: feed.clone(),
        step: Arc::clone(&step),
        clock: Arc::clone(&clock),
        guard: EchoGuard::new(),
        kept: VecDeque::new(),
        kept_frames: 0,
        quiet_until: 0,
        was_speaking: false,
    };
    let (weak, ear_token, mut ear) = (Arc::downgrade(&me), token.to_owned(), ear);
    let options = MicrophoneOptions { device: settings.microphone, channels: Channels::One };
    let microphone = Microphone::open(options, move |heard| {
        let Some(engine) = weak.upgrade() else { return };
        match heard {
            Heard::Sound(sound) => {
                if ear.hear(sound) {
                    engine.notices.to(&ear_token, Notice::Voice { state: VoiceState::Listening });
                }
            }
            Heard::Level { peak, .. } => engine.notices.to(&ear_token, Notice::VoiceLevel { peak }),
            Heard::Ready { .. } => engine.notices.to(&ear_token, Notice::VoiceLoss { loss: None }),
            Heard::Lost(loss) => {
                tracing::warn!(?loss, "the kiosk's microphone");
                super::note_fault(&engine, audio::Direction::Input, super::recording::loss_code(loss));
                engine.notices.to(&ear_token, Notice::VoiceLoss { loss: Some(loss_shown(loss)) });
            }
            Heard::Overrun { samples } => tracing::warn!(samples, "samples at the kiosk were dropped"),
        }
    })?;
    Ok(Attending { token: token.to_owned(), encounter, _microphone: microphone, feed, step, clock })
}

impl Attending {
    fn step_asked(&self) -> VoiceAsked {
        lock(&self.step).asked.clone()
    }
}

/// What the microphone's thread does with what it hears.
struct Ear {
    feed: UnboundedSender<Input>,
    step: Arc<Mutex<Step>>,
    clock: Arc<AtomicU64>,
    guard: EchoGuard,
    /// The last moments while a prompt plays.
    kept: VecDeque<Sound>,
    kept_frames: usize,
    /// Until then the echo of a prompt may be in the room.
    quiet_until: u64,
    was_speaking: bool,
}

impl Ear {
    /// Passes sound on, or keeps it back while a prompt plays. Whether somebody has just interrupted a prompt.
    fn hear(&mut self, sound: Sound) -> bool {
        let end = sound.start + sound.samples.len() as u64;
        self.clock.store(end, Ordering::Relaxed);
        let loudspeaker = lock(&self.step).speaking.clone();
        let speaking = loudspeaker.as_ref().is_some_and(|loudspeaker| loudspeaker.is_playing());
        if speaking && !self.was_speaking {
            self.guard.begin();
        }
        self.was_speaking = speaking;
        if let Some(loudspeaker) = loudspeaker.filter(|_| speaking) {
            self.quiet_until = end + TAIL;
            let played = loudspeaker.reference(sound.samples.len());
            let mut reference = vec![0.0; sound.samples.len() - played.len()];
            reference.extend(played);
            let near = self.guard.push(&sound.samples, &reference);
            self.keep(sound);
            if near {
                loudspeaker.stop();
                self.quiet_until = 0;
                lock(&self.step).from_ms = 0;
                for kept in self.kept.drain(..) {
                    let _ = self.feed.send(Input::Sound { start: kept.start, samples: kept.samples });
                }
                self.kept_frames = 0;
            }
            return near;
        }
        if end <= self.quiet_until {
            self.keep(sound);
            return false;
        }
        self.kept.clear();
        self.kept_frames = 0;
        let _ = self.feed.send(Input::Sound { start: sound.start, samples: sound.samples });
        false
    }

    fn keep(&mut self, sound: Sound) {
        self.kept_frames += sound.samples.len();
        self.kept.push_back(sound);
        while self.kept_frames > KEPT
            && let Some(oldest) = self.kept.pop_front()
        {
            self.kept_frames -= oldest.samples.len();
        }
    }
}

/// Tells the screen what a stretch of speech means as an answer to what is asked now.
fn answered(engine: &Engine, token: &str, encounter: EncounterId, step: &Mutex<Step>, stretch: &Stretch) {
    let (number, asked, from_ms) = {
        let step = lock(step);
        (step.number, step.asked.clone(), step.from_ms)
    };
    if stretch.start_ms + 300 < from_ms {
        return;
    }
    match answers::meaning(engine, encounter, &asked, Words::Heard(stretch.text.expose(), stretch.confidence))
    {
        Ok(meaning) => engine.notices.to(
            token,
            Notice::VoiceHeard { step: number, text: Phi::new(stretch.text.expose().clone()), meaning },
        ),
        Err(error) => {
            tracing::warn!(code = domain::Coded::code(&error).as_str(), "an answer was not understood")
        }
    }
}

fn lock(step: &Mutex<Step>) -> MutexGuard<'_, Step> {
    step.lock().unwrap_or_else(PoisonError::into_inner)
}
