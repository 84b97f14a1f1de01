//! `bedside understand --jsonl`: what patients' answers mean, a line each.

use std::io::BufRead as _;

use domain::{ErrorCode, Language};
use inference::{Embedder, LanguageClient, Limits, WorkerPrograms};
use intake::understand::{Nearness, day, question_from_json, understand};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::models;
use crate::arguments::{UnderstandOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;

/// A line: what was said to which question, in which language, on which day.
#[derive(Deserialize)]
struct Line {
    id: Value,
    lang: String,
    today: String,
    question: Value,
    text: String,
}

/// An answered line.
#[derive(Serialize)]
struct Answered {
    id: Value,
    #[serde(flatten)]
    understanding: intake::Understanding,
}

/// What asks an embedding model, in a worker of its own.
struct Near {
    runtime: tokio::runtime::Runtime,
    embedder: Embedder,
}

impl Near {
    fn new(vault: &VaultArguments, model: &str) -> Result<Self, Failure> {
        let client = LanguageClient::new(&WorkerPrograms::find(), Limits::default());
        let embedder = Embedder::new(client, models::of(vault)?.locate(model)?);
        Ok(Self { runtime: super::runtime()?, embedder })
    }
}

/// Answers every line that can be read; one that cannot gets an error object in its place, and the command fails at the end.
pub(crate) fn run(vault: &VaultArguments, options: &UnderstandOptions) -> Result<(), Failure> {
    let near = options.embedding.as_ref().map(|model| Near::new(vault, model)).transpose()?;
    let mut refused = 0_usize;
    let mut lines = 0_usize;
    for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.map_err(|error| {
            Failure::new(ErrorCode::InputOutput, format!("line {} of standard input: {error}", number + 1))
        })?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        lines += 1;
        match answered(&line, near.as_ref()) {
            Ok(answered) => output::json(&answered),
            Err((id, failure)) => {
                refused += 1;
                let error = json!({ "code": failure.code, "message": failure.message });
                output::json(&json!({ "id": id, "line": number + 1, "error": error }));
            }
        }
    }
    if refused == 0 {
        return Ok(());
    }
    let message = format!("{refused} of {lines} lines could not be read; their error objects say why");
    Err(Failure::new(ErrorCode::RequestInvalid, message))
}

/// The line's answer; where there is none, its id as far as it can be read, and why.
fn answered(line: &[u8], near: Option<&Near>) -> Result<Answered, (Value, Failure)> {
    let refused = |id: Value, code: ErrorCode, message: &str| (id, Failure::new(code, message));
    let text = std::str::from_utf8(line)
        .map_err(|_| refused(Value::Null, ErrorCode::NotUtf8, "the line is not UTF-8"))?;
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|_| refused(Value::Null, ErrorCode::RequestInvalid, "the line is not JSON"))?;
    let id = value.get("id").cloned().unwrap_or(Value::Null);
    let line: Line = serde_json::from_value(value).map_err(|_| {
        let expected = "expected {\"id\", \"lang\", \"today\", \"question\", \"text\"}";
        refused(id.clone(), ErrorCode::RequestInvalid, expected)
    })?;
    let today = day(&line.today)
        .ok_or_else(|| refused(id.clone(), ErrorCode::RequestInvalid, "'today' is not a day, YYYY-MM-DD"))?;
    let question = question_from_json(&line.question).map_err(|error| (id, Failure::from(error)))?;
    let language = Language::new(line.lang);
    let mut understanding = understand(&question, &line.text, &language, today);
    if let Some(near) = near
        && let Some(nearness) = Nearness::wanted(&question, &line.text, &language, &understanding)
    {
        let settled = near.runtime.block_on(near.embedder.settle(&nearness, understanding));
        understanding = settled.map_err(|error| (line.id.clone(), Failure::from(error)))?;
    }
    Ok(Answered { id: line.id, understanding })
}
