//! `bedside intake route` and `protocols`, and the scores of an intake, as a script uses them.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::Place;

const BROKEN: &str = r#"{"resourceType": "Questionnaire", "url": "urn:c:b", "item": [{"linkId": "photo", "type": "attachment", "text": "?"}]}"#;
const TRAVEL: &str = r#"{"resourceType": "Questionnaire", "url": "urn:c:travel", "version": "1", "title": "Travel",
    "item": [{"linkId": "where", "type": "string", "text": "Where are you going?"}]}"#;

/// A clinic's folder with one good file and one broken one.
fn folder(place: &Place) -> String {
    let folder = place.path("protocols");
    std::fs::create_dir(&folder).unwrap();
    place.write("protocols/travel.json", TRAVEL);
    place.write("protocols/broken.json", BROKEN);
    place.write("protocols/notes.txt", "no protocol");
    folder.to_str().unwrap().to_owned()
}

#[test]
fn the_reason_for_a_visit_picks_the_protocol_with_its_words() {
    let place = Place::new();
    let routed = place.json(&["intake", "route", "My chest hurts when I walk"]);
    assert_eq!((&routed["protocol"], &routed["picked"]), (&json!("chest"), &json!(true)));
    assert_eq!(routed["words"], json!(["chest hurts"]));
    assert_eq!(routed["evidence"], json!([[3, 14]]));
    assert!(routed["confidence"].as_f64().unwrap() >= 0.5);
    let spanish = place.json(&["intake", "route", "se me acabaron las pastillas", "--lang", "es"]);
    assert_eq!(
        (&spanish["protocol"], &spanish["title"]),
        (&json!("refill-follow-up"), &json!("Surtir medicinas o control"))
    );
    let unsure = place.json(&["intake", "route", "hello there"]);
    assert_eq!((&unsure["protocol"], &unsure["picked"]), (&json!("general-visit"), &json!(false)));
}

#[test]
fn the_protocols_are_listed_with_a_folders_own_and_what_is_wrong_with_the_rest() {
    let place = Place::new();
    let listed = place.json(&["intake", "protocols", "--folder", &folder(&place)]);
    let names: Vec<&Value> =
        listed["protocols"].as_array().unwrap().iter().map(|known| &known["name"]).collect();
    assert!(names.contains(&&json!("travel")) && names.contains(&&json!("phq-9")) && names.len() == 10);
    assert_eq!(listed["faults"].as_array().unwrap().len(), 1);
    assert_eq!(listed["faults"][0]["file"], "broken.json");
    assert_eq!(listed["faults"][0]["code"], "questionnaire.invalid");
    assert!(listed["faults"][0]["message"].as_str().unwrap().contains("photo: an item of type attachment"));
    let missing = place.path("none");
    let missing = missing.to_str().unwrap();
    assert_eq!(place.refusal(&["intake", "protocols", "--folder", missing]), "not-found");
}

#[test]
fn an_intake_by_a_clinics_own_protocol_is_taken_beside_a_broken_file() {
    let place = Place::new();
    let answers = place.write("answers.json", r#"{"where": "Peru"}"#);
    let folder = folder(&place);
    let taken = place.json(&[
        "intake",
        "--protocol",
        "travel",
        "--folder",
        &folder,
        "--answers",
        &answers,
        "--dry-run",
    ]);
    assert_eq!((&taken["complete"], &taken["scores"]), (&json!(true), &json!([])));
    assert_eq!(
        place.refusal(&["intake", "--protocol", "travel", "--answers", &answers, "--dry-run"]),
        "not-found"
    );
}

#[test]
fn a_finished_questionnaire_shows_its_scores() {
    let place = Place::new();
    let mut answers = json!({});
    for item in 1..=9 {
        answers[format!("phq-{item}")] = json!("More than half the days");
    }
    let file = place.write("answers.json", answers.to_string());
    let taken = place.json(&["intake", "--protocol", "phq-9", "--answers", &file, "--dry-run"]);
    let names: Vec<&Value> = taken["scores"].as_array().unwrap().iter().map(|score| &score["name"]).collect();
    assert_eq!(names, ["PHQ-2", "PHQ-9"]);
    assert_eq!(
        (&taken["scores"][1]["total"], &taken["scores"][1]["band"]),
        (&json!(18), &json!("Moderately severe"))
    );
    assert!(taken["flags"].as_array().unwrap().iter().any(|flag| flag["rule"] == "self-harm"));
}

#[test]
fn an_intake_without_answers_and_a_reason_of_two_arguments_are_refused_without_their_words() {
    let place = Place::new();
    assert_eq!(place.refusal(&["intake"]), "request.invalid");
    let output = place.run(&["intake", "my marmalade hurts"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("marmalade"));
    assert_eq!(place.refusal(&["intake", "route", "marmalade", "pain"]), "request.invalid");
}

#[test]
fn random_patients_on_every_protocol_are_stored_as_they_left_and_see_nobody_else() {
    let place = Place::new();
    // Some 0.2 s a patient: their thousand are for `bedside intake simulate` by hand and for the figures.
    let report = place.json(&["intake", "simulate", "--count", "40", "--seed", "1"]);
    assert_eq!(report["patients"], 40);
    let (handed_in, left) = (&report["did"]["handed in"], &report["did"]["left"]);
    assert_eq!(report["stored"].as_u64().unwrap(), handed_in.as_u64().unwrap() + left.as_u64().unwrap());
    let protocols = report["protocols"].as_object().unwrap();
    for name in
        ["respiratory", "chest", "abdominal", "musculoskeletal", "refill-follow-up", "mood", "general-visit"]
    {
        assert!(protocols.contains_key(name), "{name}: {protocols:?}");
    }
    for what in
        ["answers", "back", "changed at the review", "left to staff", "nonsense", "person", "said or typed"]
    {
        assert!(report["did"][what].as_u64().is_some_and(|count| count > 0), "{what}: {}", report["did"]);
    }
}
