//! The commands, as a script uses them.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{PASSWORD, Place, Served, refusal};

const TRANSCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/visit-transcript.txt");
const ANSWERS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/general-visit-answers.json");

#[test]
fn a_note_has_the_shape_that_scripts_rely_on() {
    let note = Place::new().json(&["note", TRANSCRIPT]);
    assert_eq!(note["refused"], Value::Null);
    assert_eq!(note["engine"], "extractive");
    let said = std::fs::read_to_string(TRANSCRIPT).unwrap().lines().count() as u64;
    let sections = note["sections"].as_array().unwrap();
    assert!(sections.len() >= 3);
    for section in sections {
        assert!(section["id"].is_string() && section["title"].is_string());
        for sentence in section["sentences"].as_array().unwrap() {
            assert!(sentence["text"].is_string());
            let evidence = sentence["evidence"].as_array().unwrap();
            assert!(!evidence.is_empty());
            assert!(evidence.iter().all(|index| index.as_u64().unwrap() < said));
        }
    }
    let lists = note["lists"].as_array().unwrap();
    let of = |kind: &str| lists.iter().filter(|line| line["item"]["kind"] == kind).collect::<Vec<_>>();
    let metformin = of("medicine").into_iter().find(|line| line["item"]["name"] == "metformin").unwrap();
    assert_eq!(metformin["item"]["dose"], serde_json::json!({ "value": 500.0, "unit": "mg" }));
    assert_eq!(metformin["item"]["state"], "taking");
    assert_eq!(metformin["evidence"], serde_json::json!([11]));
    assert_eq!(of("allergy")[0]["item"]["substance"], "penicillin");
    let father = of("problem").into_iter().find(|line| line["item"]["text"] == "heart attack").unwrap();
    assert_eq!(
        (&father["item"]["standing"], &father["item"]["relative"]),
        (&"family".into(), &"father".into())
    );
    assert_eq!(of("vital").len(), 2);
}

#[test]
fn a_note_as_text_is_what_a_clinician_would_paste() {
    let output = Place::new().run(&["note", TRANSCRIPT, "--format", "text"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("SUBJECTIVE") && text.contains("PLAN"), "{text}");
    assert!(!text.contains("evidence"));
}

#[test]
fn red_flags_are_found_line_by_line_with_spans_in_code_points() {
    let input = concat!(
        "{\"id\": 1, \"text\": \"Señora, I have crushing chest pain\"}\n",
        "{\"id\": \"b\", \"text\": \"no chest pain\"}\n",
        "{\"id\": \"c\", \"text\": \"tengo dolor en el pecho\", \"lang\": \"es\"}\n",
    );
    let output = Place::new().pipe(&["redflags", "--jsonl"], input);
    assert!(output.status.success());
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["id"], 1);
    let flag = &lines[0]["flags"][0];
    assert_eq!(flag["rule"], "chest-pain");
    let (start, end) = (flag["span"][0].as_u64().unwrap(), flag["span"][1].as_u64().unwrap());
    let words: String = "Señora, I have crushing chest pain"
        .chars()
        .skip(start as usize)
        .take((end - start) as usize)
        .collect();
    assert!(words.contains("chest") && "crushing chest pain".contains(&words), "{words}");
    assert_eq!(lines[1]["flags"], json!([]));
    assert_eq!(lines[2]["flags"][0]["rule"], "chest-pain");
}

#[test]
fn a_clinic_is_set_up_used_backed_up_and_restored() {
    let place = Place::new();
    let made = place.json(&["init", "--clinic", "Riverside Clinic"]);
    assert_eq!(made["recovery_words"].as_array().unwrap().len(), 24);
    assert!(made["password"].is_string(), "a password is made where none was named");

    let intake = place.json(&["intake", "--protocol", "general-visit", "--answers", ANSWERS]);
    assert_eq!(intake["complete"], true);
    assert_eq!(intake["response"]["resourceType"], "QuestionnaireResponse");
    assert!(!intake["flags"].as_array().unwrap().is_empty());
    let kiosk = intake["encounter"].as_str().unwrap().to_owned();
    let note = place.json(&["note", TRANSCRIPT, "--save"]);
    let visit = note["encounter"].as_str().unwrap().to_owned();

    let list = place.json(&["encounters", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 2);
    let shown = place.json(&["encounters", "show", &visit]);
    assert_eq!(shown["record"]["note"]["state"], "draft");
    for id in [&kiosk, &visit] {
        let bundle = place.json(&["export", id, "--format", "fhir"]);
        assert_eq!(bundle["type"], "document");
    }
    let whole = place.json(&["audit", "verify"]);
    assert_eq!(whole["faults"], json!([]));

    let backup = place.path("backup");
    let backup = backup.to_str().unwrap();
    place.json(&["backup", "create", backup]);
    place.json(&["backup", "verify", backup]);
    assert_eq!(
        place.refusal(&["backup", "restore", backup]),
        "vault.exists",
        "a clinic is never overwritten"
    );
    let elsewhere = place.path("elsewhere");
    let elsewhere = elsewhere.to_str().unwrap();
    place.json(&["--data", elsewhere, "backup", "restore", backup]);
    let restored = place.json(&["--data", elsewhere, "encounters", "show", &visit]);
    assert_eq!(restored["record"]["note"], shown["record"]["note"]);
}

#[test]
fn the_demo_goes_through_a_whole_visit_and_leaves_nothing() {
    let place = Place::new();
    let demo = place.json(&["demo"]);
    let steps: Vec<_> =
        demo["steps"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert!(steps.len() >= 10, "{steps:?}");
    assert!(
        demo["steps"].as_array().unwrap().iter().any(|step| step["shown"].is_array()),
        "the note is shown"
    );
    assert_eq!(support::files(&place.path("temp")).len(), 0);
    assert!(!place.path("data").exists());
}

#[test]
fn the_server_answers_its_own_page_and_nobody_else() {
    let place = Place::with_clinic();
    let served = Served::start(&place);
    let port = served.port;
    let get =
        |headers: &str| served.exchange(&format!("GET / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).0;
    assert_eq!(get(&format!("Host: 127.0.0.1:{port}\r\n")), 200);
    assert_eq!(get(&format!("Host: localhost:{port}\r\n")), 200);
    assert_eq!(get("Host: evil.example\r\n"), 403);
    assert_eq!(get(&format!("Host: 127.0.0.1:{port}\r\nOrigin: http://evil.example\r\n")), 403);
    assert_eq!(get(&format!("Host: 127.0.0.1:{port}\r\nOrigin: null\r\n")), 403);

    let refused = served.call(None, "encounters.list", json!({}));
    assert_eq!(refused["error"]["code"], "session.missing");
    let wrong = served.call(None, "session.sign-in", json!({ "login": "admin", "password": "not this one" }));
    assert_eq!(wrong["error"]["code"], "session.sign-in-failed");
    let session = served.ok(None, "session.sign-in", json!({ "login": "ADMIN", "password": PASSWORD }));
    let refused = served.call(session["token"].as_str(), "encounters.list", json!({}));
    assert_eq!(refused["error"]["code"], "access.forbidden", "an administrator reads no records");
}

#[test]
fn a_second_process_is_told_that_the_vault_is_in_use() {
    let place = Place::with_clinic();
    let _served = Served::start(&place);
    assert_eq!(refusal(&place.run(&["encounters", "list"])), "vault.in-use");
}
