//! Answers that were once taken for something else, or for nothing: `said-otherwise.jsonl`, a question, what is meant, and the
//! words for it, a line. What is no answer has its kinds (`"kind": ["unknown", "unclear"]`) instead of a meaning, and "unsure"
//! among them stands for an answer that is asked back.

use bedside_intake::understand::{ASK_BACK_BELOW, question_from_json, understand};
use domain::Language;
use serde_json::{Value, json};
use time::macros::date;

use super::sorted;

#[test]
fn what_was_once_misunderstood_is_understood() {
    let mut wrong = Vec::new();
    for line in include_str!("said-otherwise.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let item = question_from_json(&row["question"]).unwrap();
        let language = Language::new(row["lang"].as_str().unwrap());
        let choice = row["question"]["type"] == "choice";
        let wanted = match &row["means"] {
            Value::String(code) if choice => json!([code]),
            Value::Array(pair) if row["question"]["type"] == "quantity" => {
                json!({ "value": pair[0], "unit": pair[1] })
            }
            other => other.clone(),
        };
        for said in row["said"].as_array().unwrap() {
            let said = said.as_str().unwrap();
            let understood = understand(&item, said, &language, date!(2026 - 11 - 23));
            let got = serde_json::to_value(&understood).unwrap();
            if let Some(kinds) = row["kind"].as_array() {
                let unsure = understood.confidence < ASK_BACK_BELOW && kinds.contains(&json!("unsure"));
                if !kinds.contains(&got["kind"]) && !unsure {
                    wrong.push(format!("{said:?} to {}: {got}", row["question"]["text"]));
                }
                continue;
            }
            if got["kind"] != "answer" || sorted(&got["value"]) != sorted(&wanted) {
                wrong.push(format!("{said:?} to {}: {got}", row["question"]["text"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
