//! The real command, in a throw-away folder.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

pub const BEDSIDE: &str = env!("CARGO_BIN_EXE_bedside");
pub const PASSPHRASE: &str = "a long enough passphrase";
pub const PASSWORD: &str = "a long enough password";

/// A folder with a data folder, a temporary folder and the secrets' files in it.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["temp", "home"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        std::fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        std::fs::write(folder.path().join("password"), format!("{PASSWORD}\n")).unwrap();
        Self { folder }
    }

    /// With a clinic in it.
    pub fn with_clinic() -> Self {
        let place = Self::new();
        let password = place.path("password");
        place.json(&["init", "--password-file", password.to_str().unwrap()]);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The command, kept to this place: its own home, its own temporary folder, no keyring.
    pub fn command(&self) -> Command {
        let mut command = Command::new(BEDSIDE);
        command
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_RUNTIME_DIR")
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("temp"))
            .env("BEDSIDE_DATA", self.path("data"))
            .env("BEDSIDE_PASSPHRASE_FILE", self.path("passphrase"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Runs a command that must succeed, and reads its JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.command().arg("--json").args(arguments).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Runs a command that must fail with one line, and answers the code.
    pub fn refusal(&self, arguments: &[&str]) -> String {
        refusal(&self.run(arguments))
    }

    pub fn pipe(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

/// The code at the end of the one line of a failure.
pub fn refusal(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
    let code = stderr.trim_end().rsplit_once('[').unwrap().1;
    code.strip_suffix(']').unwrap().to_owned()
}

/// A running `bedside serve`, ended when dropped.
pub struct Served {
    pub child: Child,
    pub port: u16,
}

impl Served {
    pub fn start(place: &Place) -> Self {
        let ui = place.path("ui");
        std::fs::create_dir_all(&ui).unwrap();
        std::fs::write(ui.join("index.html"), "<!doctype html><title>Bedside</title>").unwrap();
        let log = std::fs::File::create(place.path("serve.log")).unwrap();
        let mut child = place
            .command()
            .env("BEDSIDE_LOG", "trace")
            .args(["serve", "--port", "0", "--ui", ui.to_str().unwrap()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url: Value = serde_json::from_str(&line).unwrap();
        let port = url["url"].as_str().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        Self { child, port }
    }

    /// A call as a page makes it; the whole answer.
    pub fn call(&self, token: Option<&str>, method: &str, params: Value) -> Value {
        let body = json!({ "method": method, "params": params }).to_string();
        let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\n{bearer}Content-Length: {}\r\n",
            self.port,
            self.port,
            body.len()
        );
        let (status, body) = self.exchange(&format!("{head}Connection: close\r\n\r\n{body}"));
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// A call that must succeed.
    pub fn ok(&self, token: Option<&str>, method: &str, params: Value) -> Value {
        let mut answer = self.call(token, method, params);
        assert!(answer.get("ok").is_some(), "{method}: {answer}");
        answer["ok"].take()
    }

    /// Sends a request as it is; the status and the body.
    pub fn exchange(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
        (status, body)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
