//! Telling a patient who speaks from the loudspeaker's own echo.
//!
//! While a prompt is played, the microphone hears it: over the air, late, coloured by the room. How loud the echo is in each
//! band, against what was played within the last moments, is learnt as it goes (the room's coupling); what is louder than the
//! coupling allows, in several bands at once, is somebody near. No delay has to be known: the loudest of what was played
//! within [`WINDOW`] is what an echo can be made of.

use std::collections::VecDeque;
use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex};

use crate::mel;

/// Samples looked at together: 16 ms.
const FRAME: usize = 256;
/// Bands of about equal width on the ear's scale, 200 to 7,000 Hz.
const BANDS: usize = 16;
/// An echo comes back within so many frames: 0.6 s, the buffers of the sound system included.
const WINDOW: usize = 38;
/// The coupling is learnt for so many frames of the first prompt before anything is taken for speech: 0.9 s, since the echo may
/// only begin after the window.
const LEARNING: u32 = 56;
/// Somebody near is louder than the echo can be by this factor of power (7 dB), in at least [`NEAR_BANDS`] bands.
const LOUDER: f32 = 5.0;
const NEAR_BANDS: usize = 4;
/// So many frames of the last [`RECENT`] must be near: 80 of 112 ms.
const NEAR_FRAMES: usize = 5;
const RECENT: usize = 7;
/// Power of a band below which it says nothing (of full scale 1).
const FLOOR: f32 = 1e-7;

/// Watches a microphone while the loudspeaker plays.
pub struct EchoGuard {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    edges: [usize; BANDS + 1],
    microphone: Vec<f32>,
    reference: Vec<f32>,
    /// The bands of what was played, newest last.
    played: VecDeque<[f32; BANDS]>,
    coupling: [f32; BANDS],
    learnt: u32,
    near: VecDeque<bool>,
    /// What the microphone hears without anybody, by band.
    quiet: [f32; BANDS],
}

impl Default for EchoGuard {
    fn default() -> Self {
        Self::new()
    }
}

impl EchoGuard {
    /// Nothing is known of the room yet.
    pub fn new() -> Self {
        let edges = mel::edges(200.0, 7_000.0, FRAME);
        let window =
            (0..FRAME).map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / FRAME as f32).cos()).collect();
        Self {
            fft: RealFftPlanner::new().plan_fft_forward(FRAME),
            window,
            edges,
            microphone: Vec::new(),
            reference: Vec::new(),
            played: VecDeque::new(),
            coupling: [0.0; BANDS],
            learnt: 0,
            near: VecDeque::new(),
            quiet: [FLOOR; BANDS],
        }
    }

    /// A new prompt begins: what the room does is still known.
    pub fn begin(&mut self) {
        self.near.clear();
        self.microphone.clear();
        self.reference.clear();
    }

    /// Takes what the microphone heard and what was handed to the loudspeaker in the same time (as many samples, at 16 kHz).
    /// Whether somebody near speaks.
    pub fn push(&mut self, microphone: &[f32], reference: &[f32]) -> bool {
        self.microphone.extend_from_slice(microphone);
        self.reference.extend_from_slice(reference);
        let mut near = false;
        while self.microphone.len() >= FRAME && self.reference.len() >= FRAME {
            let heard: Vec<f32> = self.microphone.drain(..FRAME).collect();
            let played: Vec<f32> = self.reference.drain(..FRAME).collect();
            near |= self.frame(&heard, &played);
        }
        near
    }

    fn frame(&mut self, heard: &[f32], played: &[f32]) -> bool {
        let heard = self.bands(heard);
        self.played.push_back(self.bands(played));
        if self.played.len() > WINDOW {
            self.played.pop_front();
        }
        let mut louder = 0;
        let learning = self.learnt < LEARNING;
        let mut anything = false;
        for band in 0..BANDS {
            let most = self.played.iter().map(|bands| bands[band]).fold(0.0, f32::max);
            anything |= most > 10.0 * FLOOR;
            let allowed = self.coupling[band] * most + self.quiet[band];
            let above = heard[band] > LOUDER * allowed + FLOOR;
            if above && !learning {
                louder += 1;
            }
            // The coupling rises with what is heard while it is learnt, and slowly after: a patient who speaks must not
            // teach it. It never falls quickly, since an echo is as loud as its loudest moment.
            if most > 10.0 * FLOOR {
                let ratio = heard[band] / most;
                let coupling = &mut self.coupling[band];
                if learning {
                    *coupling = coupling.max(ratio);
                } else if ratio > *coupling {
                    *coupling += (ratio - *coupling) * if above { 0.001 } else { 0.3 };
                } else {
                    *coupling *= 0.9995;
                }
            } else {
                self.quiet[band] += (heard[band] - self.quiet[band]) * 0.02;
            }
        }
        if anything && learning {
            self.learnt += 1;
        }
        self.near.push_back(louder >= NEAR_BANDS);
        if self.near.len() > RECENT {
            self.near.pop_front();
        }
        self.near.iter().filter(|near| **near).count() >= NEAR_FRAMES
    }

    /// The power in each band.
    fn bands(&self, frame: &[f32]) -> [f32; BANDS] {
        let mut windowed: Vec<f32> = frame.iter().zip(&self.window).map(|(sample, w)| sample * w).collect();
        let mut spectrum = self.fft.make_output_vec();
        if self.fft.process(&mut windowed, &mut spectrum).is_err() {
            return [0.0; BANDS];
        }
        std::array::from_fn(|band| {
            let (from, to) = (self.edges[band], self.edges[band + 1].max(self.edges[band] + 1));
            spectrum[from..to].iter().map(|bin| bin.norm_sqr()).sum::<f32>() / (FRAME * FRAME) as f32
        })
    }
}
