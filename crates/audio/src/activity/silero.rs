//! The detector: Silero VAD for 16 kHz, computed here.
//!
//! The network and its weights are those of the Python package `silero-vad` 6.2.3 (MIT, `silero_vad-LICENSE` beside this
//! file); `silero_vad_16k.safetensors` is its file of that name unchanged (SHA-256
//! `c59271c284ae9c8335d795d60e0bfdb71aaaceec578d9bd9ffc1b8153c319ea1`). Of 512 samples, with the 64 before them and 64
//! mirrored after, four spectra are taken (256 samples under a Hann window, 128 apart); four convolutions of width 3, an
//! LSTM cell and one more layer make a probability of them. About 13 million multiplications a second of sound.

use std::sync::{Arc, OnceLock};

use realfft::{RealFftPlanner, RealToComplex, num_complex::Complex};

/// Samples that are looked at together: 32 ms.
pub const FRAME: usize = 512;
/// Samples of the frame before that are looked at again, and that are mirrored at the end.
const BESIDE: usize = 64;
const WINDOW: usize = 256;
const STEP: usize = 128;
const BINS: usize = WINDOW / 2 + 1;
/// Width of the LSTM cell.
const CELL: usize = 128;

static FILE: &[u8] = include_bytes!("silero_vad_16k.safetensors");
/// Where the weights begin in the file: after the length of its header, and its header.
const HEADER: usize = 8 + 1208;

struct Weights {
    /// Those of a convolution: a row of `inputs * 3` for each output, and what is added.
    convolutions: [Convolution; 4],
    of_input: Vec<f32>,
    of_hidden: Vec<f32>,
    gates: Vec<f32>,
    last: Vec<f32>,
    bias: f32,
}

struct Convolution {
    weights: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    step: usize,
}

impl Weights {
    /// In the order of the file, whose first tensor, the spectrum's sines, is computed instead.
    fn read() -> Self {
        let mut at = HEADER + 2 * BINS * WINDOW * 4;
        let mut next = |count: usize| -> Vec<f32> {
            let bytes = &FILE[at..at + 4 * count];
            at += 4 * count;
            bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
        };
        let convolutions =
            [(BINS, 128, 1), (128, 64, 2), (64, 64, 2), (64, CELL, 1)].map(|(inputs, outputs, step)| {
                Convolution { weights: next(outputs * inputs * 3), bias: next(outputs), inputs, step }
            });
        let (of_input, of_hidden) = (next(4 * CELL * CELL), next(4 * CELL * CELL));
        let gates = next(4 * CELL).iter().zip(next(4 * CELL)).map(|(a, b)| a + b).collect();
        let last = next(CELL);
        let bias = next(1)[0];
        Self { convolutions, of_input, of_hidden, gates, last, bias }
    }
}

impl Convolution {
    /// Of positions one after the other; what is beside the first and the last counts as zero. Negative sums become zero.
    fn apply(&self, input: &[f32]) -> Vec<f32> {
        let positions = input.len() / self.inputs;
        let mut around = vec![0.0; 3 * self.inputs];
        let mut output = Vec::with_capacity(positions.div_ceil(self.step) * self.bias.len());
        for middle in (0..positions).step_by(self.step) {
            for (channel, three) in around.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                *three = [middle.wrapping_sub(1), middle, middle + 1].map(|position| {
                    if position < positions { input[position * self.inputs + channel] } else { 0.0 }
                });
            }
            let rows = self.weights.chunks_exact(around.len()).zip(&self.bias);
            output.extend(rows.map(|(row, bias)| (dot(row, &around) + bias).max(0.0)));
        }
        output
    }
}

/// Eight sums side by side, which the compiler turns into wide instructions.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    let (ones, rest) = one.as_chunks::<8>();
    let (others, other_rest) = other.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for (a, b) in ones.iter().zip(others) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest.iter().zip(other_rest).map(|(a, b)| a * b).sum::<f32>()
}

