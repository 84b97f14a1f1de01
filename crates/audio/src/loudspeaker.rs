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
        let shared = Arc::new(Shared::new());
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
    fn new() -> Self {
        Self {
            queue: Mutex::default(),
            done: AtomicU64::new(0),
            turn: AtomicU32::new(0),
            volume: AtomicU32::new(1.0_f32.to_bits()),
            latency_ms: AtomicU32::new(0),
            closing: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            reference: Mutex::default(),
        }
    }

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
    feeder: Feeder,
}

impl Output {
    fn open(id: Option<&str>, shared: &Arc<Shared>) -> Result<Self, Error> {
        let found = system::chosen(id, Direction::Output)?;
        let ended = Ended::default();
        let (stream, _, feeder) =
            found.open_output(&ended, |form| Speaker::with_feeder(form.rate, shared))?;
        Ok(Self { stream, ended, feeder })
    }

    /// Keeps the ring filled until the loudspeaker is closed.
    fn feed(mut self, shared: &Shared) {
        while !shared.closing.load(Ordering::Relaxed) {
            if self.ended.why().is_some() {
                shared.failed.store(true, Ordering::Relaxed);
            }
            self.feeder.step(shared, || self.stream.flush());
            std::thread::sleep(TICK);
        }
    }
}

/// What the feeding thread does between the queue and the callback's rings.
struct Feeder {
    ring: Producer<Tagged>,
    capacity: usize,
    /// What the callback handed to the device, at its rate.
    handed: Consumer<f32>,
    rate: u32,
    back: Resampler,
    resampler: Resampler,
    turn: u32,
    /// Samples at the device's rate that the ring does not take yet.
    waiting: VecDeque<f32>,
    /// The number whose last sample is among those, and when it has sounded.
    ending: Option<u64>,
    sounded: Option<Instant>,
}

impl Feeder {
    /// Does what there is to do. After a stop `flush` is called, before anything of what is played next reaches the callback.
    fn step(&mut self, shared: &Shared, flush: impl FnOnce()) {
        self.remember(shared);
        let turn = shared.turn.load(Ordering::Acquire);
        if self.turn != turn {
            flush();
        }
        self.refill(shared, turn);
        while let Some(sample) = self.waiting.front() {
            if self.ring.push((self.turn, *sample)).is_err() {
                break;
            }
            self.waiting.pop_front();
        }
        if let Some(number) = self.ending
            && self.waiting.is_empty()
            && self.ring.slots() == self.capacity
        {
            let latency = shared.latency_ms.load(Ordering::Relaxed).min(LONGEST_LATENCY_MS);
            let heard = *self
                .sounded
                .get_or_insert_with(|| Instant::now() + Duration::from_millis(u64::from(latency)));
            if Instant::now() >= heard {
                shared.done.fetch_max(number, Ordering::AcqRel);
                (self.ending, self.sounded) = (None, None);
            }
        }
    }

    /// Takes from the queue, of the turn for which the device was flushed.
    fn refill(&mut self, shared: &Shared, flushed: u32) {
        let mut queue = shared.queue();
        if self.turn != flushed {
            self.turn = flushed;
            self.waiting.clear();
            (self.ending, self.sounded) = (None, None);
            self.resampler = Resampler::between(RATE, self.rate, 1);
        }
        // Stopped again meanwhile: what is in the queue waits for another flush.
        if shared.turn.load(Ordering::Acquire) != flushed {
            return;
        }
        while self.waiting.len() < self.capacity / 2
            && let Some((number, samples)) = queue.waiting.front_mut()
        {
            let piece: Vec<f32> = samples.drain(..samples.len().min(RATE as usize / 50)).collect();
            self.waiting.extend(self.resampler.push(&piece));
            if samples.is_empty() {
                (self.ending, self.sounded) = (Some(*number), None);
                queue.waiting.pop_front();
                if queue.waiting.is_empty() {
                    self.waiting.extend(self.resampler.finish());
                    self.resampler = Resampler::between(RATE, self.rate, 1);
                }
            }
        }
    }

