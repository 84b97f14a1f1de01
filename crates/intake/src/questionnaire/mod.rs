//! A FHIR R4 Questionnaire, read and checked: the form that the walker walks.
//!
//! Supported: group, display, boolean, choice, open-choice, integer, decimal, quantity, date, string, text; `required`,
//! `repeats`, `maxLength`, `answerOption`, `answerValueSet` where the value set is contained or one of the few known ones;
//! `enableWhen` with every operator and both behaviours; the extensions `minValue`, `maxValue`, `minLength`,
//! `questionnaire-minOccurs`, `-maxOccurs`, `-unit`, `-unitOption`, `-hidden`, `-itemControl` (help), `-optionExclusive`,
//! `ordinalValue`, `itemWeight`, `translation`, and `urn:bedside:score` (see [`ScoreRule`]).
//!
//! What is read but reduced is listed by [`Questionnaire::notices`]: `initial` values are not filled in, a repeating group is
//! asked once, a dateTime is asked as a date, a read-only or calculated question is not asked, a language that lacks a text is not
//! offered. Everything else is refused when the file is loaded, by item.

mod json;
mod languages;
mod links;
mod options;
mod read;
mod score;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Coding, Language, PartialDate};

use crate::condition::Condition;
use crate::{Error, Text};
pub use score::{Band, ScoreRule};

/// A questionnaire that can be asked: parsed, checked, immutable. Share it by `Arc`.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    url: String,
    version: Option<String>,
    title: Text,
    language: Language,
    languages: Vec<Language>,
    items: Vec<Item>,
    by_link: BTreeMap<String, usize>,
    /// The items' indices, each after those that decide whether it is enabled.
    order: Vec<usize>,
    scores: Vec<ScoreRule>,
    notices: Vec<Notice>,
    retired: bool,
    source: Arc<str>,
}

/// One item of a questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its id within the questionnaire.
    pub link_id: String,
    /// What stands before it ("1a").
    pub prefix: Option<Text>,
    /// The question, the heading, or the text to show.
    pub text: Text,
    /// What explains the question, from a nested display item with item control "help" or "flyover".
    pub help: Option<Text>,
    /// Codes that say what is asked, in any code system.
    pub codes: Vec<Coding>,
    /// What kind of item.
    pub kind: ItemKind,
    /// Whether a completed response must have an answer.
    pub required: bool,
    /// Whether several values may be given.
    pub repeats: bool,
    /// How many values at least, where the question is answered at all.
    pub min_answers: usize,
    /// How many values at most.
    pub max_answers: Option<usize>,
    pub(crate) hidden: bool,
    /// Whether the file asks for a date with the time of day.
    pub(crate) date_time: bool,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) all_conditions: bool,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
}

/// The kind of an item and what is particular to it.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// A heading with items below it.
    Group,
    /// A text to read.
    Display,
    /// Yes or no.
    Boolean,
    /// One of the options, or several where it repeats.
    Choice {
        /// The options, at least one.
        options: Vec<ChoiceOption>,
    },
    /// The options, or the patient's own words.
    OpenChoice {
        /// The options, at least one.
        options: Vec<ChoiceOption>,
    },
    /// A whole number.
    Integer {
        /// The least accepted.
        min: Option<i64>,
        /// The greatest accepted.
        max: Option<i64>,
    },
    /// A number.
    Decimal {
        /// The least accepted.
        min: Option<f64>,
        /// The greatest accepted.
        max: Option<f64>,
    },
    /// A number with a unit.
    Quantity {
        /// The units to choose from; where there is none, any unit is accepted.
        units: Vec<UnitOption>,
        /// The least accepted, with its UCUM unit.
        min: Option<(f64, String)>,
        /// The greatest accepted, with its UCUM unit.
        max: Option<(f64, String)>,
    },
    /// A date.
    Date {
        /// The earliest accepted.
        min: Option<PartialDate>,
        /// The latest accepted.
        max: Option<PartialDate>,
    },
    /// One line of text.
    String {
        /// At least so many characters.
        min_length: Option<usize>,
        /// At most so many characters.
        max_length: Option<usize>,
    },
    /// Text.
    Text {
        /// At least so many characters.
        min_length: Option<usize>,
        /// At most so many characters.
        max_length: Option<usize>,
    },
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOption {
    /// The code; of an option that has none (a string, a number, a date), its text.
    pub code: String,
    /// The code system.
    pub system: Option<String>,
    /// What stands on the button.
    pub display: Text,
    /// Whether it excludes the others ("none of these").
    pub exclusive: bool,
    /// What choosing it counts in a score.
    pub ordinal: Option<f64>,
    /// As what a response writes it.
    pub value: OptionValue,
}

