//! Workers that die: the caller is told of what, and the next request finds a new one.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]
#![cfg(target_os = "linux")]

mod support;

use std::{process::Command, time::Duration};

use domain::{Coded, ErrorCode};
use inference::{Death, Error, Limits, SpeechClient, TranscribeOptions};
use support::{client, limits, model, sound};

/// Sends a signal by the system's own `kill`.
fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status().unwrap();
    assert!(sent.success());
}

/// What a transcription fails with when the worker gets a signal in the middle of it.
async fn death_by(client: &SpeechClient, model: &std::path::Path, name: &str) -> Error {
    let process = client.status(model).await.unwrap().process_id.unwrap();
    // Stopped first, so that the signal certainly meets a request under way.
    signal(process, "STOP");
    let options = TranscribeOptions::default();
    let work = client.transcribe(model, sound(5.0), &options);
    let strike = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        if name != "STOP" {
            signal(process, name);
            signal(process, "CONT");
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        result = work => result.unwrap_err(),
        () = strike => unreachable!(),
    }
}

async fn works_again(client: &SpeechClient, model: &std::path::Path) {
    client.transcribe(model, sound(1.0), &TranscribeOptions::default()).await.unwrap();
}

#[tokio::test]
async fn a_worker_that_is_killed_aborts_or_crashes_is_replaced_and_the_caller_told() {
    let (_folder, model) = model();
    let client = client(limits());
    let cases = [
        ("KILL", Death::Killed { signal: 9 }),
        ("ABRT", Death::Aborted),
        // Not SEGV: Rust's own handler takes the first one that no faulting instruction repeats.
        ("FPE", Death::Crashed { signal: 8 }),
        ("ILL", Death::Crashed { signal: 4 }),
    ];
    for (name, expected) in cases {
        let error = death_by(&client, &model, name).await;
        assert_eq!(error.code(), ErrorCode::WorkerDied);
        assert!(matches!(&error, Error::WorkerDied { death, .. } if *death == expected), "{name}: {error}");
        works_again(&client, &model).await;
    }
}

#[tokio::test]
async fn a_worker_that_hangs_is_stopped_and_replaced_and_the_caller_told() {
    let (_folder, model) = model();
    let client = client(Limits { silence: Duration::from_secs(3), ..limits() });
    let error = death_by(&client, &model, "STOP").await;
    assert_eq!(error.code(), ErrorCode::WorkerTimeout);
    assert!(matches!(&error, Error::WorkerDied { death: Death::Hung { .. }, .. }), "{error}");
    works_again(&client, &model).await;
}

#[tokio::test]
async fn a_worker_that_runs_out_of_memory_dies_alone_and_the_caller_is_told() {
    let (_folder, model) = model();
    // Enough to start, not enough for the model's working memory.
    let poor = client(Limits { memory: Some(120_000_000), ..limits() });
    let error = poor.transcribe(&model, sound(1.0), &TranscribeOptions::default()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::WorkerOutOfMemory, "{error}");
    works_again(&client(limits()), &model).await;
}

#[tokio::test]
async fn a_worker_ends_when_its_client_is_gone() {
    let (_folder, model) = model();
    let client = client(limits());
    let process = client.status(&model).await.unwrap().process_id.unwrap();
    drop(client);
    let gone = async {
        while std::path::Path::new(&format!("/proc/{process}")).exists() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), gone).await.unwrap();
}
