//! What understanding hands back.

use domain::{Coding, PartialDate, Phi};
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

/// What was made of what the patient said to one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Understanding {
    /// An answer, or what else it was.
    pub kind: Kind,
    /// The answer's value; `None` where `kind` is not [`Kind::Answer`].
    pub value: Option<Phi<Value>>,
    /// How sure, 0 to 1. Below [`super::ASK_BACK_BELOW`] it is to be asked back, with buttons.
    pub confidence: f64,
    /// The words that it came from: half-open, in Unicode code points of the text as it was handed in.
    pub span: Option<(u32, u32)>,
    /// Least and greatest, where a range was said ("two or three"); the value holds its middle.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "range")]
    pub range: Option<(f64, f64)>,
}

/// What kind of thing the patient said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An answer to the question.
    Answer,
    /// "I don't know."
    Unknown,
    /// "Skip this one."
    Skip,
    /// "Go back."
    Back,
    /// "Say that again", "what does that mean".
    Repeat,
    /// "I want to talk to a person."
    Person,
    /// Nothing usable.
    Unclear,
}

/// An answer's value, by what the question takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no.
    Boolean(bool),
    /// A number; of a range its middle, whole or not.
    Number(f64),
    /// A date, perhaps without day or month.
    Date(PartialDate),
    /// A number with its unit; a duration too.
    Quantity(Quantity),
    /// The chosen options, in the questionnaire's order; "none of those" without an option that says so is none at all.
    Choice(Vec<Coding>),
    /// Medicines.
    Medicines(Vec<Medicine>),
    /// Words, without what was only hesitation.
    Text(String),
}

/// A number with a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// The number.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// The unit, as a UCUM code; `None` where none was said and the question names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A medicine as the patient named it. What was not said is not there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Medicine {
    /// The name, lower case, correctly spelled where it is a known one. A brand stays the brand.
    pub name: String,
    /// How much at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Quantity>,
    /// How many times a day, to two decimals: weekly is 0.14. Of one that is taken as needed, nothing.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "some_number")]
    pub per_day: Option<f64>,
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(yes) => serializer.serialize_bool(*yes),
            Self::Number(value) => number(value, serializer),
            Self::Date(date) => serializer.serialize_str(date.as_str()),
            Self::Quantity(quantity) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("value", &Number(quantity.value))?;
                if let Some(unit) = &quantity.unit {
                    map.serialize_entry("unit", unit)?;
                }
                map.end()
            }
            Self::Choice(codings) => serializer.collect_seq(codings.iter().map(|coding| &coding.code)),
            Self::Medicines(medicines) => serializer.collect_seq(medicines),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number(&self.0, serializer)
    }
}

/// A whole number without ".0".
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "whole, and smaller than 2^53")]
    if value.fract() == 0.0 && value.abs() < 9e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

#[expect(clippy::ref_option, reason = "serde's signature")]
fn some_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(Number).serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde's signature")]
fn range<S: Serializer>(range: &Option<(f64, f64)>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some((least, greatest)) = range else { return serializer.serialize_none() };
    let mut pair = serializer.serialize_seq(Some(2))?;
    pair.serialize_element(&Number(*least))?;
    pair.serialize_element(&Number(*greatest))?;
    pair.end()
}
