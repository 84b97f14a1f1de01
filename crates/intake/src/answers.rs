//! The file of answers that a script hands in: `bedside intake --protocol P --answers FILE`.
//!
//! A JSON object with linkIds as names. A value is what the question's type suggests: `true`, `7`, `"words"`, `"1981-05-03"`,
//! `{"value": 3, "unit": "d"}`; a choice is its option's code or its text in any of the questionnaire's languages, and of an
//! open choice any other text is the patient's own words. A list stands for several values, `{"skipped": true}` and
//! `{"unknown": true}` for a question that was passed over or not known.

use domain::{Answer, AnswerValue, Coding};
use serde_json::{Map, Value};

use crate::check::accepted;
use crate::questionnaire::{ChoiceOption, Item, ItemKind, OptionValue};
use crate::{Error, Questionnaire};

/// Reads a file of answers, each checked against its question, in an order in which they can be handed to
/// [`crate::Intake::answer`] one by one: what a condition looks at comes before the item that it enables.
///
/// # Errors
/// [`Error::AnswersUnreadable`], [`Error::LinkUnknown`], [`Error::Answer`] or [`Error::Required`].
pub fn from_json(json: &str, questionnaire: &Questionnaire) -> Result<Vec<(String, Answer)>, Error> {
    let unreadable = |reason: String| Error::AnswersUnreadable { reason };
    let answers: Value = serde_json::from_str(json).map_err(|error| {
        unreadable(format!("no JSON at line {}, column {}", error.line(), error.column()))
    })?;
    let Value::Object(answers) = answers else {
        return Err(unreadable("a JSON object with linkIds as names is expected".into()));
    };
    for link_id in answers.keys() {
        questionnaire.index_or_error(link_id)?;
    }
    let items = questionnaire.dependency_order().iter().map(|&index| &questionnaire.all()[index]);
    items
        .filter_map(|item| Some((item, answers.get(&item.link_id)?)))
        .map(|(item, value)| Ok((item.link_id.clone(), accepted(item, answer(item, value)?)?)))
        .collect()
}

fn answer(item: &Item, value: &Value) -> Result<Answer, Error> {
    let marked = |name: &str| value.get(name) == Some(&Value::Bool(true));
    if marked("skipped") {
        return Ok(Answer::Skipped);
    }
    if marked("unknown") {
        return Ok(Answer::Unknown);
    }
    let values = match value {
        Value::Array(values) => values.iter().map(|value| one(item, value)).collect(),
        value => one(item, value).map(|value| vec![value]),
    };
    values.map(Answer::Given).map_err(|problem| Error::Answer { link_id: item.link_id.clone(), problem })
}

fn one(item: &Item, value: &Value) -> Result<AnswerValue, &'static str> {
    match &item.kind {
        ItemKind::Group | ItemKind::Display => Err("it takes no answer"),
        ItemKind::Boolean => value.as_bool().map(AnswerValue::Boolean).ok_or("true or false is expected"),
        ItemKind::Integer { .. } => {
            value.as_i64().map(AnswerValue::Integer).ok_or("a whole number is expected")
        }
        ItemKind::Decimal { .. } => value.as_f64().map(AnswerValue::Decimal).ok_or("a number is expected"),
        ItemKind::Quantity { .. } => value
            .as_object()
            .and_then(quantity)
            .ok_or("a number with its unit is expected, as {\"value\": 3, \"unit\": \"d\"}"),
        ItemKind::Date { .. } => value
            .as_str()
            .and_then(|text| text.parse().ok())
            .map(AnswerValue::Date)
            .ok_or("a date is expected, as \"1981-05-03\", \"1981-05\" or \"1981\""),
        ItemKind::String { .. } => text(value).map(AnswerValue::String),
        ItemKind::Text { .. } => text(value).map(AnswerValue::Text),
        ItemKind::Choice { options } => option(options, value).ok_or("it is none of the options"),
        ItemKind::OpenChoice { options } => match option(options, value) {
            Some(choice) => Ok(choice),
            None => text(value).map(AnswerValue::Text),
        },
    }
}

fn text(value: &Value) -> Result<String, &'static str> {
    value.as_str().map(str::to_owned).ok_or("text is expected")
}

fn quantity(object: &Map<String, Value>) -> Option<AnswerValue> {
    let unit = object.get("unit")?.as_str()?.to_owned();
    Some(AnswerValue::Quantity { value: object.get("value")?.as_f64()?, unit })
}

fn option(options: &[ChoiceOption], value: &Value) -> Option<AnswerValue> {
    let wanted = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let by_code = options.iter().find(|option| option.code == wanted);
    let by_display = || {
        let lower = wanted.to_lowercase();
        options.iter().find(|option| {
            option.value != OptionValue::Integer
                && option.display.every().any(|display| display.to_lowercase() == lower)
        })
    };
    let option = by_code.or_else(by_display)?;
    Some(AnswerValue::Choice(Coding {
        system: option.system.clone(),
        code: option.code.clone(),
        display: option.display.original().to_owned(),
    }))
}
