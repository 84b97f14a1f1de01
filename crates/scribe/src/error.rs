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
    #[error("the note template is not valid: {field}: {problem}")]
    Template {
        /// Which part of it.
        field: String,
        /// What is wrong.
        problem: String,
    },
    /// The drafter's weights are not a table of features.
    #[error("the weights are not a table of features; write them with `train-notes`")]
    Weights,
}

impl Error {
    pub(crate) fn template(field: &str, problem: &str) -> Self {
        Self::Template { field: field.to_owned(), problem: problem.to_owned() }
    }
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotUtf8 { .. } => ErrorCode::NotUtf8,
            Self::Empty | Self::UnknownForm | Self::Malformed { .. } => ErrorCode::TranscriptUnreadable,
            Self::Template { .. } => ErrorCode::TemplateInvalid,
            Self::Weights => ErrorCode::Internal,
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
            Self::Template { field, problem } => vec![("field", field.clone()), ("problem", problem.clone())],
            Self::Empty | Self::UnknownForm | Self::Weights => Vec::new(),
        }
    }
}
