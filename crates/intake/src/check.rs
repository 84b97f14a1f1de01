//! Whether an answer fits its question, and the form in which it is kept.

use domain::{Answer, AnswerValue, Coding};

use crate::condition::{compare_dates, same};
use crate::questionnaire::{ChoiceOption, Item, ItemKind, UnitOption};
use crate::{Error, unit};

/// The answer as it is kept: texts trimmed, a choice with its option's code and words, no value twice.
///
/// # Errors
/// [`Error::Answer`] and [`Error::Required`], which name the question and never the answer.
pub(crate) fn accepted(item: &Item, answer: Answer) -> Result<Answer, Error> {
    let wrong = |problem| Error::Answer { link_id: item.link_id.clone(), problem };
    let required = || Error::Required { link_id: item.link_id.clone() };
    let values = match answer {
        Answer::Given(values) => values,
        Answer::Skipped | Answer::Unknown if item.required => return Err(required()),
        outcome => return Ok(outcome),
    };
    match item.kind {
        ItemKind::Group => return Err(wrong("a group takes no answer")),
        ItemKind::Display if values.is_empty() => return Ok(Answer::Skipped),
        ItemKind::Display => return Err(wrong("a text to read takes no answer")),
        _ => {}
    }
    let mut kept: Vec<AnswerValue> = Vec::with_capacity(values.len());
    for value in values {
        let value = accepted_value(&item.kind, value).map_err(wrong)?;
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    match kept.len() {
        0 if item.required => return Err(required()),
        0 if !item.repeats => return Err(wrong("one value is expected")),
        2.. if !item.repeats => return Err(wrong("only one value is expected")),
        count if item.max_answers.is_some_and(|most| count > most) => {
            return Err(wrong("fewer values are expected"));
        }
        count if count > 0 && item.repeats && count < item.min_answers => {
            return Err(wrong("more values are expected"));
        }
        _ => {}
    }
    if kept.len() > 1 && kept.iter().any(|value| chosen(item.options(), value).is_some_and(|o| o.exclusive)) {
        return Err(wrong("this option excludes the others"));
    }
    Ok(Answer::Given(kept))
}

/// The option that a value chose.
pub(crate) fn chosen<'a>(options: &'a [ChoiceOption], value: &AnswerValue) -> Option<&'a ChoiceOption> {
    let AnswerValue::Choice(coding) = value else { return None };
    options.iter().find(|option| same(coding, option.system.as_deref(), &option.code))
}

fn accepted_value(kind: &ItemKind, value: AnswerValue) -> Result<AnswerValue, &'static str> {
    const OUT_OF_RANGE: &str = "the number is outside the range that the question accepts";
    let within = |number: f64, min: Option<f64>, max: Option<f64>| {
        let fits =
            number.is_finite() && min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
        if fits { Ok(()) } else { Err(OUT_OF_RANGE) }
    };
    match (kind, value) {
        (ItemKind::Boolean, value @ AnswerValue::Boolean(_)) => Ok(value),
        (ItemKind::Boolean, _) => Err("yes or no is expected"),
        (ItemKind::Integer { min, max }, AnswerValue::Integer(number)) => {
            let fits = i32::try_from(number).is_ok()
                && min.is_none_or(|min| number >= min)
                && max.is_none_or(|max| number <= max);
            if fits { Ok(AnswerValue::Integer(number)) } else { Err(OUT_OF_RANGE) }
        }
        (ItemKind::Integer { .. }, _) => Err("a whole number is expected"),
        (ItemKind::Decimal { min, max }, AnswerValue::Decimal(number)) => {
            within(number, *min, *max).map(|()| AnswerValue::Decimal(number))
        }
        (ItemKind::Decimal { min, max }, AnswerValue::Integer(number)) => {
            let number = f64::from(i32::try_from(number).map_err(|_| OUT_OF_RANGE)?);
            within(number, *min, *max).map(|()| AnswerValue::Decimal(number))
        }
        (ItemKind::Decimal { .. }, _) => Err("a number is expected"),
        (ItemKind::Quantity { units, min, max }, AnswerValue::Quantity { value, unit }) => {
            let unit = accepted_unit(units, &unit)?;
            let limit = |limit: &Option<(f64, String)>| {
                limit.as_ref().and_then(|(bound, bound_unit)| unit::convert(*bound, bound_unit, &unit))
            };
            within(value, limit(min), limit(max))?;
            Ok(AnswerValue::Quantity { value, unit })
        }
        (ItemKind::Quantity { .. }, _) => Err("a number with its unit is expected"),
        (ItemKind::Date { min, max }, AnswerValue::Date(date)) => {
            let before = min
                .as_ref()
                .is_some_and(|min| compare_dates(&date, min).is_some_and(std::cmp::Ordering::is_lt));
            let after = max
                .as_ref()
                .is_some_and(|max| compare_dates(&date, max).is_some_and(std::cmp::Ordering::is_gt));
            if before || after {
                return Err("the date is outside the range that the question accepts");
            }
            Ok(AnswerValue::Date(date))
        }
        (ItemKind::Date { .. }, _) => Err("a date is expected"),
        (
            ItemKind::String { min_length, max_length },
            AnswerValue::String(text) | AnswerValue::Text(text),
        ) => words(&text.replace(['\n', '\r'], " "), *min_length, *max_length).map(AnswerValue::String),
        (ItemKind::Text { min_length, max_length }, AnswerValue::String(text) | AnswerValue::Text(text)) => {
            words(&text, *min_length, *max_length).map(AnswerValue::Text)
        }
        (ItemKind::String { .. } | ItemKind::Text { .. }, _) => Err("text is expected"),
        (ItemKind::OpenChoice { .. }, AnswerValue::String(text) | AnswerValue::Text(text)) => {
            words(&text, None, None).map(AnswerValue::Text)
        }
        (ItemKind::Choice { options } | ItemKind::OpenChoice { options }, value @ AnswerValue::Choice(_)) => {
            let option = chosen(options, &value).ok_or("it is none of the options")?;
            let AnswerValue::Choice(given) = value else { return Err("it is none of the options") };
            let display = if option.display.every().any(|display| display == given.display) {
                given.display
            } else {
                option.display.original().to_owned()
            };
            Ok(AnswerValue::Choice(Coding {
                system: option.system.clone(),
                code: option.code.clone(),
                display,
            }))
        }
        (ItemKind::Choice { .. } | ItemKind::OpenChoice { .. }, _) => Err("one of the options is expected"),
        (ItemKind::Group | ItemKind::Display, _) => Err("it takes no answer"),
    }
}

fn accepted_unit(units: &[UnitOption], given: &str) -> Result<String, &'static str> {
    let given = given.trim();
    if given.is_empty() {
        return Err("the unit is missing");
    }
    if units.is_empty() {
        return Ok(given.to_owned());
    }
    units
        .iter()
        .find(|unit| unit.code == given || unit.display.every().any(|display| display == given))
        .map(|unit| unit.code.clone())
        .ok_or("the unit is none of those offered")
}

fn words(text: &str, min: Option<usize>, max: Option<usize>) -> Result<String, &'static str> {
    // FHIR strings hold no control characters but tab and line breaks, and are never empty.
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        .collect::<String>()
        .trim()
        .to_owned();
    let length = text.chars().count();
    match () {
        () if text.is_empty() => Err("the text is empty"),
        () if max.is_some_and(|max| length > max) => Err("the text is too long"),
        () if min.is_some_and(|min| length < min) => Err("the text is too short"),
        () => Ok(text),
    }
}
