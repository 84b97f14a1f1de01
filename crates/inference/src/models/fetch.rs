//! Downloading: resumed, bounded, checked, and never trusting what a server says of itself.
//!
//! The request runs on a thread of its own that hands over what arrives; the caller's thread writes, so that a cancel is
//! noticed at once even while a server keeps silent. Redirects are followed here and not by the HTTP library, because they
//! must not lead to another scheme.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::Path,
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};

use ureq::http::{Response, StatusCode, header};

use super::{Cancel, Models, Progress, SourcePolicy, hash_file, mismatch, part_of, settle};
use crate::{CatalogEntry, Error};

const MOST_REDIRECTS: usize = 5;
const LOOK_FOR_CANCEL: Duration = Duration::from_millis(50);

pub(super) fn fetch(
    models: &Models,
    entry: &CatalogEntry,
    on_progress: &mut dyn FnMut(Progress),
    cancel: &Cancel,
) -> Result<(), Error> {
    std::fs::create_dir_all(&models.folder).map_err(|error| Error::file(&models.folder, error))?;
    let path = models.folder.join(&entry.file);
    let part = part_of(&path);
    let mut last =
        Error::Download { model: entry.name.clone(), detail: "the catalog names no source".into() };
    for source in &entry.sources {
        match fetch_from(models, entry, source, &part, on_progress, cancel) {
            Ok(()) => {
                let found = hash_file(&part, &mut |_| (), cancel)?;
                let expected = entry.sha256.unwrap_or(found);
                if found == expected {
                    return settle(&part, &path, expected, found);
                }
                // What is there is not the model: going on from it would never become the model either.
                std::fs::remove_file(&part).map_err(|error| Error::file(&part, error))?;
                tracing::warn!(model = %entry.name, "a source delivered a file with another hash");
                last = mismatch(&entry.name, expected, found);
            }
            Err(Fetch::Give(error)) => return Err(error),
            Err(Fetch::Next(detail)) => {
                tracing::warn!(model = %entry.name, %detail, "a source failed");
                // A wrong hash from one source is worse news than silence from the next.
                if !matches!(last, Error::HashMismatch { .. }) {
                    last = Error::Download { model: entry.name.clone(), detail };
                }
            }
        }
    }
    Err(last)
}

/// Why a source did not deliver.
enum Fetch {
    /// It is the source's fault; another may do better.
    Next(String),
    /// It is not; no other source helps.
    Give(Error),
}

impl From<Error> for Fetch {
    fn from(error: Error) -> Self {
        Self::Give(error)
    }
}

fn next(detail: impl Into<String>) -> Fetch {
    Fetch::Next(detail.into())
}

/// What the thread with the request sends.
enum Arrived {
    /// The answer's beginning.
    Head(Head),
    /// A piece of the body.
    Piece(Vec<u8>),
    /// The body has ended.
    End,
    /// It failed.
    Failed(String),
}

struct Head {
    status: StatusCode,
    content_length: Option<u64>,
    content_range: Option<String>,
}

