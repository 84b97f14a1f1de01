//! The intake: a walker through FHIR R4 Questionnaires, and red flags in what patients answer and say.
//!
//! Everything is a pure function of what is handed in: no clock, no file, no network. A [`Questionnaire`] is read and checked
//! once and shared by [`std::sync::Arc`]; an [`Intake`] is the answers so far and where the patient stands; the caller
//! records each answer as an event and can build the same `Intake` again from those events with [`Intake::replay`].
//! [`RedFlagRules`] find alarm signs in answers and in free text; they alert staff and never diagnose. [`understand()`] turns
//! what a patient said to a question into the value that the question takes. [`Protocols`] are the questionnaires and routing words
//! that ship, with a clinic's own on top; the reason for the visit, in the patient's words, picks one.

pub mod answers;
mod check;
mod condition;
mod error;
mod expected;
mod facts;
mod protocols;
mod question;
mod questionnaire;
pub mod redflag;
mod response;
mod review;
mod route;
mod score;
mod text;
pub mod understand;
mod unit;
mod walk;

/// The linkId of the question why the patient came, with which every visit begins.
pub const REASON: &str = "reason";

pub use error::{Error, Problem, What};
pub use expected::expected;
pub use protocols::{Fault, Origin, Protocol, ProtocolFile, Protocols};
pub use question::{Offer, Question, QuestionKind, UnitOffer};
pub use questionnaire::{
    Band, ChoiceOption, Item, ItemKind, Notice, OptionValue, Questionnaire, ScoreRule, UnitOption,
};
pub use redflag::{AnswerFlag, FlagHit, RedFlagRules, Rule, SaidSoFar};
pub use response::{ResponseContext, ResponseStatus};
pub use review::{Outcome, ReviewLine, in_words};
pub use route::{Considered, Routes, Routing, SURE_FROM};
pub use score::{Score, ScoredItem};
pub use text::Text;
pub use understand::{ASK_BACK_BELOW, Understanding, medicines_named, understand};
pub use walk::{Intake, Progress, Recorded};
