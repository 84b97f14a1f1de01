//! Who: patient, practitioners, organization, and the software as a device.

use domain::{DraftEngine, NoteState, PersonId};
use serde_json::{Value, json};

use super::{ExportInput, Names, concept, identifier, reference, resource, set, set_text};
use crate::narrative::printable;
use crate::primitive::urn;

/// The patient. An identity that nobody at the facility has checked has a temporary identifier.
pub(super) fn patient(input: &ExportInput<'_>) -> Value {
    let patient = &input.record.patient;
    let mut id = identifier(&urn(patient.id));
    set(&mut id, "use", if patient.verified { "usual" } else { "temp" }.into());
    let mut identifiers = vec![id];
    if let Some(number) = &patient.record_number {
        let number = printable(number.expose());
        if !number.is_empty() {
            let kind =
                concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MR", "Medical record number");
            identifiers.push(json!({ "type": kind, "value": number }));
        }
    }
    let mut object = resource("Patient", json!({ "identifier": identifiers }));
    if let Some(name) = &patient.name {
        let name = printable(name.expose());
        if !name.is_empty() {
            set(&mut object, "name", json!([{ "text": name }]));
        }
    }
    if let Some(date) = &patient.birth_date {
        set(&mut object, "birthDate", date.expose().as_str().into());
    }
    object
}

/// Everybody who signed something, each once.
pub(super) fn practitioners(input: &ExportInput<'_>) -> Vec<(String, Value)> {
    let mut people: Vec<PersonId> = Vec::new();
    if let NoteState::Signed { signature, addenda, .. } = &input.record.note {
        people.push(signature.by);
        people.extend(addenda.iter().map(|addendum| addendum.by));
    }
    people.sort_unstable();
    people.dedup();
    let practitioner = |person: PersonId| {
        let mut object = resource("Practitioner", json!({ "identifier": [identifier(&urn(person))] }));
        let name = input.people.get(&person).map(|name| printable(name)).unwrap_or_default();
        if !name.is_empty() {
            set(&mut object, "name", json!([{ "text": name }]));
        }
        (urn(person), object)
    };
    people.into_iter().map(practitioner).collect()
}

/// The facility.
pub(super) fn organization(input: &ExportInput<'_>) -> Value {
    let mut object = resource("Organization", json!({ "identifier": [identifier(&urn(input.facility.0))] }));
    set_text(&mut object, "name", input.facility.1);
    object
}

/// The software that put the document together.
pub(super) fn software(input: &ExportInput<'_>, names: &Names) -> Value {
    device(input, &names.device, "Bedside", "Clinical documentation software")
}

/// What drafted the note, where something did: a device of its own, so that nobody takes its words for a person's.
pub(super) fn drafter(input: &ExportInput<'_>, names: &Names) -> Option<Value> {
    let (NoteState::Draft { note, .. } | NoteState::Signed { note, .. }) = &input.record.note else {
        return None;
    };
    let (name, kind) = match note.engine {
        DraftEngine::Extractive => ("Bedside extractive drafter", "Note drafter, by rule"),
        DraftEngine::Generative => ("Bedside generative drafter", "Note drafter, by language model"),
        DraftEngine::Typed => return None,
    };
    let mut object = device(input, &names.drafter, name, kind);
    set(&mut object, "parent", reference(&names.device));
    if let Some(model) = &note.model {
        set_text(&mut object, "modelNumber", model);
    }
    Some(object)
}

fn device(input: &ExportInput<'_>, url: &str, name: &str, kind: &str) -> Value {
    let mut object = resource(
        "Device",
        json!({
            "identifier": [identifier(url)],
            "deviceName": [{ "name": name, "type": "model-name" }],
            "type": { "text": kind },
        }),
    );
    let version = printable(input.version);
    if !version.is_empty() {
        set(&mut object, "version", json!([{ "value": version }]));
    }
    object
}