fn fetch_from(
    models: &Models,
    entry: &CatalogEntry,
    source: &str,
    part: &Path,
    on_progress: &mut dyn FnMut(Progress),
    cancel: &Cancel,
) -> Result<(), Fetch> {
    let most = entry.most_bytes();
    let exact = (!entry.bytes_approximate).then_some(entry.bytes);
    let mut there = std::fs::metadata(part).map_or(0, |metadata| metadata.len());
    if there > most {
        // Longer than the model: the beginning of something else.
        std::fs::remove_file(part).map_err(|error| Error::file(part, error))?;
        there = 0;
    }
    if exact == Some(there) && there > 0 {
        return Ok(());
    }

    cancel.check()?;
    let arrivals = request(source.to_owned(), there, models.policy.clone());
    let (head, mut arrivals) = match Arrivals::new(arrivals, models.policy.stall).next(cancel)? {
        (Arrived::Head(head), arrivals) => (head, arrivals),
        (Arrived::Failed(detail), _) => return Err(next(detail)),
        _ => return Err(next("the server's answer had no head")),
    };
    let (start, of) = match plan(&head, there, exact, most)? {
        Plan::From { start, of } => (start, of),
        Plan::Complete => return Ok(()),
        Plan::StartOver => {
            std::fs::remove_file(part).map_err(|error| Error::file(part, error))?;
            return Err(next(
                "the server would not go on where the download had stopped; the beginning was dropped",
            ));
        }
    };

    let failed = |error| Error::file(part, error);
    let mut file = open_part(part, start).map_err(failed)?;
    let mut bytes = start;
    loop {
        let (arrived, rest) = arrivals.next(cancel)?;
        arrivals = rest;
        match arrived {
            Arrived::Piece(piece) => {
                bytes += piece.len() as u64;
                if bytes > of.unwrap_or(most) {
                    drop(file);
                    std::fs::remove_file(part).map_err(failed)?;
                    return Err(next("the server sent more than it had announced"));
                }
                file.write_all(&piece).map_err(failed)?;
                on_progress(Progress { bytes, of: of.or(exact) });
            }
            Arrived::End => break,
            Arrived::Failed(detail) => {
                return Err(next(format!("the connection broke after {bytes} bytes: {detail}")));
            }
            Arrived::Head(_) => return Err(next("the server answered twice")),
        }
    }
    file.sync_all().map_err(failed)?;
    match of.or(exact) {
        Some(of) if bytes < of => Err(next(format!("the server stopped after {bytes} of {of} bytes"))),
        _ if bytes == 0 => Err(next("the server sent nothing")),
        _ => Ok(()),
    }
}

/// Opens the part at a position, dropping what lies behind it.
fn open_part(part: &Path, start: u64) -> std::io::Result<File> {
    let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(part)?;
    file.set_len(start)?;
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(start))?;
    Ok(file)
}

enum Plan {
    /// The body belongs at `start`, and the whole is `of` bytes where the server says so.
    From { start: u64, of: Option<u64> },
    /// Everything is there already.
    Complete,
    /// What is there cannot be continued.
    StartOver,
}

/// What the answer means, having asked for everything from byte `there` on.
fn plan(head: &Head, there: u64, exact: Option<u64>, most: u64) -> Result<Plan, Fetch> {
    let (start, of) = match head.status {
        // A server that does not do ranges sends the whole.
        StatusCode::OK => (0, head.content_length),
        StatusCode::PARTIAL_CONTENT if there > 0 => {
            let range = head.content_range.as_deref().and_then(parse_content_range);
            let Some((first, last, of)) = range else {
                return Err(next("the server did not say which part of the file it sent"));
            };
            if first != there || last < first {
                return Err(next(format!(
                    "the server sent the file from byte {first} on and not from {there}"
                )));
            }
            let announced = last + 1 - first;
            if head.content_length.is_some_and(|length| length != announced) {
                return Err(next("the server contradicts itself about how much it sends"));
            }
            // A part that ends before the file does is a part of what is wanted all the same.
            (there, of.or(Some(last + 1)))
        }
        StatusCode::RANGE_NOT_SATISFIABLE if there > 0 => {
            let of =
                head.content_range.as_deref().and_then(|range| range.strip_prefix("bytes */")?.parse().ok());
            return Ok(if of == Some(there) && exact.is_none_or(|exact| exact == there) {
                Plan::Complete
            } else {
                Plan::StartOver
            });
        }
        status => return Err(next(format!("the server answered {status}"))),
    };
    if let (Some(of), Some(exact)) = (of, exact)
        && of != exact
    {
        return Err(next(format!(
            "the server has a file of {of} bytes where the catalog has one of {exact}"
        )));
    }
    if of.is_some_and(|of| of > most) {
        return Err(next("the server has a file that is far larger than the catalog's"));
    }
    Ok(Plan::From { start, of })
}

/// `bytes FIRST-LAST/OF`, where OF may be `*`.
fn parse_content_range(text: &str) -> Option<(u64, u64, Option<u64>)> {
    let (range, of) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let of = if of == "*" { None } else { Some(of.parse().ok()?) };
    Some((first.parse().ok()?, last.parse().ok()?, of))
}

/// What arrives, waited for with an eye on the cancel.
struct Arrivals {
    from: mpsc::Receiver<Arrived>,
    stall: Duration,
}

impl Arrivals {
    fn new(from: mpsc::Receiver<Arrived>, stall: Duration) -> Self {
        Self { from, stall }
    }

