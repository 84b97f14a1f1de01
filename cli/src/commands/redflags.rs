//! `bedside redflags`: alarm signs in a text.

use std::io::BufRead as _;

use domain::{ErrorCode, Language};
use intake::RedFlagRules;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::arguments::RedflagsOptions;
use crate::failure::Failure;
use crate::output;

/// A line of `--jsonl`.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    #[serde(default)]
    lang: Option<String>,
}

pub(crate) fn run(options: &RedflagsOptions, json: bool) -> Result<(), Failure> {
    let rules = RedFlagRules::builtin()?;
    let language = options.language.clone();
    if let Some(text) = &options.text {
        let text = if text == "-" { &all_of_standard_input()? } else { text };
        let flags = assess(&rules, text, &language);
        output::either(json, &json!({ "text": text, "flags": flags }), || {
            if flags.is_empty() {
                return "no red flag".to_owned();
            }
            let lines = flags.iter().map(|flag| {
                format!("{} ({}) at {}", text_of(&flag["rule"]), text_of(&flag["severity"]), flag["span"])
            });
            lines.collect::<Vec<_>>().join("\n")
        });
        return Ok(());
    }
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let wrong = |reason: String| {
            Failure::new(
                ErrorCode::RequestInvalid,
                format!("line {} of standard input: {reason}", number + 1),
            )
        };
        let line = line.map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => Failure::new(
                ErrorCode::NotUtf8,
                format!("line {} of standard input is not UTF-8", number + 1),
            ),
            _ => wrong(error.to_string()),
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line)
            .map_err(|_| wrong("expected {\"id\", \"text\", \"lang\"?}".to_owned()))?;
        let language = line.lang.map_or_else(|| language.clone(), Language::new);
        if output::is_closed() {
            break;
        }
        output::json(&json!({ "id": line.id, "flags": assess(&rules, &line.text, &language) }));
    }
    Ok(())
}

pub(crate) fn all_of_standard_input() -> Result<String, Failure> {
    std::io::read_to_string(std::io::stdin().lock()).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => Failure::new(ErrorCode::NotUtf8, "standard input is not UTF-8"),
        _ => Failure::of_file("standard input".as_ref(), &error),
    })
}

fn assess(rules: &RedFlagRules, text: &str, language: &Language) -> Vec<Value> {
    let hits = rules.assess_text(text, language);
    hits.into_iter()
        .map(|hit| json!({ "rule": hit.rule, "severity": hit.severity, "span": hit.span }))
        .collect()
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
