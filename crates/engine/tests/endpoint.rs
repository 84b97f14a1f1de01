//! Notes by the facility's own server of language models: set by an administrator, asked for by a clinician, and by rule whatever
//! keeps it from one.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{Coded as _, DraftEngine, EncounterId, ErrorCode, Language, NoteState, Role};
use serde_json::{Value, json};
use support::{Clinic, TRANSCRIPT};

type Reply = Box<dyn Fn(&Value) -> String + Send>;

/// A server on this machine; what it is asked is kept.
fn serving(reply: Reply) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let (mut length, mut line) = (0, String::new());
            while line != "\r\n" {
                line.clear();
                stream.read_line(&mut line).unwrap();
                if let Some(number) = line.to_lowercase().strip_prefix("content-length:") {
                    length = number.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).unwrap();
            let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
            let answer = reply(&body);
            kept.lock().unwrap().push(body);
            let _ = stream.get_mut().write_all(answer.as_bytes());
        }
    });
    (address, asked)
}

/// An answer that is streamed word by word.
fn streamed(text: &str) -> String {
    let mut answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".to_owned();
    for word in text.split_inclusive(' ') {
        answer += &format!("data: {}\n\n", json!({ "choices": [{ "delta": { "content": word } }] }));
    }
    answer + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
}

/// Writes the word that a grammar leaves, or down what the patient said first, in the first section that there is.
fn writes(asked: &Value) -> String {
    if let Some(word) = asked["grammar"].as_str().unwrap().strip_prefix("root ::= \"") {
        return streamed(word.trim_end_matches('"'));
    }
    let system = asked["messages"][0]["content"].as_str().unwrap();
    let section = system.lines().find_map(|line| line.strip_prefix("- ")?.split_once(':')).unwrap().0;
    let lines = asked["messages"][1]["content"].as_str().unwrap();
    let (id, said) = lines.lines().find_map(|line| line.split_once(" patient: ")).unwrap();
    streamed(&format!("{section} [{id}] {said}\nend"))
}

fn set(clinic: &Clinic, admin: &str, address: &str, on: bool) -> Result<Endpoint, bedside_engine::Error> {
    let settings = EndpointSettings {
        on,
        address: address.to_owned(),
        model: "clinic-8b".to_owned(),
        context: 8_192,
        authority: None,
    };
    let token = TokenChange::Set { token: "a-token-nobody-may-see".to_owned() };
    clinic.request::<method::EndpointSave>(admin, &SaveEndpoint { settings, token })
}

fn visit(clinic: &Clinic, clinician: &str) -> EncounterId {
    let open = OpenEncounter::of("Ada Marlowe", Language::english());
    let encounter = clinic.request::<method::EncountersOpen>(clinician, &open).unwrap().record.id;
    let transcript = AddTranscript { encounter, text: TRANSCRIPT.into() };
    clinic.request::<method::TranscriptAdd>(clinician, &transcript).unwrap();
    encounter
}

