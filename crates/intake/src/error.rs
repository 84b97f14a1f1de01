//! What can be wrong with a questionnaire, an answer, the routing words or the red-flag rules. Nothing here holds what a patient said.

use std::fmt;

use domain::{Coded, ErrorCode};

/// An error of the intake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is not a FHIR R4 Questionnaire at all.
    #[error("this is not a FHIR R4 Questionnaire: {reason}")]
    NotQuestionnaire {
        /// Why.
        reason: String,
    },
    /// Items are wrong or use what is not supported; every one of them is listed.
    #[error("the questionnaire cannot be used: {}", list(.problems))]
    Questionnaire {
        /// What, and where.
        problems: Vec<Problem>,
    },
    /// Conditions (and nesting) that wait for each other.
    #[error("the questionnaire's conditions go round in a circle: {}; break one enableWhen of these", .link_ids.join(" -> "))]
    Cycle {
        /// The items of the circle, the first one again at the end.
        link_ids: Vec<String>,
    },
    /// A linkId that the questionnaire does not have.
    #[error("the questionnaire has no item with linkId '{link_id}'{}", by(.named_by.as_deref()))]
    LinkUnknown {
        /// The linkId.
        link_id: String,
        /// The item whose condition names it, where that is where it stands.
        named_by: Option<String>,
    },
    /// The answer does not fit the question.
    #[error("the answer to '{link_id}' is not accepted: {problem}")]
    Answer {
        /// The question.
        link_id: String,
        /// What is expected.
        problem: &'static str,
    },
    /// The question must be answered.
    #[error("'{link_id}' must be answered; it cannot be passed over")]
    Required {
        /// The question.
        link_id: String,
    },
    /// There is no question on the screen to skip.
    #[error("every question has been put; there is nothing to skip")]
    Finished,
    /// The file of answers is not of the documented form.
    #[error("the answers cannot be read: {reason}")]
    AnswersUnreadable {
        /// Why; of a JSON error, the line and column only.
        reason: String,
    },
    /// A protocol's file is not text.
    #[error("this is not UTF-8 from byte {at}; save it as UTF-8")]
    NotUtf8 {
        /// How many bytes are.
        at: usize,
    },
    /// A protocol's file does not replace the one that there is.
    #[error(
        "'{url}' is there in version {known}, which stays; give this file a higher version than that to replace it"
    )]
    NotNewer {
        /// The canonical URL without version.
        url: String,
        /// The version that stays; "none" where it has none.
        known: String,
    },
    /// A protocol that its publisher has withdrawn.
    #[error("the questionnaire's status is 'retired'; it is not used")]
    Retired,
    /// The routing words do not load.
    #[error("the routing words cannot be used: {problem}{}", for_protocol(.protocol.as_deref()))]
    Routes {
        /// The protocol that they lead to, where it is one of them.
        protocol: Option<String>,
        /// What is wrong.
        problem: String,
    },
    /// The red-flag rules do not load.
    #[error("the red-flag rules cannot be used: {problem}{}", in_rule(.rule.as_deref()))]
    Rules {
        /// The rule, where it is one of them.
        rule: Option<String>,
        /// What is wrong.
        problem: String,
    },
}

/// One thing that is wrong with one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The item's linkId, or its place ("item[2].item[0]") where it has none.
    pub item: String,
    /// What is wrong.
    pub what: What,
}

/// What is wrong with an item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// Valid FHIR perhaps, but nothing that the walker can ask.
    #[error("{0} is not supported")]
    Unsupported(String),
    /// The linkId stands on two items.
    #[error("the linkId is used twice")]
    DuplicateLink,
    /// A choice with nothing to choose from.
    #[error("a choice needs at least one answerOption")]
    NoOptions,
    /// Two options with the same code.
    #[error("the option '{0}' is there twice")]
    DuplicateOption(String),
    /// A needed element is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An element is there and is not what it should be.
    #[error("{element} must be {expected}")]
    Malformed {
        /// The element.
        element: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// A score that cannot be calculated.
    #[error("the score '{score}': {problem}")]
    Score {
        /// The score's name.
        score: String,
        /// Why.
        problem: &'static str,
    },
    /// A condition that can never be evaluated.
    #[error("enableWhen on '{question}': {problem}")]
    Condition {
        /// The question that it looks at.
        question: String,
        /// Why.
        problem: &'static str,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.item, self.what)
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn by(item: Option<&str>) -> String {
    item.map_or_else(String::new, |item| format!(", which the enableWhen of '{item}' names"))
}

fn for_protocol(url: Option<&str>) -> String {
    url.map_or_else(String::new, |url| format!(" (protocol '{url}')"))
}

fn in_rule(rule: Option<&str>) -> String {
    rule.map_or_else(String::new, |rule| format!(" (rule '{rule}')"))
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotQuestionnaire { .. }
            | Self::Questionnaire { .. }
            | Self::NotNewer { .. }
            | Self::Retired => ErrorCode::QuestionnaireInvalid,
            Self::NotUtf8 { .. } => ErrorCode::NotUtf8,
            Self::Cycle { .. } => ErrorCode::QuestionnaireCycle,
            Self::LinkUnknown { .. } => ErrorCode::LinkUnknown,
            Self::Answer { .. } | Self::AnswersUnreadable { .. } => ErrorCode::AnswerInvalid,
            Self::Required { .. } => ErrorCode::AnswerRequired,
            Self::Finished => ErrorCode::WrongState,
            Self::Routes { .. } | Self::Rules { .. } => ErrorCode::RulesInvalid,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotQuestionnaire { reason } | Self::AnswersUnreadable { reason } => {
                vec![("reason", reason.clone())]
            }
            Self::Questionnaire { problems } => vec![("problems", list(problems))],
            Self::Cycle { link_ids } => vec![("items", link_ids.join(" -> "))],
            Self::LinkUnknown { link_id, .. } | Self::Required { link_id } => {
                vec![("item", link_id.clone())]
            }
            Self::Answer { link_id, problem } => {
                vec![("item", link_id.clone()), ("problem", (*problem).to_owned())]
            }
            Self::NotUtf8 { at } => vec![("at", at.to_string())],
            Self::NotNewer { url, known } => vec![("url", url.clone()), ("version", known.clone())],
            Self::Routes { protocol, problem } => {
                let mut parameters = vec![("problem", problem.clone())];
                parameters.extend(protocol.clone().map(|protocol| ("protocol", protocol)));
                parameters
            }
            Self::Finished | Self::Retired => Vec::new(),
            Self::Rules { rule, problem } => {
                let mut parameters = vec![("problem", problem.clone())];
                parameters.extend(rule.clone().map(|rule| ("rule", rule)));
                parameters
            }
        }
    }
}