    fn next(self, cancel: &Cancel) -> Result<(Arrived, Self), Fetch> {
        let since = Instant::now();
        loop {
            cancel.check()?;
            match self.from.recv_timeout(LOOK_FOR_CANCEL) {
                Ok(arrived) => return Ok((arrived, self)),
                Err(RecvTimeoutError::Timeout) if since.elapsed() > self.stall => {
                    return Err(next(format!("the server kept silent for {} seconds", self.stall.as_secs())));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(next("the download ended without an end")),
            }
        }
    }
}

/// Starts the request on a thread of its own, which ends when nobody listens any more.
fn request(source: String, from: u64, policy: SourcePolicy) -> mpsc::Receiver<Arrived> {
    let (sender, receiver) = mpsc::sync_channel(8);
    let failed = sender.clone();
    let run = move || {
        let result = open(&source, from, &policy).and_then(|mut response| {
            let number = |name| response.headers().get(name)?.to_str().ok()?.parse().ok();
            let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
            let head = Head {
                status: response.status(),
                content_length: number(header::CONTENT_LENGTH),
                content_range: text(header::CONTENT_RANGE),
            };
            if sender.send(Arrived::Head(head)).is_err() {
                return Ok(());
            }
            let mut body = response.body_mut().as_reader();
            loop {
                let mut piece = vec![0; 1 << 16];
                let count = body.read(&mut piece).map_err(|error| error.to_string())?;
                piece.truncate(count);
                let arrived = if count == 0 { Arrived::End } else { Arrived::Piece(piece) };
                if sender.send(arrived).is_err() || count == 0 {
                    return Ok(());
                }
            }
        });
        if let Err(detail) = result {
            let _ = sender.send(Arrived::Failed(detail));
        }
    };
    if let Err(error) = std::thread::Builder::new().name("download".into()).spawn(run) {
        let _ = failed.send(Arrived::Failed(error.to_string()));
    }
    receiver
}

fn open(source: &str, from: u64, policy: &SourcePolicy) -> Result<Response<ureq::Body>, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_per_read(Some(policy.stall.max(Duration::from_secs(1))))
        .user_agent(concat!("Bedside/", env!("CARGO_PKG_VERSION")))
        .accept_encoding("identity")
        .build()
        .into();
    let mut address = source.to_owned();
    for _ in 0..=MOST_REDIRECTS {
        allowed(&address, policy)?;
        let mut request = agent.get(&address);
        if from > 0 {
            request = request.header(header::RANGE, format!("bytes={from}-"));
        }
        let response = request.call().map_err(|error| error.to_string())?;
        if !response.status().is_redirection() {
            return Ok(response);
        }
        let target = response.headers().get(header::LOCATION).and_then(|target| target.to_str().ok());
        let target = resolve(&address, target.ok_or("the server redirects to nowhere")?)?;
        let scheme = |address: &str| address.split(':').next().map(str::to_owned);
        if scheme(&address) != scheme(&target) {
            return Err("the server redirects to another kind of address".into());
        }
        address = target;
    }
    Err("the server redirects in circles".into())
}

/// Only `https`, or `http` to this machine where the policy has it.
fn allowed(address: &str, policy: &SourcePolicy) -> Result<(), String> {
    if address.starts_with("https://") {
        return Ok(());
    }
    let host = address.strip_prefix("http://").and_then(|rest| rest.split(['/', ':']).next());
    if policy.allow_plain_loopback && matches!(host, Some("127.0.0.1" | "localhost")) {
        return Ok(());
    }
    Err("only https addresses are used".into())
}

/// Where a redirect leads: a whole address, or a path on the same server.
fn resolve(base: &str, target: &str) -> Result<String, String> {
    if target.contains("://") {
        return Ok(target.to_owned());
    }
    let (scheme, rest) = base.split_once("://").ok_or("the address has no scheme")?;
    let host = rest.split('/').next().unwrap_or(rest);
    if target.starts_with("//") {
        Ok(format!("{scheme}:{target}"))
    } else if target.starts_with('/') {
        Ok(format!("{scheme}://{host}{target}"))
    } else {
        Err("the server redirects to an address that is not whole".into())
    }
}
