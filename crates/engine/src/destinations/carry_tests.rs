//! Real folders, and a real server on this machine that answers, keeps silent and hangs up.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use domain::{EncounterId, ErrorCode, ExportFormat};
use store::SystemRandom;

use super::carry::{Carrier, Carry as _, Contents, NotTaken, Parcel};
use super::http::Patience;
use super::retry::Ended;
use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn parcel() -> Parcel {
    let of = Contents {
        encounter: EncounterId::make(NOW, &SystemRandom),
        format: ExportFormat::Fhir,
        cause: "note-signed".to_owned(),
    };
    Parcel {
        delivery: DeliveryId::make(NOW, &SystemRandom),
        of: Some(of),
        extension: "json",
        media_type: "application/fhir+json",
        bytes: b"{\"resourceType\":\"Bundle\"}".to_vec(),
    }
}

/// What a server got: the lines of the head and the body.
struct Got {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

fn read(stream: &TcpStream) -> Got {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let mut got = Got { head, body: Vec::new() };
    let length = got.header("content-length").map_or(0, |length| length.parse().unwrap());
    got.body.resize(length, 0);
    reader.read_exact(&mut got.body).unwrap();
    got
}

/// A server that takes one request and does this with it; its address, and what it got.
fn serving(answer: impl FnOnce(TcpStream) + Send + 'static) -> (String, Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/inbox", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        sender.send(read(&stream)).unwrap();
        answer(stream);
    });
    (address, receiver)
}

/// One that answers with this status and these lines of a head.
fn answering(status: &str, headers: &str) -> (String, Receiver<Got>) {
    let answer = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 2\r\nConnection: close\r\n\r\nno");
    serving(move |mut stream| stream.write_all(answer.as_bytes()).unwrap())
}

fn post(address: &str, token: Option<&str>, parcel: &Parcel) -> Result<(), NotTaken> {
    let patience = Patience { connect: Duration::from_secs(20), whole: Duration::from_millis(1_500) };
    let place = DestinationPlace::Http { address: address.to_owned() };
    Carrier { patience }.carry(&place, token, parcel, NOW)
}

fn refused(status: &str, headers: &str) -> NotTaken {
    let (address, _got) = answering(status, headers);
    let refused = post(&address, None, &parcel()).unwrap_err();
    assert_eq!(refused.status.map(|status| status.to_string()).as_deref(), status.split(' ').next());
    refused
}

#[test]
fn a_request_holds_the_file_and_says_what_it_is_and_which_delivery() {
    let (address, got) = answering("201 Created", "");
    let parcel = parcel();
    post(&address, Some("a-token-of-the-record-system"), &parcel).unwrap();
    let got = got.recv().unwrap();
    assert_eq!(got.head[0], "POST /inbox HTTP/1.1");
    assert_eq!(got.body, parcel.bytes);
    let id = parcel.delivery.to_string();
    let of = parcel.of.unwrap();
    for (name, value) in [
        ("content-type", "application/fhir+json"),
        ("idempotency-key", id.as_str()),
        ("bedside-delivery", id.as_str()),
        ("bedside-encounter", of.encounter.to_string().as_str()),
        ("bedside-format", "fhir"),
        ("bedside-cause", "note-signed"),
        ("authorization", "Bearer a-token-of-the-record-system"),
    ] {
        assert_eq!(got.header(name), Some(value), "{name}");
    }
    assert_eq!(got.header("bedside-test"), None);
}

#[test]
fn a_test_says_that_it_is_one_and_holds_no_patient() {
    let (address, got) = answering("200 OK", "");
    post(&address, None, &Parcel::test(parcel().delivery)).unwrap();
    let got = got.recv().unwrap();
    assert_eq!((got.header("bedside-test"), got.header("bedside-encounter")), (Some("true"), None));
    assert_eq!(got.header("authorization"), None);
    assert!(String::from_utf8(got.body).unwrap().contains("holds no patient"));
}

