//! What to put on the screen.

use domain::{Answer, Coding, Language, PartialDate, Phi};
use serde::{Deserialize, Serialize};

use crate::Intake;
use crate::questionnaire::{ChoiceOption, ItemKind, UnitOption};

/// A step of the intake, in the patient's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Question {
    /// The item.
    pub link_id: String,
    /// The headings that it stands under, outermost first.
    pub headings: Vec<String>,
    /// What stands before it ("1a").
    pub prefix: Option<String>,
    /// The question, or the text to read.
    pub text: String,
    /// What explains the question.
    pub help: Option<String>,
    /// What answers it.
    pub kind: QuestionKind,
    /// Whether it must be answered: neither "skip" nor "I don't know" is offered then.
    pub required: bool,
    /// Whether several values may be given.
    pub repeats: bool,
    /// How many values at most, where there is a limit.
    pub max_answers: Option<u32>,
    /// What was answered before, where the patient came back.
    pub answer: Option<Phi<Answer>>,
    /// Whether there is a step before it.
    pub can_go_back: bool,
}

/// What answers a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum QuestionKind {
    /// Nothing: a text to read. Passed by `skip`.
    Display,
    /// Yes or no.
    Boolean,
    /// One of the options, or several.
    Choice {
        /// The options.
        options: Vec<Offer>,
    },
    /// The options, or the patient's own words.
    OpenChoice {
        /// The options.
        options: Vec<Offer>,
    },
    /// A whole number.
    Integer {
        /// The least accepted.
        #[cfg_attr(feature = "ts", ts(type = "number | null"))]
        min: Option<i64>,
        /// The greatest accepted.
        #[cfg_attr(feature = "ts", ts(type = "number | null"))]
        max: Option<i64>,
    },
    /// A number.
    Decimal {
        /// The least accepted.
        min: Option<f64>,
        /// The greatest accepted.
        max: Option<f64>,
    },
    /// A number with one of the units; any unit where there is none.
    Quantity {
        /// The units.
        units: Vec<UnitOffer>,
    },
    /// A date, perhaps without day or month.
    Date {
        /// The earliest accepted.
        min: Option<PartialDate>,
        /// The latest accepted.
        max: Option<PartialDate>,
    },
    /// One line of text.
    String {
        /// At most so many characters.
        max_length: Option<u32>,
    },
    /// Text.
    Text {
        /// At most so many characters.
        max_length: Option<u32>,
    },
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Offer {
    /// What to send back when it is chosen; its `display` is what stands on the button.
    pub coding: Coding,
    /// Whether choosing it takes the other choices back ("none of these").
    pub exclusive: bool,
}

/// A unit to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UnitOffer {
    /// What to send back.
    pub code: String,
    /// What stands on the button.
    pub display: String,
}

impl Intake {
    /// What to put on the screen; `None` when every question was put and the review is due.
    pub fn current(&self, language: &Language) -> Option<Question> {
        self.current_index().map(|index| self.step_at(index, language))
    }

    /// Everything that the questionnaire can put on the screen, whatever is answered, in order.
    pub fn every_step(&self, language: &Language) -> impl Iterator<Item = Question> {
        let items = self.questionnaire().all().iter().enumerate();
        items.filter(|(_, item)| item.is_step()).map(|(index, _)| self.step_at(index, language))
    }

    fn step_at(&self, index: usize, language: &Language) -> Question {
        let items = self.questionnaire().all();
        let item = &items[index];
        let mut headings = Vec::new();
        let mut above = item.parent;
        while let Some(parent) = above {
            let parent = &items[parent];
            if parent.kind == ItemKind::Group && !parent.text.original().is_empty() {
                headings.insert(0, parent.text.get(language).to_owned());
            }
            above = parent.parent;
        }
        Question {
            link_id: item.link_id.clone(),
            headings,
            prefix: item.prefix.as_ref().map(|prefix| prefix.get(language).to_owned()),
            text: item.text.get(language).to_owned(),
            help: item.help.as_ref().map(|help| help.get(language).to_owned()),
            kind: kind(&item.kind, language),
            required: item.required,
            repeats: item.repeats,
            max_answers: item.max_answers.map(limit),
            answer: self.recorded_at(index).cloned().map(Phi::new),
            can_go_back: (0..index).any(|before| self.enabled_at(before) && items[before].is_step()),
        }
    }
}

fn kind(kind: &ItemKind, language: &Language) -> QuestionKind {
    match kind {
        ItemKind::Group | ItemKind::Display => QuestionKind::Display,
        ItemKind::Boolean => QuestionKind::Boolean,
        ItemKind::Choice { options } => QuestionKind::Choice { options: offers(options, language) },
        ItemKind::OpenChoice { options } => QuestionKind::OpenChoice { options: offers(options, language) },
        ItemKind::Integer { min, max } => QuestionKind::Integer { min: *min, max: *max },
        ItemKind::Decimal { min, max } => QuestionKind::Decimal { min: *min, max: *max },
        ItemKind::Quantity { units, .. } => {
            QuestionKind::Quantity { units: units.iter().map(|unit| unit_offer(unit, language)).collect() }
        }
        ItemKind::Date { min, max } => QuestionKind::Date { min: min.clone(), max: max.clone() },
        ItemKind::String { max_length, .. } => QuestionKind::String { max_length: max_length.map(limit) },
        ItemKind::Text { max_length, .. } => QuestionKind::Text { max_length: max_length.map(limit) },
    }
}

fn offers(options: &[ChoiceOption], language: &Language) -> Vec<Offer> {
    let offer = |option: &ChoiceOption| Offer {
        coding: Coding {
            system: option.system.clone(),
            code: option.code.clone(),
            display: option.display.get(language).to_owned(),
        },
        exclusive: option.exclusive,
    };
    options.iter().map(offer).collect()
}

fn unit_offer(unit: &UnitOption, language: &Language) -> UnitOffer {
    UnitOffer { code: unit.code.clone(), display: unit.display.get(language).to_owned() }
}

fn limit(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
