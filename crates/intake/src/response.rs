//! The answers as a FHIR R4 QuestionnaireResponse.

use domain::{Answer, AnswerValue, Language, Timestamp};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::Intake;
use crate::check::chosen;
use crate::questionnaire::{Item, ItemKind, OptionValue};

const DATA_ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
const UCUM: &str = "http://unitsofmeasure.org";

/// What a response says beside the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseContext {
    /// Its id within a bundle or a server, where it has one.
    pub id: Option<String>,
    /// When the answers were last changed.
    pub authored: Option<Timestamp>,
    /// The patient, as a reference ("Patient/…", "urn:uuid:…").
    pub subject: Option<String>,
    /// The encounter, as a reference.
    pub encounter: Option<String>,
    /// The language that the questions were put in.
    pub language: Language,
    /// How far it has come.
    pub status: ResponseStatus,
}

/// How far a response has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseStatus {
    /// More may follow.
    InProgress,
    /// Handed in. Written as "in-progress" all the same where a required question has no answer.
    Completed,
    /// The patient left before the end.
    Stopped,
}

impl Intake {
    /// The answers as a QuestionnaireResponse: groups nested, only what is enabled, no empty item. A question that was skipped
    /// or not known stands without answer and with FHIR's data-absent-reason ("asked-declined", "asked-unknown").
    pub fn response(&self, context: &ResponseContext) -> Value {
        let mut response = Map::new();
        response.insert("resourceType".into(), "QuestionnaireResponse".into());
        if let Some(id) = &context.id {
            response.insert("id".into(), id.as_str().into());
        }
        response.insert("language".into(), context.language.tag().into());
        response.insert("questionnaire".into(), self.questionnaire().canonical().into());
        let status = match context.status {
            ResponseStatus::Completed if self.missing().is_empty() => "completed",
            ResponseStatus::Stopped => "stopped",
            ResponseStatus::Completed | ResponseStatus::InProgress => "in-progress",
        };
        response.insert("status".into(), status.into());
        for (name, reference) in [("subject", &context.subject), ("encounter", &context.encounter)] {
            if let Some(reference) = reference {
                response.insert(name.into(), json!({ "reference": reference }));
            }
        }
        if let Some(authored) = context.authored.and_then(instant) {
            response.insert("authored".into(), authored.into());
        }
        let roots = self.questionnaire().all().iter().enumerate().filter(|(_, item)| item.parent.is_none());
        let items: Vec<Value> =
            roots.filter_map(|(index, _)| self.item_json(index, &context.language)).collect();
        if !items.is_empty() {
            response.insert("item".into(), items.into());
        }
        Value::Object(response)
    }

    fn item_json(&self, index: usize, language: &Language) -> Option<Value> {
        let item = &self.questionnaire().all()[index];
        if !self.enabled_at(index) || item.kind == ItemKind::Display {
            return None;
        }
        let mut object = Map::new();
        object.insert("linkId".into(), item.link_id.as_str().into());
        if !item.text.original().is_empty() {
            object.insert("text".into(), item.text.get(language).into());
        }
        let below: Vec<Value> =
            item.children.iter().filter_map(|&child| self.item_json(child, language)).collect();
        if item.kind == ItemKind::Group {
            if below.is_empty() {
                return None;
            }
            object.insert("item".into(), below.into());
            return Some(Value::Object(object));
        }
        let mut answers: Vec<Map<String, Value>> =
            self.given(index).iter().map(|value| value_json(item, value, language)).collect();
        match answers.first_mut() {
            Some(first) => {
                // One set of questions stands under an item, however many values it has: it goes with the first.
                if !below.is_empty() {
                    first.insert("item".into(), below.into());
                }
                object.insert("answer".into(), answers.into_iter().map(Value::Object).collect());
            }
            None => {
                let reason = match self.recorded_at(index)? {
                    Answer::Unknown => "asked-unknown",
                    Answer::Skipped => "asked-declined",
                    Answer::Given(_) => "not-applicable",
                };
                object.insert("extension".into(), json!([{ "url": DATA_ABSENT, "valueCode": reason }]));
            }
        }
        Some(Value::Object(object))
    }
}

fn value_json(item: &Item, value: &AnswerValue, language: &Language) -> Map<String, Value> {
    let (name, value) = match value {
        AnswerValue::Boolean(yes) => ("valueBoolean", (*yes).into()),
        AnswerValue::Integer(number) => ("valueInteger", (*number).into()),
        AnswerValue::Decimal(number) => ("valueDecimal", decimal(*number)),
        AnswerValue::Quantity { value, unit } => ("valueQuantity", quantity(item, *value, unit, language)),
        AnswerValue::Date(date) if item.date_time => ("valueDateTime", date.as_str().into()),
        AnswerValue::Date(date) => ("valueDate", date.as_str().into()),
        AnswerValue::String(text) | AnswerValue::Text(text) => ("valueString", text.as_str().into()),
        AnswerValue::Choice(coding) => match chosen(item.options(), value) {
            Some(option) if option.value == OptionValue::String => {
                ("valueString", option.code.as_str().into())
            }
            Some(option) if option.value == OptionValue::Date => ("valueDate", option.code.as_str().into()),
            Some(option) if option.value == OptionValue::Integer => {
                ("valueInteger", option.code.parse::<i64>().map_or(Value::Null, Value::from))
            }
            option => {
                let mut object = Map::new();
                if let Some(system) = &coding.system {
                    object.insert("system".into(), system.as_str().into());
                }
                object.insert("code".into(), coding.code.as_str().into());
                let display = option.map_or(coding.display.as_str(), |option| option.display.get(language));
                object.insert("display".into(), display.into());
                ("valueCoding", Value::Object(object))
            }
        },
    };
    Map::from_iter([(name.to_owned(), value)])
}

fn quantity(item: &Item, value: f64, unit: &str, language: &Language) -> Value {
    let offered = match &item.kind {
        ItemKind::Quantity { units, .. } => units.iter().find(|offered| offered.code == unit),
        _ => None,
    };
    let value = decimal(value);
    match offered {
        Some(offered) => json!({
            "value": value,
            "unit": offered.display.get(language),
            "system": offered.system,
            "code": offered.code,
        }),
        None => json!({ "value": value, "unit": unit, "system": UCUM, "code": unit }),
    }
}

/// A decimal without a needless ".0".
pub(crate) fn decimal(number: f64) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 && number.abs() < 1e15 { (number as i64).into() } else { number.into() }
}

fn instant(time: Timestamp) -> Option<String> {
    let nanos = i128::from(time.as_millis()) * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?.format(&Rfc3339).ok()
}
