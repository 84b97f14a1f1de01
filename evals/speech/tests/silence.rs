//! Where nobody speaks nothing is heard, whatever the model would say: through the whole way from samples to words.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::{Path, PathBuf};

use evals_speech::{RATE, evaluation_data, read, shapes, sounds};
use inference::{
    Limits, SpeechClient, TranscribeOptions, WorkerPrograms,
    stream::{Input, Live, Said, StreamOptions, run},
};
use tokio::sync::mpsc;

/// A model that says five words in whatever it hears.
fn model() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("says-something.bin");
    shapes::write(&path, &shapes::Shape::LEAST).unwrap();
    (folder, path)
}

fn client() -> SpeechClient {
    let programs = WorkerPrograms::find();
    assert!(programs.speech.exists(), "build the workers first: cargo xtask build");
    SpeechClient::new(&programs, Limits { threads: Some(1), ..Limits::default() })
}

/// The words that are heard in a sound while it lasts.
async fn words(client: &SpeechClient, model: &Path, sound: Vec<f32>) -> usize {
    let (sender, input) = mpsc::unbounded_channel();
    for (n, piece) in sound.chunks(RATE / 10).enumerate() {
        sender.send(Input::Sound { start: (n * (RATE / 10)) as u64, samples: piece.to_vec() }).unwrap();
    }
    sender.send(Input::End).unwrap();
    let live = Live {
        model: model.to_owned(),
        transcribe: TranscribeOptions { language: Some("en".into()), ..TranscribeOptions::default() },
        stream: StreamOptions::new(1, 28_000),
        source: None,
    };
    let mut words = 0;
    run(client, live, input, |said| match said {
        Said::Closed(stretch) => words += stretch.words.len(),
        Said::Tentative { committed, .. } => words += committed.expose().split_whitespace().count(),
        Said::Began { .. } | Said::Behind { .. } | Said::CaughtUp => {}
    })
    .await
    .unwrap();
    words
}

#[tokio::test]
async fn sounds_in_which_nobody_speaks_give_no_words() {
    let (_folder, model) = model();
    let client = client();
    assert_eq!(words(&client, &model, vec![0.0; 20 * RATE]).await, 0, "silence");
    for loudness in [0.005, 0.05, 0.2] {
        for (name, sound) in sounds::all(loudness, 1) {
            assert_eq!(words(&client, &model, sound).await, 0, "{name} at {loudness}");
        }
    }
}

#[tokio::test]
async fn rooms_in_which_nobody_speaks_give_no_words() {
    let Some(folder) = evaluation_data("audio/noise-and-rooms") else {
        eprintln!("skipped: no evaluation data");
        return;
    };
    let (_folder, model) = model();
    let client = client();
    for name in ["noise1", "noise2", "noise3", "noise4", "noise5", "doing_the_dishes", "exercise_bike"] {
        let sound = read(&folder.join(name).with_extension("wav")).unwrap();
        for loudness in [0.01, 0.1] {
            let sound = sounds::scaled(sound.clone(), loudness);
            assert_eq!(words(&client, &model, sound).await, 0, "{name} at {loudness}");
        }
    }
}

#[tokio::test]
async fn the_starter_model_hears_no_words_where_nobody_speaks() {
    let Some(model) = inference::starter() else {
        eprintln!("skipped: there is no starter model");
        return;
    };
    let client = client();
    for loudness in [0.05, 0.2] {
        for (name, sound) in sounds::all(loudness, 1) {
            assert_eq!(words(&client, &model, sound).await, 0, "{name} at {loudness}");
        }
    }
}

#[tokio::test]
async fn the_same_model_is_heard_where_somebody_speaks() {
    let (_folder, model) = model();
    let speech = audio::voice::Speech {
        text: "I have had a headache for three days.".to_owned().into(),
        language: "en".into(),
        voice: None,
        rate: 1.0,
    };
    let spoken = audio::voice::system().speak(&speech).unwrap();
    let mut resampler = audio::Resampler::new(spoken.rate, 1);
    let mut sound = resampler.push(&spoken.samples);
    sound.extend(resampler.finish());
    sound.extend(vec![0.0; RATE]);
    let heard = words(&client(), &model, sound).await;
    assert!(heard >= shapes::Shape::LEAST.words as usize, "{heard}");
}
