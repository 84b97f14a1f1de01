//! Who speaks when: voice activity, and the turns that are made of it.
//!
//! The detector is [Silero](Detector), which gives a probability for each 32 ms. A turn begins when it
//! stays above [`Tuning::begin`] for [`Tuning::least_ms`], and ends when it has been below [`Tuning::end`] for
//! [`Tuning::pause_ms`]. The figures of `evals/speech` say how often that is right.

mod silero;

use std::cmp::Ordering;

use crate::RATE;

pub use silero::{Detector, FRAME};

/// Frames below the floor after which the detector rests: a second.
const RESTS_AFTER: u32 = RATE / FRAME as u32;

/// How turns are cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// Above this probability a frame is speech where there was silence.
    pub begin: f32,
    /// Below this probability a frame is silence where there was speech.
    pub end: f32,
    /// Speech must last so long to be a turn, in ms.
    pub least_ms: u32,
    /// A pause so long ends a turn, in ms.
    pub pause_ms: u32,
    /// A turn reaches back so far before the first frame of speech, in ms: a soft beginning is part of a word.
    pub before_ms: u32,
    /// Quieter than this (root of the mean square, of full scale 1) nothing is speech, whatever the detector holds it for.
    pub floor: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self { begin: 0.4, end: 0.25, least_ms: 160, pause_ms: 600, before_ms: 320, floor: 0.0008 }
    }
}

/// A turn's edge, by the number of its sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Somebody began to speak there.
    Began {
        /// The first sample of the turn.
        at: u64,
    },
    /// Somebody fell silent.
    Ended {
        /// The sample after the last of the turn, a short tail included.
        at: u64,
    },
}

/// The voice activity of one channel.
pub struct Activity {
    detector: Detector,
    tuning: Tuning,
    frame: [f32; FRAME],
    /// Samples in `frame`.
    filled: usize,
    /// Frames in a row below the floor.
    quiet: u32,
    /// Samples seen in whole frames.
    seen: u64,
    state: State,
    last_end: u64,
}

#[derive(Clone, Copy)]
enum State {
    Silent,
    /// Perhaps speech, since that sample.
    Rising(u64),
    Speaking,
    /// Perhaps silence, since that sample.
    Falling(u64),
}

impl Activity {
    /// Silence so far.
    pub fn new(tuning: Tuning) -> Self {
        Self {
            detector: Detector::new(),
            tuning,
            frame: [0.0; FRAME],
            filled: 0,
            quiet: 0,
            seen: 0,
            state: State::Silent,
            last_end: 0,
        }
    }

    /// Takes samples of one channel at [`RATE`] and tells where turns begin and end.
    pub fn push(&mut self, samples: &[f32]) -> Vec<Turn> {
        let mut turns = Vec::new();
        for sample in samples {
            self.frame[self.filled] = sample.clamp(-1.0, 1.0);
            self.filled += 1;
            if self.filled == FRAME {
                let probability = self.listen();
                self.filled = 0;
                turns.extend(self.step(probability));
            }
        }
        turns
    }

    /// The probability of speech in the full frame; 0 below the floor. After a second of it the detector rests, and begins
    /// anew with the next sound.
    fn listen(&mut self) -> f32 {
        let power = self.frame.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32;
        if power.sqrt() >= self.tuning.floor {
            self.quiet = 0;
            return self.detector.probability(&self.frame);
        }
        self.quiet = self.quiet.saturating_add(1);
        match self.quiet.cmp(&RESTS_AFTER) {
            Ordering::Less => {
                self.detector.probability(&self.frame);
            }
            Ordering::Equal => self.detector.reset(),
            Ordering::Greater => {}
        }
        0.0
    }

    /// Ends a turn that is under way, where there is one: nothing more comes, or the clock jumps.
    pub fn finish(&mut self) -> Option<Turn> {
        let speaking = self.is_speaking();
        self.state = State::Silent;
        self.seen += self.filled as u64;
        self.filled = 0;
        self.last_end = self.seen;
        speaking.then_some(Turn::Ended { at: self.seen })
    }

