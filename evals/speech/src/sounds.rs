//! Sounds of a clinic in which nobody speaks, made by formula from a seed: the same on every machine, and nobody's property.
//!
//! Each is [`SECONDS`] long, 16 kHz, and scaled so that its loudest tenth of a second has the wished root of the mean square.

use std::f32::consts::TAU;

use crate::RATE;

/// Length of a sound.
pub const SECONDS: usize = 8;

/// What makes a sound.
type Maker = fn(&mut Noise) -> Vec<f32>;

/// Every sound: its name, and what makes it.
const SOUNDS: [(&str, Maker); 22] = [
    ("white noise", |noise| (0..LENGTH).map(|_| noise.next()).collect()),
    ("rushing air", |noise| filtered(noise, 0.02, 0.0)),
    ("rumble", |noise| filtered(noise, 0.001, 0.0)),
    ("rain", |noise| filtered(noise, 0.9, 0.3)),
    ("mains hum, 50 Hz", |_| hum(50.0)),
    ("mains hum, 60 Hz", |_| hum(60.0)),
    ("fan", |noise| sum(&filtered(noise, 0.05, 0.0), &tones(&[(97.0, 0.1), (194.0, 0.05)]), 1.0)),
    ("vacuum cleaner", |noise| {
        sum(&filtered(noise, 0.3, 0.0), &tones(&[(310.0, 0.3), (620.0, 0.2), (1240.0, 0.1)]), 1.0)
    }),
    ("fluorescent tube", |_| tones(&[(100.0, 1.0), (200.0, 0.8), (400.0, 0.7), (800.0, 0.5), (1600.0, 0.3)])),
    ("a tone", |_| tones(&[(440.0, 1.0)])),
    ("monitor beeps", |_| gated(&tones(&[(960.0, 1.0), (1920.0, 0.2)]), 0.8, 0.12)),
    ("telephone rings", |_| gated(&gated(&tones(&[(440.0, 1.0), (480.0, 1.0)]), 0.05, 0.025), 3.0, 1.2)),
    ("siren", |_| siren()),
    ("music, chords", |_| chords()),
    ("music, a melody", |_| melody()),
    ("keyboard", |noise| knocks(noise, 7.0, 0.012, 0.5)),
    ("footsteps", |noise| knocks(noise, 1.9, 0.06, 0.05)),
    ("knocks on a door", |noise| gated(&knocks(noise, 4.0, 0.04, 0.1), 4.0, 1.0)),
    ("a clock", |noise| knocks(noise, 1.0, 0.006, 0.8)),
    ("paper", |noise| rustle(noise)),
    ("breathing", |noise| breathing(noise)),
    ("wheels on a floor", |noise| wheels(noise)),
];

const LENGTH: usize = SECONDS * RATE;

/// Every sound at a loudness (root of the mean square of its loudest tenth of a second, of full scale 1), with its name.
pub fn all(loudness: f32, seed: u64) -> impl Iterator<Item = (&'static str, Vec<f32>)> {
    SOUNDS.into_iter().enumerate().map(move |(number, (name, make))| {
        let mut noise = Noise(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
                ^ (number as u64 + 1).wrapping_mul(0xd134_2543_de82_ef95),
        );
        (name, scaled(make(&mut noise), loudness))
    })
}

/// To that loudness; what was silent stays it.
pub fn scaled(mut samples: Vec<f32>, loudness: f32) -> Vec<f32> {
    let power =
        |part: &[f32]| part.iter().map(|sample| sample * sample).sum::<f32>() / part.len().max(1) as f32;
    let loudest = samples.chunks(RATE / 10).map(power).fold(0.0, f32::max).sqrt();
    if loudest > 0.0 {
        samples.iter_mut().for_each(|sample| *sample = (*sample * loudness / loudest).clamp(-1.0, 1.0));
    }
    samples
}

/// xorshift64*: numbers in -1 to 1.
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 |= u64::from(self.0 == 0);
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn next(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / 8_388_608.0 - 1.0
    }

    /// 0 to 1.
    fn part(&mut self) -> f32 {
        self.next().abs()
    }
}

fn seconds(index: usize) -> f32 {
    index as f32 / RATE as f32
}

/// Noise through a low pass of one pole, and less of what is below a high pass of one pole.
fn filtered(noise: &mut Noise, low: f32, high: f32) -> Vec<f32> {
    let (mut smooth, mut slow) = (0.0_f32, 0.0_f32);
    (0..LENGTH)
        .map(|_| {
            smooth += low * (noise.next() - smooth);
            slow += high * (smooth - slow);
            smooth - slow
        })
        .collect()
}

fn tones(partials: &[(f32, f32)]) -> Vec<f32> {
    (0..LENGTH)
        .map(|n| partials.iter().map(|(hertz, loud)| loud * (TAU * hertz * seconds(n)).sin()).sum())
        .collect()
}

fn hum(mains: f32) -> Vec<f32> {
    tones(&[(mains, 1.0), (2.0 * mains, 0.6), (3.0 * mains, 0.4), (5.0 * mains, 0.15), (7.0 * mains, 0.05)])
}

fn sum(one: &[f32], other: &[f32], part: f32) -> Vec<f32> {
    one.iter().zip(other).map(|(a, b)| a + part * b).collect()
}

