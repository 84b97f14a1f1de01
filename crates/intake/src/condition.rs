//! `enableWhen`: whether an item is asked, given the answers so far.

use std::cmp::Ordering;

use domain::{AnswerValue, Coding, PartialDate};

use crate::unit;

/// One `enableWhen`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    /// The index of the question that it looks at.
    pub(crate) question: usize,
    /// What must hold.
    pub(crate) test: Test,
}

/// What must hold of the question's answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// There is an answer, or there is none.
    Exists(bool),
    /// At least one answer equals this.
    Equal(Expected),
    /// No answer equals this; true also where there is no answer, as R4 defines `!=`.
    NotEqual(Expected),
    /// At least one answer stands in one of these orders to this.
    Ordered(&'static [Ordering], Expected),
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    Boolean(bool),
    Number(f64),
    Date(PartialDate),
    Words(String),
    Coding { system: Option<String>, code: String },
    Quantity { value: f64, unit: Option<String> },
}

impl Test {
    /// Whether it holds of the answers given to the question; of a question that is disabled, skipped or not known, none.
    pub(crate) fn holds(&self, given: &[AnswerValue]) -> bool {
        match self {
            Self::Exists(wanted) => given.is_empty() != *wanted,
            Self::Equal(expected) => given.iter().any(|value| expected.equals(value)),
            Self::NotEqual(expected) => !given.iter().any(|value| expected.equals(value)),
            Self::Ordered(orders, expected) => {
                given.iter().filter_map(|value| expected.order_of(value)).any(|order| orders.contains(&order))
            }
        }
    }
}

impl Expected {
    fn equals(&self, value: &AnswerValue) -> bool {
        match (self, value) {
            (Self::Boolean(wanted), AnswerValue::Boolean(given)) => wanted == given,
            (Self::Coding { system, code }, AnswerValue::Choice(given)) => {
                same(given, system.as_deref(), code)
            }
            (Self::Words(wanted), AnswerValue::Choice(Coding { code: given, .. }))
            | (Self::Words(wanted), AnswerValue::String(given) | AnswerValue::Text(given)) => {
                wanted.trim() == given.trim()
            }
            _ => self.order_of(value) == Some(Ordering::Equal),
        }
    }

    /// How the answer stands to this; `None` where the two cannot be ordered.
    fn order_of(&self, value: &AnswerValue) -> Option<Ordering> {
        match (self, value) {
            (Self::Number(wanted), _) => number(value)?.partial_cmp(wanted),
            (Self::Date(wanted), AnswerValue::Date(given)) => compare_dates(given, wanted),
            (Self::Date(wanted), AnswerValue::Choice(coding)) => {
                compare_dates(&coding.code.parse().ok()?, wanted)
            }
            (Self::Words(wanted), AnswerValue::String(given) | AnswerValue::Text(given)) => {
                Some(given.trim().cmp(wanted.trim()))
            }
            (Self::Quantity { value: wanted, unit }, AnswerValue::Quantity { value, unit: given }) => {
                let wanted_unit = unit.as_deref().unwrap_or(given);
                unit::convert(*value, given, wanted_unit)?.partial_cmp(wanted)
            }
            _ => None,
        }
    }
}

/// Whether the coding is that one; a system that either side does not name is not compared.
pub(crate) fn same(given: &Coding, system: Option<&str>, code: &str) -> bool {
    given.code == code
        && match (given.system.as_deref(), system) {
            (Some(given), Some(wanted)) => given == wanted,
            _ => true,
        }
}

fn number(value: &AnswerValue) -> Option<f64> {
    match value {
        // Exact up to 2^53; a FHIR integer has 32 bits.
        #[allow(clippy::cast_precision_loss)]
        AnswerValue::Integer(number) => Some(*number as f64),
        AnswerValue::Decimal(number) => Some(*number),
        AnswerValue::Choice(coding) => coding.code.parse().ok(),
        _ => None,
    }
}

/// The order of two dates as far as both are known; `None` where the less exact one contains the other.
pub(crate) fn compare_dates(left: &PartialDate, right: &PartialDate) -> Option<Ordering> {
    let (left, right) = (left.as_str(), right.as_str());
    let shared = left.len().min(right.len());
    match left[..shared].cmp(&right[..shared]) {
        Ordering::Equal if left.len() != right.len() => None,
        order => Some(order),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_equal_holds_without_an_answer_and_order_does_not() {
        let five = Expected::Number(5.0);
        assert!(Test::NotEqual(five.clone()).holds(&[]));
        assert!(!Test::Equal(five.clone()).holds(&[]));
        assert!(!Test::Ordered(&[Ordering::Less], five.clone()).holds(&[]));
        assert!(Test::Ordered(&[Ordering::Less], five.clone()).holds(&[AnswerValue::Integer(4)]));
        assert!(!Test::NotEqual(five).holds(&[AnswerValue::Integer(4), AnswerValue::Integer(5)]));
        assert!(Test::Exists(false).holds(&[]) && Test::Exists(true).holds(&[AnswerValue::Boolean(false)]));
    }

    #[test]
    fn a_year_is_neither_before_nor_after_a_day_in_it() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert_eq!(compare_dates(&date("2024"), &date("2024-05-01")), None);
        assert_eq!(compare_dates(&date("2023"), &date("2024-05-01")), Some(Ordering::Less));
        assert_eq!(compare_dates(&date("2024-06"), &date("2024-05-01")), Some(Ordering::Greater));
    }

    #[test]
    fn quantities_are_compared_across_units_of_time() {
        let week = Expected::Quantity { value: 1.0, unit: Some("wk".into()) };
        let days = |value| AnswerValue::Quantity { value, unit: "d".into() };
        assert!(Test::Ordered(&[Ordering::Greater], week.clone()).holds(&[days(8.0)]));
        assert!(Test::Equal(week.clone()).holds(&[days(7.0)]));
        assert!(!Test::Equal(week).holds(&[AnswerValue::Quantity { value: 1.0, unit: "kg".into() }]));
    }
}
