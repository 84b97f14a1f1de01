//! Who speaks when two people share one microphone.
//!
//! Each stretch of speech is described by how its frames sound: 18 mel-frequency cepstral coefficients (Davis and Mermelstein,
//! 1980) and the logarithm of the pitch (the peak of the normalised autocorrelation). Two voices are told apart by two Gaussians
//! of one diagonal covariance, each stretch belonging to one of them as a whole (classification EM: Celeux and Govaert, 1992),
//! begun from several pairs of long stretches; the likeliest end counts. Which voice is whose is not known here.

use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex};

use crate::{RATE, mel};

/// Coefficients of a frame.
const CEPSTRUM: usize = 18;
/// What is known of a frame: the coefficients, and the pitch.
const SIZE: usize = CEPSTRUM + 1;
/// Samples of a frame, 25 ms, and from one to the next, 10 ms.
const FRAME: usize = RATE as usize / 40;
const HOP: usize = RATE as usize / 100;
const FFT: usize = 512;
/// Bands of equal width on the mel scale between these frequencies, in Hz.
const BANDS: usize = 24;
const LOWEST: f32 = 100.0;
const HIGHEST: f32 = 7_000.0;
/// The pitch is looked for between 70 and 400 Hz, in windows of 40 ms, every 20 ms.
const LAGS: std::ops::Range<usize> = RATE as usize / 400..RATE as usize / 70;
const PITCH_WINDOW: usize = RATE as usize / 25;
const PITCH_HOP: usize = RATE as usize / 50;
/// A window is voiced where its autocorrelation comes to so much of its power.
const VOICED: f32 = 0.5;
/// Frames quieter than the loudest by more than this factor of power (30 dB) say nothing of a voice.
const QUIET: f32 = 1e-3;
/// Fewer frames than these, 0.3 s, are no description.
const FEWEST: f64 = 30.0;
/// So many of the longest stretches are tried as beginnings, two by two.
const BEGINNINGS: usize = 7;
const ROUNDS: usize = 20;
/// Two voices are at least so far apart (the sum of the squared distances of the means over the variances): above what one reader
/// alone comes to in `evals/speech`, 1.9 to 2.3, since nobody named is better than somebody wrong.
const APART: f64 = 2.5;

/// How a stretch of speech sounds: count, sum and sum of squares of each thing that is known of its frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Voiceprint([Moments; SIZE]);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Moments {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    fn mean(&self) -> f64 {
        if self.count > 0.0 { self.sum / self.count } else { 0.0 }
    }

    /// The sum of the squared distances from a mean.
    fn spread(&self, mean: f64) -> f64 {
        (self.squares - 2.0 * mean * self.sum + self.count * mean * mean).max(0.0)
    }
}

/// Describes stretches of speech.
pub struct Voiceprints {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    edges: [usize; BANDS + 2],
}

impl Default for Voiceprints {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Voiceprints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Voiceprints")
    }
}

impl Voiceprints {
    /// The windows and bands that every description uses.
    pub fn new() -> Self {
        let edges = mel::edges(LOWEST, HIGHEST, FFT);
        let turn = 2.0 * std::f32::consts::PI / (FRAME - 1) as f32;
        let window = (0..FRAME).map(|at| 0.54 - 0.46 * (turn * at as f32).cos()).collect();
        Self { fft: RealFftPlanner::new().plan_fft_forward(FFT), window, edges }
    }

    /// Describes a stretch, at 16,000 Hz. `None` where too little of it is loud enough.
    pub fn of(&self, samples: &[f32]) -> Option<Voiceprint> {
        let power = |frame: &[f32]| frame.iter().map(|sample| sample * sample).sum::<f32>();
        let loudest = samples.chunks(FRAME).map(power).fold(0.0, f32::max);
        if loudest <= 0.0 {
            return None;
        }
        let mut moments = [Moments::default(); SIZE];
        let mut input = self.fft.make_input_vec();
        let mut output = self.fft.make_output_vec();
        for start in (1..samples.len().saturating_sub(FRAME)).step_by(HOP) {
            let frame = &samples[start..start + FRAME];
            if power(frame) < loudest * QUIET {
                continue;
            }
            input.fill(0.0);
            for (at, (sample, window)) in frame.iter().zip(&self.window).enumerate() {
                // The usual emphasis of high frequencies.
                input[at] = (sample - 0.97 * samples[start + at - 1]) * window;
            }
            if self.fft.process(&mut input, &mut output).is_err() {
                return None;
            }
            let powers: Vec<f32> = output.iter().map(|bin| bin.norm_sqr()).collect();
            for (place, value) in cepstrum(&self.bands(&powers)).into_iter().enumerate() {
                moments[place].add(f64::from(value));
            }
        }
        for start in (0..samples.len().saturating_sub(PITCH_WINDOW + LAGS.end)).step_by(PITCH_HOP) {
            let window = &samples[start..start + PITCH_WINDOW + LAGS.end];
            if power(&window[..FRAME]) >= loudest * QUIET
                && let Some(hz) = pitch(window)
            {
                moments[CEPSTRUM].add(f64::from(hz.ln()));
            }
        }
        (moments[0].count >= FEWEST).then_some(Voiceprint(moments))
    }

