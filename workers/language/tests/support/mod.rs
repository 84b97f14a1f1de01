//! What the tests of the language worker share.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod gguf;

use std::path::{Path, PathBuf};

use inference::{ChatMessage, ChatRole, LanguageClient, Limits, Prompt, WorkerPrograms};

/// A client of the worker under test.
pub fn client(limits: Limits) -> LanguageClient {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_bedside-language-worker"));
    LanguageClient::new(&WorkerPrograms::at(program.parent().unwrap()), limits)
}

/// The limits of most tests: one thread, because several that wait for each other in turns are slow on a machine that is
/// busy with other tests.
pub fn limits() -> Limits {
    Limits { threads: Some(1), ..Limits::default() }
}

/// A folder with a model in it, under a name with spaces and letters from far away.
pub fn model() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic models é日本");
    std::fs::create_dir(&path).unwrap();
    let path = path.join("smallest é日本.gguf");
    gguf::write(&path);
    (folder, path)
}

/// A question of one message.
pub fn ask(text: &str) -> Prompt {
    Prompt::new(vec![ChatMessage { role: ChatRole::User, content: text.into() }])
}

/// The real model of the evaluation data, where it is.
pub fn stories() -> Option<PathBuf> {
    let path = std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from)
        .join("language/llm-stories260K-gguf/stories260K.gguf");
    if !path.exists() {
        eprintln!("skipped: no evaluation data");
        return None;
    }
    Some(path)
}
