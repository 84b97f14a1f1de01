//! Cutting long audio into windows at quiet points, so that neither side ever holds more than half a minute of it.

/// Samples a second.
const RATE: usize = audio::RATE as usize;

/// The longest window: what whisper hears at once.
const LONGEST: usize = 30 * RATE;
/// A cut is looked for from here on, so that windows do not get short.
const EARLIEST_CUT: usize = 18 * RATE;
/// A cut lies in the middle of the quietest stretch of this length.
const QUIET: usize = RATE / 5;

/// A stretch of audio and where it starts.
#[derive(Debug, PartialEq)]
pub(crate) struct Window {
    /// Sample number of its first sample.
    pub(crate) start: u64,
    /// 16 kHz mono.
    pub(crate) samples: Vec<f32>,
}

/// Collects samples and gives windows.
#[derive(Default)]
pub(crate) struct Cutter {
    start: u64,
    buffer: Vec<f32>,
}

impl Cutter {
    /// Takes samples; they may be of any number.
    pub(crate) fn push(&mut self, samples: &[f32]) {
        self.buffer.extend_from_slice(samples);
    }

    /// The next full window, if there is one.
    pub(crate) fn next_window(&mut self) -> Option<Window> {
        (self.buffer.len() >= LONGEST).then(|| {
            let cut = EARLIEST_CUT + quietest(&self.buffer[EARLIEST_CUT..LONGEST]);
            self.take(cut)
        })
    }

    /// What is left at the end.
    pub(crate) fn last_window(&mut self) -> Option<Window> {
        (!self.buffer.is_empty()).then(|| self.take(self.buffer.len()))
    }

    fn take(&mut self, count: usize) -> Window {
        let rest = self.buffer.split_off(count);
        let samples = std::mem::replace(&mut self.buffer, rest);
        let start = self.start;
        self.start += samples.len() as u64;
        Window { start, samples }
    }
}

/// The middle of the quietest stretch; the latest one where several are equally quiet.
fn quietest(samples: &[f32]) -> usize {
    let step = QUIET / 4;
    let power =
        |from: usize| -> f32 { samples[from..from + QUIET].iter().map(|sample| sample * sample).sum() };
    (0..=(samples.len() - QUIET) / step)
        .map(|index| index * step)
        .min_by(|one, other| power(*one).total_cmp(&power(*other)).then(other.cmp(one)))
        .map_or(samples.len(), |from| from + QUIET / 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all_windows(cutter: &mut Cutter) -> Vec<Window> {
        let mut windows: Vec<Window> = std::iter::from_fn(|| cutter.next_window()).collect();
        windows.extend(cutter.last_window());
        windows
    }

    #[test]
    fn a_cut_lies_in_the_pause_and_not_in_the_speech() {
        let mut cutter = Cutter::default();
        let mut audio: Vec<f32> = (0..40 * RATE).map(|index| (index as f32 * 0.05).sin() * 0.3).collect();
        let pause = 22 * RATE..22 * RATE + RATE / 2;
        audio[pause.clone()].fill(0.0);
        cutter.push(&audio);
        let windows = all_windows(&mut cutter);
        assert_eq!(windows.len(), 2);
        assert!(pause.contains(&windows[0].samples.len()), "{}", windows[0].samples.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]
        #[test]
        fn no_sample_is_lost_or_doubled(length in 0_usize..(90 * RATE), piece in 1_usize..50_000) {
            let audio: Vec<f32> = (0..length).map(|index| ((index * 7919) % 1000) as f32 / 1000.0).collect();
            let mut cutter = Cutter::default();
            let mut windows = Vec::new();
            for part in audio.chunks(piece) {
                cutter.push(part);
                while let Some(window) = cutter.next_window() {
                    windows.push(window);
                }
            }
            windows.extend(cutter.last_window());
            prop_assert!(windows.iter().all(|window| window.samples.len() <= LONGEST));
            let mut position = 0;
            for window in &windows {
                prop_assert_eq!(window.start, position);
                position += window.samples.len() as u64;
            }
            let joined: Vec<f32> = windows.into_iter().flat_map(|window| window.samples).collect();
            prop_assert_eq!(joined, audio);
        }
    }
}
