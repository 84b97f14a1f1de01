//! What is made of answers, one a line of JSON on the standard input: id, lang, today, question, text.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::BufRead as _;

use bedside_intake::understand::{day, question_from_json, understand};
use domain::Language;
use serde_json::Value;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        if line.trim().is_empty() {
            continue;
        }
        let row: Value = serde_json::from_str(&line).unwrap();
        let item = question_from_json(&row["question"]).unwrap();
        let language = Language::new(row["lang"].as_str().unwrap());
        let today = day(row["today"].as_str().unwrap()).unwrap();
        let mut out =
            serde_json::to_value(understand(&item, row["text"].as_str().unwrap(), &language, today)).unwrap();
        out["id"] = row["id"].clone();
        println!("{out}");
    }
}
