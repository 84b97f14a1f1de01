//! A microphone, from its opening to its end, through everything that happens to one in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rtrb::{Consumer, Producer, RingBuffer};

use crate::clock::{self, RecordingClock};
use crate::resample::{Resampler, to_channels};
use crate::system::{self, Ear, Ended, Look};
use crate::watch::{Step, Watch};
use crate::{Device, Direction, Error, Loss, RATE};

/// How often the thread looks into the ring.
const TICK: Duration = Duration::from_millis(10);
/// What the ring holds, in seconds: how long the thread may be held up without a loss.
const RING_SECONDS: usize = 4;
/// How often to look whether the chosen microphone is back, or the default another.
const LOOK: Duration = Duration::from_secs(3);
/// Level messages a second.
const LEVELS: u32 = 20;

/// How many channels are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// Everybody on one: the mean of what the device has.
    One,
    /// A microphone for each of two speakers: the device's first two.
    Two,
}

impl Channels {
    /// As a number.
    pub const fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// Which microphone, and how.
#[derive(Clone, Debug)]
pub struct MicrophoneOptions {
    /// The device's id ([`crate::Device`]); none for the system's default. One that is not there any more is replaced by the
    /// default, and taken again when it is back.
    pub device: Option<String>,
    /// How many channels.
    pub channels: Channels,
}

/// A stretch of sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Sound {
    /// The number of its first frame on the recording's clock, which begins with the first sample that is heard, runs at
    /// [`RATE`], and goes on while the microphone is lost, the machine sleeps or samples are dropped: a gap is a jump of this
    /// number, and nothing is filled in.
    pub start: u64,
    /// Samples at [`RATE`]; of two channels interleaved.
    pub samples: Vec<f32>,
}

/// What a microphone tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Real samples arrive: from now on nothing is missed.
    Ready {
        /// The device's name.
        device: String,
    },
    /// Sound.
    Sound(Sound),
    /// How loud it is: 0 to 1. About 20 a second.
    Level {
        /// The greatest sample.
        peak: f32,
        /// The root of the mean square.
        rms: f32,
    },
    /// Nothing is heard any more; it is tried again until it is back.
    Lost(Loss),
    /// Sound was dropped because the machine did not keep up: a gap on the clock.
    Overrun {
        /// Frames at [`RATE`].
        samples: u64,
    },
}

/// An open microphone. Dropped, it is closed: what was heard until then has been told by that time.
pub struct Microphone {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Microphone {
    /// Opens a microphone and tells `on` what it hears, on a thread of its own, until it is dropped. That there is none, or
    /// that it may not be used, is told as [`Heard::Lost`], and it is tried again.
    ///
    /// # Errors
    /// [`Error::Sound`] when no thread can be started.
    pub fn open(options: MicrophoneOptions, on: impl FnMut(Heard) + Send + 'static) -> Result<Self, Error> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let (clock, watch) = (RecordingClock::default(), Watch::default());
        let listening = Listening { options, on, stop: stopped, clock, watch };
        let thread = std::thread::Builder::new()
            .name("microphone".into())
            .spawn(move || listening.run())
            .map_err(|error| Error::Sound { detail: error.to_string() })?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Whoever closes it from inside its own telling is the thread itself, which ends when that is done.
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic on the other side has been logged by its hook; there is nothing to add to it here.
            let _ = thread.join();
        }
    }
}

/// The thread's own.
struct Listening<F> {
    options: MicrophoneOptions,
    on: F,
    stop: Arc<AtomicBool>,
    clock: RecordingClock,
    watch: Watch,
}

impl<F: FnMut(Heard)> Listening<F> {
    fn run(mut self) {
        while !self.is_stopped() {
            let loss = match Opened::open(&self.options) {
                Ok(mut opened) => match self.listen(&mut opened) {
                    End::Stopped => return,
                    End::Better => continue,
                    End::Lost(loss) => loss,
                },
                Err(error) => loss_of(&error),
            };
            let (tell, wait) = self.watch.lost(loss);
            if tell {
                (self.on)(Heard::Lost(loss));
            }
            self.wait(wait);
        }
    }

