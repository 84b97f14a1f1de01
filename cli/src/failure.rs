//! Why a command failed: one line and a code.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use domain::{Coded, ErrorCode};

/// A failure of a command.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The stable code.
    pub(crate) code: ErrorCode,
    /// What happened and what to do, without PHI.
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A command line that is none, in one line. An argument too many is not repeated: it may be a patient's words without
    /// their quotes.
    pub(crate) fn of_command_line(error: &clap::Error) -> Self {
        let message = match (error.kind(), error.get(ContextKind::InvalidArg)) {
            (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand, _) => {
                "a command is missing; --help lists them".to_owned()
            }
            // Not repeated either: it may be what a patient said, in quotes and without its command.
            (ErrorKind::InvalidSubcommand, _) => "there is no such command; --help lists them".to_owned(),
            (ErrorKind::UnknownArgument, Some(ContextValue::String(argument)))
                if !argument.starts_with('-') =>
            {
                "there is an argument too many; put text of several words into quotes".to_owned()
            }
            _ => one_line(&error.to_string()),
        };
        Self::new(ErrorCode::RequestInvalid, message)
    }

    /// A file or a stream that could not be read or written.
    pub(crate) fn of_file(what: &std::path::Path, error: &std::io::Error) -> Self {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorCode::NotFound,
            std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                ErrorCode::FolderReadOnly
            }
            _ => ErrorCode::InputOutput,
        };
        Self::new(code, format!("{}: {error}", what.display()))
    }
}

impl Failure {
    /// An error that somebody else keeps.
    pub(crate) fn of(error: &impl Coded) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

/// What clap says, without its "error:", its usage and its line breaks.
fn one_line(text: &str) -> String {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let text = ["\n\nUsage:", "\n\nFor more information"]
        .into_iter()
        .fold(text, |text, end| text.split(end).next().unwrap_or(text));
    let lines: Vec<_> = text.split_whitespace().collect();
    lines.join(" ").replace(" tip:", ";")
}
