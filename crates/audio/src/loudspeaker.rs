//! A loudspeaker that can be silenced at once.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait as _, StreamTrait as _};
use cpal::{FromSample, SampleFormat, SizedSample};
use rtrb::{Consumer, Producer, RingBuffer};

use crate::{Direction, Error, RATE, Resampler, device};

/// How far the feeding thread is ahead of the device, in ms: what a stop has to wait for at most is the device's own buffer,
/// because the callback itself stops.
const AHEAD_MS: u32 = 200;
const TICK: Duration = Duration::from_millis(10);
/// What the reference keeps, in seconds.
const REFERENCE_SECONDS: usize = 4;

/// An open loudspeaker, with a thread that feeds it.
pub struct Loudspeaker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// Something that is being played.
#[derive(Clone)]
pub struct Playing {
    number: u64,
    shared: Arc<Shared>,
}

struct Shared {
    /// What is to be played, at [`RATE`], with its number.
    queue: Mutex<VecDeque<(u64, VecDeque<f32>)>>,
    /// The numbers given out, and the last one that was played to its end or silenced.
    given: AtomicU64,
    done: AtomicU64,
    /// Set: the callback plays silence and empties the ring.
    silenced: AtomicBool,
    volume: AtomicU32,
    closing: AtomicBool,
    failed: AtomicBool,
    /// The last seconds of what was handed to the device, at [`RATE`], for telling its echo from a patient.
    reference: Mutex<VecDeque<f32>>,
}