    /// The logarithm of the power in each band.
    fn bands(&self, powers: &[f32]) -> [f32; BANDS] {
        std::array::from_fn(|band| {
            let [low, middle, high] = [self.edges[band], self.edges[band + 1], self.edges[band + 2]];
            let rise = |bin: usize| (bin - low) as f32 / (middle - low).max(1) as f32;
            let fall = |bin: usize| (high - bin) as f32 / (high - middle).max(1) as f32;
            let sum: f32 = (low..high.min(powers.len()))
                .map(|bin| powers[bin] * if bin < middle { rise(bin) } else { fall(bin) })
                .sum();
            sum.max(1e-10).ln()
        })
    }
}

fn cepstrum(bands: &[f32; BANDS]) -> [f32; CEPSTRUM] {
    std::array::from_fn(|place| {
        let step = std::f32::consts::PI * (place + 1) as f32 / BANDS as f32;
        bands.iter().enumerate().map(|(band, value)| value * (step * (band as f32 + 0.5)).cos()).sum()
    })
}

/// The pitch of a window, in Hz, where it is voiced.
fn pitch(window: &[f32]) -> Option<f32> {
    let now = &window[..PITCH_WINDOW];
    let power: f32 = now.iter().map(|sample| sample * sample).sum();
    let mut best = (0.0, 0);
    for lag in LAGS {
        let later = &window[lag..lag + PITCH_WINDOW];
        let product: f32 = now.iter().zip(later).map(|(a, b)| a * b).sum();
        let other: f32 = later.iter().map(|sample| sample * sample).sum();
        let likeness = product / (power * other).sqrt().max(1e-9);
        // A lower octave is as like itself: the first that is clearly best counts.
        if likeness > best.0 + 0.03 {
            best = (likeness, lag);
        }
    }
    (best.0 > VOICED && best.1 > LAGS.start).then(|| RATE as f32 / best.1 as f32)
}

/// Two voices, and how far they are apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Voices {
    /// For each stretch whether the second voice speaks it; `None` where the stretch has no description.
    pub second: Vec<Option<bool>>,
    /// The sum of the squared distances of the means over the variances.
    pub apart: f64,
}

impl Voices {
    /// Whether there are two of them.
    pub fn are_two(&self) -> bool {
        self.apart >= APART
    }
}

/// Tells two voices apart in the stretches of a recording. `None` where there is not enough to tell.
pub fn two_voices(prints: &[Option<Voiceprint>]) -> Option<Voices> {
    let known: Vec<(usize, &Voiceprint)> =
        prints.iter().enumerate().filter_map(|(index, print)| Some((index, print.as_ref()?))).collect();
    let mut longest = known.clone();
    longest.sort_by(|a, b| b.1.0[0].count.total_cmp(&a.1.0[0].count));
    longest.truncate(BEGINNINGS);
    let mut all = [Moments::default(); SIZE];
    for (_, print) in &known {
        all.iter_mut().zip(&print.0).for_each(|(sum, own)| sum.join(own));
    }
    let mut best: Option<Fit> = None;
    for (place, one) in longest.iter().enumerate() {
        for other in &longest[place + 1..] {
            let fit = Fit::from(&known, &all, one.1, other.1);
            if best.as_ref().is_none_or(|best| fit.likelihood > best.likelihood) {
                best = Some(fit);
            }
        }
    }
    let fit = best?;
    let mut second = vec![None; prints.len()];
    for ((index, _), voice) in known.iter().zip(&fit.second) {
        second[*index] = Some(*voice);
    }
    Some(Voices { second, apart: fit.apart })
}

/// Where the rounds ended that began from a pair of stretches.
struct Fit {
    second: Vec<bool>,
    likelihood: f64,
    apart: f64,
}

