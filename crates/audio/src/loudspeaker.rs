//! A loudspeaker that can be silenced at once.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rtrb::{Consumer, Producer, RingBuffer};

use crate::reference::Reference;
use crate::system::{self, Ended, Mouth};
use crate::{Direction, Error, RATE, Resampler};

/// How far the feeding thread is ahead of the device. A stop does not wait for it: the callback leaves it out.
const AHEAD_MS: u32 = 200;
const TICK: Duration = Duration::from_millis(5);
/// What the ring of the reference holds.
const REFERENCE_MS: u32 = 1_000;
/// A device that says that it is later than this is not believed.
const LONGEST_LATENCY_MS: u32 = 1_000;

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
    queue: Mutex<Queue>,
    /// The last number that was played to its end or silenced.
    done: AtomicU64,
    /// Rises with each stop: the callback plays nothing of an earlier one.
    turn: AtomicU32,
    volume: AtomicU32,
    /// How much later the device sounds than it is handed samples, in ms.
    latency_ms: AtomicU32,
    closing: AtomicBool,
    failed: AtomicBool,
    reference: Mutex<Reference>,
}

/// What is to be played.
#[derive(Default)]
struct Queue {
    /// Samples at [`RATE`], with their number.
    waiting: VecDeque<(u64, VecDeque<f32>)>,
    /// The last number given out.
    given: u64,
}

