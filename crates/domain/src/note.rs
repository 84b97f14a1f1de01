//! Notes: drafted, edited, signed.

use serde::{Deserialize, Serialize};

use crate::{PersonId, Phi, Timestamp};

/// A note, whether drafted, edited or signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Note {
    /// The template that it follows ("soap").
    pub template: String,
    /// What drafted it.
    pub engine: DraftEngine,
    /// The language model that drafted it, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub model: Option<String>,
    /// Its sections, in the template's order. A section without sentences is left out.
    pub sections: Vec<NoteSection>,
}

impl Note {
    /// Every sentence, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sections.iter().flat_map(|section| &section.sentences)
    }
}

/// What wrote a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DraftEngine {
    /// Sentences chosen from the transcript, by rule. Always there.
    Extractive,
    /// A language model, under a grammar and checked.
    Generative,
    /// The clinician alone.
    Typed,
}

/// A section of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NoteSection {
    /// The template's id of it ("subjective").
    pub id: String,
    /// Its heading, in the note's language.
    pub title: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a note and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Sentence {
    /// Its id within the note, kept through edits.
    pub id: u32,
    /// The words.
    pub text: Phi<String>,
    /// Who wrote it.
    pub origin: SentenceOrigin,
    /// The indices of the utterances that it rests on, ascending. Empty only where a clinician typed it.
    pub evidence: Vec<u32>,
}

/// Who wrote a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum SentenceOrigin {
    /// The drafter.
    Drafted,
    /// The drafter, changed by the clinician.
    Edited,
    /// The clinician.
    Typed,
}

/// A sentence that the checker doubted, and that the signer confirmed all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ConfirmedSentence {
    /// Its id within the note.
    pub sentence: u32,
    /// What was doubtful, as the checker names it ("number", "side").
    pub reasons: Vec<String>,
}

/// What was added to a signed note. The note itself never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Addendum {
    /// The words.
    pub text: Phi<String>,
    /// Who signed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}
