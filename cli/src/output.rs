//! The only place that prints.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command's results and its one line of failure"
)]

use std::io::Write as _;

use serde::Serialize;

use crate::failure::Failure;

/// Prints a line of text.
pub(crate) fn line(text: impl std::fmt::Display) {
    // A reader that went away (`| head`) is no failure.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a value as JSON, on one line.
pub(crate) fn json(value: &impl Serialize) {
    match serde_json::to_string(value) {
        Ok(text) => line(text),
        Err(error) => eprintln!("bedside: {error} [internal]"),
    }
}

/// Prints one value, either way.
pub(crate) fn either(as_json: bool, value: &impl Serialize, text: impl FnOnce() -> String) {
    if as_json { json(value) } else { print!("{}\n", text().trim_end()) }
}

/// Shows progress on standard error, where somebody looks at it.
pub(crate) fn progress(text: impl std::fmt::Display) {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{text}");
    }
}

/// Ends the line of [`progress`].
pub(crate) fn progress_end() {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() {
        eprintln!();
    }
}

/// Says why the command failed.
pub(crate) fn failure(failure: &Failure, json: bool) {
    if json {
        let error = serde_json::json!({ "error": { "code": failure.code, "message": failure.message } });
        eprintln!("{error}");
    } else {
        eprintln!("bedside: {} [{}]", failure.message, failure.code);
    }
}
