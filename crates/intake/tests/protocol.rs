//! The protocols that Bedside ships, and the forms that others wrote.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bedside_intake::{
    Error, Intake, Outcome, Question, QuestionKind, Questionnaire, RedFlagRules, ResponseContext,
    ResponseStatus, answers,
};
use domain::{Answer, Coded, ErrorCode, Language, Timestamp};

fn protocols() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocols")
}

fn general_visit() -> Arc<Questionnaire> {
    let json = std::fs::read_to_string(protocols().join("general-visit.json")).unwrap();
    Arc::new(Questionnaire::from_json(&json).unwrap())
}

fn demo_answers(form: &Questionnaire) -> Vec<(String, Answer)> {
    let json = std::fs::read_to_string(protocols().join("examples/general-visit-answers.json")).unwrap();
    answers::from_json(&json, form).unwrap()
}

#[test]
fn every_shipped_protocol_loads_in_english_and_spanish_without_a_notice() {
    let mut count = 0;
    for entry in std::fs::read_dir(protocols()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let form = Questionnaire::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(form.languages(), [Language::english(), Language::new("es")], "{}", path.display());
            assert!(form.notices().is_empty(), "{:?}", form.notices());
            count += 1;
        }
    }
    assert!(count >= 1);
    let form = general_visit();
    assert_eq!(form.canonical(), "urn:bedside:protocol:general-visit|1.0.0");
    assert_eq!(form.title(&Language::new("es-MX")), "Visita general");
}

#[test]
fn the_demo_answers_walk_to_the_end_and_raise_an_alarm() {
    let form = general_visit();
    let english = Language::english();
    let given = demo_answers(&form);
    let mut intake = Intake::new(form.clone());
    let mut asked = Vec::new();
    while let Some(question) = intake.current(&english) {
        let answer =
            given.iter().find(|(link, _)| *link == question.link_id).map(|(_, answer)| answer.clone());
        intake.answer(&question.link_id, answer.unwrap_or(Answer::Skipped)).unwrap();
        asked.push(question.link_id);
    }
    assert!(intake.is_complete());
    assert_eq!(asked.len(), given.len(), "the file answers exactly what is asked: {asked:?}");
    let flags = RedFlagRules::builtin().unwrap().assess_intake(&intake, &english);
    let raised: Vec<_> = flags.iter().map(|flag| (flag.hit.rule.as_str(), flag.link_id.as_str())).collect();
    assert_eq!(raised, [("chest-pain", "reason"), ("breathing-trouble", "symptoms")]);
    let review = intake.review(&Language::new("es"));
    let line = |link: &str| review.iter().find(|line| line.link_id == link).unwrap();
    assert_eq!(line("course").answer.expose(), &["Peor"]);
    assert_eq!(line("onset").answer.expose(), &["5 horas"]);
    assert_eq!(line("history-other").outcome, Outcome::Skipped);
}

#[test]
fn the_demo_response_is_a_completed_questionnaire_response() {
    let form = general_visit();
    let intake = Intake::replay(form.clone(), demo_answers(&form)).unwrap();
    let response = intake.response(&ResponseContext {
        id: None,
        authored: Some(Timestamp::from_millis(1_795_478_400_000)),
        subject: Some("Patient/p".into()),
        encounter: Some("Encounter/e".into()),
        language: Language::english(),
        status: ResponseStatus::Completed,
    });
    assert_eq!(response["status"], "completed");
    assert_eq!(response["questionnaire"], "urn:bedside:protocol:general-visit|1.0.0");
    assert_eq!(response["authored"], "2026-11-24T00:00:00Z");
    assert_eq!(response["subject"]["reference"], "Patient/p");
    let why = &response["item"][0];
    assert_eq!(why["linkId"], "why");
    assert!(why["item"][0]["answer"][0]["valueString"].as_str().unwrap().starts_with("I have had"));
    let onset = &why["item"][1]["answer"][0]["valueQuantity"];
    assert_eq!((&onset["value"], &onset["code"], &onset["unit"]), (&5.into(), &"h".into(), &"hours".into()));
    let text = response.to_string();
    assert!(text.contains("asked-declined") && text.contains("asked-unknown"));
    assert!(!text.contains("temperature"), "a disabled item is no part of the response");
}

#[test]
fn yes_no_and_codes_of_the_demo_open_the_follow_up_questions() {
    let form = general_visit();
    let mut intake = Intake::new(form);
    for link in ["temperature", "chest-with", "medicines", "pregnancy-signs", "contact-how"] {
        assert!(!intake.is_enabled(link), "{link}");
    }
    let given = demo_answers(intake.questionnaire());
    for (link, answer) in given {
        intake.answer(&link, answer).unwrap();
    }
    assert!(
        intake.is_enabled("chest-with") && intake.is_enabled("medicines") && intake.is_enabled("contact-how")
    );
    assert!(!intake.is_enabled("temperature") && !intake.is_enabled("pregnancy-signs"));
}

#[test]
fn pregnant_with_bleeding_raises_an_alarm_over_two_answers() {
    let form = general_visit();
    let json = r#"{"reason": "check-up", "pregnancy-possible": "pregnant", "pregnancy-signs": ["bleeding"]}"#;
    let intake = Intake::replay(form.clone(), answers::from_json(json, &form).unwrap()).unwrap();
    let rules = RedFlagRules::builtin().unwrap();
    for language in ["en", "es"] {
        let flags = rules.assess_intake(&intake, &Language::new(language));
        assert!(flags.iter().any(|flag| flag.hit.rule == "pregnancy-danger"), "{language}: {flags:?}");
    }
}