/// One channel's detector, with what it remembers.
pub struct Detector {
    weights: &'static Weights,
    fft: Arc<dyn RealToComplex<f32>>,
    hann: Vec<f32>,
    /// The end of the frame before.
    before: [f32; BESIDE],
    hidden: [f32; CELL],
    cell: [f32; CELL],
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector {
    /// Nothing heard yet.
    pub fn new() -> Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        let hann = (0..WINDOW)
            .map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / WINDOW as f32).cos())
            .collect();
        Self {
            weights: WEIGHTS.get_or_init(Weights::read),
            fft: RealFftPlanner::new().plan_fft_forward(WINDOW),
            hann,
            before: [0.0; BESIDE],
            hidden: [0.0; CELL],
            cell: [0.0; CELL],
        }
    }

    /// Forgets what was heard.
    pub fn reset(&mut self) {
        self.before = [0.0; BESIDE];
        (self.hidden, self.cell) = ([0.0; CELL], [0.0; CELL]);
    }

    /// The probability of speech in a frame, after those before it.
    pub fn probability(&mut self, frame: &[f32; FRAME]) -> f32 {
        let mut seen = Vec::with_capacity(FRAME + 2 * BESIDE);
        seen.extend_from_slice(&self.before);
        seen.extend_from_slice(frame);
        seen.extend((2..2 + BESIDE).map(|back| frame[FRAME - back]));
        self.before.copy_from_slice(&frame[FRAME - BESIDE..]);

        let mut layer = self.spectra(&seen);
        for convolution in &self.weights.convolutions {
            layer = convolution.apply(&layer);
        }
        self.remember(&layer);
        let heard = self.hidden.map(|value| value.max(0.0));
        sigmoid(dot(&self.weights.last, &heard) + self.weights.bias)
    }

    /// The magnitudes of each position, one position after the other.
    fn spectra(&self, seen: &[f32]) -> Vec<f32> {
        let mut magnitudes = Vec::with_capacity(4 * BINS);
        let mut bins = vec![Complex::default(); BINS];
        for start in (0..=seen.len() - WINDOW).step_by(STEP) {
            let part = &seen[start..start + WINDOW];
            let mut windowed: Vec<f32> =
                part.iter().zip(&self.hann).map(|(sample, window)| sample * window).collect();
            // It fails on wrong lengths only, and these are constant.
            if self.fft.process(&mut windowed, &mut bins).is_err() {
                bins.fill(Complex::default());
            }
            magnitudes.extend(bins.iter().map(|bin| bin.norm()));
        }
        magnitudes
    }

    /// The LSTM cell: input, forget, candidate and output gate, in this order.
    fn remember(&mut self, input: &[f32]) {
        let Weights { of_input, of_hidden, gates, .. } = self.weights;
        let sums: Vec<f32> = gates
            .iter()
            .zip(of_input.chunks_exact(CELL).zip(of_hidden.chunks_exact(CELL)))
            .map(|(bias, (by_input, by_hidden))| bias + dot(by_input, input) + dot(by_hidden, &self.hidden))
            .collect();
        for n in 0..CELL {
            let gate = |which: usize| sums[which * CELL + n];
            self.cell[n] = sigmoid(gate(1)) * self.cell[n] + sigmoid(gate(0)) * gate(2).tanh();
            self.hidden[n] = sigmoid(gate(3)) * self.cell[n].tanh();
        }
    }
}

fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + (-value).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A voice of harmonics, whose pitch wanders, in syllables; and what PyTorch computes of it with the same weights.
    #[test]
    fn it_computes_what_its_authors_network_computes() {
        const EXPECTED: [f32; 40] = [
            0.2697, 0.3636, 0.1102, 0.0277, 0.0413, 0.041, 0.0322, 0.044, 0.0233, 0.0249, 0.1055, 0.0329,
            0.0115, 0.0047, 0.0028, 0.0103, 0.0091, 0.0256, 0.0385, 0.0406, 0.0986, 0.2319, 0.0228, 0.0063,
            0.0036, 0.0161, 0.0452, 0.066, 0.0435, 0.0423, 0.0317, 0.2056, 0.0633, 0.0906, 0.249, 0.1451,
            0.0859, 0.1318, 0.0659, 0.0196,
        ];
        use std::f64::consts::TAU;
        let mut phase = 0.0_f64;
        let voice: Vec<f32> = (0..40 * FRAME)
            .map(|n| {
                let at = n as f64 / 16_000.0;
                phase += TAU * (120.0 + 20.0 * (TAU * 0.7 * at).sin()) / 16_000.0;
                let harmonics: f64 = (1..20).map(|k| (f64::from(k) * phase).sin() / f64::from(k)).sum();
                (harmonics * 0.1 * (TAU * 3.0 * at).sin().clamp(0.0, 1.0)) as f32
            })
            .collect();
        let mut detector = Detector::new();
        for again in 0..2 {
            for (frame, expected) in voice.as_chunks::<FRAME>().0.iter().zip(EXPECTED) {
                let found = detector.probability(frame);
                assert!((found - expected).abs() < 0.0005, "{again}: {found} instead of {expected}");
            }
            detector.reset();
        }
    }

    #[test]
    fn the_file_holds_the_tensors_that_are_read_from_it() {
        let header = std::str::from_utf8(&FILE[8..HEADER]).unwrap();
        let length = u64::from_le_bytes(FILE[..8].try_into().unwrap());
        assert_eq!(length as usize + 8, HEADER);
        let names = ["stft_conv", "conv1", "conv2", "conv3", "conv4", "lstm_cell", "final_conv"];
        let found = names.map(|name| header.find(&format!("\"{name}.")).unwrap());
        assert!(found.is_sorted(), "{header}");
        // To the last weight, and no further.
        let floats = 2 * BINS * WINDOW + 128 * BINS * 3 + 128 + 64 * 128 * 3 + 64 + 64 * 64 * 3 + 64;
        let floats = floats + CELL * 64 * 3 + CELL + 2 * 4 * CELL * CELL + 2 * 4 * CELL + CELL + 1;
        assert_eq!(FILE.len(), HEADER + 4 * floats);
    }
}
