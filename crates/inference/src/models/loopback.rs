//! A server on this machine that answers as a test tells it to: the wrong ways of servers, one at a time.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

/// What to do with one connection.
#[derive(Clone)]
pub(super) enum Reply {
    /// Send these bytes and close.
    Bytes(Vec<u8>),
    /// Send these bytes and keep the connection open without another word.
    ThenSilence(Vec<u8>),
}

/// A running server.
pub(super) struct Loopback {
    /// Its address, without a path.
    pub(super) address: String,
    /// The requests that came, headers and all, in lower case.
    pub(super) requests: Arc<Mutex<Vec<String>>>,
}

impl Loopback {
    /// Answers the first connection with the first reply, the second with the second, and further ones with the last.
    pub(super) fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for (index, connection) in listener.incoming().enumerate() {
                let reply = replies[index.min(replies.len() - 1)].clone();
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || serve(connection.unwrap(), reply, &seen));
            }
        });
        Self { address, requests }
    }
}

fn serve(mut connection: TcpStream, reply: Reply, seen: &Mutex<Vec<String>>) {
    let mut request = String::new();
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    while reader.read_line(&mut request).is_ok_and(|count| count > 2) {}
    seen.lock().unwrap().push(request.to_lowercase());
    // A client that has seen enough closes early: that is its right.
    match reply {
        Reply::Bytes(bytes) => {
            let _ = connection.write_all(&bytes);
        }
        Reply::ThenSilence(bytes) => {
            let _ = connection.write_all(&bytes);
            std::thread::sleep(Duration::from_secs(30));
        }
    }
}

/// An answer with a status line, headers and a body.
pub(super) fn answer(status: &str, headers: &[(&str, String)], body: &[u8]) -> Reply {
    Reply::Bytes(bytes_of(status, headers, body))
}

pub(super) fn bytes_of(status: &str, headers: &[(&str, String)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
