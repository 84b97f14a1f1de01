//! What can be wrong with FHIR that is read or written.

use domain::{Coded, ErrorCode};

/// Why a resource was not read or written. No message holds a value from the resource, only the place and the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is not JSON.
    #[error("the file is not JSON (line {line}); export it again")]
    NotJson {
        /// The line, from 1.
        line: usize,
    },
    /// Something in it is not valid FHIR R4, or not what Bedside exports.
    #[error("the file is not valid FHIR: {path}: {problem}")]
    Invalid {
        /// Where, in FHIRPath's way of writing ("Bundle.entry[0].resource.status").
        path: String,
        /// What is wrong there.
        problem: &'static str,
    },
}

impl Error {
    pub(crate) fn at(path: &str, problem: &'static str) -> Self {
        Self::Invalid { path: path.to_owned(), problem }
    }
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        ErrorCode::FhirInvalid
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotJson { line } => vec![("line", line.to_string())],
            Self::Invalid { path, problem } => {
                vec![("path", path.clone()), ("problem", (*problem).to_owned())]
            }
        }
    }
}
