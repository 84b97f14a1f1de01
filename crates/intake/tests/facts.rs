//! What answers say about the patient, for the record system.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use bedside_intake::{Intake, Questionnaire, answers};
use domain::{Fact, FactKind, FactSource, FactValue, Language, MeasureClass};

fn facts(form: &str, given: &str, language: &str) -> Vec<Fact> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../protocols/{form}.json"));
    let form = Arc::new(Questionnaire::from_json(&std::fs::read_to_string(path).unwrap()).unwrap());
    let given = answers::from_json(given, &form).unwrap();
    Intake::replay(form, given).unwrap().facts(&Language::new(language))
}

fn texts(facts: &[Fact], wanted: &FactKind) -> Vec<String> {
    let of = facts.iter().filter(|fact| fact.kind == *wanted);
    of.map(|fact| fact.text.expose().clone()).collect()
}

#[test]
fn medicines_allergies_illnesses_and_the_reason_are_taken_in_the_patients_words() {
    let given = include_str!("../../../protocols/examples/general-visit-answers.json");
    let facts = facts("general-visit", given, "es");
    assert_eq!(
        texts(&facts, &FactKind::Medicine),
        ["metformin 500 mg twice a day", "lisinopril 10 mg in the morning"]
    );
    assert_eq!(texts(&facts, &FactKind::Allergy), ["Penicillin. It gives me hives."]);
    assert!(texts(&facts, &FactKind::Reason)[0].starts_with("I have had a tight pain"));
    assert_eq!(texts(&facts, &FactKind::Problem).len(), 2);
    assert!(texts(&facts, &FactKind::NoAllergies).is_empty());
    let illness = facts.iter().find(|fact| fact.kind == FactKind::Problem).unwrap();
    let code = illness.code.as_ref().unwrap();
    assert_eq!(code.code, "high-blood-pressure");
    assert_eq!(code.display, "High blood pressure", "a code's display is in the form's own language");
    assert!(facts.iter().all(Fact::is_reported));
}

#[test]
fn none_of_these_is_no_illness_and_no_allergy_is_said_as_such() {
    let given =
        r#"{"reason": "cough", "takes-medicines": false, "has-allergies": false, "history": ["none"]}"#;
    let facts = facts("general-visit", given, "en");
    let kinds: Vec<_> = facts.iter().map(|fact| fact.kind.clone()).collect();
    assert_eq!(kinds, [FactKind::Reason, FactKind::NoAllergies]);
}

#[test]
fn an_answer_that_means_nothing_of_the_kind_is_no_medicine() {
    let given = r#"{"reason": "cough", "takes-medicines": true, "medicines": ["None.", "aspirin"]}"#;
    assert_eq!(texts(&facts("general-visit", given, "en"), &FactKind::Medicine), ["aspirin"]);
}

#[test]
fn a_temperature_is_a_vital_sign_and_a_score_is_there_once_it_is_whole() {
    let given =
        r#"{"reason": "fever", "symptoms": ["fever"], "temperature": {"value": 38.5, "unit": "Cel"}}"#;
    let found = facts("general-visit", given, "en");
    let FactKind::Measure { value, class, .. } = &found.last().unwrap().kind else { panic!("{found:?}") };
    assert_eq!(*value.expose(), FactValue::Number { value: 38.5, unit: Some("Cel".into()) });
    assert_eq!(*class, MeasureClass::VitalSign);

    let answer = |from: usize, to: usize| {
        let items: Vec<_> = (from..=to).map(|item| format!(r#""phq-{item}": "LA6570-1""#)).collect();
        format!("{{{}}}", items.join(","))
    };
    let scores = |given: &str| {
        let facts = facts("phq-9", given, "en");
        facts
            .into_iter()
            .filter(|fact| fact.source == FactSource::Answer { link_id: "PHQ-9".into() })
            .map(|fact| fact.kind)
            .collect::<Vec<_>>()
    };
    assert!(scores(&answer(1, 8)).is_empty());
    let whole = scores(&answer(1, 9));
    let FactKind::Measure { value, called, class } = &whole[0] else { panic!("{whole:?}") };
    assert_eq!(*value.expose(), FactValue::Number { value: 18.0, unit: Some("{score}".into()) });
    assert_eq!(called.as_deref(), Some("Moderately severe"));
    assert_eq!(*class, MeasureClass::Survey);
}
