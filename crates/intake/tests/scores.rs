//! Scores of finished questionnaires: the published sums and bands, and nothing where a part of the sum is missing.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use bedside_intake::{Intake, Questionnaire, Score, answers};
use domain::Language;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const CODES: [&str; 4] = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];

fn form(name: &str) -> Arc<Questionnaire> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../protocols/{name}.json"));
    Arc::new(Questionnaire::from_json(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// The intake with the items of the instrument answered, in their order, by what each counts.
fn answered(form: &Arc<Questionnaire>, prefix: &str, counts: &[usize]) -> Intake {
    let given: Map<String, Value> = counts
        .iter()
        .enumerate()
        .map(|(item, count)| (format!("{prefix}-{}", item + 1), json!(CODES[*count])))
        .collect();
    let given = answers::from_json(&Value::Object(given).to_string(), form).unwrap();
    Intake::replay(form.clone(), given).unwrap()
}

fn score(intake: &Intake, name: &str, language: &str) -> Option<Score> {
    intake.scores(&Language::new(language)).into_iter().find(|score| score.name == name)
}

#[test]
fn phq_9_and_gad_7_have_their_published_bands_at_every_edge() {
    for (name, prefix, items, edges) in [
        (
            "PHQ-9",
            "phq",
            9,
            vec![
                (4, "Minimal"),
                (5, "Mild"),
                (9, "Mild"),
                (10, "Moderate"),
                (14, "Moderate"),
                (15, "Moderately severe"),
                (19, "Moderately severe"),
                (20, "Severe"),
                (27, "Severe"),
            ],
        ),
        (
            "GAD-7",
            "gad",
            7,
            vec![
                (0, "Minimal"),
                (4, "Minimal"),
                (5, "Mild"),
                (9, "Mild"),
                (10, "Moderate"),
                (14, "Moderate"),
                (15, "Severe"),
                (21, "Severe"),
            ],
        ),
    ] {
        let form = form(&name.to_lowercase());
        for (total, band) in edges {
            let mut left = total;
            let counts: Vec<usize> = (0..items)
                .map(|_| {
                    let count = left.min(3);
                    left -= count;
                    count
                })
                .collect();
            let score = score(&answered(&form, prefix, &counts), name, "en").unwrap();
            assert_eq!(score.total, Some(f64::from(u32::try_from(total).unwrap())));
            assert_eq!(score.band.as_deref(), Some(band), "{name} {total}");
            assert!(score.source.contains("Kroenke") && score.code.is_some());
        }
    }
}

#[test]
fn a_screening_below_its_cut_off_has_a_score_and_the_longer_one_has_none() {
    let form = form("phq-9");
    let intake = answered(&form, "phq", &[1, 1]);
    let screening = score(&intake, "PHQ-2", "es").unwrap();
    assert_eq!((screening.total, screening.most), (Some(2.0), Some(6.0)));
    assert_eq!(screening.band.as_deref(), Some("Cribado negativo"));
    assert!(score(&intake, "PHQ-9", "es").is_none());
    let positive = score(&answered(&form, "phq", &[1, 2]), "PHQ-2", "en").unwrap();
    assert_eq!(positive.band.as_deref(), Some("Positive screen"));
}

#[test]
fn a_score_with_a_missing_answer_has_no_total_and_no_band() {
    let form = form("phq-9");
    let mut given = json!({ "phq-4": { "skipped": true }, "phq-5": { "unknown": true } });
    for item in [1, 2, 3, 6, 7, 8, 9] {
        given[format!("phq-{item}")] = json!(CODES[2]);
    }
    let intake =
        Intake::replay(form.clone(), answers::from_json(&given.to_string(), &form).unwrap()).unwrap();
    let score = score(&intake, "PHQ-9", "en").unwrap();
    assert_eq!((score.total, score.band, score.so_far), (None, None, 14.0));
    let open: Vec<&str> =
        score.items.iter().filter(|item| item.counts.is_none()).map(|item| item.link_id.as_str()).collect();
    assert_eq!(open, ["phq-4", "phq-5"]);
}

#[test]
fn a_score_is_written_in_whole_numbers_and_its_debug_output_holds_none() {
    let intake = answered(&form("gad-7"), "gad", &[3, 2, 1, 0, 3, 2, 1]);
    let score = score(&intake, "GAD-7", "es").unwrap();
    let written = serde_json::to_value(&score).unwrap();
    assert_eq!(written["total"].to_string(), "12");
    assert_eq!((&written["most"], &written["band"]), (&json!(21), &json!("Moderada")));
    assert_eq!(written["items"][1], json!({ "link_id": "gad-2", "counts": 2 }));
    assert_eq!(written["code"]["code"], "70274-6");
    assert_eq!(format!("{score:?}"), "Score { name: \"GAD-7\", .. }");
}

#[test]
fn a_form_of_another_tool_counts_r5_weights_and_numbers() {
    let weight = |code: &str, weight: f64| {
        json!({ "valueCoding": { "code": code, "display": code },
            "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": weight }] })
    };
    let file = json!({ "resourceType": "Questionnaire", "id": "x",
        "extension": [{ "url": "urn:bedside:score", "extension": [
            { "url": "name", "valueString": "S" }, { "url": "item", "valueString": "a" }, { "url": "item", "valueString": "b" }] }],
        "item": [
            { "linkId": "a", "type": "choice", "text": "?", "answerOption": [weight("low", 0.5), weight("high", 1.5)] },
            { "linkId": "b", "type": "integer", "text": "?" },
        ] });
    let form = Arc::new(Questionnaire::from_json(&file.to_string()).unwrap());
    let given = answers::from_json(r#"{"a": "high", "b": 4}"#, &form).unwrap();
    let score = score(&Intake::replay(form, given).unwrap(), "S", "en").unwrap();
    assert_eq!((score.total, score.most, score.band), (Some(5.5), None, None));
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_its_items_and_never_more_than_the_most(
        counts in prop::collection::vec(0usize..4, 9),
    ) {
        let intake = answered(&form("phq-9"), "phq", &counts);
        let sum: usize = counts.iter().sum();
        match score(&intake, "PHQ-9", "en") {
            Some(score) => {
                prop_assert!(counts[0] + counts[1] >= 3);
                prop_assert_eq!(score.total, Some(f64::from(u32::try_from(sum).unwrap())));
                prop_assert_eq!(score.items.iter().filter_map(|item| item.counts).sum::<f64>(), score.so_far);
                prop_assert!(score.total <= score.most);
            }
            None => prop_assert!(counts[0] + counts[1] < 3),
        }
    }
}