/// On for `on` seconds of every `every`, with soft edges.
fn gated(sound: &[f32], every: f32, on: f32) -> Vec<f32> {
    let open = |n: usize| {
        let at = seconds(n) % every;
        if at < on { (at.min(on - at) / 0.005).min(1.0) } else { 0.0 }
    };
    sound.iter().enumerate().map(|(n, sample)| sample * open(n)).collect()
}

fn siren() -> Vec<f32> {
    let mut phase = 0.0;
    (0..LENGTH)
        .map(|n| {
            phase += (700.0 + 250.0 * (TAU * 0.4 * seconds(n)).sin()) / RATE as f32;
            (TAU * phase).sin() + 0.3 * (TAU * 2.0 * phase).sin()
        })
        .collect()
}

/// A note of a plucked or blown kind.
fn note(hertz: f32, at: f32, length: f32, decay: f32, vibrato: f32) -> f32 {
    if !(0.0..length).contains(&at) {
        return 0.0;
    }
    let edge = (at / 0.02).min(1.0) * ((length - at) / 0.05).min(1.0);
    let phase = TAU * (hertz * at + vibrato * (TAU * 5.5 * at).sin());
    let harmonics: f32 = (1..=6).map(|k| (k as f32 * phase).sin() / (k * k) as f32).sum();
    edge * (-decay * at).exp() * harmonics
}

fn chords() -> Vec<f32> {
    const PROGRESSION: [[f32; 3]; 4] =
        [[261.6, 329.6, 392.0], [220.0, 261.6, 329.6], [174.6, 220.0, 261.6], [196.0, 246.9, 293.7]];
    (0..LENGTH)
        .map(|n| {
            let bar = (seconds(n) / 1.5) as usize;
            let at = seconds(n) % 1.5;
            PROGRESSION[bar % 4].iter().map(|hertz| note(*hertz, at, 1.5, 1.2, 0.0)).sum()
        })
        .collect()
}

fn melody() -> Vec<f32> {
    const TUNE: [f32; 10] = [392.0, 440.0, 493.9, 523.3, 493.9, 440.0, 587.3, 523.3, 440.0, 392.0];
    (0..LENGTH)
        .map(|n| {
            let step = (seconds(n) / 0.4) as usize;
            note(TUNE[step % TUNE.len()], seconds(n) % 0.4, 0.38, 0.5, 0.15)
        })
        .collect()
}

/// Short bursts of noise, so many a second at uneven distances, each dying away in `decay` seconds.
fn knocks(noise: &mut Noise, rate: f32, decay: f32, low: f32) -> Vec<f32> {
    let mut samples = vec![0.0; LENGTH];
    let mut at = 0.2 / rate;
    while (at * RATE as f32) < LENGTH as f32 {
        let (start, loud, mut smooth) = ((at * RATE as f32) as usize, 0.5 + 0.5 * noise.part(), 0.0);
        for n in 0..((decay * 6.0 * RATE as f32) as usize).min(LENGTH - start) {
            smooth += low * (noise.next() - smooth);
            samples[start + n] += loud * smooth * (-seconds(n) / decay).exp();
        }
        at += (0.6 + 0.8 * noise.part()) / rate;
    }
    samples
}

fn rustle(noise: &mut Noise) -> Vec<f32> {
    let mut loud = 0.0_f32;
    let mut wanted = 0.0;
    (0..LENGTH)
        .map(|n| {
            if n % 800 == 0 {
                let draw = noise.part();
                wanted = if draw > 0.6 { draw } else { 0.0 };
            }
            loud += 0.004 * (wanted - loud);
            loud * noise.next()
        })
        .collect()
}

/// In and out, twelve times a minute, through a mouth (a broad resonance).
fn breathing(noise: &mut Noise) -> Vec<f32> {
    let (mut a, mut b) = (0.0_f32, 0.0_f32);
    (0..LENGTH)
        .map(|n| {
            let at = seconds(n) % 5.0;
            let (loud, hertz) = match at {
                ..1.6 => ((at / 1.6 * TAU / 2.0).sin(), 1_100.0),
                2.0..4.0 => (0.8 * ((at - 2.0) / 2.0 * TAU / 2.0).sin(), 650.0),
                _ => (0.0, 650.0),
            };
            let radius = 0.93_f32;
            let next =
                noise.next() + 2.0 * radius * (TAU * hertz / RATE as f32).cos() * a - radius * radius * b;
            (b, a) = (a, next);
            loud * next
        })
        .collect()
}

fn wheels(noise: &mut Noise) -> Vec<f32> {
    let rumble = filtered(noise, 0.02, 0.001);
    let squeak: Vec<f32> = (0..LENGTH)
        .map(|n| {
            let at = seconds(n) % 0.9;
            note(2_300.0 + 200.0 * at, at, 0.12, 4.0, 0.0) * 0.02
        })
        .collect();
    sum(&rumble, &squeak, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sound_is_as_loud_as_asked_and_the_same_again() {
        let again: Vec<_> = all(0.1, 7).collect();
        for ((name, samples), (_, same)) in all(0.1, 7).zip(&again) {
            assert_eq!(samples.len(), LENGTH, "{name}");
            assert!(samples == *same, "{name}");
            let loudest = samples
                .chunks(RATE / 10)
                .map(|part| (part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32).sqrt())
                .fold(0.0, f32::max);
            assert!((0.05..=0.101).contains(&loudest), "{name}: {loudest}");
        }
    }
}
