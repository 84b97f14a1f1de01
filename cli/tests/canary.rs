//! What a patient typed stands in no byte of any file, also after the program was killed.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use serde_json::json;
use support::{PASSWORD, Place, Served, files};

/// 100 words that occur nowhere else: of the shape of a name, and long enough not to come about by chance.
fn markers() -> Vec<String> {
    let syllables = ["zu", "qui", "vox", "jad", "wyx", "kef", "plo", "gri", "thu", "ymb"];
    (0..100)
        .map(|n| format!("{}{}ark{}mel", syllables[n / 10], syllables[n % 10], syllables[(n * 7) % 10]))
        .collect()
}

#[test]
fn a_hundred_words_typed_at_the_kiosk_are_in_no_file_before_or_after_a_kill() {
    let place = Place::with_clinic();
    let markers = markers();
    let mut served = Served::start(&place);
    let admin = served.ok(None, "session.sign-in", json!({ "login": "admin", "password": PASSWORD }));
    let token = admin["token"].as_str().unwrap();
    let kiosk = served.ok(Some(token), "kiosk.open", json!({}));
    let kiosk = kiosk["token"].as_str();
    let mut rest = markers.chunks(5);

    // Names, answers, and texts in requests that are refused: the error paths must not keep them either.
    let view = served.ok(kiosk, "intake.begin", json!({ "language": "en" }));
    let encounter = view["encounter"].clone();
    let consents = json!({ "encounter": encounter, "consents": { "intake": true, "recording": false } });
    served.ok(kiosk, "intake.consent", consents);
    let name = rest.next().unwrap().join(" ");
    let mut view = served.ok(
        kiosk,
        "intake.identify",
        json!({ "encounter": encounter, "name": name, "birth_date": null }),
    );
    let mut typed = 5;
    while view["step"]["screen"] == "question" {
        let question = &view["step"]["question"];
        let words = rest.next().map(|words| words.join(" "));
        typed += if words.is_some() { 5 } else { 0 };
        let words = words.unwrap_or_else(|| "nothing more".to_owned());
        let give = |value: serde_json::Value| {
            json!({
                "encounter": encounter,
                "link_id": question["link_id"],
                "answer": value,
                "source": "typed",
            })
        };
        let text = give(json!({ "outcome": "given", "values": [{ "type": "text", "value": words }] }));
        let string = give(json!({ "outcome": "given", "values": [{ "type": "string", "value": words }] }));
        let answers = [text, string, give(json!({ "outcome": "skipped" }))];
        let taken = answers.into_iter().find_map(|answer| {
            let answered = served.call(kiosk, "intake.answer", answer);
            answered.get("ok").cloned()
        });
        view = match taken {
            Some(view) => view,
            None => {
                let question = &question["kind"];
                let value = if question["type"] == "boolean" {
                    json!({ "type": "boolean", "value": true })
                } else {
                    panic!("no answer fits {question}")
                };
                served.ok(kiosk, "intake.answer", give(json!({ "outcome": "given", "values": [value] })))
            }
        };
    }
    // What is left of the words goes in as a malformed request and as a sign-in that fails.
    for words in rest {
        typed += words.len();
        let words = words.join(" ");
        served.call(kiosk, "intake.identify", json!({ "encounter": encounter, "name": { "wrong": words } }));
        served.call(None, "session.sign-in", json!({ "login": words, "password": words }));
    }
    assert_eq!(typed, 100);

    let look = |when: &str| {
        let mut bytes = 0;
        for file in files(place.path("data").parent().unwrap()) {
            let content = std::fs::read(&file).unwrap().to_ascii_lowercase();
            bytes += content.len();
            for marker in &markers {
                let found = content.windows(marker.len()).any(|window| window == marker.as_bytes());
                assert!(!found, "{marker} stands in {} {when}", file.display());
            }
        }
        assert!(bytes > 100_000, "the data folder was looked at");
    };
    look("while it runs");
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    look("after the kill");

    let list = place.json(&["encounters", "list"]);
    assert_eq!(
        list[0]["patient"].as_str().unwrap(),
        markers[..5].join(" "),
        "what was typed is there all the same"
    );
    look("after it was opened again");
}