    /// Listens until it is stopped, the microphone is lost, or a better one is there.
    fn listen(&mut self, opened: &mut Opened) -> End {
        let channels = self.options.channels.count();
        self.watch.opened(clock::now());
        self.clock.reopened();
        let mut resampler = Resampler::new(opened.rate, channels);
        let mut meter = Meter::default();
        let mut overruns = 0;
        let mut looked = clock::now();
        loop {
            // Asked first, so that what was in the ring when it was stopped is told.
            let stopping = self.is_stopped();
            let raw = opened.take();
            let now = clock::now();
            let step = self.watch.step(now, &raw);
            if step == Step::SayHeard {
                (self.on)(Heard::Ready { device: opened.about.name.clone() });
            }
            let end = if stopping {
                Some(End::Stopped)
            } else if let Step::Reopen(loss) = step {
                let gone = loss == Loss::NoFrames && opened.look(&self.options) == Look::Gone;
                Some(End::Lost(if gone { Loss::Unplugged } else { loss }))
            } else if let Some(loss) = opened.ended.why() {
                Some(End::Lost(loss))
            } else if !raw.is_empty() && now.saturating_sub(looked) >= LOOK {
                looked = now;
                match opened.look(&self.options) {
                    Look::Same => None,
                    Look::Other => Some(End::Better),
                    Look::Gone => Some(End::Lost(Loss::Unplugged)),
                }
            } else {
                None
            };
            let mut samples = resampler.push(&to_channels(&raw, opened.channels, channels));
            if end.is_some() {
                samples.extend(resampler.finish());
            }
            if !samples.is_empty() {
                if let Some((peak, rms)) = meter.push(&samples, channels) {
                    (self.on)(Heard::Level { peak, rms });
                }
                let start = self.clock.heard(now, (samples.len() / channels) as u64);
                (self.on)(Heard::Sound(Sound { start, samples }));
            }
            let dropped = opened.overruns.load(Ordering::Relaxed);
            if dropped > overruns {
                let frames = (dropped - overruns) / opened.channels as u64;
                overruns = dropped;
                let samples = frames * u64::from(RATE) / u64::from(opened.rate);
                self.clock.dropped(samples);
                (self.on)(Heard::Overrun { samples });
            }
            if let Some(end) = end {
                return end;
            }
            std::thread::sleep(TICK);
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn wait(&self, time: Duration) {
        let until = Instant::now() + time;
        while !self.is_stopped() && Instant::now() < until {
            std::thread::sleep(TICK);
        }
    }
}

/// Why one opening of a microphone ended.
enum End {
    Stopped,
    Lost(Loss),
    /// The chosen microphone is back, or the system's default is another one now.
    Better,
}

/// A running stream and the ring that its callback fills.
struct Opened {
    // Dropped first: the callback ends before the ring does.
    _stream: system::Stream,
    about: Device,
    ended: Ended,
    ring: Consumer<f32>,
    overruns: Arc<AtomicU64>,
    channels: usize,
    rate: u32,
}

impl Opened {
    fn open(options: &MicrophoneOptions) -> Result<Self, Error> {
        let found = system::chosen(options.device.as_deref(), Direction::Input)?;
        let overruns = Arc::new(AtomicU64::new(0));
        let ended = Ended::default();
        let (stream, form, ring) = found.open_input(options.channels.count(), &ended, |form| {
            let (ring, consumer) = RingBuffer::new(form.rate as usize * form.channels * RING_SECONDS);
            (Filler { ring, channels: form.channels, overruns: Arc::clone(&overruns) }, consumer)
        })?;
        let (channels, rate) = (form.channels, form.rate);
        Ok(Self { _stream: stream, about: found.about, ended, ring, overruns, channels, rate })
    }

    /// What the callback put into the ring, whole frames only.
    fn take(&mut self) -> Vec<f32> {
        let ready = self.ring.slots() / self.channels * self.channels;
        let Ok(chunk) = self.ring.read_chunk(ready) else { return Vec::new() };
        let (first, second) = chunk.as_slices();
        let samples = [first, second].concat();
        chunk.commit_all();
        samples
    }

    /// What became of the device.
    fn look(&self, options: &MicrophoneOptions) -> Look {
        system::look(&self.about.id, options.device.as_deref())
    }
}

/// The callback does nothing but write to the ring: it allocates nothing, locks nothing and waits for nothing.
struct Filler {
    ring: Producer<f32>,
    channels: usize,
    overruns: Arc<AtomicU64>,
}

impl Ear for Filler {
    fn hear(&mut self, samples: impl ExactSizeIterator<Item = f32>) {
        let there = samples.len();
        // Whole frames only, or the channels would change places.
        let count = there.min(self.ring.slots()) / self.channels * self.channels;
        if let Ok(chunk) = self.ring.write_chunk_uninit(count) {
            chunk.fill_from_iter(samples);
        }
        if count < there {
            self.overruns.fetch_add((there - count) as u64, Ordering::Relaxed);
        }
    }
}

fn loss_of(error: &Error) -> Loss {
    match error {
        Error::NoDevice => Loss::NoDevice,
        Error::Denied => Loss::Denied,
        Error::Busy => Loss::Busy,
        _ => Loss::Failed,
    }
}

/// Sums up samples to levels.
#[derive(Default)]
struct Meter {
    peak: f32,
    power: f64,
    frames: u32,
}

impl Meter {
    fn push(&mut self, samples: &[f32], channels: usize) -> Option<(f32, f32)> {
        for sample in samples {
            self.peak = self.peak.max(sample.abs());
            self.power += f64::from(sample * sample);
        }
        self.frames += u32::try_from(samples.len() / channels).unwrap_or(u32::MAX);
        (self.frames >= RATE / LEVELS).then(|| {
            let rms = (self.power / f64::from(self.frames) / channels as f64).sqrt() as f32;
            let peak = self.peak.min(1.0);
            *self = Self::default();
            (peak, rms)
        })
    }
}
