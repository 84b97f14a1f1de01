//! The kiosk: an intake, step by step.

use std::collections::BTreeMap;

use domain::{Answer, AnswerSource, ConsentScope, EncounterId, Language, PartialDate, Phi};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::VoiceAsked;

/// Begins an intake.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BeginIntake {
    /// The language chosen on the kiosk's first screen.
    pub language: Language,
    /// The questionnaire, `url|version`; none for the clinic's usual one.
    #[serde(default)]
    #[ts(optional)]
    pub protocol: Option<String>,
}

/// Names the intake that a call is about. A kiosk may only name the one that it began.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct IntakeOf {
    /// The encounter.
    pub encounter: EncounterId,
}

/// Gives or declines consents, each on its own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GiveConsent {
    /// The encounter.
    pub encounter: EncounterId,
    /// Each scope that was asked, and whether the patient agreed.
    pub consents: BTreeMap<ConsentScope, bool>,
}

/// Says who the patient is, as the patient says it: unverified until staff checked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Identify {
    /// The encounter.
    pub encounter: EncounterId,
    /// The name.
    pub name: Phi<String>,
    /// The date of birth, where it was given.
    pub birth_date: Option<Phi<PartialDate>>,
}

/// Answers the question on the screen, or one that the review named.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GiveAnswer {
    /// The encounter.
    pub encounter: EncounterId,
    /// The question's linkId.
    pub link_id: String,
    /// The answer; skipping and not knowing are answers too.
    pub answer: Phi<Answer>,
    /// How it was given.
    pub source: AnswerSource,
    /// The patient's words that it was made out from, which are looked through for alarm signs and not kept.
    #[serde(default)]
    #[ts(optional)]
    pub words: Option<Phi<String>>,
}

/// Asks what typed words mean as an answer. What is said comes the same way, as a notice.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UnderstandWords {
    /// The encounter.
    pub encounter: EncounterId,
    /// What they answer.
    pub asked: VoiceAsked,
    /// The words.
    pub words: Phi<String>,
}

/// Leaves a question to staff: it was asked back, and still not understood.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LeaveOpen {
    /// The encounter.
    pub encounter: EncounterId,
    /// The question's linkId.
    pub link_id: String,
    /// The patient's words.
    pub words: Phi<String>,
    /// How they were given.
    pub source: AnswerSource,
}

/// Goes to a question that the review named.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GoToQuestion {
    /// The encounter.
    pub encounter: EncounterId,
    /// The question's linkId.
    pub link_id: String,
}

/// An intake, as the kiosk shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct IntakeView {
    /// The encounter.
    pub encounter: EncounterId,
    /// The language that the patient chose.
    pub language: Language,
    /// The language that the questions are in: the patient's, else the questionnaire's own.
    pub asked_in: Language,
    /// What to show.
    pub step: IntakeStep,
    /// Questions answered, skipped or not known.
    pub answered: u32,
    /// Questions that apply, as far as the answers so far tell.
    pub total: u32,
    /// Whether there is a question before this one.
    pub can_go_back: bool,
    /// A calm sentence for the patient, when a red flag was raised: staff have been told.
    pub alert: Option<String>,
    /// Whether the patient has asked for a person.
    pub help_requested: bool,
}

/// What the kiosk shows next.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "screen")]
pub enum IntakeStep {
    /// Ask for the consents. Declining the intake's own ends it.
    Consent {
        /// What to ask, in this order.
        scopes: Vec<ConsentScope>,
    },
    /// Ask who the patient is.
    Identify,
    /// Ask a question.
    Question {
        /// The question.
        question: Question,
    },
    /// Show every answer, each of which can be changed.
    Review {
        /// The answers, in the questionnaire's order.
        lines: Vec<ReviewLine>,
    },
    /// The patient declined that answers are kept: nothing was recorded; the front desk helps.
    Declined,
    /// Thank the patient.
    Done {
        /// The code by which the patient is called.
        ticket: String,
    },
}

/// A question, ready for the screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Question {
    /// The questionnaire item's linkId.
    pub link_id: String,
    /// The heading of the group that it stands in.
    pub heading: Option<String>,
    /// The question.
    pub text: String,
    /// A sentence that helps to answer it.
    pub help: Option<String>,
    /// Whether it can be skipped.
    pub required: bool,
    /// Whether several values can be given.
    pub repeats: bool,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The answer it has, when it is asked again.
    pub answer: Option<Phi<Answer>>,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum QuestionKind {
    /// Words to read; "next" goes on.
    Display,
    /// Yes or no.
    Boolean,
    /// Options.
    Choice {
        /// The options, in order.
        options: Vec<ChoiceOption>,
        /// Whether other words are allowed besides (FHIR open-choice).
        open: bool,
    },
    /// A whole number.
    Integer {
        /// The least.
        #[ts(type = "number | null")]
        min: Option<i64>,
        /// The greatest.
        #[ts(type = "number | null")]
        max: Option<i64>,
    },
    /// A number.
    Decimal {
        /// The least.
        min: Option<f64>,
        /// The greatest.
        max: Option<f64>,
    },
    /// A number with a unit.
    Quantity {
        /// The units offered: UCUM code and what the screen shows.
        units: Vec<ChoiceOption>,
    },
    /// A date, perhaps without day or month.
    Date,
    /// One line.
    String {
        /// The most characters.
        max_length: Option<u32>,
    },
    /// Text of any length.
    Text {
        /// The most characters.
        max_length: Option<u32>,
    },
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChoiceOption {
    /// The code system, where there is one.
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// The label, in the language of the questions.
    pub display: String,
    /// Whether it excludes the other options ("none of these").
    pub exclusive: bool,
}

/// One line of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewLine {
    /// The question's linkId.
    pub link_id: String,
    /// The question.
    pub question: String,
    /// The answer in words; none where it was skipped or is not known.
    pub answer: Option<Phi<String>>,
    /// What was said and not understood, where that is so: staff ask again.
    pub unclear: Option<Phi<String>>,
}
