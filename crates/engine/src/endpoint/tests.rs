//! The client against a server in the test, which speaks TLS under an authority of its own and answers as servers of language
//! models do, or as they fail.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use domain::{
    Coded as _, EncounterId, EncounterOrigin, EncounterRecord, ErrorCode, EventBody, Language, PatientId,
    Phi, Timestamp,
};
use scribe::Template;
use scribe::generative::Ask;
use serde_json::Value;
use store::SystemRandom;

use super::client::{Client, Trouble, Wrote};
use super::*;
use crate::rpc::types::EndpointModel;

/// What a server heard: the head of the request, and its body.
struct Heard {
    head: String,
    body: Value,
}

struct Loopback {
    address: String,
    /// The authority that its certificate is of, as PEM.
    authority: String,
    heard: mpsc::Receiver<Heard>,
}

/// A server that answers every request with these bytes.
fn answering(answer: &'static str) -> Loopback {
    serving(move |_, stream| {
        let _ = stream.write_all(answer.as_bytes());
    })
}

type Stream = rustls::StreamOwned<rustls::ServerConnection, std::net::TcpStream>;

/// A server that does this with each request, and then says goodbye.
fn serving(reply: impl Fn(&Heard, &mut Stream) + Send + 'static) -> Loopback {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut parameters = rcgen::CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = parameters.self_signed(&key).unwrap();
    let issuer = rcgen::Issuer::new(parameters, key);
    let own = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = certificate.signed_by(&own, &issuer).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            rustls::pki_types::PrivatePkcs8KeyDer::from(own.serialize_der()).into(),
        )
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = BufReader::new(rustls::StreamOwned::new(connection, stream));
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                if stream.read_line(&mut head).unwrap_or(0) == 0 {
                    break;
                }
            }
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            let _ = stream.read_exact(&mut body);
            let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
            let heard = Heard { head, body };
            reply(&heard, stream.get_mut());
            let _ = sender.send(heard);
            stream.get_mut().conn.send_close_notify();
            let _ = stream.get_mut().flush();
        }
    });
    Loopback { address: format!("https://localhost:{port}/v1"), authority: authority.pem(), heard }
}

fn settings(server: &Loopback) -> EndpointSettings {
    EndpointSettings {
        on: true,
        address: server.address.clone(),
        model: "clinic-8b".to_owned(),
        context: 8_192,
        authority: Some(server.authority.clone()),
    }
}

fn client(server: &Loopback) -> Client {
    Client::new(&settings(server), Some("a-token".to_owned())).unwrap()
}

fn ask() -> Ask {
    Ask {
        system: "Write a note.".to_owned(),
        user: Phi::new("0 patient: I repotted the zinnias.".to_owned()),
        grammar: "root ::= \"x\"".to_owned(),
        most_tokens: 400,
        part: 1,
        parts: 1,
    }
}

fn write(server: &Loopback) -> Result<Wrote, Trouble> {
    client(server).write("clinic-8b", &ask(), |_| ())
}

const STREAM: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n\
data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n\
data: {\"choices\":[{\"delta\":{\"content\":\"subjective [0] \"}}]}\n\n\
: a comment\n\n\
data: {\"choices\":[{\"delta\":{\"content\":\"Repotting.\"},\"finish_reason\":\"stop\"}]}\n\n\
data: {\"choices\":[],\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":9}}\n\n\
data: [DONE]\n\n";

#[test]
fn it_is_asked_under_the_grammar_and_heard_piece_by_piece() {
    let server = answering(STREAM);
    let mut pieces = Vec::new();
    let wrote = client(&server).write("clinic-8b", &ask(), |piece| pieces.push(piece.to_owned())).unwrap();
    assert_eq!(pieces, ["subjective [0] ", "Repotting."]);
    let text = "subjective [0] Repotting.".to_owned();
    assert_eq!(wrote, Wrote { text, finished: true, prompt_tokens: 31, tokens: 9 });
    let heard = server.heard.recv().unwrap();
    assert!(heard.head.starts_with("POST /v1/chat/completions "), "{}", heard.head);
    assert!(heard.head.to_lowercase().contains("authorization: bearer a-token"), "{}", heard.head);
    assert_eq!(heard.body["model"], "clinic-8b");
    assert_eq!(heard.body["grammar"], ask().grammar);
    assert_eq!(heard.body["structured_outputs"]["grammar"], ask().grammar);
    assert_eq!(heard.body["messages"][1]["content"], ask().user.expose().as_str());
    assert_eq!((&heard.body["stream"], &heard.body["max_tokens"]), (&true.into(), &400.into()));
}

