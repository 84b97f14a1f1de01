//! Transcript to note, every sentence with its evidence. No I/O, no clock, no randomness: the same transcript gives the
//! same note.
//!
//! ```
//! use bedside_scribe as scribe;
//! use bedside_scribe::{Outcome, Template, Transcript};
//!
//! let transcript = Transcript::parse(
//!     b"[doctor] what brings you in today ?\n\
//!       [patient] i have had a sore throat for three days and it hurts to swallow .\n\
//!       [doctor] any fever ?\n\
//!       [patient] no .",
//!     None,
//! )?;
//! let Outcome::Draft(note) = scribe::draft(transcript.utterances(), &Template::soap(), "en") else { panic!("enough was said") };
//! assert!(scribe::check_evidence(&note, transcript.utterances()).is_empty());
//! assert!(scribe::render_text(&note).contains("Denies fever."));
//! # Ok::<(), scribe::Error>(())
//! ```

mod check;
mod edit;
mod error;
mod evidence;
pub mod extractive;
pub mod generative;
mod grade;
mod lists;
mod render;
mod roles;
mod template;
mod transcript;
mod vitals;
pub mod words;

use domain::{Coded, ErrorCode, Note, Utterance};

pub use check::{Difference, check, must_confirm};
pub use edit::{EditedSection, EditedSentence, apply_edit};
pub use error::Error;
pub use evidence::{Finding, Problem, check_evidence};
pub use grade::reading_grade;
pub use lists::{Given, carry_over, lists};
pub use render::{render_text, to_json};
pub use roles::clinician_leaning;
pub use template::{Matter, Reader, Take, Template, TemplateSection, Topic, Words};
pub use transcript::{Form, Transcript};
pub use vitals::vitals;

/// Below this many spoken words there is no note.
pub const FEWEST_WORDS: usize = 20;

/// What became of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A note, to be read, edited and signed.
    Draft(Note),
    /// No note, and why.
    Refused(Refusal),
}

/// Why there is no note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fewer than [`FEWEST_WORDS`] words were spoken.
    #[error("the transcript holds {words} words; a note needs at least {FEWEST_WORDS}")]
    TooShort {
        /// How many there were.
        words: usize,
    },
    /// Nothing that was said belongs in a note.
    #[error(
        "nothing in the transcript belongs in a note; write it by hand, or check that the right file was chosen"
    )]
    NotClinical,
}

impl Coded for Refusal {
    fn code(&self) -> ErrorCode {
        match self {
            Self::TooShort { .. } => ErrorCode::TranscriptTooShort,
            Self::NotClinical => ErrorCode::TranscriptNotClinical,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort { words } => {
                vec![("words", words.to_string()), ("needed", FEWEST_WORDS.to_string())]
            }
            Self::NotClinical => Vec::new(),
        }
    }
}

/// Drafts a note without a language model: sentences chosen from what was said, a question joined to its answer, the first
/// person turned into the third by rule, with headings in a language. `utterances[i].index` must be `i`.
pub fn draft(utterances: &[Utterance], template: &Template, language: &str) -> Outcome {
    let words = words::spoken(utterances);
    if words < FEWEST_WORDS {
        return Outcome::Refused(Refusal::TooShort { words });
    }
    let note = extractive::draft(utterances, template, language, extractive::Weights::built_in());
    if note.sections.is_empty() { Outcome::Refused(Refusal::NotClinical) } else { Outcome::Draft(note) }
}
