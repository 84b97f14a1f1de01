//! What the patient said, to read through before it is handed in.

use domain::{Answer, AnswerValue, Language, PartialDate, Phi};
use serde::{Deserialize, Serialize};

use crate::Intake;
use crate::check::chosen;
use crate::questionnaire::{Item, ItemKind};
use crate::understand::date_words::months;
use crate::understand::person::capital;

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ReviewLine {
    /// The question; `goto` takes it.
    pub link_id: String,
    /// The question's text.
    pub question: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The answer in words, one entry a value; empty where none was given.
    pub answer: Phi<Vec<String>>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Outcome {
    /// It was answered.
    Given,
    /// The patient passed over it.
    Skipped,
    /// The patient does not know.
    Unknown,
    /// It has not been put yet.
    Open,
}

impl Intake {
    /// Every question that is being asked, in order, with its answer in words of the language.
    pub fn review(&self, language: &Language) -> Vec<ReviewLine> {
        let items = self.questionnaire().all();
        let line = |(index, item): (usize, &Item)| ReviewLine {
            link_id: item.link_id.clone(),
            question: item.text.get(language).to_owned(),
            outcome: match self.recorded_at(index) {
                Some(Answer::Given(_)) => Outcome::Given,
                Some(Answer::Skipped) => Outcome::Skipped,
                Some(Answer::Unknown) => Outcome::Unknown,
                None => Outcome::Open,
            },
            answer: Phi::new(self.given(index).iter().map(|value| in_words(item, value, language)).collect()),
        };
        items
            .iter()
            .enumerate()
            .filter(|(index, item)| self.enabled_at(*index) && item.is_step() && item.is_question())
            .map(line)
            .collect()
    }
}

/// A date as people say it ("3 March 1958"), which cannot be taken for another one; as FHIR writes it where the language's months
/// are not known.
fn date_in_words(date: &PartialDate, language: &Language) -> String {
    let Some(months) = months(language) else { return date.to_string() };
    let spanish = language.primary() == "es";
    let of = if spanish { " de " } else { " " };
    let mut parts = date.as_str().splitn(3, '-');
    let year = parts.next().unwrap_or_default();
    let name = parts.next().and_then(|month| months.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    let Some(name) = name else { return year.to_owned() };
    let month = if spanish { (*name).to_owned() } else { capital(name) };
    match parts.next() {
        Some(day) => format!("{}{of}{month}{of}{year}", day.trim_start_matches('0')),
        None => format!("{month}{of}{year}"),
    }
}

/// A value as the patient would read it.
pub fn in_words(item: &Item, value: &AnswerValue, language: &Language) -> String {
    match value {
        AnswerValue::Boolean(yes) => match (language.primary(), yes) {
            ("es", true) => "Sí",
            ("ar", true) => "نعم",
            (_, true) => "Yes",
            ("ar", false) => "لا",
            (_, false) => "No",
        }
        .to_owned(),
        AnswerValue::Integer(number) => number.to_string(),
        AnswerValue::Decimal(number) => number.to_string(),
        AnswerValue::Quantity { value, unit } => {
            let name = match &item.kind {
                ItemKind::Quantity { units, .. } => units.iter().find(|offered| offered.code == *unit),
                _ => None,
            };
            format!("{value} {}", name.map_or(unit.as_str(), |unit| unit.display.get(language)))
        }
        AnswerValue::Date(date) => date_in_words(date, language),
        AnswerValue::String(text) | AnswerValue::Text(text) => text.clone(),
        AnswerValue::Choice(coding) => chosen(item.options(), value)
            .map_or_else(|| coding.display.clone(), |option| option.display.get(language).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_say_them() {
        let said = |date: &str, language: &str| {
            date_in_words(&date.parse().unwrap(), &serde_json::from_value(language.into()).unwrap())
        };
        assert_eq!(said("1958-03-03", "en"), "3 March 1958");
        assert_eq!(said("1958-03-03", "es"), "3 de marzo de 1958");
        assert_eq!(said("2026-11", "en"), "November 2026");
        assert_eq!(said("1990", "es"), "1990");
        assert_eq!(said("1958-03-03", "ar"), "1958-03-03");
    }
}
