//! JSON over HTTP to a server on this machine: all that WebDriver needs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::Outcome;

/// Longer than the slowest start of a web view on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sends a request and reads the answer; the status and the JSON body.
pub(crate) fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> Outcome<(u16, Value)> {
    exchange(port, method, path, body).map_err(|error| format!("{method} {path}: {error}"))
}

fn exchange(port: u16, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let body = body.map(ToString::to_string).unwrap_or_default();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;

    let mut answer = BufReader::new(stream);
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let status = line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).ok_or_else(unreadable)?;
    let mut length = None;
    loop {
        line.clear();
        answer.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    let mut text = Vec::new();
    match length {
        Some(length) => answer.take(length).read_to_end(&mut text)?,
        None => answer.read_to_end(&mut text)?,
    };
    Ok((status, serde_json::from_slice(&text).map_err(|_| unreadable())?))
}

fn unreadable() -> std::io::Error {
    std::io::Error::other("the answer is not JSON over HTTP")
}