impl Loudspeaker {
    /// Opens a loudspeaker by its id ([`crate::Device`]), or the default one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(id: Option<String>) -> Result<Self, Error> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            done: AtomicU64::new(0),
            turn: AtomicU32::new(0),
            volume: AtomicU32::new(1.0_f32.to_bits()),
            latency_ms: AtomicU32::new(0),
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
        let mut queue = self.shared.queue();
        queue.given += 1;
        let number = queue.given;
        queue.waiting.push_back((number, ready.into()));
        Playing { number, shared: Arc::clone(&self.shared) }
    }

    /// Silence, with the next period that the device asks for; whatever was to be played is forgotten. What is played after
    /// this is heard from its beginning.
    pub fn stop(&self) {
        let mut queue = self.shared.queue();
        queue.waiting.clear();
        self.shared.turn.fetch_add(1, Ordering::AcqRel);
        self.shared.done.fetch_max(queue.given, Ordering::AcqRel);
    }

    /// How loud: 0 to 1.
    pub fn set_volume(&self, volume: f32) {
        self.shared.volume.store(volume.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
    }

    /// Whether something is being played, or sounds still.
    pub fn is_playing(&self) -> bool {
        self.shared.done.load(Ordering::Acquire) < self.shared.queue().given
    }

    /// Whether the device is gone: open another.
    pub fn is_lost(&self) -> bool {
        self.shared.failed.load(Ordering::Relaxed)
    }

    /// The next `count` samples of what the device was handed, at [`RATE`], silence included; fewer where it was not handed so
    /// many yet. Whoever asks for as many as a microphone gives, as it gives them, has the two run side by side, and no echo
    /// comes before what it is the echo of; one that did not ask for a while goes on with the newest. For one reader.
    pub fn reference(&self, count: usize) -> Vec<f32> {
        self.shared.reference().take(count)
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reference(&self) -> MutexGuard<'_, Reference> {
        self.reference.lock().unwrap_or_else(PoisonError::into_inner)
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
    /// Whether it was played to its end and has sounded, or was silenced.
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

/// A sample on its way to the callback, with the turn that it belongs to.
type Tagged = (u32, f32);

struct Output {
    stream: system::Stream,
    ended: Ended,
    ring: Producer<Tagged>,
    /// What the callback handed to the device, at its rate.
    handed: Consumer<f32>,
    rate: u32,
    capacity: usize,
}

impl Output {
    fn open(id: Option<&str>, shared: &Arc<Shared>) -> Result<Self, Error> {
        let found = system::chosen(id, Direction::Output)?;
        let ended = Ended::default();
        let (stream, form, (ring, handed)) = found.open_output(&ended, |form| {
            let (ring, consumer) = RingBuffer::new((form.rate * AHEAD_MS / 1000) as usize);
            let (tap, handed) = RingBuffer::new((form.rate * REFERENCE_MS / 1000) as usize);
            let speaker = Speaker { ring: consumer, tap, shared: Arc::clone(shared), turn: 0, volume: 1.0 };
            (speaker, (ring, handed))
        })?;
        let capacity = (form.rate * AHEAD_MS / 1000) as usize;
        Ok(Self { stream, ended, ring, handed, rate: form.rate, capacity })
    }

    /// Keeps the ring filled until the loudspeaker is closed.
    fn feed(mut self, shared: &Shared) {
        let mut back = Resampler::small(self.rate, RATE);
        let mut resampler = Resampler::between(RATE, self.rate, 1);
        let mut turn = shared.turn.load(Ordering::Acquire);
        let mut waiting: VecDeque<f32> = VecDeque::new();
        // The number whose last sample was handed on, and when it has sounded.
        let mut ending: Option<u64> = None;
        let mut sounded: Option<Instant> = None;
        while !shared.closing.load(Ordering::Relaxed) {
            self.remember(shared, &mut back);
            if self.ended.why().is_some() {
                shared.failed.store(true, Ordering::Relaxed);
            }
            {
                let mut queue = shared.queue();
                let now = shared.turn.load(Ordering::Acquire);
                if turn != now {
                    turn = now;
                    self.stream.flush();
                    (waiting, ending, sounded) = (VecDeque::new(), None, None);
                    resampler = Resampler::between(RATE, self.rate, 1);
                }
                while waiting.len() < self.capacity / 2
                    && let Some((number, samples)) = queue.waiting.front_mut()
                {
                    let piece: Vec<f32> = samples.drain(..samples.len().min(RATE as usize / 50)).collect();
                    waiting.extend(resampler.push(&piece));
                    if samples.is_empty() {
                        (ending, sounded) = (Some(*number), None);
                        queue.waiting.pop_front();
                        if queue.waiting.is_empty() {
                            waiting.extend(resampler.finish());
                            resampler = Resampler::between(RATE, self.rate, 1);
                        }
                    }
                }
            }
            while let Some(sample) = waiting.front() {
                if self.ring.push((turn, *sample)).is_err() {
                    break;
                }
                waiting.pop_front();
            }
            if let Some(number) = ending
                && waiting.is_empty()
                && self.ring.slots() == self.capacity
            {
                let latency = shared.latency_ms.load(Ordering::Relaxed).min(LONGEST_LATENCY_MS);
                let heard = *sounded
                    .get_or_insert_with(|| Instant::now() + Duration::from_millis(u64::from(latency)));
                if Instant::now() >= heard {
                    shared.done.fetch_max(number, Ordering::AcqRel);
                    (ending, sounded) = (None, None);
                }
            }
            std::thread::sleep(TICK);
        }
    }

    /// Takes what the device was handed into the reference.
    fn remember(&mut self, shared: &Shared, back: &mut Resampler) {
        let ready = self.handed.slots();
        if let Ok(chunk) = self.handed.read_chunk(ready) {
            let (first, second) = chunk.as_slices();
            let samples = [first, second].concat();
            chunk.commit_all();
            shared.reference().push(&back.push(&samples));
        }
    }
}

/// The callback's own. It allocates nothing, locks nothing and waits for nothing.
struct Speaker {
    ring: Consumer<Tagged>,
    tap: Producer<f32>,
    shared: Arc<Shared>,
    turn: u32,
    volume: f32,
}

impl Mouth for Speaker {
    fn begin(&mut self) {
        self.turn = self.shared.turn.load(Ordering::Acquire);
        self.volume = f32::from_bits(self.shared.volume.load(Ordering::Relaxed));
    }

    fn sample(&mut self) -> f32 {
        let sample = loop {
            match self.ring.pop() {
                Ok((turn, sample)) if turn == self.turn => break sample * self.volume,
                // Of before a stop.
                Ok(_) => {}
                Err(_) => break 0.0,
            }
        };
        let _ = self.tap.push(sample);
        sample
    }

    fn end(&mut self, latency: Duration) {
        let latency = u32::try_from(latency.as_millis()).unwrap_or(u32::MAX);
        self.shared.latency_ms.store(latency, Ordering::Relaxed);
    }
}
