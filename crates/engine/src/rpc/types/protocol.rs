//! The protocols: what patients can be asked, and the clinic's files that cannot be used.

use domain::{ErrorCode, Language};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Question;

/// The protocols that there are.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProtocolList {
    /// The folder for the clinic's own files.
    pub folder: String,
    /// What can be asked, what is built in first.
    pub protocols: Vec<ProtocolLine>,
    /// The files that are not used.
    pub problems: Vec<ProtocolProblem>,
}

/// A protocol.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProtocolLine {
    /// Its canonical URL, without version.
    pub url: String,
    /// The last part of it ("general-visit").
    pub name: String,
    /// Its title, in the staff's language where it has one.
    pub title: String,
    /// Its version, where it has one.
    pub version: Option<String>,
    /// The languages that it can be taken in.
    pub languages: Vec<Language>,
    /// How many questions there are at most.
    pub questions: u32,
    /// The scores that it gives.
    pub scores: Vec<String>,
    /// The clinic's file that it comes from; none where it is built in.
    pub file: Option<String>,
    /// What it stands in place of, `url|version`.
    pub replaces: Option<String>,
    /// Whether reasons lead to it.
    pub active: bool,
    /// Whether every visit begins with it, so that it is always active.
    pub general: bool,
    /// Whether there are words that lead to it.
    pub has_words: bool,
    /// What is asked more simply than the file means it.
    pub notices: Vec<ItemRemark>,
}

/// Something about one item of a questionnaire.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ItemRemark {
    /// The item's linkId, or its place where it has none.
    pub item: String,
    /// What, in English: for whoever made the file.
    pub what: String,
}

/// A file that is not used.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProtocolProblem {
    /// The file's name.
    pub file: String,
    /// What is wrong, for the screen's own sentence.
    pub code: ErrorCode,
    /// What is wrong, by item where it is an item.
    pub items: Vec<ItemRemark>,
    /// What is wrong where it is not an item, in English: for whoever made the file.
    pub detail: Option<String>,
}

/// Names a protocol.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProtocolOf {
    /// Its canonical URL, without version.
    pub url: String,
}

/// A protocol's questions, as a patient would see them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProtocolPreview {
    /// Its title.
    pub title: String,
    /// Everything that it can put on the screen, in order.
    pub steps: Vec<PreviewedStep>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewedStep {
    /// The question, or the text to read.
    pub question: Question,
    /// Whether it is asked only after certain answers.
    pub conditional: bool,
}