#[test]
fn a_healthy_set_of_answers_raises_nothing_in_either_language() {
    let form = general_visit();
    let json = r#"{"reason": "refill", "severity": 0, "symptoms": ["none"], "pregnancy-possible": "pregnant", "pregnancy-signs": ["none"],
        "takes-medicines": true, "medicines": ["warfarin"], "has-allergies": false, "history": ["brain", "heart", "lungs"], "smoking": "never"}"#;
    let intake = Intake::replay(form.clone(), answers::from_json(json, &form).unwrap()).unwrap();
    let rules = RedFlagRules::builtin().unwrap();
    for language in ["en", "es"] {
        assert_eq!(rules.assess_intake(&intake, &Language::new(language)), [], "{language}");
    }
}

#[test]
fn each_alarming_option_and_yes_of_the_protocol_raises_in_both_languages() {
    let form = general_visit();
    let rules = RedFlagRules::builtin().unwrap();
    for (json, rule) in [
        (r#"{"symptoms": ["breathing"]}"#, "breathing-trouble"),
        (r#"{"symptoms": ["chest-pain"]}"#, "chest-pain"),
        (r#"{"symptoms": ["fainting"]}"#, "loss-of-consciousness"),
        (r#"{"symptoms": ["one-sided-weakness"]}"#, "stroke-signs"),
        (r#"{"symptoms": ["cough"], "cough-blood": true}"#, "severe-bleeding"),
        (r#"{"symptoms": ["headache"], "headache-how": ["sudden-headache"]}"#, "sudden-severe-headache"),
        (r#"{"symptoms": ["headache"], "headache-how": ["worst-headache"]}"#, "sudden-severe-headache"),
        (r#"{"symptoms": ["low-mood"], "self-harm": true}"#, "self-harm"),
        (r#"{"symptoms": ["fever"], "temperature": {"value": 104.5, "unit": "[degF]"}}"#, "sepsis-signs"),
    ] {
        let intake = Intake::replay(form.clone(), answers::from_json(json, &form).unwrap()).unwrap();
        for language in ["en", "es"] {
            let flags = rules.assess_intake(&intake, &Language::new(language));
            assert!(flags.iter().any(|flag| flag.hit.rule == rule), "{language} {json}: {flags:?}");
        }
    }
}

#[test]
fn answers_that_do_not_fit_name_the_question_and_not_the_answer() {
    let form = general_visit();
    let error = |json: &str| answers::from_json(json, &form).unwrap_err();
    assert_eq!(error(r#"{"severity": 11}"#).code(), ErrorCode::AnswerInvalid);
    assert_eq!(error(r#"{"reason": {"skipped": true}}"#), Error::Required { link_id: "reason".into() });
    assert_eq!(error(r#"{"nothing": 1}"#).code(), ErrorCode::LinkUnknown);
    assert!(matches!(error("[1]"), Error::AnswersUnreadable { .. }));
    for json in [
        r#"{"symptoms": ["none", "cough"]}"#,
        r#"{"symptoms": "marmalade"}"#,
        r#"{"contact": "marmalade"}"#,
        r#"{"onset": {"value": 3, "unit": "marmalade"}}"#,
        r#"{"course": ["better", "worse"]}"#,
        r#"{"temperature": {"value": 400, "unit": "Cel"}}"#,
        r#"{"why": "marmalade"}"#,
    ] {
        let error = error(json);
        assert!(matches!(error, Error::Answer { .. }), "{json}: {error:?}");
        assert!(!format!("{error} {error:?} {:?}", error.parameters()).contains("marmalade"), "{error}");
    }
}

#[test]
fn an_option_may_be_named_by_its_text_in_any_language_and_an_open_choice_takes_other_words() {
    let form = general_visit();
    let json =
        r#"{"smoking": "ya lo dejé", "belly-where": "Todo el lado", "symptoms": ["Dolor de barriga"]}"#;
    let given = answers::from_json(json, &form).unwrap();
    let codes: Vec<_> = given.iter().map(|(link, answer)| format!("{link} {answer:?}")).collect();
    assert!(codes.iter().any(|line| line.contains("smoking") && line.contains("stopped")), "{codes:?}");
    assert!(codes.iter().any(|line| line.contains("Text(\"Todo el lado\")")), "{codes:?}");
}

#[test]
fn a_question_speaks_the_patients_language_and_stands_under_its_heading() {
    let intake = Intake::new(general_visit());
    let question: Question = intake.current(&Language::new("es-US")).unwrap();
    assert_eq!(question.text, "¿Por qué viene hoy?");
    assert_eq!(question.headings, ["Por qué vino"]);
    assert!(question.required && !question.can_go_back && question.help.is_some());
    assert_eq!(question.kind, QuestionKind::Text { max_length: Some(2000) });
}

#[test]
fn debug_output_of_an_intake_holds_no_answer() {
    let mut intake = Intake::new(general_visit());
    let words = Answer::Given(vec![domain::AnswerValue::Text("marmalade".into())]);
    let recorded = intake.answer("reason", words).unwrap();
    intake.goto("reason").unwrap();
    let shown = format!("{intake:?} {recorded:?} {:?}", intake.current(&Language::english()));
    assert!(!shown.contains("marmalade"), "{shown}");
    assert!(!format!("{:?}", intake.review(&Language::english())).contains("marmalade"));
}
