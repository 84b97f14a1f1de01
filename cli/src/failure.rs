//! Why a command failed: one line and a code.

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

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { code: error.code(), message: error.to_string() }
    }
}
