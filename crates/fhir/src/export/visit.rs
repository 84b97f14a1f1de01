//! What happened around the note: encounter, intake, consents, red flags.

use domain::{ConsentScope, EncounterStatus, FactKind, NoteState, Severity};
use serde_json::{Value, json};

use super::{ExportInput, Names, OWN, concept, identifier, is_retracted, reference, resource, set, set_text};
use crate::Error;
use crate::primitive::{derived_urn, instant, urn};

/// The visit: ambulatory, at the facility, from its opening to the signature.
pub(super) fn encounter(input: &ExportInput<'_>, names: &Names) -> Value {
    let record = input.record;
    let status = match record.status {
        EncounterStatus::Intake | EncounterStatus::Partial | EncounterStatus::Waiting => "arrived",
        EncounterStatus::InVisit | EncounterStatus::Drafted => "in-progress",
        EncounterStatus::Signed => "finished",
        EncounterStatus::Retracted => "entered-in-error",
    };
    let mut period = json!({ "start": instant(record.opened) });
    let mut object = resource(
        "Encounter",
        json!({
            "identifier": [identifier(&names.encounter)],
            "status": status,
            "class": {
                "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                "code": "AMB",
                "display": "ambulatory",
            },
            "type": [{ "text": "Visit" }],
            "subject": reference(&names.patient),
            "serviceProvider": reference(&names.organization),
        }),
    );
    if let NoteState::Signed { signature, .. } = &record.note {
        // A clock that was set back must not make the period end before it began.
        set(&mut period, "end", instant(signature.at.max(record.opened)).into());
        set(&mut object, "participant", json!([{ "individual": reference(&urn(signature.by)) }]));
    }
    if let Some(site) = input.site {
        let mut location = json!({});
        set_text(&mut location, "display", site);
        set(&mut object, "location", json!([{ "location": location }]));
    }
    let mut reasons = Vec::new();
    for fact in input.facts.iter().filter(|fact| fact.kind == FactKind::Reason) {
        let mut reason = json!({});
        set_text(&mut reason, "text", fact.text.expose());
        reasons.extend(Some(reason).filter(|reason| reason.get("text").is_some()));
    }
    if !reasons.is_empty() {
        set(&mut object, "reasonCode", reasons.into());
    }
    set(&mut object, "period", period);
    object
}

/// The intake, tied to this patient and this encounter.
pub(super) fn questionnaire_response(response: &Value, names: &Names) -> Result<Value, Error> {
    if response.get("resourceType").and_then(Value::as_str) != Some("QuestionnaireResponse") {
        return Err(Error::at("QuestionnaireResponse.resourceType", "it is not a QuestionnaireResponse"));
    }
    let mut object = response.clone();
    set(&mut object, "subject", reference(&names.patient));
    set(&mut object, "encounter", reference(&names.encounter));
    crate::check(&object)?;
    Ok(object)
}

/// One consent for each thing that the patient was asked to agree to.
pub(super) fn consents(input: &ExportInput<'_>, names: &Names) -> Vec<(String, Value)> {
    let record = input.record;
    let given = record.consents.iter().map(|scope| (*scope, true));
    let declined = record.declined.iter().map(|scope| (*scope, false));
    let consent = |(scope, given): (ConsentScope, bool)| {
        let (code, text) = match scope {
            ConsentScope::Intake => {
                ("intake", "Answering questions on the clinic's device and keeping the answers")
            }
            ConsentScope::Recording => ("recording", "Recording of the visit"),
            ConsentScope::Contact => ("contact", "Being contacted by the clinic"),
        };
        let (policy, display) = if given { ("OPTIN", "opt-in") } else { ("OPTOUT", "opt-out") };
        let status = match (is_retracted(record), given) {
            (true, _) => "entered-in-error",
            (false, true) => "active",
            (false, false) => "rejected",
        };
        let object = resource(
            "Consent",
            json!({
                "status": status,
                "scope": concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent"),
                "category": [concept("http://loinc.org", "59284-0", "Consent Document")],
                "patient": reference(&names.patient),
                "organization": [reference(&names.organization)],
                "policyRule": concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", policy, display),
                "provision": {
                    "type": if given { "permit" } else { "deny" },
                    "code": [{ "coding": [{ "system": format!("{OWN}consent"), "code": code }], "text": text }],
                    "data": [{ "meaning": "related", "reference": reference(&names.encounter) }],
                },
            }),
        );
        (derived_urn(record.id.as_bytes(), &format!("consent {code}")), object)
    };
    given.chain(declined).map(consent).collect()
}

/// One flag for each alarm that a rule raised. Acknowledged by staff is not resolved: it stays active.
pub(super) fn flags(input: &ExportInput<'_>, names: &Names) -> Vec<(String, Value)> {
    let record = input.record;
    let flag = |raised: &domain::FlagRecord| {
        let (priority, display) = match raised.severity {
            Severity::Urgent => ("PM", "Medium priority"),
            Severity::Emergency => ("PH", "High priority"),
        };
        let mut code = json!({ "coding": [{ "system": format!("{OWN}red-flag"), "code": raised.rule }] });
        let title = input.flag_titles.get(&raised.rule).map_or(raised.rule.as_str(), String::as_str);
        set_text(&mut code, "text", title);
        let object = resource(
            "Flag",
            json!({
                "extension": [{
                    "url": "http://hl7.org/fhir/StructureDefinition/flag-priority",
                    "valueCodeableConcept":
                        concept("http://hl7.org/fhir/flag-priority-code", priority, display),
                }],
                "identifier": [identifier(&urn(raised.id))],
                "status": if is_retracted(record) { "entered-in-error" } else { "active" },
                "category": [concept("http://terminology.hl7.org/CodeSystem/flag-category", "clinical", "Clinical")],
                "code": code,
                "subject": reference(&names.patient),
                "period": { "start": instant(raised.raised) },
                "encounter": reference(&names.encounter),
                "author": reference(&names.device),
            }),
        );
        (urn(raised.id), object)
    };
    record.flags.iter().map(flag).collect()
}
