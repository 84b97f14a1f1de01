//! What can be wrong with a transcript or a template.

use domain::{Coded, ErrorCode};

/// Why a transcript or a template was not read. No message holds a word of the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are not text.
    #[error("the file is not UTF-8 text (byte {byte}); save the transcript as UTF-8 and try again")]
    NotUtf8 {
        /// The first byte that cannot be read, counted from 0.
        byte: usize,
    },
    /// There is nothing in it.
    #[error("the transcript is empty")]
    Empty,
    /// No form that is known.
    #[error(
        "the transcript's form is not recognised: use lines that begin with [doctor] or [patient], lines that begin with \
         D: or P:, a TextGrid, or JSON with utterances or segments"
    )]
    UnknownForm,
    /// The form is known, but something in it is not as it must be.
    #[error("the transcript is not readable as {form} (line {line}): {problem}")]
    Malformed {
        /// The form it was read as.
        form: &'static str,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
    /// A template is not one.
    #[error("the note template is not valid: {0}")]
    Template(&'static str),
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotUtf8 { .. } => ErrorCode::NotUtf8,
            Self::Empty | Self::UnknownForm | Self::Malformed { .. } => ErrorCode::TranscriptUnreadable,
            Self::Template(_) => ErrorCode::TemplateInvalid,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotUtf8 { byte } => vec![("byte", byte.to_string())],
            Self::Malformed { form, line, problem } => vec![
                ("form", (*form).to_owned()),
                ("line", line.to_string()),
                ("problem", (*problem).to_owned()),
            ],
            Self::Template(problem) => vec![("problem", (*problem).to_owned())],
            Self::Empty | Self::UnknownForm => Vec::new(),
        }
    }
}