    /// Takes what the device was handed into the reference.
    fn remember(&mut self, shared: &Shared) {
        let ready = self.handed.slots();
        if let Ok(chunk) = self.handed.read_chunk(ready) {
            let (first, second) = chunk.as_slices();
            let samples = [first, second].concat();
            chunk.commit_all();
            shared.reference().push(&self.back.push(&samples));
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

impl Speaker {
    /// For a device of that rate, with what feeds it.
    fn with_feeder(rate: u32, shared: &Arc<Shared>) -> (Self, Feeder) {
        let capacity = (rate * AHEAD_MS / 1000) as usize;
        let (ring, consumer) = RingBuffer::new(capacity);
        let (tap, handed) = RingBuffer::new((rate * REFERENCE_MS / 1000) as usize);
        let feeder = Feeder {
            ring,
            capacity,
            handed,
            rate,
            back: Resampler::small(rate, RATE),
            resampler: Resampler::between(RATE, rate, 1),
            turn: shared.turn.load(Ordering::Acquire),
            waiting: VecDeque::new(),
            ending: None,
            sounded: None,
        };
        (Self { ring: consumer, tap, shared: Arc::clone(shared), turn: 0, volume: 1.0 }, feeder)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: usize = RATE as usize / 50;

    /// A loudspeaker whose device asks when the test says so, at [`RATE`].
    struct Bench {
        loudspeaker: Loudspeaker,
        speaker: Speaker,
        feeder: Feeder,
        flushes: usize,
    }

    impl Bench {
        fn new() -> Self {
            let shared = Arc::new(Shared::new());
            let (speaker, feeder) = Speaker::with_feeder(RATE, &shared);
            Self { loudspeaker: Loudspeaker { shared, thread: None }, speaker, feeder, flushes: 0 }
        }

        fn step(&mut self) {
            self.feeder.step(&self.loudspeaker.shared, || self.flushes += 1);
        }

        /// What the device gets in so many periods, with as many steps of the feeder as it needs.
        fn hear(&mut self, periods: usize) -> Vec<f32> {
            let mut heard = Vec::new();
            for _ in 0..periods {
                self.step();
                self.speaker.begin();
                heard.extend(std::iter::repeat_with(|| self.speaker.sample()).take(PERIOD));
                self.speaker.end(Duration::ZERO);
            }
            self.step();
            heard
        }
    }

    fn ramp(from: usize, count: usize) -> Vec<f32> {
        (from..from + count).map(|n| n as f32 / 1e6).collect()
    }

    #[test]
    fn one_thing_is_played_after_the_other_without_a_seam_and_said_to_be_done_when_it_is() {
        let mut bench = Bench::new();
        let first = bench.loudspeaker.play(&ramp(0, 10 * PERIOD), RATE);
        let second = bench.loudspeaker.play(&ramp(10 * PERIOD, 15 * PERIOD), RATE);
        let mut heard = bench.hear(9);
        assert!(!first.is_done() && bench.loudspeaker.is_playing());
        heard.extend(bench.hear(15));
        assert!(!second.is_done());
        heard.extend(bench.hear(6));
        assert!(first.is_done() && second.is_done() && !bench.loudspeaker.is_playing());
        assert_eq!(heard[..25 * PERIOD], ramp(0, 25 * PERIOD));
        assert!(heard[25 * PERIOD..].iter().all(|sample| *sample == 0.0));
    }

    #[test]
    fn a_stop_is_silence_with_the_next_period_and_what_is_played_after_it_is_whole() {
        let mut bench = Bench::new();
        for round in 1..=3 {
            let long = bench.loudspeaker.play(&ramp(1, 500 * PERIOD), RATE);
            assert_eq!(bench.hear(20), ramp(1, 20 * PERIOD));
            bench.loudspeaker.stop();
            assert!(long.is_done() && !bench.loudspeaker.is_playing());
            // Before the feeder has heard of it.
            bench.speaker.begin();
            assert!((0..PERIOD).all(|_| bench.speaker.sample() == 0.0));
            let next = bench.loudspeaker.play(&ramp(1, 5 * PERIOD), RATE);
            let heard = bench.hear(8);
            let begin = heard.iter().position(|sample| *sample != 0.0).unwrap();
            assert_eq!(heard[begin..begin + 5 * PERIOD], ramp(1, 5 * PERIOD));
            assert!(next.is_done());
            assert_eq!(bench.flushes, round);
        }
    }

    #[test]
    fn nothing_that_is_played_after_a_stop_reaches_the_device_before_it_was_flushed() {
        let mut bench = Bench::new();
        bench.loudspeaker.play(&ramp(1, 50 * PERIOD), RATE);
        bench.hear(5);
        bench.loudspeaker.stop();
        bench.loudspeaker.play(&ramp(1, 5 * PERIOD), RATE);
        let (speaker, feeder) = (&mut bench.speaker, &mut bench.feeder);
        feeder.step(&bench.loudspeaker.shared, || {
            speaker.begin();
            assert!((0..10 * PERIOD).all(|_| speaker.sample() == 0.0));
            // Somebody stops that too, and plays another.
            bench.loudspeaker.stop();
            bench.loudspeaker.play(&ramp(1, 3 * PERIOD), RATE);
        });
        speaker.begin();
        assert!((0..PERIOD).all(|_| speaker.sample() == 0.0), "it waits for its own flush");
        assert_eq!(bench.hear(3), ramp(1, 3 * PERIOD));
        assert_eq!(bench.flushes, 1);
    }

    #[test]
    fn the_reference_is_what_the_device_was_handed_as_loud_as_that_was() {
        let mut bench = Bench::new();
        bench.loudspeaker.set_volume(0.25);
        bench.loudspeaker.play(&vec![0.8; 5 * PERIOD], RATE);
        let heard = bench.hear(7);
        let reference = bench.loudspeaker.reference(7 * PERIOD);
        assert!((heard[0] - 0.2).abs() < 1e-6 && heard.len() == 7 * PERIOD);
        assert_eq!(reference, heard[..reference.len()]);
        assert!(reference.len() >= 6 * PERIOD, "{}", reference.len());
    }
}
