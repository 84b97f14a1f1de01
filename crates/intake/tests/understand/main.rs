//! What patients say to questions, and what is made of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod english;
mod english_harder;
mod english_words;
mod properties;
mod questions;
mod said_otherwise;
mod spanish;
mod spanish_harder;

use bedside_intake::understand::{ASK_BACK_BELOW, Kind, Understanding, understand};
use domain::Language;
use serde_json::{Value, json};
use time::macros::date;

/// What is understood on Monday, 23 November 2026.
fn heard(question: &str, text: &str, language: &str) -> Understanding {
    let item = questions::question(question, language);
    understand(&item, text, &Language::new(language), date!(2026 - 11 - 23))
}

/// Checks rows of question, text, and the value as JSON or the kind of what is no answer.
fn means(language: &str, rows: &[(&str, &str, &str)]) {
    for (question, text, expected) in rows {
        let understood = heard(question, text, language);
        let shape = serde_json::to_value(&understood).unwrap();
        let kind = shape["kind"].as_str().unwrap();
        let got = if kind == "answer" { sorted(&shape["value"]) } else { json!(kind) };
        let wanted = serde_json::from_str(expected).unwrap_or_else(|_| json!(expected));
        assert_eq!(got, sorted(&wanted), "{text:?} to {question}, with {}", understood.confidence);
    }
}

/// Lists in one order, numbers all of one kind.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(sorted).collect();
            list.sort_by_key(Value::to_string);
            Value::Array(list)
        }
        Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), sorted(value))).collect(),
        Value::Number(number) => json!(number.as_f64()),
        other => other.clone(),
    }
}

#[test]
fn an_answer_has_its_words_and_a_range_its_ends() {
    let shape = serde_json::to_value(heard("pain", "um, seven or eight I think", "en")).unwrap();
    assert_eq!(shape["kind"], "answer");
    assert_eq!(shape["value"], 7.5);
    assert_eq!(shape["range"], json!([7, 8]));
    assert_eq!(shape["span"], json!([4, 18]));
    let exact = heard("pain", "seven", "en");
    assert!(exact.range.is_none() && exact.confidence > shape["confidence"].as_f64().unwrap());
}

#[test]
fn the_span_counts_code_points() {
    let understood = heard("start", "¡Ay 😀! ayer", "es");
    assert_eq!(understood.span, Some((7, 11)));
}

#[test]
fn what_is_no_answer_has_no_value() {
    for (text, kind) in [("skip", Kind::Skip), ("uh", Kind::Unclear), ("go back", Kind::Back)] {
        let shape = serde_json::to_value(heard("pain", text, "en")).unwrap();
        assert_eq!(shape["value"], Value::Null, "{text}");
        assert_eq!(heard("pain", text, "en").kind, kind);
    }
}

#[test]
fn what_could_mean_either_is_asked_back() {
    for (question, text) in [
        ("fever", "maybe"),
        ("fever", "not really, maybe a little"),
        ("pain", "I don't know, five"),
        ("sev", "mild to moderate"),
        ("meds", "metformin and zorbatrol 20 mg"),
        ("meds", "furosemide forty milligrams in the morning and twenty in the afternoon"),
        ("smoke", "my brother's house"),
        ("start", "some time last summer"),
    ] {
        let understood = heard(question, text, "en");
        assert!(understood.confidence < ASK_BACK_BELOW, "{text:?}: {understood:?}");
    }
}

#[test]
fn what_was_taken_back_is_less_sure() {
    let (plain, turned) =
        (heard("fever", "yes, sometimes", "en"), heard("fever", "no, well, yes sometimes", "en"));
    assert_eq!(plain.value, turned.value);
    assert!(turned.confidence < plain.confidence - 0.1, "{} and {}", turned.confidence, plain.confidence);
}

#[test]
fn another_word_order_of_day_and_month_is_used_where_it_is_usual() {
    let item = questions::question("dob", "en");
    let value = |tag: &str| {
        let understood = understand(&item, "5/3/81", &Language::new(tag), date!(2026 - 11 - 23));
        serde_json::to_value(understood).unwrap()["value"].clone()
    };
    assert_eq!(value("en"), "1981-05-03");
    assert_eq!(value("en-GB"), "1981-03-05");
    assert_eq!(value("es-MX"), "1981-03-05");
}

#[test]
fn the_debug_form_holds_nothing_that_was_said() {
    assert!(!format!("{:?}", heard("name", "my name is Wilhelmina", "en")).contains("Wilhelmina"));
}
