//! A microphone, from its opening to its end, through everything that happens to one in between.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait as _, StreamTrait as _};
use cpal::{FromSample, Sample as _, SampleFormat, SizedSample};
use rtrb::{Consumer, Producer, RingBuffer};

use crate::resample::{Resampler, to_channels};
use crate::watch::{Step, Watch, wait_before};
use crate::{Direction, Error, Loss, RATE, device};

/// How often the thread looks into the ring.
const TICK: Duration = Duration::from_millis(10);
/// What the ring holds, in seconds: how long the thread may be held up without a loss.
const RING_SECONDS: usize = 4;
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
    /// The number of its first frame on the recording's clock, which runs at [`RATE`] and goes on while the microphone is
    /// lost: a gap is a jump of this number.
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
    /// Samples were dropped because the machine did not keep up.
    Overrun {
        /// How many.
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
        let listening = Listening { options, on, stop: stopped, began: Instant::now(), frames: 0 };
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
    began: Instant,
    /// Frames told so far, on the recording's clock.
    frames: u64,
}

impl<F: FnMut(Heard)> Listening<F> {
    fn run(mut self) {
        let mut attempt = 0;
        let mut told = None;
        let mut lost_at: Option<Instant> = None;
        while !self.is_stopped() {
            match Opened::open(&self.options) {
                Ok(mut opened) => {
                    let loss = self.listen(&mut opened, &mut lost_at, &mut attempt, &mut told);
                    let Some(loss) = loss else { return };
                    lost_at = Some(Instant::now());
                    self.tell_lost(loss, &mut told);
                }
                Err(error) => {
                    lost_at.get_or_insert_with(Instant::now);
                    self.tell_lost(loss_of(&error), &mut told);
                }
            }
            self.wait(wait_before(attempt));
            attempt += 1;
        }
    }

    /// Listens until it is stopped (`None`) or the microphone is lost.
    fn listen(
        &mut self,
        opened: &mut Opened,
        lost_at: &mut Option<Instant>,
        attempt: &mut usize,
        told: &mut Option<Loss>,
    ) -> Option<Loss> {
        let channels = self.options.channels.count();
        let mut watch = Watch::opened(self.began.elapsed());
        let mut resampler = Resampler::new(opened.rate, channels);
        let mut meter = Meter::default();
        let mut overruns = 0;
        loop {
            let stopping = self.is_stopped();
            let raw = opened.take();
            match watch.step(self.began.elapsed(), &raw) {
                Step::On => {}
                Step::SayHeard => {
                    if let Some(since) = lost_at.take() {
                        // The clock goes on while nothing is heard, so that times stay true.
                        self.frames += (since.elapsed().as_secs_f64() * f64::from(RATE)) as u64;
                    }
                    (*attempt, *told) = (0, None);
                    (self.on)(Heard::Ready { device: opened.name.clone() });
                }
                Step::SaySilent => (self.on)(Heard::Lost(Loss::Silent)),
                Step::Reopen(loss) => return Some(loss),
            }
            let mut samples = resampler.push(&to_channels(&raw, opened.channels, channels));
            if stopping {
                samples.extend(resampler.finish());
            }
            if !samples.is_empty() {
                if let Some((peak, rms)) = meter.push(&samples, channels) {
                    (self.on)(Heard::Level { peak, rms });
                }
                let start = self.frames;
                self.frames += (samples.len() / channels) as u64;
                (self.on)(Heard::Sound(Sound { start, samples }));
            }
            let dropped = opened.overruns.load(Ordering::Relaxed);
            if dropped > overruns {
                (self.on)(Heard::Overrun { samples: dropped - overruns });
                overruns = dropped;
            }
            if stopping {
                return None;
            }
            if let Some(loss) = opened.loss() {
                return Some(loss);
            }
            std::thread::sleep(TICK);
        }
    }

