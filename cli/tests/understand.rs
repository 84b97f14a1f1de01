//! `bedside understand --jsonl` as a script uses it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::Place;

fn answered(lines: &str) -> (bool, Vec<Value>, String) {
    let place = Place::new();
    let input = place.write("lines", lines);
    let output = place
        .command()
        .args(["understand", "--jsonl"])
        .stdin(std::fs::File::open(input).unwrap())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.success(), lines, String::from_utf8(output.stderr).unwrap())
}

fn line(id: Value, question: &Value, text: &str) -> String {
    json!({ "id": id, "lang": "en", "today": "2026-11-23", "question": question, "text": text }).to_string()
}

#[test]
fn each_line_is_answered_in_its_order() {
    let pain = json!({ "linkId": "pain", "type": "integer", "text": "How bad is it, from 0 to 10?" });
    let medicines = json!({ "linkId": "medicines", "type": "string", "repeats": true, "text": "Which medicines do you take?" });
    let lines = [
        line(json!(1), &pain, "seven or eight"),
        line(json!("b"), &medicines, "metformin five hundred twice a day"),
        line(json!(3), &pain, "can you say that again"),
    ];
    let (succeeded, answers, _) = answered(&lines.join("\n"));
    assert!(succeeded);
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(answers[0]["kind"], "answer");
    assert_eq!((&answers[0]["value"], &answers[0]["range"]), (&json!(7.5), &json!([7, 8])));
    assert_eq!(answers[0]["span"], json!([0, 14]));
    assert_eq!(answers[1]["value"], json!([{ "name": "metformin", "dose": { "value": 500 }, "per_day": 2 }]));
    assert_eq!((&answers[2]["kind"], &answers[2]["value"]), (&json!("repeat"), &Value::Null));
}

#[test]
fn a_line_that_cannot_be_read_gets_an_error_and_the_others_their_answer() {
    let fever = json!({ "linkId": "fever", "type": "boolean", "text": "Have you had a fever?" });
    let bad_day = line(json!("day"), &fever, "yes").replace("2026-11-23", "2026-11-31");
    let bad_item =
        line(json!("item"), &json!({ "linkId": "x", "type": "attachment", "text": "A picture?" }), "yes");
    let lines = [
        line(json!(1), &fever, "no"),
        "{not json".to_owned(),
        bad_day,
        bad_item,
        line(json!(5), &fever, "yes"),
    ];
    let (succeeded, answers, error) = answered(&lines.join("\n"));
    assert!(!succeeded && error.contains("[request.invalid]"), "{error}");
    assert_eq!(answers.len(), 5);
    assert_eq!((&answers[0]["value"], &answers[4]["value"]), (&json!(false), &json!(true)));
    let error = |at: usize| {
        (answers[at]["id"].clone(), answers[at]["line"].clone(), answers[at]["error"]["code"].clone())
    };
    assert_eq!(error(1), (Value::Null, json!(2), json!("request.invalid")));
    assert_eq!(error(2), (json!("day"), json!(3), json!("request.invalid")));
    assert_eq!(error(3), (json!("item"), json!(4), json!("questionnaire.invalid")));
}
