//! The only place that prints.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::failure::Failure;

/// Why standard output takes no more.
static CLOSED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints a line of text.
pub(crate) fn line(text: impl std::fmt::Display) {
    if !is_closed()
        && let Err(error) = writeln!(io::stdout(), "{text}")
    {
        *CLOSED.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// Prints bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) {
    if !is_closed()
        && let Err(error) = io::stdout().write_all(bytes)
    {
        *CLOSED.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// Prints a value as JSON, on one line.
pub(crate) fn json(value: &impl Serialize) {
    match serde_json::to_string(value) {
        Ok(text) => line(text),
        Err(error) => {
            *CLOSED.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.into());
        }
    }
}

/// Prints one value, either way.
pub(crate) fn either(as_json: bool, value: &impl Serialize, text: impl FnOnce() -> String) {
    if as_json { json(value) } else { line(text().trim_end()) }
}

/// Whether nobody reads on: a command that answers line by line can stop.
pub(crate) fn is_closed() -> bool {
    CLOSED.lock().unwrap_or_else(PoisonError::into_inner).is_some()
}

/// Whether all that was printed arrived. A reader that went away (`| head`) is no failure; a full disk is.
pub(crate) fn finish() -> Result<(), Failure> {
    let flushed = io::stdout().flush().err();
    match CLOSED.lock().unwrap_or_else(PoisonError::into_inner).take().or(flushed) {
        Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::of_file("standard output".as_ref(), &error))
        }
        _ => Ok(()),
    }
}

/// Shows progress on standard error, where somebody looks at it.
pub(crate) fn progress(text: impl std::fmt::Display) {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\r\x1b[K{text}");
    }
}

/// Ends the line of [`progress`].
pub(crate) fn progress_end() {
    if io::stderr().is_terminal() {
        let _ = writeln!(io::stderr());
    }
}

/// Says on standard error what does not end the command.
pub(crate) fn warning(text: impl std::fmt::Display) {
    progress("");
    let _ = writeln!(io::stderr(), "bedside: {text}");
}

/// Says why the command failed. Nowhere is left to say that this failed.
pub(crate) fn failure(failure: &Failure, json: bool) {
    let _ = if json {
        let error = serde_json::json!({ "error": { "code": failure.code, "message": failure.message } });
        writeln!(io::stderr(), "{error}")
    } else {
        writeln!(io::stderr(), "bedside: {} [{}]", failure.message, failure.code)
    };
}
