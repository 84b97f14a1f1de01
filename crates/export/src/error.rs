//! What can go wrong on the way out.

use domain::{Coded, ErrorCode};

/// Why a file was not made. No message holds a word of the encounter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The page could not be set: a font that is damaged, or a rule of PDF/A that was broken.
    #[error("the PDF could not be made ({reason}); export as text or FHIR and report this")]
    Pdf {
        /// What the writer says, without the document's words.
        reason: &'static str,
    },
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        ErrorCode::Internal
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Pdf { reason } => vec![("reason", (*reason).to_owned())],
        }
    }
}