impl Loudspeaker {
    /// Opens a loudspeaker by its id ([`crate::Device`]), or the default one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(id: Option<String>) -> Result<Self, Error> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            given: AtomicU64::new(0),
            done: AtomicU64::new(0),
            silenced: AtomicBool::new(false),
            volume: AtomicU32::new(1.0_f32.to_bits()),
            closing: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            reference: Mutex::default(),
        });
        let (tell, told) = std::sync::mpsc::channel();
        let of_thread = Arc::clone(&shared);
        // The stream lives where it was made: not every system lets it move.
        let thread = std::thread::Builder::new()
            .name("loudspeaker".into())
            .spawn(move || match Output::open(id.as_deref(), &of_thread) {
                Ok(output) => {
                    let _ = tell.send(Ok(()));
                    output.feed(&of_thread);
                }
                Err(error) => drop(tell.send(Err(error))),
            })
            .map_err(|error| Error::Sound { detail: error.to_string() })?;
        told.recv().map_err(|_| Error::Sound { detail: "its thread ended".into() })??;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Plays samples of one channel after whatever is playing.
    pub fn play(&self, samples: &[f32], rate: u32) -> Playing {
        let mut resampler = Resampler::new(rate, 1);
        let mut ready = resampler.push(samples);
        ready.extend(resampler.finish());
        let number = self.shared.given.fetch_add(1, Ordering::Relaxed) + 1;
        self.queue().push_back((number, ready.into()));
        self.shared.silenced.store(false, Ordering::Release);
        Playing { number, shared: Arc::clone(&self.shared) }
    }

    /// Silence, within one buffer of the device; whatever was to be played is forgotten.
    pub fn stop(&self) {
        self.queue().clear();
        self.shared.silenced.store(true, Ordering::Release);
        self.shared.done.store(self.shared.given.load(Ordering::Relaxed), Ordering::Release);
    }

    /// How loud: 0 to 1.
    pub fn set_volume(&self, volume: f32) {
        self.shared.volume.store(volume.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
    }

    /// Whether something is being played.
    pub fn is_playing(&self) -> bool {
        self.shared.done.load(Ordering::Acquire) < self.shared.given.load(Ordering::Relaxed)
    }

    /// Whether the device is gone: open another.
    pub fn is_lost(&self) -> bool {
        self.shared.failed.load(Ordering::Relaxed)
    }

    /// The last `count` samples that were handed to the device, at [`RATE`]; fewer where fewer were.
    pub fn reference(&self, count: usize) -> Vec<f32> {
        let reference = self.shared.reference.lock().unwrap_or_else(PoisonError::into_inner);
        reference.iter().skip(reference.len().saturating_sub(count)).copied().collect()
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, VecDeque<(u64, VecDeque<f32>)>> {
        self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Loudspeaker {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Playing {
    /// Whether it was played to its end, or silenced.
    pub fn is_done(&self) -> bool {
        self.shared.done.load(Ordering::Acquire) >= self.number || self.shared.failed.load(Ordering::Relaxed)
    }

    /// Waits until it is done, at most so long; whether it is.
    pub fn wait(&self, most: Duration) -> bool {
        let until = Instant::now() + most;
        while !self.is_done() {
            if Instant::now() >= until {
                return false;
            }
            std::thread::sleep(TICK);
        }
        true
    }
}

struct Output {
    _stream: cpal::Stream,
    ring: Producer<f32>,
    rate: u32,
    capacity: usize,
}

impl Output {
    fn open(id: Option<&str>, shared: &Arc<Shared>) -> Result<Self, Error> {
        let device = device::find(id, Direction::Output)
            .or_else(|error| device::find(None, Direction::Output).map_err(|_| error))?;
        let config = device.default_output_config()?;
        let rate = config.sample_rate();
        let capacity = (rate * AHEAD_MS / 1000) as usize;
        let (ring, consumer) = RingBuffer::new(capacity);
        let stream = build(&device, &config, consumer, shared)?;
        stream.play()?;
        Ok(Self { _stream: stream, ring, rate, capacity })
    }

    /// Keeps the ring filled until the loudspeaker is closed.
    fn feed(mut self, shared: &Shared) {
        let mut resampler = Resampler::between(RATE, self.rate, 1);
        let mut waiting: VecDeque<f32> = VecDeque::new();
        let mut ending: Option<u64> = None;
        while !shared.closing.load(Ordering::Relaxed) {
            if shared.silenced.load(Ordering::Acquire) {
                (waiting, ending) = (VecDeque::new(), None);
                resampler = Resampler::between(RATE, self.rate, 1);
            } else if waiting.len() < self.capacity {
                let mut queue = shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((number, samples)) = queue.front_mut() {
                    let piece: Vec<f32> = samples.drain(..samples.len().min(RATE as usize / 50)).collect();
                    remember(shared, &piece);
                    waiting.extend(resampler.push(&piece));
                    if samples.is_empty() {
                        ending = Some(*number);
                        queue.pop_front();
                        if queue.is_empty() {
                            waiting.extend(resampler.finish());
                            resampler = Resampler::between(RATE, self.rate, 1);
                        }
                    }
                    drop(queue);
                    self.fill(&mut waiting);
                    continue;
                }
            }
            self.fill(&mut waiting);
            if let Some(number) = ending
                && waiting.is_empty()
                && self.ring.slots() == self.capacity
            {
                shared.done.fetch_max(number, Ordering::AcqRel);
                ending = None;
            }
            std::thread::sleep(TICK / 2);
        }
    }

    fn fill(&mut self, waiting: &mut VecDeque<f32>) {
        while let Some(sample) = waiting.front() {
            if self.ring.push(*sample).is_err() {
                return;
            }
            waiting.pop_front();
        }
    }
}

fn remember(shared: &Shared, piece: &[f32]) {
    let volume = f32::from_bits(shared.volume.load(Ordering::Relaxed));
    let mut reference = shared.reference.lock().unwrap_or_else(PoisonError::into_inner);
    reference.extend(piece.iter().map(|sample| sample * volume));
    let over = reference.len().saturating_sub(REFERENCE_SECONDS * RATE as usize);
    reference.drain(..over);
}

fn build(
    device: &cpal::Device,
    config: &cpal::SupportedStreamConfig,
    ring: Consumer<f32>,
    shared: &Arc<Shared>,
) -> Result<cpal::Stream, Error> {
    macro_rules! by_format {
        ($($format:ident => $sample:ty),*) => {
            match config.sample_format() {
                $(SampleFormat::$format => build_as::<$sample>(device, config, ring, shared),)*
                other => Err(Error::Sound { detail: format!("the sample format {other} is not known") }),
            }
        };
    }
    by_format!(I8 => i8, I16 => i16, I24 => cpal::I24, I32 => i32, I64 => i64, U8 => u8, U16 => u16, U24 => cpal::U24,
        U32 => u32, U64 => u64, F32 => f32, F64 => f64)
}

fn build_as<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: &cpal::SupportedStreamConfig,
    mut ring: Consumer<f32>,
    shared: &Arc<Shared>,
) -> Result<cpal::Stream, Error> {
    let channels = usize::from(config.channels());
    let (playing, failing) = (Arc::clone(shared), Arc::clone(shared));
    let play = move |frames: &mut [T], _: &_| {
        let silenced = playing.silenced.load(Ordering::Acquire);
        if silenced {
            let all = ring.slots();
            if let Ok(chunk) = ring.read_chunk(all) {
                chunk.commit_all();
            }
        }
        let volume = f32::from_bits(playing.volume.load(Ordering::Relaxed));
        for frame in frames.chunks_mut(channels) {
            let sample = if silenced { 0.0 } else { ring.pop().unwrap_or(0.0) * volume };
            frame.fill(T::from_sample(sample));
        }
    };
    let failed = move |error: cpal::Error| {
        use cpal::ErrorKind as Kind;
        if matches!(error.kind(), Kind::DeviceNotAvailable | Kind::StreamInvalidated | Kind::HostUnavailable)
        {
            failing.failed.store(true, Ordering::Relaxed);
        }
    };
    Ok(device.build_output_stream(config.config(), play, failed, None)?)
}
