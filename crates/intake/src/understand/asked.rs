//! What a question asks for.

use serde_json::{Map, Value, json};

use crate::questionnaire::Item;
use crate::{Error, Questionnaire};

/// Reads one item of a FHIR R4 Questionnaire on its own: conditions on other items and questions nested below it are left
/// aside.
///
/// # Errors
/// [`Error::NotQuestionnaire`] where it is no JSON object, [`Error::Questionnaire`] where the item is not one that Bedside asks.
pub fn question_from_json(item: &Value) -> Result<Item, Error> {
    let wrong = |reason: &str| Error::NotQuestionnaire { reason: reason.to_owned() };
    let item = item.as_object().ok_or_else(|| wrong("the question is not a JSON object"))?;
    let mut alone: Map<String, Value> = item.clone();
    for other in ["enableWhen", "enableBehavior", "item"] {
        alone.remove(other);
    }
    alone.entry("linkId").or_insert_with(|| json!("question"));
    if !alone.contains_key("text") && !alone.contains_key("code") {
        let name = alone["linkId"].clone();
        alone.insert("text".to_owned(), name);
    }
    let link_id = alone["linkId"].as_str().unwrap_or_default().to_owned();
    let whole = json!({ "resourceType": "Questionnaire", "id": "question", "item": [alone] });
    let questionnaire = Questionnaire::from_json(&whole.to_string())?;
    questionnaire.item(&link_id).cloned().ok_or_else(|| wrong("the question could not be read"))
}
