//! What the loudspeaker was handed, to be read beside what the microphone hears.

use std::collections::VecDeque;

use crate::RATE;

/// What is kept.
const KEPT: usize = RATE as usize / 2;
/// A reader begins so far behind the newest, so that it does not run dry at once: 20 ms.
const SLACK: usize = RATE as usize / 50;
/// A reader may be behind by so much, or by what comes at once where that is more: 60 ms.
const BEHIND: usize = 3 * SLACK;

/// The last moments at [`RATE`], and where their reader is.
#[derive(Default)]
pub(crate) struct Reference {
    samples: VecDeque<f32>,
    /// Samples that the reader has not had yet, the newest of all; more than are kept where it did not read.
    unread: usize,
    /// The most that came at once, lately.
    burst: usize,
}

impl Reference {
    pub(crate) fn push(&mut self, samples: &[f32]) {
        if samples.is_empty() {
            return;
        }
        self.samples.extend(samples);
        self.unread += samples.len();
        self.burst = samples.len().max(self.burst * 99 / 100);
        let over = self.samples.len().saturating_sub(KEPT);
        self.samples.drain(..over);
    }

    /// The next `count` samples. A reader who fell behind goes on with the newest: an echo must not come before what it is
    /// the echo of.
    pub(crate) fn take(&mut self, count: usize) -> Vec<f32> {
        if self.unread > count + BEHIND.max(self.burst) {
            self.unread = (count + SLACK).min(self.samples.len());
        }
        let from = self.samples.len() - self.unread;
        let taken: Vec<f32> = self.samples.iter().skip(from).take(count).copied().collect();
        self.unread -= taken.len();
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(from: usize, count: usize) -> Vec<f32> {
        (from..from + count).map(|n| n as f32).collect()
    }

    #[test]
    fn a_reader_gets_each_sample_once_however_they_come() {
        let mut reference = Reference::default();
        let mut read = Vec::new();
        for n in 0..50 {
            // 40 ms at once, read in pieces of 10 ms.
            if n % 4 == 0 {
                reference.push(&ramp(n / 4 * 640, 640));
            }
            read.extend(reference.take(160));
        }
        assert_eq!(read, ramp(0, read.len()));
        assert!(read.len() >= 7_000);
    }

    #[test]
    fn a_reader_who_was_away_goes_on_with_the_newest() {
        let mut reference = Reference::default();
        for n in 0..100 {
            reference.push(&ramp(n * 320, 320));
        }
        let from = 32_000 - 160 - SLACK;
        assert_eq!(reference.take(160), ramp(from, 160));
        assert_eq!(reference.take(1_000), ramp(from + 160, SLACK));
        assert!(reference.take(160).is_empty());
        reference.push(&ramp(32_000, 320));
        assert_eq!(reference.take(160), ramp(32_000, 160));
    }
}