/// A server that writes one word and then nothing, and says when its connection is closed.
fn silent() -> (Loopback, mpsc::Receiver<()>) {
    let (tell, closed) = mpsc::channel();
    let server = serving(move |_, stream| {
        let word = "data: {\"choices\":[{\"delta\":{\"content\":\"subjective \"}}]}\n\n";
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
        stream.write_all(format!("{head}{word}").as_bytes()).unwrap();
        stream.flush().unwrap();
        while stream.read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
        let _ = tell.send(());
    });
    (server, closed)
}

fn record() -> EncounterRecord {
    let now = Timestamp::from_millis(1_800_000_000_000);
    let opened = EventBody::EncounterOpened {
        patient: PatientId::make(now, &SystemRandom),
        origin: EncounterOrigin::Clinician,
        ticket: "A-1".to_owned(),
        protocol: None,
        language: Language::english(),
    };
    let mut record = EncounterRecord::open(EncounterId::make(now, &SystemRandom), &opened, now).unwrap();
    let text = include_bytes!("../../../../protocols/examples/visit-transcript.txt");
    record.utterances = scribe::Transcript::parse(text, None).unwrap().into_utterances();
    record
}

/// A limit for a fault, not for a speed.
const LONG: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_falls_silent_is_hung_up_on() {
    let (server, closed) = silent();
    let silence = Duration::from_millis(300);
    let outcome =
        draft(client(&server), settings(&server), record(), Template::soap(), silence, |_| ()).await;
    assert_eq!(outcome.unwrap_err(), ErrorCode::EndpointTimeout);
    closed.recv_timeout(LONG).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_dropped_hangs_up_in_the_middle_of_a_word() {
    let (server, closed) = silent();
    let (tell, told) = mpsc::channel();
    let drafting = tokio::spawn(draft(
        client(&server),
        settings(&server),
        record(),
        Template::soap(),
        LONG,
        move |progress| tell.send(progress).unwrap_or_default(),
    ));
    // The beginning of the window, and the word.
    for _ in 0..2 {
        told.recv_timeout(LONG).unwrap();
    }
    drafting.abort();
    closed.recv_timeout(LONG).unwrap();
}

#[test]
fn each_way_to_fail_is_told_apart() {
    let of = |answer: &'static str| write(&answering(answer)).unwrap_err();
    let cases = [
        ("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", Trouble::Credentials),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Trouble::Model),
        (
            "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
            Trouble::Model,
        ),
        ("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n", Trouble::Unavailable),
        ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", Trouble::Unavailable),
        ("HTTP/1.1 400 Bad Request\r\nContent-Length: 8\r\n\r\nbad form", Trouble::Form),
        (
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 47\r\n\r\n{\"error\":{\"type\":\"exceed_context_size_error\"}}  ",
            Trouble::TooLong,
        ),
        (
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"su\"}}]}\n\n",
            Trouble::CutOff,
        ),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndata: <html>\n\n", Trouble::Form),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html>It works.</html>\n", Trouble::Form),
        (
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndata: {\"error\":{\"message\":\"out of memory\"}}\n\n",
            Trouble::Unavailable,
        ),
        ("", Trouble::Unreachable),
    ];
    for (answer, trouble) in cases {
        assert_eq!(of(answer), trouble, "{answer:?}");
    }
}

#[test]
fn a_server_of_an_authority_that_is_not_trusted_hears_nothing() {
    let server = answering(STREAM);
    let other = answering(STREAM);
    for authority in [None, Some(other.authority)] {
        let settings = EndpointSettings { authority, ..settings(&server) };
        let client = Client::new(&settings, Some("a-token".to_owned())).unwrap();
        assert_eq!(client.write("clinic-8b", &ask(), |_| ()), Err(Trouble::Certificate));
        assert_eq!(client.models(), Err(Trouble::Certificate));
    }
    // Where a connection was begun at all, no request came over it.
    assert!(server.heard.try_iter().all(|heard| heard.head.is_empty()));
}

#[test]
fn its_models_are_read_with_the_context_that_each_kind_of_server_names() {
    let server = answering(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n\
         {\"data\":[{\"id\":\"a\",\"max_model_len\":32768},{\"id\":\"b\",\"meta\":{\"n_ctx_train\":8192}},{\"id\":\"c\"},{}]}",
    );
    let models = client(&server).models().unwrap();
    let named: Vec<_> = models.iter().map(|model| (model.name.as_str(), model.context)).collect();
    assert_eq!(named, [("a", Some(32_768)), ("b", Some(8_192)), ("c", None)]);
    assert!(server.heard.recv().unwrap().head.starts_with("GET /v1/models "));
}

#[test]
fn the_context_that_llama_server_runs_with_counts_and_not_the_one_of_the_models_training() {
    let server = serving(|heard, stream| {
        let body = if heard.head.starts_with("GET /props ") {
            "{\"default_generation_settings\":{\"n_ctx\":4096}}"
        } else {
            "{\"data\":[{\"id\":\"a\",\"meta\":{\"n_ctx_train\":131072}}]}"
        };
        let answer = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}");
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let model = EndpointModel { name: "a".to_owned(), context: Some(4_096) };
    assert_eq!(client(&server).models(), Ok(vec![model]));
}

#[test]
fn a_model_is_proved_by_a_word_that_only_a_grammar_makes_it_write() {
    let server = serving(|heard, stream| {
        let grammar = heard.body["grammar"].as_str().unwrap();
        let word = grammar.strip_prefix("root ::= \"").unwrap().trim_end_matches('"');
        stream
            .write_all(STREAM.replace("subjective [0] ", "").replace("Repotting.", word).as_bytes())
            .unwrap();
    });
    assert_eq!(client(&server).prove("clinic-8b"), Ok(()));
    assert_eq!(client(&answering(STREAM)).prove("clinic-8b"), Err(Trouble::Grammar));
    let gone = answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(client(&gone).prove("clinic-8b"), Err(Trouble::Model));
}

#[test]
fn a_name_that_leads_nowhere_is_told_from_a_server_that_does_not_run() {
    let server = answering("");
    let of = |address: String| {
        let settings = EndpointSettings { address, ..settings(&server) };
        Client::new(&settings, None).unwrap().models().unwrap_err()
    };
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(of(format!("https://{free}/v1")), Trouble::Unreachable);
    // A label of 64 letters is none, so that no network is asked for it.
    assert_eq!(of(format!("https://{}.example/v1", "a".repeat(64))), Trouble::Name);
}

#[test]
fn an_address_or_an_authority_that_cannot_be_used_is_refused() {
    let server = answering("");
    let code = |settings: EndpointSettings| Client::new(&settings, None).err().map(|error| error.code());
    let asking = "https://models.clinic.example/v1?key=1";
    for address in ["http://models.clinic.example/v1", asking, "ftp://models", "models.clinic.example", ""] {
        let settings = EndpointSettings { address: address.to_owned(), ..settings(&server) };
        assert_eq!(code(settings), Some(ErrorCode::DestinationAddressInvalid), "{address}");
    }
    let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
    for authority in ["not a certificate".to_owned(), key] {
        let settings = EndpointSettings { authority: Some(authority), ..settings(&server) };
        assert_eq!(code(settings), Some(ErrorCode::EndpointAuthority));
    }
    assert_eq!(settings(&server).offered(), "clinic-8b (localhost)");
    assert_eq!(Trouble::TooLong.code(), ErrorCode::ModelAnswerInvalid);
}
