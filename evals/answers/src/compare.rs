//! When what was understood is right: the same kind, and a value that means the same.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::corpus::Labelled;

/// Numbers that differ by less are the same.
const SAME: f64 = 1e-6;

/// Times a day are given to two decimals.
const SAME_PER_DAY: f64 = 0.006;

/// Codes that name the same thing that is counted; UCUM leaves the words in braces free.
const SAME_UNITS: [&[&str]; 5] = [
    &["[iU]", "[IU]", "U", "[USP'U]"],
    &["{tablet}", "{tbl}", "{tab}", "{pill}"],
    &["{puff}", "{inhalation}", "{actuat}"],
    &["{capsule}", "{cap}"],
    &["[drp]", "{drop}"],
];

/// Whether `understood` (the JSON of an [`intake::understand::Understanding`]) is what the label says.
pub fn right(labelled: &Labelled, understood: &Value) -> bool {
    let expect = &labelled.expect;
    let kind = understood["kind"].as_str().unwrap_or_default();
    if kind != "answer" {
        return kind == expect.kind || expect.accept_kinds.iter().any(|other| other == kind);
    }
    let value = &understood["value"];
    let first = (expect.kind == "answer").then_some(&expect.value);
    first.into_iter().chain(&expect.accept).any(|expected| same(&labelled.sort, expected, value))
}

/// Whether the range is the labelled one; `None` where the label has none.
pub fn range_right(labelled: &Labelled, understood: &Value) -> Option<bool> {
    let expected = labelled.expect.range?;
    let bound = |at: usize, expected: f64| {
        understood["range"][at].as_f64().is_some_and(|bound| (bound - expected).abs() < SAME)
    };
    Some(bound(0, expected[0]) && bound(1, expected[1]))
}

fn same(sort: &str, expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Bool(expected), Value::Bool(got)) => expected == got,
        (Value::Number(_), Value::Number(_)) => close(expected, got, SAME),
        (Value::Object(_), Value::Object(_)) => same_quantity(expected, got),
        (Value::String(expected), Value::String(got)) => match sort {
            "phone" => digits(expected) == digits(got),
            "postcode" => letters_and_digits(expected) == letters_and_digits(got),
            "date" => expected == got,
            _ => words(expected) == words(got),
        },
        (Value::Array(expected), Value::Array(got)) => same_list(expected, got),
        _ => false,
    }
}

/// As sets: the order in which things were said is no part of the answer.
fn same_list(expected: &[Value], got: &[Value]) -> bool {
    if expected.len() != got.len() {
        return false;
    }
    if expected.iter().all(Value::is_string) {
        let set = |list: &[Value]| list.iter().map(|code| code.as_str().map(words)).collect::<BTreeSet<_>>();
        return set(expected) == set(got);
    }
    expected.iter().all(|medicine| got.iter().any(|other| same_medicine(medicine, other)))
}

fn same_medicine(expected: &Value, got: &Value) -> bool {
    let dose = match (expected.get("dose"), got.get("dose")) {
        (None, None) => true,
        (Some(expected), Some(got)) => same_quantity(expected, got),
        _ => false,
    };
    let per_day = match (expected.get("per_day"), got.get("per_day")) {
        (None, None) => true,
        (Some(expected), Some(got)) => close(expected, got, SAME_PER_DAY),
        _ => false,
    };
    expected["name"] == got["name"] && dose && per_day
}

fn same_quantity(expected: &Value, got: &Value) -> bool {
    let unit = |quantity: &Value| {
        let code = quantity.get("unit").and_then(Value::as_str)?;
        let named = SAME_UNITS.iter().find(|codes| codes.contains(&code)).map_or(code, |codes| codes[0]);
        Some(named.to_owned())
    };
    close(&expected["value"], &got["value"], SAME) && unit(expected) == unit(got)
}

fn close(expected: &Value, got: &Value, within: f64) -> bool {
    expected.as_f64().zip(got.as_f64()).is_some_and(|(expected, got)| (expected - got).abs() < within)
}