/// Asks for a draft, and waits for it.
fn drafted(clinic: &Clinic, clinician: &str, encounter: EncounterId, model: Option<String>) -> EncounterView {
    let ask =
        DraftNote { engine: Some(DraftEngine::Generative), model, ..DraftNote::by_rule(encounter, None) };
    clinic.request::<method::NoteDraft>(clinician, &ask).unwrap();
    let began = Instant::now();
    loop {
        let view = clinic.request::<method::EncountersShow>(clinician, &EncounterOf { encounter }).unwrap();
        if matches!(view.record.note, NoteState::Draft { .. }) && view.drafting.is_none() {
            return view;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "no draft");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_note_by_the_facilitys_server_names_it_and_rests_on_what_was_said() {
    let clinic = Clinic::new();
    let (admin, clinician) = (clinic.sign_in(Role::Administrator), clinic.sign_in(Role::Clinician));
    let (address, asked) = serving(Box::new(writes));
    let offers = |clinic: &Clinic| clinic.request::<method::NoteOffersOf>(&clinician, &Empty {}).unwrap();
    assert_eq!(offers(&clinic).endpoint, None, "there is none until one is set");
    set(&clinic, &admin, &address, false).unwrap();
    assert_eq!(offers(&clinic).endpoint, None, "it is off until it is switched on");
    let shown = set(&clinic, &admin, &address, true).unwrap();
    assert!(shown.has_token && !serde_json::to_string(&shown).unwrap().contains("nobody-may-see"));
    let name = offers(&clinic).endpoint.unwrap();
    assert_eq!(name, "clinic-8b (127.0.0.1)");

    let encounter = visit(&clinic, &clinician);
    let view = drafted(&clinic, &clinician, encounter, Some(name.clone()));
    let NoteState::Draft { note, fallback, .. } = &view.record.note else { panic!("no draft") };
    assert_eq!(
        (note.engine, note.model.as_deref(), *fallback),
        (DraftEngine::Generative, Some(name.as_str()), None)
    );
    let sentence = note.sentences().next().unwrap();
    assert!(!sentence.evidence.is_empty());
    assert_eq!(asked.lock().unwrap().len(), 1);
    // It is on the page of the ways that data can leave, and the next start knows it.
    let flows = clinic.request::<method::FlowsRead>(&admin, &Empty {}).unwrap();
    let text = serde_json::to_string(&flows).unwrap();
    assert!(text.contains("language-server"), "{text}");
    let clinic = clinic.restart();
    let admin = clinic.sign_in(Role::Administrator);
    let kept = clinic.request::<method::EndpointRead>(&admin, &Empty {}).unwrap();
    assert_eq!(kept.settings, shown.settings);
    let removed = clinic.request::<method::EndpointRemove>(&admin, &Empty {}).unwrap();
    assert_eq!((removed.settings, removed.has_token), (None, false));
}

#[test]
fn whatever_keeps_the_server_from_a_note_is_said_beside_the_one_by_rule() {
    let clinic = Clinic::new();
    let (admin, clinician) = (clinic.sign_in(Role::Administrator), clinic.sign_in(Role::Clinician));
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refusing = |status: &'static str| {
        serving(Box::new(move |_| format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"))).0
    };
    for (address, code) in [
        (format!("http://{gone}/v1"), ErrorCode::EndpointUnreachable),
        (refusing("401 Unauthorized"), ErrorCode::EndpointCredentials),
        (refusing("404 Not Found"), ErrorCode::EndpointModel),
        (refusing("503 Service Unavailable"), ErrorCode::EndpointUnavailable),
        (serving(Box::new(|_| streamed("Certainly! Here is the note."))).0, ErrorCode::ModelAnswerInvalid),
        (serving(Box::new(|_| streamed("subjective [999] Invented.\nend"))).0, ErrorCode::ModelAnswerInvalid),
    ] {
        set(&clinic, &admin, &address, true).unwrap();
        let encounter = visit(&clinic, &clinician);
        let view = drafted(&clinic, &clinician, encounter, None);
        let NoteState::Draft { note, fallback, .. } = &view.record.note else { panic!("no draft") };
        assert_eq!((note.engine, *fallback), (DraftEngine::Extractive, Some(code)));
    }
}

#[test]
fn a_draft_that_is_stopped_leaves_nothing_and_the_next_can_begin() {
    let clinic = Clinic::new();
    let (admin, clinician) = (clinic.sign_in(Role::Administrator), clinic.sign_in(Role::Clinician));
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let (address, _asked) = serving(Box::new(move |asked| {
        let _ = wait.lock().unwrap().recv_timeout(Duration::from_secs(30));
        writes(asked)
    }));
    set(&clinic, &admin, &address, true).unwrap();
    let encounter = visit(&clinic, &clinician);
    let ask = DraftNote { engine: Some(DraftEngine::Generative), ..DraftNote::by_rule(encounter, None) };
    clinic.request::<method::NoteDraft>(&clinician, &ask).unwrap();
    let of = EncounterOf { encounter };
    let stopped = clinic.request::<method::NoteCancel>(&clinician, &of).unwrap();
    assert!(stopped.drafting.is_none() && stopped.record.note == NoteState::None);
    go.send(()).unwrap();
    go.send(()).unwrap();
    assert!(matches!(drafted(&clinic, &clinician, encounter, None).record.note, NoteState::Draft { .. }));
}

/// Lists two models to whoever asks nothing, and writes as the first of them.
fn lists(asked: &Value) -> String {
    if asked["model"] == "clinic-8b" {
        return writes(asked);
    }
    if asked["model"] == "small" {
        return streamed("Hello!");
    }
    let models = json!({ "data": [{ "id": "clinic-8b", "max_model_len": 8_192 }, { "id": "small" }] });
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{models}")
}

fn attempt(clinic: &Clinic, admin: &str, address: &str, model: Option<&str>) -> EndpointTried {
    let attempt = TryEndpoint {
        address: address.to_owned(),
        authority: None,
        token: TokenChange::Keep,
        model: model.map(str::to_owned),
    };
    clinic.request::<method::EndpointTry>(admin, &attempt).unwrap()
}

#[test]
fn a_server_is_tried_by_its_list_and_by_a_word_of_the_model_that_is_wanted() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let (address, asked) = serving(Box::new(lists));
    let named = |name: &str, context| EndpointModel { name: name.to_owned(), context };
    let models = vec![named("clinic-8b", Some(8_192)), named("small", None)];
    for (wanted, model, failure) in [
        (None, Some("clinic-8b"), None),
        (Some("clinic-8b"), Some("clinic-8b"), None),
        (Some("small"), Some("small"), Some(ErrorCode::EndpointGrammar)),
        (Some("other"), None, Some(ErrorCode::EndpointModel)),
    ] {
        let model = model.map(str::to_owned);
        let tried = attempt(&clinic, &admin, &address, wanted);
        assert_eq!(tried, EndpointTried { models: models.clone(), model, failure });
    }
    assert!(asked.lock().unwrap().iter().any(|asked| asked["model"] == "small"));
    let (web, _asked) =
        serving(Box::new(|_| "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html></html>".to_owned()));
    let failure = Some(ErrorCode::EndpointModel);
    let tried = attempt(&clinic, &admin, &web, None);
    assert_eq!(tried, EndpointTried { models: Vec::new(), model: None, failure });
}

#[test]
fn an_administrator_alone_sets_it_with_a_licence_that_has_it() {
    let clock = Arc::new(support::Hand(std::sync::atomic::AtomicI64::new(support::START)));
    let clinic = Clinic::by(Arc::<support::Hand>::clone(&clock));
    let admin = clinic.sign_in(Role::Administrator);
    let (address, asked) = serving(Box::new(lists));
    for role in [Role::Clinician, Role::FrontDesk, Role::Auditor, Role::Kiosk] {
        let token = clinic.sign_in(role);
        assert_eq!(
            set(&clinic, &token, &address, true).unwrap_err().code(),
            ErrorCode::Forbidden,
            "{role:?}"
        );
    }
    set(&clinic, &admin, &address, true).unwrap();
    // Another server is not shown the token that this one was given.
    let (other, _) = serving(Box::new(|_| String::new()));
    assert!(attempt(&clinic, &admin, &other, None).failure.is_some());
    assert!(asked.lock().unwrap().is_empty());
    let plain = set(&clinic, &admin, "http://models.clinic.example/v1", true).unwrap_err();
    assert_eq!(plain.code(), ErrorCode::DestinationAddressInvalid);

    // The evaluation is over: it is not asked any more, and can be switched off.
    clock.0.fetch_add(31 * support::DAY, std::sync::atomic::Ordering::Relaxed);
    let admin = clinic.sign_in(Role::Administrator);
    let clinician = clinic.sign_in(Role::Clinician);
    let offers = clinic.request::<method::NoteOffersOf>(&clinician, &Empty {}).unwrap();
    assert_eq!(offers.endpoint, None);
    assert!(!set(&clinic, &admin, &address, false).unwrap().licensed);
    let refused = set(&clinic, &admin, &address, true).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LicenceFeatureMissing);
}
