//! Transcribing with a small model, through the client, the supervisor, the pipe and whisper.cpp.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::{path::Path, time::Duration};

use domain::{Coded, ErrorCode};
use inference::{Error, Limits, TranscribeOptions};
use support::{client, ggml_whisper::SAYS, limits, model, sound, spoken};

fn english() -> TranscribeOptions {
    TranscribeOptions { language: Some("en".into()), words: true, ..TranscribeOptions::default() }
}

#[tokio::test]
async fn sound_becomes_segments_with_times_words_and_confidence() {
    let (_folder, model) = model();
    let client = client(limits());
    let heard = client.transcribe(&model, sound(4.0), &english()).await.unwrap();
    assert!(!heard.segments.is_empty());
    assert_eq!(heard.language.as_deref(), Some("en"));
    for segment in &heard.segments {
        let text = segment.text.expose();
        assert!(text.split_whitespace().all(|word| SAYS.contains(&word)), "{text}");
        assert!(0.0 <= segment.start && segment.start <= segment.end && segment.end <= 4.0);
        assert!(segment.confidence > 0.3 && segment.confidence <= 1.0, "{}", segment.confidence);
        assert_eq!(segment.words.len(), text.split_whitespace().count());
    }

    let status = client.status(&model).await.unwrap();
    assert_eq!((status.model.architecture.as_str(), status.model.vocabulary), ("whisper", 51_864));
    assert_eq!(status.model.multilingual, Some(false));
    if cfg!(target_os = "linux") {
        assert!(status.hello.sandbox.is_complete(), "{:?}", status.hello.sandbox);
    }
}

#[tokio::test]
async fn silence_becomes_nothing() {
    let (_folder, model) = model();
    let heard = client(limits()).transcribe(&model, vec![0.0; 40 * 16_000], &english()).await.unwrap();
    assert!(heard.segments.is_empty());
    assert!(heard.text().expose().is_empty());
    assert_eq!(heard.seconds, 40.0);
}

#[tokio::test]
async fn a_long_recording_is_told_window_by_window_with_times_of_the_whole() {
    let (folder, model) = model();
    let wav = folder.path().join("visit.wav");
    let format = hound::WavSpec {
        channels: 2,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&wav, format).unwrap();
    let speech = spoken("I have had a headache for three days, and it is getting worse. ", 44_100);
    for n in 0..44_100 * 70 {
        let sample = (speech[n % speech.len()] * 20_000.0) as i16;
        writer.write_sample(sample).unwrap();
        writer.write_sample(sample).unwrap();
    }
    writer.finalize().unwrap();

    let mut told = Vec::new();
    let mut done = Vec::new();
    let heard = client(limits())
        .transcribe_file(&model, &wav, &english(), |window| {
            told.extend(window.segments.to_vec());
            done.push(window.done);
            assert_eq!(window.of, 70.0);
        })
        .await
        .unwrap();
    assert_eq!(told, heard.segments);
    assert!(done.len() >= 3 && done.is_sorted() && *done.last().unwrap() == 70.0, "{done:?}");
    assert!(heard.segments.iter().any(|segment| segment.start > 35.0));
    assert!(heard.segments.is_sorted_by(|one, next| one.start <= next.start));
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn three_hours_are_read_in_the_memory_of_minutes() {
    const SECONDS: u32 = 3 * 60 * 60;
    let (folder, model) = model();
    let wav = folder.path().join("day.wav");
    let bytes = SECONDS * 16_000 * 2;
    // A sentence in the middle of silence that takes no room on the disk.
    let header = [
        &b"RIFF"[..],
        &(36 + bytes).to_le_bytes(),
        b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data",
        &bytes.to_le_bytes(),
    ]
    .concat();
    let sentence = spoken("I have had a headache for three days.", 16_000);
    let sentence: Vec<u8> =
        sentence.iter().flat_map(|sample| ((sample * 20_000.0) as i16).to_le_bytes()).collect();
    let file = std::fs::File::create(&wav).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, &header, 0).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&file, &sentence, 44 + u64::from(bytes) / 2).unwrap();
    file.set_len(44 + u64::from(bytes)).unwrap();

    let heard = client(limits()).transcribe_file(&model, &wav, &english(), |_| ()).await.unwrap();
    assert_eq!(heard.seconds, f64::from(SECONDS));
    let middle = f64::from(SECONDS) / 2.0;
    assert!(
        heard.segments.iter().all(|segment| (segment.start - middle).abs() < 40.0),
        "silence said nothing"
    );
    assert!(!heard.segments.is_empty());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    // As floats they are 660 MiB.
    assert!(peak < 250 * 1024, "{peak} KiB");
}

#[tokio::test]
async fn what_is_no_recording_is_refused_and_the_worker_lives_on() {
    let (folder, model) = model();
    let client = client(limits());
    for (name, bytes) in [("letter.wav", &b"Dear colleague"[..]), ("empty.wav", b"")] {
        let wav = folder.path().join(name);
        std::fs::write(&wav, bytes).unwrap();
        let error = client.transcribe_file(&model, &wav, &english(), |_| ()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::AudioInvalid);
    }
    client.transcribe(&model, sound(1.0), &english()).await.unwrap();
}

#[tokio::test]
async fn a_language_the_model_does_not_know_is_said_and_the_worker_lives_on() {
    let (_folder, model) = model();
    let client = client(limits());
    for language in ["es", "klingon", "e\0n"] {
        let options = TranscribeOptions { language: Some(language.into()), ..TranscribeOptions::default() };
        let error = client.transcribe(&model, sound(1.0), &options).await.unwrap_err();
        assert!(matches!(error, Error::Request { .. }), "{language}: {error}");
    }
    let prompt = TranscribeOptions { prompt: Some("met\0formin".into()), ..english() };
    client.transcribe(&model, sound(1.0), &prompt).await.unwrap();
}

#[tokio::test]
async fn a_dropped_request_is_cancelled_and_the_same_worker_takes_the_next() {
    let (_folder, model) = model();
    let client = client(limits());
    let before = client.status(&model).await.unwrap().process_id;
    let options = english();
    let long = client.transcribe(&model, sound(300.0), &options);
    assert!(tokio::time::timeout(Duration::from_millis(100), long).await.is_err());
    client.transcribe(&model, sound(1.0), &english()).await.unwrap();
    assert_eq!(client.status(&model).await.unwrap().process_id, before);
}

#[tokio::test]
async fn a_speech_worker_ends_when_it_has_had_nothing_to_do_and_comes_back() {
    let (_folder, model) = model();
    let client = client(Limits { idle: Duration::from_millis(200), ..limits() });
    let first = client.status(&model).await.unwrap().process_id.unwrap();
    while cfg!(target_os = "linux") && Path::new(&format!("/proc/{first}")).exists() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let second = client.status(&model).await.unwrap().process_id.unwrap();
    assert!(first != second || !cfg!(target_os = "linux"));
}
