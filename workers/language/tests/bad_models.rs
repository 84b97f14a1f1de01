//! Model files that are none, and workers that die of a good one: each said in words, and the application goes on.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::{path::Path, time::Duration};

use domain::{Coded, ErrorCode};
use inference::{Constraint, LanguageClient, Limits, Prompt};
use support::{ask, client, gguf, limits, model};

async fn refusal(client: &LanguageClient, model: &Path) -> (ErrorCode, String) {
    let error = client.generate(model, ask("x"), |_| ()).await.unwrap_err();
    (error.code(), error.to_string())
}

#[tokio::test]
async fn a_truncated_a_random_an_empty_and_a_foreign_file_each_say_what_they_are() {
    let (folder, good) = model();
    let whole = std::fs::read(&good).unwrap();
    let client = client(limits());
    let random: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut unknown = whole.clone();
    let at = unknown.windows(5).position(|bytes| bytes == b"llama").unwrap();
    unknown[at..at + 5].copy_from_slice(b"lxxma");
    let cases: [(&str, &[u8], &str); 7] = [
        ("cut in the last tensor", &whole[..whole.len() - 40], "cut short"),
        ("cut in the vocabulary", &whole[..1_500], "cut short"),
        ("cut in the header", &whole[..20], "cut short"),
        ("random", &random, "not a GGUF model"),
        ("random after the magic", &[b"GGUF", &random[..]].concat(), "damaged"),
        ("unknown architecture", &unknown, "lxxma"),
        ("empty", b"", "empty"),
    ];
    for (name, bytes, reason) in cases {
        let path = folder.path().join(format!("{name}.gguf"));
        std::fs::write(&path, bytes).unwrap();
        let (code, words) = refusal(&client, &path).await;
        assert_eq!(code, ErrorCode::ModelInvalid, "{name}: {words}");
        assert!(words.contains(reason) && words.contains(name), "{name}: {words}");
    }
    assert_eq!(refusal(&client, &folder.path().join("none.gguf")).await.0, ErrorCode::ModelMissing);
    client.generate(&good, Prompt { max_tokens: 2, ..ask("x") }, |_| ()).await.unwrap();
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_language_worker_that_is_killed_in_the_middle_is_replaced_and_the_caller_told() {
    let (_folder, model) = model();
    let client = client(limits());
    let process = client.status(&model).await.unwrap().process_id.unwrap();
    // Stopped first, so that the kill certainly meets a request under way.
    let signal = |name: &str| {
        assert!(
            std::process::Command::new("kill").args([name, &process.to_string()]).status().unwrap().success()
        );
    };
    signal("-STOP");
    let prompt = Prompt { max_tokens: 100, ..ask("x") }.constrained(Constraint::Free);
    let work = client.generate(&model, prompt, |_| ());
    let strike = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        signal("-KILL");
        std::future::pending::<()>().await;
    };
    let error = tokio::select! { result = work => result.unwrap_err(), () = strike => unreachable!() };
    assert_eq!(error.code(), ErrorCode::WorkerDied);
    assert!(error.to_string().contains("SIGKILL"), "{error}");
    client.generate(&model, Prompt { max_tokens: 2, ..ask("x") }, |_| ()).await.unwrap();
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_language_worker_without_memory_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("long.gguf");
    // A context of a million tokens takes a quarter of a gigabyte, and so much there is not.
    gguf::write_with(&model, 1 << 20, &[]);
    let poor = client(Limits { memory: Some(200_000_000), context: 1 << 20, ..limits() });
    let (code, words) = refusal(&poor, &model).await;
    assert_eq!(code, ErrorCode::WorkerOutOfMemory, "{words}");
}
