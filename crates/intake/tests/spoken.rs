//! Every question of the shipped protocols can be answered by voice: what stands on a button, said, chooses it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use bedside_intake::{ASK_BACK_BELOW, Item, ItemKind, Questionnaire, Understanding, understand};
use domain::Language;
use serde_json::{Value, json};
use time::macros::date;

const LANGUAGES: [&str; 2] = ["en", "es"];

fn forms() -> Vec<Questionnaire> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocols");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths
        .iter()
        .map(|path| Questionnaire::from_json(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect()
}

fn said(item: &Item, text: &str, tag: &str) -> (Value, Understanding) {
    let understood = understand(item, text, &Language::new(tag), date!(2026 - 11 - 24));
    (serde_json::to_value(&understood).unwrap(), understood)
}

/// As speech recognition writes it.
fn heard(text: &str) -> String {
    text.to_lowercase().replace([',', '.', '¿', '?'], "")
}

/// Options whose words are not understood as that option alone: taken for two, or asked back. To be mended where answers are
/// understood or, in the general visit, in its next version; a line that is no longer needed fails the test.
const NOT_YET: &[(&str, &str)] = &[
    ("headache-how", "sudden-headache"),
    ("headache-how", "worst-headache"),
    ("pregnancy-signs", "bleeding"),
    ("pregnancy-signs", "vision"),
    ("symptoms", "cough"),
];

#[test]
fn saying_what_stands_on_a_button_chooses_it() {
    let (mut all, mut failed) = (0, Vec::new());
    let mut not_yet = BTreeSet::new();
    for form in forms() {
        for item in form.items() {
            for option in item.options() {
                for tag in LANGUAGES {
                    let display = option.display.get(&Language::new(tag)).to_owned();
                    for text in [display.clone(), heard(&display)] {
                        let (found, _) = said(item, &text, tag);
                        all += 1;
                        let sure = found["confidence"].as_f64().unwrap_or(0.0) >= ASK_BACK_BELOW;
                        let known = NOT_YET.iter().position(|known| *known == (&item.link_id, &option.code));
                        if found["value"] != json!([option.code]) || !sure {
                            if let Some(known) = known {
                                not_yet.insert(known);
                                continue;
                            }
                            failed.push(format!(
                                "{} {} {tag}: {text:?} gives {found}",
                                form.name(),
                                item.link_id
                            ));
                        }
                    }
                }
            }
        }
    }
    assert_eq!(
        not_yet.len(),
        NOT_YET.len(),
        "of the options not understood yet, these are left: {not_yet:?}"
    );
    assert!(failed.is_empty(), "{} of {all}:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn yes_and_no_answer_every_question_that_asks_for_them() {
    for form in forms() {
        for item in form.items().filter(|item| item.kind == ItemKind::Boolean) {
            for (tag, text, value) in
                [("en", "yes", true), ("en", "no i haven't", false), ("es", "sí", true), ("es", "no", false)]
            {
                let (found, _) = said(item, text, tag);
                assert_eq!(
                    (&found["kind"], &found["value"]),
                    (&json!("answer"), &json!(value)),
                    "{} {tag} {text}",
                    item.link_id
                );
            }
        }
    }
}

#[test]
fn a_number_with_its_unit_answers_every_question_for_one() {
    for form in forms() {
        for item in form.items() {
            let cases = match &item.kind {
                ItemKind::Quantity { units, .. } if units.iter().any(|unit| unit.code == "Cel") => {
                    vec![("en", "a hundred and one point five", None), ("es", "treinta y ocho y medio", None)]
                }
                ItemKind::Quantity { .. } => vec![
                    ("en", "three days", Some(json!({ "value": 3, "unit": "d" }))),
                    ("es", "tres días", Some(json!({ "value": 3, "unit": "d" }))),
                ],
                ItemKind::Integer { .. } => {
                    vec![("en", "seven", Some(json!(7))), ("es", "siete", Some(json!(7)))]
                }
                ItemKind::Date { .. } => vec![
                    ("en", "last friday", Some(json!("2026-11-20"))),
                    ("es", "el viernes pasado", Some(json!("2026-11-20"))),
                ],
                _ => continue,
            };
            for (tag, text, value) in cases {
                let (found, _) = said(item, text, tag);
                assert_eq!(found["kind"], "answer", "{} {tag} {text}: {found}", item.link_id);
                if let Some(value) = value {
                    assert_eq!(found["value"], value, "{} {tag} {text}", item.link_id);
                }
            }
        }
    }
}

#[test]
fn medicines_are_understood_where_they_are_asked_for() {
    for form in forms() {
        for link_id in ["medicines", "refill-which"] {
            let Some(item) = form.item(link_id) else { continue };
            let (found, _) = said(item, "metformin five hundred twice a day", "en");
            assert_eq!(found["value"][0]["name"], "metformin", "{} {link_id}", form.name());
        }
    }
}
