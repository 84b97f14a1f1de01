//! One encounter as a FHIR R4 document Bundle.

mod clinical;
mod listed;
mod note;
mod people;
mod provenance;
mod visit;

use std::collections::{BTreeMap, BTreeSet};

use domain::{EncounterRecord, EncounterStatus, FacilityId, Fact, PersonId, Timestamp};
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
    /// The name of the site at which the visit was, where the facility has several.
    pub site: Option<&'a str>,
    /// The names of the people who signed, by id. Somebody who is missing here is exported by id alone.
    pub people: &'a BTreeMap<PersonId, String>,
    /// The intake, as `intake` writes it; its `subject` and `encounter` are set here.
    pub questionnaire_response: Option<&'a Value>,
    /// What the intake and the note say about the patient. Those of a note count once it is signed.
    pub facts: &'a [Fact],
    /// The ids of the sentences that say what their evidence does not: no fact is made of them.
    pub unsupported: &'a BTreeSet<u32>,
    /// The note, with its addenda, as plain text; none where there is no note.
    pub note_text: Option<&'a str>,
    /// The note as PDF, where one was made.
    pub pdf: Option<&'a [u8]>,
    /// What each red-flag rule is called, by rule id. A rule that is missing here is exported by id alone.
    pub flag_titles: &'a BTreeMap<String, String>,
    /// The version of Bedside.
    pub version: &'a str,
    /// When the export was asked for.
    pub generated: Timestamp,
}

/// The encounter as a document Bundle: Composition, Patient, Encounter, Organization, Devices (the software, and what
/// drafted the note), then Practitioners, QuestionnaireResponse, Consents, Flags, Conditions, AllergyIntolerances,
/// MedicationStatements, Observations, DocumentReferences (the note, as text and PDF; the transcript) and Provenances, as
/// there are any.
///
/// A draft is a preliminary document, a signed note a final one, one with addenda is amended, a retracted one is entered
/// in error. What the patient reported is marked as unconfirmed; of a note that is not signed, and of a sentence that says
/// what its evidence does not, no clinical resource is made. The only error is a `questionnaire_response` that is not one.
pub fn export(input: &ExportInput<'_>) -> Result<Value, Error> {
    let names = Names::of(input);
    let facts = clinical::resources(input, &names);
    let mut entries = vec![
        (names.composition.clone(), note::composition(input, &names, &facts)),
        (names.patient.clone(), people::patient(input)),
        (names.encounter.clone(), visit::encounter(input, &names)),
        (names.organization.clone(), people::organization(input)),
        (names.device.clone(), people::software(input, &names)),
    ];
    entries.extend(people::drafter(input, &names).map(|drafter| (names.drafter.clone(), drafter)));
    entries.extend(people::practitioners(input));
    if let Some(response) = input.questionnaire_response {
        entries.push((names.response.clone(), visit::questionnaire_response(response, &names)?));
    }
    entries.extend(visit::consents(input, &names));
    entries.extend(visit::flags(input, &names));
    entries.extend(facts.into_iter().map(|made| (made.url, made.resource)));
    entries.extend(note::document(input, &names).map(|document| (names.document.clone(), document)));
    if !input.record.utterances.is_empty() {
        entries.push((names.transcript.clone(), note::transcript(input, &names)));
    }
    entries.extend(provenance::of_draft(input, &names).map(|made| (names.drafting.clone(), made)));
    entries.extend(provenance::of_signature(input, &names).map(|made| (names.signing.clone(), made)));
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
    drafter: String,
    response: String,
    document: String,
    transcript: String,
    drafting: String,
    signing: String,
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
            drafter: derived_urn(owner, "drafter"),
            response: derived_urn(owner, "questionnaire response"),
            document: derived_urn(owner, "note"),
            transcript: derived_urn(owner, "transcript"),
            drafting: derived_urn(owner, "drafting"),
            signing: derived_urn(owner, "signing"),
        }
    }
}

pub(crate) fn reference(url: &str) -> Value {
    json!({ "reference": url })
}

pub(crate) fn identifier(urn: &str) -> Value {
    json!({ "system": "urn:ietf:rfc:3986", "value": urn })
}

pub(crate) fn concept(system: &str, code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

/// Sets a field where there is something to say: FHIR knows no empty string.
pub(crate) fn set_text(object: &mut Value, name: &str, text: &str) {
    let text = printable(text);
    if let (Value::Object(object), false) = (object, text.is_empty()) {
        object.insert(name.to_owned(), text.into());
    }
}

pub(crate) fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(name.to_owned(), value);
    }
}

pub(crate) fn resource(kind: &str, fields: Value) -> Value {
    let mut object = Map::new();
    object.insert("resourceType".to_owned(), kind.into());
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    Value::Object(object)
}

/// A number without a needless ".0".
fn decimal(number: f64) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 && number.abs() < 1e15 { (number as i64).into() } else { number.into() }
}

fn is_retracted(record: &EncounterRecord) -> bool {
    record.status == EncounterStatus::Retracted
}