impl Fit {
    /// `all`: the moments of every stretch together.
    fn from(
        known: &[(usize, &Voiceprint)],
        all: &[Moments; SIZE],
        one: &Voiceprint,
        other: &Voiceprint,
    ) -> Self {
        let mut variances: [f64; SIZE] =
            std::array::from_fn(|place| variance(all[place].spread(all[place].mean()), all[place].count));
        let mut means = [one, other].map(|print| print.0.map(|moments| moments.mean()));
        let mut second = Vec::new();
        for _ in 0..ROUNDS {
            let assigned: Vec<bool> = known
                .iter()
                .map(|(_, print)| {
                    distance(print, &means[1], &variances) < distance(print, &means[0], &variances)
                })
                .collect();
            if assigned == second {
                break;
            }
            second = assigned;
            let mut sums = [[Moments::default(); SIZE]; 2];
            for ((_, print), voice) in known.iter().zip(&second) {
                sums[usize::from(*voice)].iter_mut().zip(&print.0).for_each(|(sum, own)| sum.join(own));
            }
            means = sums.map(|sums| sums.map(|moments| moments.mean()));
            variances = std::array::from_fn(|place| {
                let spread: f64 = (0..2).map(|voice| sums[voice][place].spread(means[voice][place])).sum();
                variance(spread, sums[0][place].count + sums[1][place].count)
            });
        }
        let likelihood = -(0..SIZE).map(|place| all[place].count * variances[place].ln()).sum::<f64>();
        let apart =
            (0..SIZE).map(|place| (means[0][place] - means[1][place]).powi(2) / variances[place]).sum();
        Self { second, likelihood, apart }
    }
}

fn variance(spread: f64, count: f64) -> f64 {
    if count > 0.0 { (spread / count).max(1e-6) } else { 1.0 }
}

/// How far a stretch is from a voice.
fn distance(print: &Voiceprint, means: &[f64; SIZE], variances: &[f64; SIZE]) -> f64 {
    print.0.iter().zip(means).zip(variances).map(|((own, mean), variance)| own.spread(*mean) / variance).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vowel: a pulse train of this pitch through two resonances, with a little noise, made by formula.
    fn vowel(pitch: f32, formants: [f32; 2], seconds: f32, seed: u32) -> Vec<f32> {
        let mut noise = seed.wrapping_mul(2_654_435_761) | 1;
        let mut state = [[0.0_f32; 2]; 2];
        let mut phase = 0.0;
        (0..(seconds * RATE as f32) as usize)
            .map(|at| {
                noise ^= noise << 13;
                noise ^= noise >> 17;
                noise ^= noise << 5;
                let bend = 1.0 + 0.05 * (at as f32 / RATE as f32 * 6.0 + seed as f32).sin();
                phase += pitch * bend / RATE as f32;
                let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
                phase = phase.fract();
                let mut sample = pulse + (noise as f32 / u32::MAX as f32 - 0.5) * 0.02;
                for (formant, [one, two]) in formants.iter().zip(&mut state) {
                    let (radius, angle) = (0.97_f32, 2.0 * std::f32::consts::PI * formant / RATE as f32);
                    let next = sample + 2.0 * radius * angle.cos() * *one - radius * radius * *two;
                    (*two, *one) = (*one, next);
                    sample = next * 0.3;
                }
                sample
            })
            .collect()
    }

    #[test]
    fn two_voices_in_turn_are_told_apart() {
        let prints = Voiceprints::new();
        let turns: Vec<_> = (0..10)
            .map(|turn| {
                let (pitch, formants) =
                    if turn % 2 == 0 { (115.0, [550.0, 1_300.0]) } else { (210.0, [650.0, 1_800.0]) };
                prints.of(&vowel(pitch, formants, 0.6 + 0.1 * turn as f32, turn + 1))
            })
            .collect();
        let voices = two_voices(&turns).unwrap();
        let first = voices.second[0].unwrap();
        for (turn, second) in voices.second.iter().enumerate() {
            assert_eq!(second.unwrap(), (turn % 2 == 1) != first, "turn {turn}");
        }
        assert!(voices.are_two());
    }

    #[test]
    fn silence_and_too_short_a_stretch_have_no_description_and_belong_to_nobody() {
        let prints = Voiceprints::new();
        assert_eq!(prints.of(&vec![0.0; 16_000]), None);
        assert_eq!(prints.of(&vowel(120.0, [500.0, 1_500.0], 0.2, 1)), None);
        assert_eq!(prints.of(&[]), None);
        assert_eq!(two_voices(&[None, None]), None);
        let one = prints.of(&vowel(120.0, [500.0, 1_500.0], 1.0, 1));
        assert_eq!(two_voices(&[one, None]), None, "one stretch is one voice");
    }

    #[test]
    fn the_pitch_of_a_voice_is_found() {
        for hz in [90.0, 120.0, 200.0, 300.0] {
            let sound = vowel(hz, [600.0, 1_500.0], 0.5, 3);
            let found = pitch(&sound[4_000..4_000 + PITCH_WINDOW + LAGS.end]).unwrap();
            assert!((found / hz - 1.0).abs() < 0.1, "{found} for {hz}");
        }
    }
}