#[test]
fn an_answer_says_whether_it_may_be_tried_again_and_when() {
    let later = |asked| Ended::NotNow { asked };
    for (status, headers, code, ended) in [
        ("500 Internal Server Error", "", ErrorCode::DestinationUnavailable, later(None)),
        ("503 Busy", "Retry-After: 120\r\n", ErrorCode::DestinationUnavailable, later(Some(120_000))),
        (
            "429 Too Many Requests",
            "Retry-After: 7\r\n",
            ErrorCode::DestinationUnavailable,
            later(Some(7_000)),
        ),
        ("408 Request Timeout", "", ErrorCode::DestinationUnavailable, later(None)),
        ("425 Too Early", "", ErrorCode::DestinationUnavailable, later(None)),
        ("401 Unauthorized", "", ErrorCode::DestinationCredentials, Ended::Never),
        ("403 Forbidden", "Retry-After: 9\r\n", ErrorCode::DestinationCredentials, Ended::Never),
        ("404 Not Found", "", ErrorCode::DestinationRefused, Ended::Never),
        ("422 Unprocessable Content", "", ErrorCode::DestinationRefused, Ended::Never),
    ] {
        let refused = refused(status, headers);
        assert_eq!((refused.code, refused.ended), (code, ended), "{status}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let (elsewhere, got) = answering("200 OK", "");
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let refused = refused(status, &format!("Location: {elsewhere}\r\n"));
        assert_eq!((refused.code, refused.ended), (ErrorCode::DestinationRedirected, Ended::Never));
    }
    assert!(got.try_recv().is_err(), "nothing went where the redirect led");
}

#[test]
fn a_server_that_hangs_or_hangs_up_or_is_not_there_is_tried_again() {
    let again = Ended::NotNow { asked: None };
    let (done, wait) = mpsc::channel::<()>();
    let (address, _got) = serving(move |stream| {
        let _ = wait.recv();
        drop(stream);
    });
    let silent = post(&address, None, &parcel()).unwrap_err();
    assert_eq!((silent.code, silent.ended), (ErrorCode::DestinationTimeout, again));
    drop(done);

    let (address, _got) = serving(drop);
    let dropped = post(&address, None, &parcel()).unwrap_err();
    assert_eq!((dropped.code, dropped.ended), (ErrorCode::DestinationUnreachable, again));

    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = post(&format!("http://{free}/"), None, &parcel()).unwrap_err();
    assert_eq!((nobody.code, nobody.ended), (ErrorCode::DestinationUnreachable, again));
}

#[test]
fn a_server_that_does_not_show_a_certificate_gets_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/inbox", listener.local_addr().unwrap());
    let (sender, got) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut first = [0; 512];
        let read = stream.read(&mut first).unwrap();
        sender.send(first[..read].to_vec()).unwrap();
        // It speaks no TLS.
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    let refused = post(&address, Some("a-token"), &parcel()).unwrap_err();
    assert_eq!(refused.ended, Ended::NotNow { asked: None });
    assert_eq!(refused.code, ErrorCode::DestinationCertificate);
    let first = got.recv().unwrap();
    assert_eq!(first[0], 0x16, "a TLS handshake");
    for word in [b"a-token".as_slice(), b"Bundle"] {
        assert!(!first.windows(word.len()).any(|window| window == word));
    }
}

fn put(folder: &Path, parcel: &Parcel) -> Result<(), NotTaken> {
    let place = DestinationPlace::Folder { path: folder.to_str().unwrap().to_owned() };
    Carrier::default().carry(&place, None, parcel, NOW)
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_file_appears_whole_under_a_name_that_is_the_same_at_every_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let parcel = parcel();
    let name = format!("bedside-{}-{}.json", parcel.of.as_ref().unwrap().encounter, parcel.delivery);
    // What an attempt left that was cut off.
    std::fs::write(folder.path().join(format!(".{name}.partial")), "{\"resour").unwrap();
    put(folder.path(), &parcel).unwrap();
    put(folder.path(), &parcel).unwrap();
    assert_eq!(names(folder.path()), [name.as_str()]);
    assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), parcel.bytes);
}

#[test]
fn a_folder_that_is_gone_or_takes_nothing_is_tried_again_and_never_made() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("share");
    let code = |folder: &Path| {
        let failed = put(folder, &parcel()).unwrap_err();
        assert_eq!(failed.ended, Ended::NotNow { asked: None });
        failed.code
    };
    assert_eq!(code(&gone), ErrorCode::DestinationFolderMissing);
    assert!(!gone.exists());
    std::fs::write(&gone, "a file").unwrap();
    assert_eq!(code(&gone), ErrorCode::DestinationFolderMissing);

    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    let mut permissions = std::fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&locked, permissions).unwrap();
    // An administrator of the machine writes there all the same; the kernel's own folders take nothing from anybody.
    let probe = locked.join("probe");
    let denied = if std::fs::write(&probe, "").is_ok() { Path::new("/sys").to_owned() } else { locked };
    assert_eq!(code(&denied), ErrorCode::DestinationFolderDenied);
}
