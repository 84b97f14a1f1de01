//! Answers to a questionnaire's questions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome", content = "values")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Answer {
    /// It was answered: one value, or several where the question repeats. An empty list is "none of these".
    Given(Vec<AnswerValue>),
    /// The patient passed over it.
    Skipped,
    /// The patient said that they do not know.
    Unknown,
}

/// One value, of one of the FHIR R4 Questionnaire item types that Bedside asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "value")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AnswerValue {
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(#[cfg_attr(feature = "ts", ts(type = "number"))] i64),
    /// A number.
    Decimal(f64),
    /// A number with its unit.
    Quantity {
        /// The number.
        value: f64,
        /// The unit, as a UCUM code ("d", "mg", "Cel").
        unit: String,
    },
    /// A date, perhaps without day or month.
    Date(PartialDate),
    /// One line of text (FHIR `string`).
    String(String),
    /// Text of any length (FHIR `text`), and the free words of an open choice.
    Text(String),
    /// One of the offered options.
    Choice(Coding),
}

/// A code from a code system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Coding {
    /// The code system's URI, where the questionnaire names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// What the option said, in the language that it was asked in.
    pub display: String,
}

/// A FHIR `date`: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a day that exists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct PartialDate(String);

impl PartialDate {
    /// The date as FHIR writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PartialDate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a date is YYYY, YYYY-MM or YYYY-MM-DD";
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
                .ok_or(WRONG)
        };
        let mut parts = text.split('-');
        let year = number(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(|part| number(part, 2)).transpose()?;
        let day = parts.next().map(|part| number(part, 2)).transpose()?;
        if parts.next().is_some() || year == 0 {
            return Err(WRONG);
        }
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err("a month is 01 to 12");
        }
        if let (Some(month), Some(day)) = (month, day) {
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            let days = match month {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if !(1..=days).contains(&day) {
                return Err("the month has no such day");
            }
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for PartialDate {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.0
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AnswerSource {
    /// A button on the screen.
    Touch,
    /// The keyboard.
    Typed,
    /// Speech.
    Voice,
    /// Read from a file.
    Imported,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_lack_its_day_or_month_but_must_exist() {
        for good in ["1981", "1981-05", "1981-05-03", "2024-02-29", "2000-02-29"] {
            assert!(good.parse::<PartialDate>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "81",
            "1981-13",
            "1981-5-3",
            "2023-02-29",
            "1900-02-29",
            "1981-05-03-01",
            "0000",
            "19a1",
            "+981",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }
}
