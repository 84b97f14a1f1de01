//! Model files that are none: each has its own clear error, and the application goes on.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::Path;

use domain::{Coded, ErrorCode};
use inference::{SpeechClient, TranscribeOptions};
use support::{client, evaluation_data, limits, model, sound};

async fn refusal(client: &SpeechClient, model: &Path) -> (ErrorCode, String) {
    let error = client.transcribe(model, sound(1.0), &TranscribeOptions::default()).await.unwrap_err();
    (error.code(), error.to_string())
}

#[tokio::test]
async fn a_truncated_a_random_an_empty_and_a_foreign_file_each_say_what_they_are() {
    let (folder, good) = model();
    let whole = std::fs::read(&good).unwrap();
    let client = client(limits());
    let random: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let random_after_magic = [b"lmgg", &random[..]].concat();
    let mut wide = whole.clone();
    wide[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    let cases: [(&str, &[u8], &str); 8] = [
        ("cut in the last tensor", &whole[..whole.len() - 10], "cut short"),
        ("cut in the vocabulary", &whole[..200_000], "cut short"),
        ("cut in the header", &whole[..20], "cut short"),
        (
            "without its last tensors",
            &whole[..whole.len() - 64 * 4 - 12 - 4 - "decoder.blocks.0.cross_attn.out.bias".len()],
            "tensors are in the file",
        ),
        ("random", &random, "not a whisper model"),
        ("random after the magic", &random_after_magic, "damaged"),
        ("impossible width", &wide, "damaged"),
        ("empty", b"", "empty"),
    ];
    for (name, bytes, reason) in cases {
        let path = folder.path().join(format!("{name}.bin"));
        std::fs::write(&path, bytes).unwrap();
        let (code, words) = refusal(&client, &path).await;
        assert_eq!(code, ErrorCode::ModelInvalid, "{name}: {words}");
        assert!(words.contains(reason) && words.contains(name), "{name}: {words}");
    }
    let gguf = folder.path().join("language.gguf");
    std::fs::write(&gguf, b"GGUF\x03\0\0\0").unwrap();
    assert!(refusal(&client, &gguf).await.1.contains("not a whisper model"));
    assert_eq!(refusal(&client, &folder.path().join("none.bin")).await.0, ErrorCode::ModelMissing);
    assert!(matches!(
        refusal(&client, folder.path()).await.0,
        ErrorCode::ModelMissing | ErrorCode::ModelInvalid
    ));

    // After all of them the good one works.
    client.transcribe(&good, sound(1.0), &TranscribeOptions::default()).await.unwrap();
}

#[tokio::test]
async fn whisper_cpps_own_test_files_without_tensors_are_refused_in_words() {
    let Some(folder) = evaluation_data("whisper-structural") else { return };
    let client = client(limits());
    for name in ["for-tests-ggml-tiny.en.bin", "for-tests-ggml-base.en.bin"] {
        let (code, words) = refusal(&client, &folder.join(name)).await;
        assert_eq!(code, ErrorCode::ModelInvalid);
        assert!(words.contains("tensors are in the file"), "{words}");
    }
}

#[tokio::test]
async fn a_new_model_is_proven_in_a_process_of_its_own() {
    let (_folder, good) = model();
    let description = client(limits()).prove(&good).await.unwrap();
    assert_eq!(description.architecture, "whisper");
}