    /// Begins anew at that sample: what was before has nothing to do with what comes.
    pub fn jump(&mut self, to: u64) {
        self.detector.reset();
        self.filled = 0;
        self.state = State::Silent;
        (self.seen, self.last_end) = (to, to);
    }

    /// Whether somebody is speaking.
    pub const fn is_speaking(&self) -> bool {
        matches!(self.state, State::Speaking | State::Falling(_))
    }

    /// Where the turn that is under way will end ([`Turn::Ended`]) if the pause that has begun goes on.
    pub fn may_end_at(&self) -> Option<u64> {
        match self.state {
            State::Falling(since) => Some(since + self.tail()),
            _ => None,
        }
    }

    /// Of the pause that ends a turn a third stays with it: a soft end is part of a word.
    fn tail(&self) -> u64 {
        samples(self.tuning.pause_ms) / 3
    }

    /// Takes the probability of speech in the next [`FRAME`] samples, where another detector gives it.
    pub fn step(&mut self, probability: f32) -> Option<Turn> {
        let start = self.seen;
        self.seen += FRAME as u64;
        let Tuning { begin, end, least_ms, pause_ms, before_ms, .. } = self.tuning;
        match self.state {
            State::Silent if probability >= begin => {
                self.state = State::Rising(start);
                self.risen(start, least_ms, before_ms)
            }
            State::Rising(_) if probability < end => {
                self.state = State::Silent;
                None
            }
            State::Rising(since) => self.risen(since, least_ms, before_ms),
            State::Speaking if probability < end => {
                self.state = State::Falling(start);
                None
            }
            State::Falling(_) if probability >= begin => {
                self.state = State::Speaking;
                None
            }
            State::Falling(since) if self.seen - since >= samples(pause_ms) => {
                self.state = State::Silent;
                let at = since + self.tail();
                self.last_end = at;
                Some(Turn::Ended { at })
            }
            State::Silent | State::Speaking | State::Falling(_) => None,
        }
    }

    fn risen(&mut self, since: u64, least_ms: u32, before_ms: u32) -> Option<Turn> {
        (self.seen - since >= samples(least_ms)).then(|| {
            self.state = State::Speaking;
            Turn::Began { at: since.saturating_sub(samples(before_ms)).max(self.last_end) }
        })
    }
}

fn samples(ms: u32) -> u64 {
    u64::from(ms) * u64::from(RATE) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(probabilities: &[(f32, usize)]) -> Vec<Turn> {
        let mut activity = Activity::new(Tuning::default());
        let mut turns = Vec::new();
        for (probability, frames) in probabilities {
            for _ in 0..*frames {
                turns.extend(activity.step(*probability));
            }
        }
        turns
    }

    #[test]
    fn a_turn_begins_before_its_first_loud_frame_and_ends_after_its_last() {
        let turns = run(&[(0.0, 50), (0.9, 25), (0.0, 30)]);
        let begin = 50 * FRAME as u64;
        assert_eq!(
            turns,
            [Turn::Began { at: begin - 5_120 }, Turn::Ended { at: begin + 25 * FRAME as u64 + 3_200 }]
        );
    }

    #[test]
    fn a_click_is_no_turn_and_a_short_pause_ends_none() {
        assert!(run(&[(0.0, 10), (0.9, 4), (0.0, 50)]).is_empty());
        assert_eq!(run(&[(0.9, 15), (0.0, 10), (0.9, 15), (0.0, 30)]).len(), 2);
    }

    #[test]
    fn a_turn_never_reaches_into_the_one_before() {
        let turns = run(&[(0.9, 15), (0.0, 19), (0.9, 15), (0.0, 30)]);
        let [_, Turn::Ended { at: end }, Turn::Began { at: begin }, _] = turns[..] else {
            panic!("{turns:?}")
        };
        assert!(begin >= end);
    }

    #[test]
    fn silence_and_noise_below_the_floor_begin_nothing() {
        let mut activity = Activity::new(Tuning::default());
        assert!(activity.push(&vec![0.0; 64_000]).is_empty());
        let faint: Vec<f32> =
            (0..64_000).map(|n| ((n * 7_919 % 1_000) as f32 / 1_000.0 - 0.5) * 0.001).collect();
        assert!(activity.push(&faint).is_empty() && activity.finish().is_none());
    }
}
