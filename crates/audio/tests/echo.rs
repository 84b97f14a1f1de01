//! The loudspeaker's echo is not taken for a patient, and a patient is heard through it.
#![cfg(target_os = "linux")]
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use bedside_audio::Resampler;
use bedside_audio::echo::EchoGuard;
use bedside_audio::voice::{self, Speech};

const PIECE: usize = 320;

fn said(text: &str, language: &str, rate: f32) -> Vec<f32> {
    let speech = Speech { text: text.to_owned().into(), language: language.into(), voice: None, rate };
    let spoken = voice::system().speak(&speech).unwrap();
    let mut resampler = Resampler::new(spoken.rate, 1);
    let mut samples = resampler.push(&spoken.samples);
    samples.extend(resampler.finish());
    samples
}

/// What a microphone hears of a prompt: late, quieter, and with a decaying room.
fn echo_of(prompt: &[f32], late: usize, loud: f32, length: usize) -> Vec<f32> {
    let mut heard = vec![0.0; length];
    for (tap, gain) in [(0, 1.0), (130, -0.5), (411, 0.35), (977, 0.2), (2_011, -0.15), (4_001, 0.08)] {
        for (n, sample) in prompt.iter().enumerate() {
            if let Some(to) = heard.get_mut(n + late + tap) {
                *to += sample * gain * loud;
            }
        }
    }
    // A quiet room's own noise.
    for (n, sample) in heard.iter_mut().enumerate() {
        *sample += ((n * 7_919 % 1_000) as f32 / 1_000.0 - 0.5) * 0.002;
    }
    heard
}

/// The sample at which somebody near is noticed.
fn noticed(guard: &mut EchoGuard, microphone: &[f32], reference: &[f32]) -> Option<usize> {
    let mut at = 0;
    for (heard, played) in microphone.chunks(PIECE).zip(reference.chunks(PIECE)) {
        at += heard.len();
        if guard.push(heard, played) {
            return Some(at);
        }
    }
    None
}

const PROMPTS: [&str; 4] = [
    "What brings you in today? Use your own words. One or two sentences are enough.",
    "How bad is it now, from zero to ten? Zero is no trouble at all. Ten is the worst you can think of.",
    "Do you take any medicines? Count pills, drops, inhalers, shots and things from the shop.",
    "Are you allergic to anything?",
];

#[test]
fn an_echo_alone_never_interrupts_a_prompt() {
    let mut wrong = Vec::new();
    for (n, prompt) in PROMPTS.iter().enumerate() {
        let prompt = said(prompt, "en", 1.0);
        for late in [0, 800, 3_200, 6_400] {
            for loud in [0.05, 0.3, 1.0] {
                let length = prompt.len() + 16_000;
                let mut reference = prompt.clone();
                reference.resize(length, 0.0);
                let microphone = echo_of(&prompt, late, loud, length);
                if let Some(at) = noticed(&mut EchoGuard::new(), &microphone, &reference) {
                    wrong.push((n, late, loud, at));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of 48: {wrong:?}", wrong.len());
}

#[test]
fn a_patient_is_heard_through_a_prompt_within_a_fifth_of_a_second() {
    let answers = [said("Seven out of ten", "en-gb", 1.0), said("Yes I do", "en-us", 1.1)];
    let mut times = Vec::new();
    let mut missed = Vec::new();
    for prompt in &PROMPTS[..3] {
        let prompt = said(prompt, "en", 1.0);
        for (late, loud) in [(800, 0.1), (3_200, 0.1), (3_200, 0.3)] {
            for answer in &answers {
                let length = prompt.len() + 16_000;
                let mut reference = prompt.clone();
                reference.resize(length, 0.0);
                let mut microphone = echo_of(&prompt, late, loud, length);
                let begin = 24_000;
                let first = answer.iter().position(|sample| sample.abs() > 0.02).unwrap();
                for (n, sample) in answer[first..].iter().enumerate() {
                    if let Some(to) = microphone.get_mut(begin + n) {
                        *to += sample;
                    }
                }
                match noticed(&mut EchoGuard::new(), &microphone, &reference) {
                    Some(at) if at >= begin => times.push((at - begin) / 16),
                    Some(_) => panic!("noticed before anybody spoke"),
                    None => missed.push(loud),
                }
            }
        }
    }
    times.sort_unstable();
    eprintln!("ms from the first sound to the decision: {times:?}, missed at an echo of {missed:?}");
    // An echo half as loud as the patient hides a short answer; one of a tenth hides none.
    assert!(!missed.contains(&0.1) && missed.len() <= 4, "{missed:?}");
    assert!(times[times.len() * 9 / 10] <= 200, "{times:?}");
}
