//! The note: what it can be drafted as, the draft, the checker's findings, the signature.

use domain::{DraftEngine, EncounterId, ErrorCode, ListItem, Phi};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a note can be drafted as, and by what.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NoteOffers {
    /// The templates, the usual one first.
    pub templates: Vec<TemplateOffer>,
    /// The files of the clinic's own folder that cannot be used.
    pub problems: Vec<TemplateProblem>,
    /// The language models that are here, the largest first.
    pub models: Vec<String>,
    /// The facility's own server, where it may be asked.
    pub endpoint: Option<String>,
}

/// A template that can be chosen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TemplateOffer {
    /// Its id.
    pub id: String,
    /// What it is called, in the staff's language.
    pub title: String,
}

/// A file that is no template.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TemplateProblem {
    /// The file's name.
    pub file: String,
    /// What kind of fault.
    pub code: ErrorCode,
    /// The field that is wrong.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

/// A section of a template, by its heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SectionTitle {
    /// Its id.
    pub id: String,
    /// Its heading, in the note's language.
    pub title: String,
}

/// How far a language model's draft has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftProgress {
    /// The part of the visit that is being read, from 1.
    pub part: u32,
    /// How many parts there are, as far as can be told.
    pub parts: u32,
    /// What was written of that part.
    pub lines: Vec<DraftLine>,
}

/// A sentence that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftLine {
    /// Its section's heading.
    pub heading: String,
    /// The words so far.
    pub text: Phi<String>,
}

/// What the checker says of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteFinding {
    /// The sentence.
    pub sentence: u32,
    /// What is wrong.
    pub reason: FindingReason,
    /// The words of the sentence that it is about, where it is about words.
    pub words: Vec<Phi<String>>,
    /// Whether the note can only be signed once somebody confirmed the sentence.
    pub must_confirm: bool,
}

/// What can be wrong with a sentence's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FindingReason {
    /// A number that nobody said.
    Number,
    /// A day, a month or a year that nobody said.
    Date,
    /// A number that was said of another unit, or without one.
    Unit,
    /// A dose of another medicine, or another frequency.
    Dose,
    /// Left for right, or a side that nobody named.
    Side,
    /// Denied where it was affirmed, or the other way round.
    Negation,
    /// A medicine that nobody named.
    Medicine,
    /// An allergy that nobody spoke of.
    Allergy,
    /// Somebody else than of whom it was said.
    Subject,
    /// It points to nothing. Shown for what a clinician typed, too, so that nobody takes it for what was said.
    NoEvidence,
    /// Words in it are in none of the utterances that it points to.
    UnsupportedWords,
}

impl FindingReason {
    /// The stable name, as the signature records it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Unit => "unit",
            Self::Dose => "dose",
            Self::Side => "side",
            Self::Negation => "negation",
            Self::Medicine => "medicine",
            Self::Allergy => "allergy",
            Self::Subject => "subject",
            Self::NoEvidence => "no-evidence",
            Self::UnsupportedWords => "unsupported-words",
        }
    }
}

/// Drafts a note from the transcript.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DraftNote {
    /// The encounter.
    pub encounter: EncounterId,
    /// The revision of the draft that the new one replaces; none where there is none yet. Another one is a conflict.
    pub replaces: Option<u32>,
    /// The template's id; none for the usual one.
    #[serde(default)]
    #[ts(optional)]
    pub template: Option<String>,
    /// By rule, or by a language model: its draft is written while this call has long answered.
    #[serde(default)]
    #[ts(optional)]
    pub engine: Option<DraftEngine>,
    /// The name of the language model; none for the best that is here.
    #[serde(default)]
    #[ts(optional)]
    pub model: Option<String>,
}

impl DraftNote {
    /// By rule, after the usual template.
    pub const fn by_rule(encounter: EncounterId, replaces: Option<u32>) -> Self {
        Self { encounter, replaces, template: None, engine: None, model: None }
    }
}

/// Changes a draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditNote {
    /// The encounter.
    pub encounter: EncounterId,
    /// The revision that the change started from; another one is a conflict.
    pub revision: u32,
    /// The sections as they shall be.
    pub sections: Vec<EditedSection>,
}

/// A section after the clinician's change.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditedSection {
    /// The template's id of the section.
    pub id: String,
    /// Its sentences, in order.
    pub sentences: Vec<EditedSentence>,
}

/// A sentence after the clinician's change.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditedSentence {
    /// The sentence that it was; none for a new one.
    pub id: Option<u32>,
    /// The words.
    pub text: Phi<String>,
}

/// Changes the lists beside a draft, a line at a time.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditLists {
    /// The encounter.
    pub encounter: EncounterId,
    /// The change.
    pub change: ListChange,
}

/// A change of a line of the lists.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum ListChange {
    /// Takes a line out. It stays on the screen, crossed out, and leaves with nothing.
    Drop {
        /// The line's id.
        line: u32,
    },
    /// Puts it back.
    Keep {
        /// The line's id.
        line: u32,
    },
    /// Corrects what a line says.
    Correct {
        /// The line's id.
        line: u32,
        /// What it shall say; of the kind that it is.
        item: Phi<ListItem>,
    },
    /// Adds a line that the clinician typed.
    Add {
        /// What it says.
        item: Phi<ListItem>,
    },
}

/// Signs the note.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignNote {
    /// The encounter.
    pub encounter: EncounterId,
    /// The revision that the clinician read.
    pub revision: u32,
    /// The doubtful sentences that the clinician confirmed, each by itself.
    pub confirmed: Vec<u32>,
    /// The clinician's PIN or password, asked again.
    pub password: String,
}

/// Adds to a signed note.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignAddendum {
    /// The encounter.
    pub encounter: EncounterId,
    /// The words.
    pub text: Phi<String>,
    /// The clinician's PIN or password, asked again.
    pub password: String,
}