/// As what a response writes a chosen option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// `valueCoding`.
    Coding,
    /// `valueString`.
    String,
    /// `valueInteger`.
    Integer,
    /// `valueDate`.
    Date,
}

/// A unit to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitOption {
    /// The code, in UCUM where the system says nothing else.
    pub code: String,
    /// The code system.
    pub system: String,
    /// What stands on the button.
    pub display: Text,
}

/// Something in the file that is taken more simply than it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The item.
    pub link_id: String,
    /// What becomes of it.
    pub what: String,
}

impl Questionnaire {
    /// Reads and checks a questionnaire. Every item that is wrong or not supported is named in the error.
    ///
    /// # Errors
    /// [`Error::NotQuestionnaire`], [`Error::Questionnaire`], [`Error::LinkUnknown`] or [`Error::Cycle`].
    pub fn from_json(json: &str) -> Result<Self, Error> {
        read::questionnaire(json)
    }

    /// `url|version`, or the URL alone where the file has no version. A file without URL is called by its id,
    /// `urn:bedside:questionnaire:ID`.
    pub fn canonical(&self) -> String {
        match &self.version {
            Some(version) => format!("{}|{version}", self.url),
            None => self.url.clone(),
        }
    }

    /// The title, or the canonical where it has none.
    pub fn title(&self, language: &Language) -> &str {
        self.title.get(language)
    }

    /// The language that the texts stand in where they are not translated.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The languages that it can be taken in: its own, and those that every text and option is translated to.
    pub fn languages(&self) -> Vec<Language> {
        self.languages.clone()
    }

    /// The item with that linkId.
    pub fn item(&self, link_id: &str) -> Option<&Item> {
        self.index(link_id).map(|index| &self.items[index])
    }

    /// Every item, in the file's order, a parent before its children.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    /// The scores that it gives when it is finished.
    pub fn score_rules(&self) -> &[ScoreRule] {
        &self.scores
    }

    /// The canonical URL without the version; `urn:bedside:questionnaire:ID` where the file has none.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The last part of the URL, by which people call it ("general-visit").
    pub fn name(&self) -> &str {
        self.url.rsplit([':', '/']).find(|part| !part.is_empty()).unwrap_or(&self.url)
    }

    /// Whether its publisher has withdrawn it. It can still be read, since answers to it are kept.
    pub fn is_retired(&self) -> bool {
        self.retired
    }

    /// The business version, where the file has one.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The file that it was read from, byte for byte: what is kept so that an answer can be read years later.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What is taken more simply than the file means it.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    pub(crate) fn all(&self) -> &[Item] {
        &self.items
    }

    pub(crate) fn index(&self, link_id: &str) -> Option<usize> {
        self.by_link.get(link_id).copied()
    }

    pub(crate) fn index_or_error(&self, link_id: &str) -> Result<usize, Error> {
        self.index(link_id).ok_or_else(|| Error::LinkUnknown { link_id: link_id.to_owned(), named_by: None })
    }

    /// The items in an order in which every answer that a condition looks at comes before it.
    pub(crate) fn dependency_order(&self) -> &[usize] {
        &self.order
    }
}

impl Item {
    /// Whether it is put to the patient: neither a group nor hidden nor another item's help.
    pub fn is_step(&self) -> bool {
        !self.hidden && self.kind != ItemKind::Group
    }

    /// Whether it is a question, that is, takes an answer.
    pub fn is_question(&self) -> bool {
        !matches!(self.kind, ItemKind::Group | ItemKind::Display)
    }

    /// The options of a choice or open choice; of anything else none.
    pub fn options(&self) -> &[ChoiceOption] {
        match &self.kind {
            ItemKind::Choice { options } | ItemKind::OpenChoice { options } => options,
            _ => &[],
        }
    }

    /// Whether an answer to `before` answers this one as well: the same words are asked, and nothing is offered to tick that was
    /// not offered then. The reason for the visit is the same whatever it is asked with.
    pub(crate) fn asks_what(&self, before: &Self) -> bool {
        let ticks_more = self.repeats
            && self
                .options()
                .iter()
                .any(|option| before.options().iter().all(|known| known.code != option.code));
        self.link_id == before.link_id
            && (self.link_id == crate::REASON || self.text.original() == before.text.original())
            && !ticks_more
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        let units = match &self.kind {
            ItemKind::Quantity { units, .. } => units.as_slice(),
            _ => &[],
        };
        std::iter::once(&self.text)
            .filter(|text| !text.original().is_empty())
            .chain(&self.help)
            .chain(self.options().iter().filter(|o| o.value == OptionValue::Coding).map(|o| &o.display))
            .chain(units.iter().map(|unit| &unit.display))
    }
}
