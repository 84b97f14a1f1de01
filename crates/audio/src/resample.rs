//! Any rate to [`RATE`], as it comes in.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

use crate::RATE;

/// Input frames handed to the resampler at once.
const CHUNK: usize = 1024;
const SMALL: usize = 192;

/// Turns a stream of interleaved samples of any rate into one at [`RATE`]. Its delay is taken out, and what was pushed comes
/// out whole: [`Resampler::finish`] gives the rest.
pub struct Resampler {
    inner: Option<Fft<f32>>,
    channels: usize,
    from: u32,
    to: u32,
    waiting: Vec<f32>,
    output: Vec<f32>,
    /// Output frames to leave out at the start: the filter's delay.
    late: usize,
    pushed: u64,
    given: u64,
}

impl Resampler {
    /// From `rate` to [`RATE`].
    pub fn new(rate: u32, channels: usize) -> Self {
        Self::between(rate, RATE, channels)
    }

    /// From one rate to another.
    pub fn between(from: u32, to: u32, channels: usize) -> Self {
        Self::in_chunks(from, to, channels, CHUNK)
    }

    /// One channel from one rate to another, in pieces as small as the rates allow: it is never late by more than some ms,
    /// and a coarser filter.
    pub(crate) fn small(from: u32, to: u32) -> Self {
        Self::in_chunks(from, to, 1, SMALL)
    }

    fn in_chunks(from: u32, to: u32, channels: usize, chunk: usize) -> Self {
        let inner = (from != to)
            .then(|| Fft::new(from as usize, to as usize, chunk, channels, FixedSync::Input).ok())
            .flatten();
        let late = inner.as_ref().map_or(0, |inner| inner.output_delay());
        Self { inner, channels, from, to, waiting: Vec::new(), output: Vec::new(), late, pushed: 0, given: 0 }
    }

    /// Takes interleaved samples and gives what is ready.
    pub fn push(&mut self, samples: &[f32]) -> Vec<f32> {
        self.pushed += (samples.len() / self.channels) as u64;
        self.run(samples)
    }

    /// The rest, once nothing more comes: as many samples in all as the length of the input asks for.
    pub fn finish(&mut self) -> Vec<f32> {
        let whole = (self.pushed as f64 * f64::from(self.to) / f64::from(self.from)).round() as u64;
        let silence = vec![0.0; CHUNK * self.channels];
        let mut rest = Vec::new();
        while self.given < whole && self.inner.is_some() {
            let before = self.given;
            let mut more = self.run(&silence);
            let wanted = usize::try_from(whole - before).unwrap_or(usize::MAX) * self.channels;
            more.truncate(wanted);
            rest.extend(more);
        }
        rest
    }

    fn run(&mut self, samples: &[f32]) -> Vec<f32> {
        let Some(inner) = &mut self.inner else {
            self.given += (samples.len() / self.channels) as u64;
            return samples.to_vec();
        };
        self.waiting.extend_from_slice(samples);
        let mut ready = Vec::new();
        let mut used = 0;
        loop {
            let frames = inner.input_frames_next();
            let end = used + frames * self.channels;
            if end > self.waiting.len() {
                break;
            }
            let room = inner.output_frames_next();
            self.output.resize(room * self.channels, 0.0);
            let (Ok(input), Ok(mut output)) = (
                InterleavedSlice::new(&self.waiting[used..end], self.channels, frames),
                InterleavedSlice::new_mut(&mut self.output, self.channels, room),
            ) else {
                break;
            };
            let written =
                inner.process_into_buffer(&input, &mut output, None).map_or(0, |(_, written)| written);
            let skip = self.late.min(written);
            self.late -= skip;
            ready.extend_from_slice(&self.output[skip * self.channels..written * self.channels]);
            used = end;
        }
        self.waiting.drain(..used);
        self.given += (ready.len() / self.channels) as u64;
        ready
    }
}

/// Interleaved frames of `from` channels to one channel (their mean) or to the first two.
pub(crate) fn to_channels(samples: &[f32], from: usize, to: usize) -> Vec<f32> {
    match (from, to) {
        (from, to) if from == to => samples.to_vec(),
        (_, 1) => samples.chunks_exact(from).map(|frame| frame.iter().sum::<f32>() / from as f32).collect(),
        (1, to) => samples.iter().flat_map(|sample| std::iter::repeat_n(*sample, to)).collect(),
        (_, to) => samples.chunks_exact(from).flat_map(|frame| frame[..to].iter().copied()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_keeps_its_length_its_pitch_and_its_place() {
        for rate in [8_000, 22_050, 44_100, 48_000, 96_000] {
            let tone: Vec<f32> = (0..rate * 2)
                .map(|n| (n as f32 / rate as f32 * 440.0 * std::f32::consts::TAU).sin() * 0.5)
                .collect();
            let mut resampler = Resampler::new(rate, 1);
            let mut out = Vec::new();
            for piece in tone.chunks(777) {
                out.extend(resampler.push(piece));
            }
            out.extend(resampler.finish());
            assert_eq!(out.len(), 2 * RATE as usize, "{rate}");
            let same = (2_000..30_000)
                .map(|n| (n as f32 / RATE as f32 * 440.0 * std::f32::consts::TAU).sin() * 0.5 - out[n])
                .fold(0.0_f32, |worst, error| worst.max(error.abs()));
            assert!(same < 0.05, "{rate}: {same}");
        }
    }

    #[test]
    fn two_channels_stay_apart() {
        let mut resampler = Resampler::new(48_000, 2);
        let frames: Vec<f32> = (0..48_000).flat_map(|_| [0.5, -0.25]).collect();
        let mut out = resampler.push(&frames);
        out.extend(resampler.finish());
        assert_eq!(out.len(), 2 * RATE as usize);
        assert!((out[16_000] - 0.5).abs() < 0.01 && (out[16_001] + 0.25).abs() < 0.01);
    }

    #[test]
    fn channels_are_mixed_or_chosen() {
        assert_eq!(to_channels(&[1.0, 0.0, 0.5, 0.5], 2, 1), [0.5, 0.5]);
        assert_eq!(to_channels(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, 2), [1.0, 2.0, 4.0, 5.0]);
        assert_eq!(to_channels(&[1.0], 1, 2), [1.0, 1.0]);
    }
}