/// The digits, and the plus that an international number begins with.
fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Words without case, accents and punctuation, so that "I've" and "ive" are the same.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{range_right, right};
    use crate::corpus::Labelled;

    fn labelled(sort: &str, expect: &Value) -> Labelled {
        serde_json::from_value(json!({
            "id": "x", "lang": "en", "today": "2026-11-23", "question": {}, "text": "", "type": sort, "expect": expect
        }))
        .unwrap()
    }

    fn holds(sort: &str, expected: &Value, got: &Value) -> bool {
        let labelled = labelled(sort, &json!({"kind": "answer", "value": expected}));
        right(&labelled, &json!({"kind": "answer", "value": got, "confidence": 1}))
    }

    #[test]
    fn the_kind_must_be_the_labelled_one_or_an_accepted_one() {
        let either =
            labelled("yes-no", &json!({"kind": "answer", "value": true, "accept_kinds": ["unclear"]}));
        assert!(right(&either, &json!({"kind": "answer", "value": true})));
        assert!(right(&either, &json!({"kind": "unclear", "value": null})));
        assert!(!right(&either, &json!({"kind": "answer", "value": false})));
        assert!(!right(&either, &json!({"kind": "unknown", "value": null})));
        let skip = labelled("control", &json!({"kind": "skip"}));
        assert!(!right(&skip, &json!({"kind": "answer", "value": "skip"})));
        let or = labelled("control", &json!({"kind": "unclear", "accept": [30]}));
        assert!(right(&or, &json!({"kind": "answer", "value": 30})));
    }

    #[test]
    fn numbers_units_and_dates_must_agree() {
        assert!(holds("decimal", &json!(38.5), &json!(38.500_000_01)));
        assert!(!holds("decimal", &json!(38.5), &json!(38.4)));
        assert!(holds("duration", &json!({"value": 3, "unit": "d"}), &json!({"value": 3.0, "unit": "d"})));
        assert!(!holds("duration", &json!({"value": 3, "unit": "d"}), &json!({"value": 3})));
        assert!(!holds("duration", &json!({"value": 3}), &json!({"value": 3, "unit": "d"})));
        assert!(!holds("date", &json!("1981-05-03"), &json!("1981-05")));
    }

    #[test]
    fn lists_are_sets_and_a_medicine_must_agree_in_every_field() {
        assert!(holds("choice", &json!(["a", "b"]), &json!(["b", "a"])));
        assert!(!holds("choice", &json!(["a"]), &json!(["a", "b"])));
        assert!(holds("choice", &json!([]), &json!([])));
        let weekly = json!([{"name": "methotrexate", "dose": {"value": 15, "unit": "mg"}, "per_day": 0.14}]);
        let exact =
            json!([{"name": "methotrexate", "dose": {"value": 15, "unit": "mg"}, "per_day": 0.142_857}]);
        assert!(holds("medicines", &weekly, &exact));
        let no_dose = json!([{"name": "methotrexate", "per_day": 0.14}]);
        assert!(!holds("medicines", &weekly, &no_dose) && !holds("medicines", &no_dose, &weekly));
        let units = |unit: &str| json!([{"name": "insulin", "dose": {"value": 10, "unit": unit}}]);
        assert!(
            holds("medicines", &units("[iU]"), &units("U"))
                && !holds("medicines", &units("[iU]"), &units("mg"))
        );
    }

    #[test]
    fn words_are_compared_without_case_accents_and_punctuation() {
        assert!(holds("name", &json!("José O'Neill"), &json!("jose oneill")));
        assert!(!holds("name", &json!("José"), &json!("my name is José")));
        assert!(holds("phone", &json!("2025550104"), &json!("(202) 555-0104")));
        assert!(!holds("phone", &json!("+12025550104"), &json!("2025550104")));
        assert!(holds("postcode", &json!("SW1A 1AA"), &json!("sw1a1aa")));
    }

    #[test]
    fn a_range_is_judged_only_where_one_was_said() {
        let range = labelled("scale", &json!({"kind": "answer", "value": 7.5, "range": [7, 8]}));
        assert_eq!(range_right(&range, &json!({"range": [7.0, 8.0]})), Some(true));
        assert_eq!(range_right(&range, &json!({})), Some(false));
        let none = labelled("scale", &json!({"kind": "answer", "value": 7}));
        assert_eq!(range_right(&none, &json!({"range": [7, 8]})), None);
    }
}