    /// Says a loss once, however often it is tried again.
    fn tell_lost(&mut self, loss: Loss, told: &mut Option<Loss>) {
        if told.replace(loss) != Some(loss) {
            (self.on)(Heard::Lost(loss));
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

/// A running stream and the ring that its callback fills.
struct Opened {
    // Dropped first: the callback ends before the ring does.
    _stream: cpal::Stream,
    ring: Consumer<f32>,
    overruns: Arc<AtomicU64>,
    failure: Arc<Mutex<Option<cpal::ErrorKind>>>,
    name: String,
    channels: usize,
    rate: u32,
}

impl Opened {
    fn open(options: &MicrophoneOptions) -> Result<Self, Error> {
        let device = device::find(options.device.as_deref(), Direction::Input)
            .or_else(|error| device::find(None, Direction::Input).map_err(|_| error))?;
        let config = device.default_input_config()?;
        let config = match options.channels {
            Channels::Two if config.channels() < 2 => device
                .supported_input_configs()?
                .find(|range| range.channels() >= 2)
                .map(|range| range.with_max_sample_rate())
                .ok_or(Error::Channels)?,
            _ => config,
        };
        let (rate, channels) = (config.sample_rate(), usize::from(config.channels()));
        let (producer, ring) = RingBuffer::new(rate as usize * channels * RING_SECONDS);
        let overruns = Arc::new(AtomicU64::new(0));
        let failure = Arc::new(Mutex::new(None));
        let stream = build(&device, &config, producer, &overruns, &failure)?;
        stream.play()?;
        let name = device.description().map_or_else(|_| String::new(), |about| about.name().to_owned());
        Ok(Self { _stream: stream, ring, overruns, failure, name, channels, rate })
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

    /// What the sound system said of the stream's end, where it ended.
    fn loss(&self) -> Option<Loss> {
        use cpal::ErrorKind as Kind;
        let failure = *self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match failure? {
            Kind::DeviceNotAvailable | Kind::HostUnavailable => Some(Loss::Unplugged),
            Kind::PermissionDenied => Some(Loss::Denied),
            Kind::DeviceBusy => Some(Loss::Busy),
            Kind::StreamInvalidated | Kind::BackendError | Kind::Other => Some(Loss::Failed),
            // A rerouted default device, a glitch: the stream goes on.
            _ => None,
        }
    }
}

fn build(
    device: &cpal::Device,
    config: &cpal::SupportedStreamConfig,
    ring: Producer<f32>,
    overruns: &Arc<AtomicU64>,
    failure: &Arc<Mutex<Option<cpal::ErrorKind>>>,
) -> Result<cpal::Stream, Error> {
    macro_rules! by_format {
        ($($format:ident => $sample:ty),*) => {
            match config.sample_format() {
                $(SampleFormat::$format => build_as::<$sample>(device, config, ring, overruns, failure),)*
                other => Err(Error::Sound { detail: format!("the sample format {other} is not known") }),
            }
        };
    }
    by_format!(I8 => i8, I16 => i16, I24 => cpal::I24, I32 => i32, I64 => i64, U8 => u8, U16 => u16, U24 => cpal::U24,
        U32 => u32, U64 => u64, F32 => f32, F64 => f64)
}

/// The callback does nothing but write to the ring: it allocates nothing, locks nothing and waits for nothing.
fn build_as<T: SizedSample>(
    device: &cpal::Device,
    config: &cpal::SupportedStreamConfig,
    mut ring: Producer<f32>,
    overruns: &Arc<AtomicU64>,
    failure: &Arc<Mutex<Option<cpal::ErrorKind>>>,
) -> Result<cpal::Stream, Error>
where
    f32: FromSample<T>,
{
    let (overruns, failure) = (Arc::clone(overruns), Arc::clone(failure));
    let heard = move |samples: &[T], _: &_| {
        let count = samples.len().min(ring.slots());
        if let Ok(chunk) = ring.write_chunk_uninit(count) {
            chunk.fill_from_iter(samples.iter().map(|sample| f32::from_sample(*sample)));
        }
        if count < samples.len() {
            overruns.fetch_add((samples.len() - count) as u64, Ordering::Relaxed);
        }
    };
    let failed = move |error: cpal::Error| {
        *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.kind());
    };
    Ok(device.build_input_stream(config.config(), heard, failed, None)?)
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
