//! The silence corpus: whatever the model, nothing is written where nobody speaks.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::PathBuf;

use inference::TranscribeOptions;
use support::{client, evaluation_data, limits, model};

const RATE: usize = 16_000;
const SECONDS: usize = 6;

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32 * 2.0 - 1.0
    }
}

/// Sounds of a clinic without anybody in it, by name.
fn corpus() -> Vec<(String, Vec<f32>)> {
    let length = SECONDS * RATE;
    let time = |n: usize| n as f32 / RATE as f32;
    let sine = |n: usize, hz: f32| (time(n) * hz * std::f32::consts::TAU).sin();
    let mut all = vec![("digital silence".to_owned(), vec![0.0; length])];
    for loud in [0.003, 0.02, 0.1] {
        let mut dice = Dice(7);
        all.push((format!("white noise {loud}"), (0..length).map(|_| dice.next() * loud).collect()));
        let mut last = 0.0;
        let brown = (0..length).map(|_| {
            last = last * 0.995 + dice.next() * 0.1;
            last * loud
        });
        all.push((format!("traffic {loud}"), brown.collect()));
        let hum = (0..length).map(|n| (sine(n, 50.0) + 0.5 * sine(n, 150.0) + 0.2 * sine(n, 250.0)) * loud);
        all.push((format!("hum {loud}"), hum.collect()));
        let fan =
            (0..length).map(|n| (dice.next() * 0.5 + 0.4 * sine(n, 117.0) + 0.2 * sine(n, 234.0)) * loud);
        all.push((format!("fan {loud}"), fan.collect()));
        let beeps =
            (0..length).map(|n| if time(n).fract() < 0.12 { sine(n, 960.0) * loud * 3.0 } else { 0.0 });
        all.push((format!("monitor {loud}"), beeps.collect()));
        let mut keys = vec![0.0_f32; length];
        for key in 0..30 {
            let at = key * length / 30 + ((dice.next() + 1.0) * 900.0) as usize;
            for n in 0..600.min(length - at) {
                keys[at + n] += dice.next() * (-(n as f32) / 90.0).exp() * loud * 3.0;
            }
        }
        all.push((format!("keyboard {loud}"), keys));
        let mut low = 0.0;
        let breath = (0..length).map(|n| {
            low = low * 0.7 + dice.next() * 0.3;
            low * (time(n) * 0.4 * std::f32::consts::TAU).sin().max(0.0).powi(2) * loud * 2.0
        });
        all.push((format!("breathing {loud}"), breath.collect()));
    }
    for folder in evaluation_data("audio/noise-and-rooms").into_iter() {
        for file in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            if file.extension().is_some_and(|kind| kind == "wav") {
                let mut reader = audio::file::SoundFile::open(&file, false).unwrap();
                let mut sound = Vec::new();
                while let Ok(Some(piece)) = reader.next_piece() {
                    sound.extend(piece);
                }
                all.push((file.file_name().unwrap().to_string_lossy().into_owned(), sound));
            }
        }
    }
    all
}

fn write(path: &std::path::Path, samples: &[f32]) {
    let form = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, form).unwrap();
    for sample in samples {
        writer.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).unwrap();
    }
    writer.finalize().unwrap();
}

async fn words_in_silence(model: PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let client = client(limits());
    let options =
        TranscribeOptions { language: Some("en".into()), words: true, ..TranscribeOptions::default() };
    let mut invented = Vec::new();
    let corpus = corpus();
    for (name, sound) in &corpus {
        let file = folder.path().join("sound.wav");
        write(&file, sound);
        let heard = client.transcribe_file(&model, &file, &options, |_| ()).await.unwrap();
        let text = heard.text().into_exposed();
        if text.chars().any(char::is_alphanumeric) {
            invented.push(format!("{name}: {text}"));
        }
    }
    eprintln!("{} sounds, words in {}", corpus.len(), invented.len());
    assert!(invented.is_empty(), "{invented:#?}");
}

#[tokio::test]
async fn a_model_that_always_says_something_writes_no_word_where_nobody_speaks() {
    let (_folder, model) = model();
    words_in_silence(model).await;
}

#[tokio::test]
async fn the_starter_model_writes_no_word_where_nobody_speaks() {
    let Some(model) = inference::starter() else {
        eprintln!("skipped: there is no starter model");
        return;
    };
    words_in_silence(model).await;
}
