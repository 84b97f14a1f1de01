//! One encounter as a FHIR R4 document Bundle.

mod note;
mod people;
mod visit;

use std::collections::BTreeMap;

use domain::{EncounterRecord, EncounterStatus, FacilityId, NoteState, PersonId, Timestamp};
use serde_json::{Map, Value, json};

use crate::Error;
use crate::narrative::printable;
use crate::primitive::{derived_urn, instant, urn};

/// Where Bedside's own codes and extensions live.
pub(crate) const OWN: &str = "urn:bedside:fhir:";

/// What an export is made from.
#[derive(Clone, Copy, Debug)]
pub struct ExportInput<'a> {
    /// The encounter.
    pub record: &'a EncounterRecord,
    /// The facility's id and name.
    pub facility: (FacilityId, &'a str),
    /// The names of the people who signed, by id. Somebody who is missing here is exported by id alone.
    pub people: &'a BTreeMap<PersonId, String>,
    /// The intake, as `intake` writes it; its `subject` and `encounter` are set here.
    pub questionnaire_response: Option<&'a Value>,
    /// What each red-flag rule is called, by rule id. A rule that is missing here is exported by id alone.
    pub flag_titles: &'a BTreeMap<String, String>,
    /// The version of Bedside.
    pub version: &'a str,
    /// When the export was asked for.
    pub generated: Timestamp,
}

/// The encounter as a document Bundle: Composition, Patient, Encounter, Organization, Device, then Practitioners,
/// QuestionnaireResponse, Consents, Flags, DocumentReference (the transcript) and Provenance, as there are any.
///
/// A draft is a preliminary document, a signed note a final one, one with addenda is amended, a retracted one is entered
/// in error. The only error is a `questionnaire_response` that is not one.
pub fn export(input: &ExportInput<'_>) -> Result<Value, Error> {
    let names = Names::of(input);
    let mut entries = vec![
        (names.composition.clone(), note::composition(input, &names)),
        (names.patient.clone(), people::patient(input)),
        (names.encounter.clone(), visit::encounter(input, &names)),
        (names.organization.clone(), people::organization(input)),
        (names.device.clone(), people::device(input, &names)),
    ];
    entries.extend(people::practitioners(input));
    if let Some(response) = input.questionnaire_response {
        entries.push((names.response.clone(), visit::questionnaire_response(response, &names)?));
    }
    entries.extend(visit::consents(input, &names));
    entries.extend(visit::flags(input, &names));
    if !input.record.utterances.is_empty() {
        entries.push((names.transcript.clone(), note::transcript(input, &names)));
    }
    if input.record.note != NoteState::None {
        entries.push((names.provenance.clone(), note::provenance(input, &names)));
    }
    let entries: Vec<_> =
        entries.into_iter().map(|(url, resource)| json!({ "fullUrl": url, "resource": resource })).collect();
    Ok(json!({
        "resourceType": "Bundle",
        "type": "document",
        "identifier": identifier(&derived_urn(
            input.record.id.as_bytes(),
            &format!("bundle {} {}", input.record.changed.as_millis(), input.generated.as_millis()),
        )),
        "timestamp": instant(input.generated),
        "entry": entries,
    }))
}

/// A resource as the bytes of a file: indented JSON with a line break at the end.
pub fn to_text(resource: &Value) -> String {
    format!("{resource:#}\n")
}

/// The full URLs of the resources that there is one of.
struct Names {
    composition: String,
    patient: String,
    encounter: String,
    organization: String,
    device: String,
    response: String,
    transcript: String,
    provenance: String,
}

impl Names {
    fn of(input: &ExportInput<'_>) -> Self {
        let owner = input.record.id.as_bytes();
        Self {
            composition: derived_urn(owner, "composition"),
            patient: urn(input.record.patient.id),
            encounter: urn(input.record.id),
            organization: urn(input.facility.0),
            device: derived_urn(owner, "device"),
            response: derived_urn(owner, "questionnaire response"),
            transcript: derived_urn(owner, "transcript"),
            provenance: derived_urn(owner, "provenance"),
        }
    }
}

fn reference(url: &str) -> Value {
    json!({ "reference": url })
}

fn identifier(urn: &str) -> Value {
    json!({ "system": "urn:ietf:rfc:3986", "value": urn })
}

fn concept(system: &str, code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

/// Sets a field where there is something to say: FHIR knows no empty string.
fn set_text(object: &mut Value, name: &str, text: &str) {
    let text = printable(text);
    if let (Value::Object(object), false) = (object, text.is_empty()) {
        object.insert(name.to_owned(), text.into());
    }
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(name.to_owned(), value);
    }
}

fn resource(kind: &str, fields: Value) -> Value {
    let mut object = Map::new();
    object.insert("resourceType".to_owned(), kind.into());
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

fn is_retracted(record: &EncounterRecord) -> bool {
    record.status == EncounterStatus::Retracted
}
