//! From what a patient meant to the answer that the questionnaire records.

use domain::{Answer, AnswerValue, Language};

use super::{Kind, Medicine, Quantity, Understanding, Value};
use crate::questionnaire::{Item, ItemKind};

/// The answer to record, where the patient gave one, or said that they do not know or pass over the question. `None` where
/// there is nothing to record: a wish, words that were not understood, or a value that lacks what the question needs (a unit,
/// say). Whether the questionnaire takes it is checked where it is recorded.
pub fn outcome(question: &Item, understanding: &Understanding, language: &Language) -> Option<Answer> {
    match understanding.kind {
        Kind::Unknown => Some(Answer::Unknown),
        Kind::Skip => Some(Answer::Skipped),
        Kind::Back | Kind::Repeat | Kind::Person | Kind::Unclear => None,
        Kind::Answer => {
            let value = understanding.value.as_ref()?.expose();
            values(question, value, language).map(Answer::Given)
        }
    }
}

fn values(question: &Item, value: &Value, language: &Language) -> Option<Vec<AnswerValue>> {
    Some(match (value, &question.kind) {
        (Value::Boolean(yes), _) => vec![AnswerValue::Boolean(*yes)],
        // Of "seven or eight" on a scale the graver one: it is read back to the patient, and staff rather see too much.
        (Value::Number(number), ItemKind::Integer { .. }) => {
            vec![AnswerValue::Integer(whole(number.ceil())?)]
        }
        (Value::Number(number), _) => vec![AnswerValue::Decimal(*number)],
        (Value::Date(date), _) => vec![AnswerValue::Date(date.clone())],
        (Value::Quantity(quantity), kind) => {
            let unit = quantity.unit.clone().or_else(|| only_unit(kind))?;
            vec![AnswerValue::Quantity { value: quantity.value, unit }]
        }
        (Value::Choice(chosen), _) => chosen.iter().cloned().map(AnswerValue::Choice).collect(),
        (Value::Medicines(medicines), kind) => {
            let lines = medicines.iter().map(|medicine| in_words(medicine, language));
            match kind {
                ItemKind::String { .. } if question.repeats => lines.map(AnswerValue::String).collect(),
                ItemKind::String { .. } => vec![AnswerValue::String(lines.collect::<Vec<_>>().join("; "))],
                _ => vec![AnswerValue::Text(lines.collect::<Vec<_>>().join("; "))],
            }
        }
        (Value::Text(text), ItemKind::String { .. }) => vec![AnswerValue::String(text.clone())],
        (Value::Text(text), _) => vec![AnswerValue::Text(text.clone())],
    })
}

/// The number as an integer, where it is one that fits.
#[allow(clippy::cast_possible_truncation, reason = "the range is checked before")]
fn whole(number: f64) -> Option<i64> {
    (number.is_finite() && number.abs() < 1e15).then_some(number as i64)
}

fn only_unit(kind: &ItemKind) -> Option<String> {
    match kind {
        ItemKind::Quantity { units, .. } => match units.as_slice() {
            [only] => Some(only.code.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// "metformin 500 mg, 2 a day": what was said and no more.
fn in_words(medicine: &Medicine, language: &Language) -> String {
    let mut words = medicine.name.clone();
    if let Some(Quantity { value, unit }) = &medicine.dose {
        words.push_str(&format!(" {value}"));
        if let Some(unit) = unit {
            words.push_str(&format!(" {unit}"));
        }
    }
    if let Some(per_day) = medicine.per_day {
        let spanish = language.primary() == "es";
        let weekly = (per_day * 7.0).round();
        if per_day < 1.0 {
            words.push_str(&format!(", {weekly} {}", if spanish { "por semana" } else { "a week" }));
        } else {
            words.push_str(&format!(", {per_day} {}", if spanish { "al día" } else { "a day" }));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{tests::item, understand};
    use super::*;

    fn heard(question: serde_json::Value, text: &str) -> Option<Answer> {
        let question = item(&question);
        let english = Language::english();
        let understanding = understand(&question, text, &english, time::macros::date!(2026 - 11 - 23));
        outcome(&question, &understanding, &english)
    }

    #[test]
    fn a_yes_is_recorded_as_a_yes_and_a_wish_as_nothing() {
        let question = json!({ "linkId": "q", "type": "boolean", "text": "Do you take any medicines?" });
        assert_eq!(heard(question.clone(), "yes"), Some(Answer::Given(vec![AnswerValue::Boolean(true)])));
        assert_eq!(heard(question.clone(), "i don't know"), Some(Answer::Unknown));
        assert_eq!(heard(question.clone(), "skip"), Some(Answer::Skipped));
        assert_eq!(heard(question.clone(), "go back"), None);
        assert_eq!(heard(question, ""), None);
    }

    #[test]
    fn a_number_on_a_scale_is_whole_and_of_two_the_graver() {
        let question =
            json!({ "linkId": "q", "type": "integer", "text": "How bad is it now, from 0 to 10?" });
        assert_eq!(heard(question.clone(), "seven"), Some(Answer::Given(vec![AnswerValue::Integer(7)])));
        assert_eq!(heard(question, "seven or eight"), Some(Answer::Given(vec![AnswerValue::Integer(8)])));
    }

    #[test]
    fn medicines_are_written_one_a_value_with_what_was_said_of_each() {
        let question = json!({ "linkId": "m", "type": "string", "repeats": true, "text": "Which medicines do you take?" });
        let Some(Answer::Given(values)) =
            heard(question, "metformin five hundred milligrams twice a day and aspirin")
        else {
            panic!("no answer");
        };
        assert_eq!(values[0], AnswerValue::String("metformin 500 mg, 2 a day".into()));
        assert_eq!(values[1], AnswerValue::String("aspirin".into()));
    }
}
