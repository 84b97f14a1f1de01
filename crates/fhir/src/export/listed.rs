//! What a line of the lists says beyond a plain fact: dose and state of a medicine, what an allergy does, how a problem stands,
//! who says so and on what it rests.
//!
//! A rule found the line, and a clinician signed it among others. That confirms that it was said, not that it is so. Hence a
//! Condition is `unconfirmed` where the patient says it, and `provisional` ("still a candidate that is under consideration") where the
//! clinician does; an AllergyIntolerance is always `unconfirmed`, because `confirmed` asks for a high level of certainty, by testing for
//! instance; and a medicine that was only named as tried has the status `unknown`.

use domain::{Amount, ListItem, ListLine, MedicineState, SentenceOrigin, Speaker, Standing};
use serde_json::{Value, json};

use super::clinical::Made;
use super::{ExportInput, Names, OWN, concept, decimal, is_retracted, reference, set};
use crate::narrative::printable;

const UCUM: &str = "http://unitsofmeasure.org";

/// The resource with what the line says.
pub(super) fn with_line(mut made: Made, line: &ListLine, input: &ExportInput<'_>, names: &Names) -> Made {
    let resource = &mut made.resource;
    let retracted = is_retracted(input.record);
    match line.item.expose() {
        ListItem::Medicine { name, dose, often, per_day, as_needed, state, .. } => {
            set(resource, "medicationCodeableConcept", json!({ "text": printable(name) }));
            if !retracted {
                set(resource, "status", status(*state).into());
            }
            let dosage = dosage(dose.as_ref(), often.as_deref(), *per_day, *as_needed);
            if let Some(dosage) = dosage {
                set(resource, "dosage", json!([dosage]));
            }
            let said = match state {
                Some(MedicineState::Stopped) => " (stopped)",
                Some(MedicineState::NotTaking) => " (not taken)",
                Some(MedicineState::Started) => " (started in this visit)",
                Some(MedicineState::Changed) => " (changed in this visit)",
                Some(MedicineState::Taking) | None => "",
            };
            made.line.push_str(said);
        }
        ListItem::Allergy { substance, reaction, .. } => {
            set(resource, "code", json!({ "text": printable(substance) }));
            let reaction = reaction.as_deref().map(printable).filter(|reaction| !reaction.is_empty());
            if let Some(reaction) = reaction {
                set(resource, "reaction", json!([{ "manifestation": [{ "text": reaction }] }]));
            }
            verify(resource, "allergyintolerance-verification", ("unconfirmed", "Unconfirmed"), retracted);
        }
        ListItem::NoAllergies { .. } => {
            verify(resource, "allergyintolerance-verification", ("unconfirmed", "Unconfirmed"), retracted);
        }
        ListItem::Problem { standing, .. } => {
            let reported = line.origin == SentenceOrigin::Drafted && line.says != Speaker::Clinician;
            let verified =
                if reported { ("unconfirmed", "Unconfirmed") } else { ("provisional", "Provisional") };
            verify(resource, "condition-ver-status", verified, retracted);
            // "Have, or have had", as the intake asks, is neither active nor inactive.
            let told = !line.evidence.is_empty() || line.origin != SentenceOrigin::Drafted;
            let (code, display) = match standing {
                Standing::Past => ("inactive", "Inactive"),
                _ => ("active", "Active"),
            };
            if told && !retracted {
                let system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
                set(resource, "clinicalStatus", concept(system, code, display));
            }
            if *standing == Standing::Past {
                made.line.push_str(" (in the past)");
            }
        }
        ListItem::Vital { .. } => {}
    }
    let resource = &mut made.resource;
    say_who(resource, line, names);
    rest(resource, line, input, names);
    let how = match line.origin {
        SentenceOrigin::Drafted => {
            "Found by rule in what was said or answered; left in the lists by the clinician who signed."
        }
        SentenceOrigin::Edited => {
            "Found by rule in what was said or answered; corrected by a clinician before signing."
        }
        SentenceOrigin::Typed => "Typed by a clinician.",
    };
    set(resource, "note", json!([{ "text": how }]));
    made
}

fn verify(resource: &mut Value, of: &str, (code, display): (&str, &str), retracted: bool) {
    if !retracted {
        let system = format!("http://terminology.hl7.org/CodeSystem/{of}");
        set(resource, "verificationStatus", concept(&system, code, display));
    }
}

const fn status(state: Option<MedicineState>) -> &'static str {
    match state {
        Some(MedicineState::Taking | MedicineState::Changed) => "active",
        Some(MedicineState::Stopped) => "stopped",
        Some(MedicineState::NotTaking) => "not-taken",
        Some(MedicineState::Started) => "intended",
        None => "unknown",
    }
}

/// Dose and frequency, as they were said and as far as they can be counted.
fn dosage(
    dose: Option<&Amount>,
    often: Option<&str>,
    per_day: Option<f64>,
    as_needed: bool,
) -> Option<Value> {
    let text = [dose.map(ToString::to_string), often.map(printable)];
    let text: Vec<String> = text.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if text.is_empty() {
        return None;
    }
    let mut dosage = json!({ "text": text.join(", ") });
    if as_needed {
        set(&mut dosage, "asNeededBoolean", true.into());
    }
    if let Some(repeat) = per_day.and_then(repeat) {
        set(&mut dosage, "timing", json!({ "repeat": repeat }));
    }
    if let Some(dose) = dose.filter(|dose| dose.value.is_finite()) {
        let mut quantity = json!({ "value": decimal(dose.value) });
        if let Some(unit) = &dose.unit {
            set(&mut quantity, "unit", printable(dose.unit_in_words().unwrap_or(unit)).into());
            if is_ucum(unit) {
                set(&mut quantity, "system", UCUM.into());
                set(&mut quantity, "code", unit.as_str().into());
            }
        }
        set(&mut dosage, "doseAndRate", json!([{ "doseQuantity": quantity }]));
    }
    Some(dosage)
}

/// The units that a medicine is counted in and that UCUM knows. What a clinician typed is a word and no code.
fn is_ucum(unit: &str) -> bool {
    matches!(unit, "mg" | "ug" | "g" | "mL" | "[iU]" | "meq" | "%" | "[drp]" | "[tsp_us]" | "[tbs_us]")
        || (unit.starts_with('{') && unit.ends_with('}') && unit.is_ascii() && !unit.contains(' '))
}

/// How often as FHIR counts it; none where it does not come out even.
fn repeat(per_day: f64) -> Option<Value> {
    const RATES: [(f64, u32, u32, &str); 9] = [
        (0.5, 1, 2, "d"),
        (0.14, 1, 1, "wk"),
        (0.29, 2, 1, "wk"),
        (0.43, 3, 1, "wk"),
        (0.57, 4, 1, "wk"),
        (0.07, 1, 2, "wk"),
        (0.03, 1, 1, "mo"),
        (0.01, 1, 3, "mo"),
        (1.0, 1, 1, "d"),
    ];
    let (frequency, period, unit) = RATES
        .into_iter()
        .find(|(rate, ..)| (rate - per_day).abs() < 1e-9)
        .map(|(_, frequency, period, unit)| (Value::from(frequency), period, unit))
        .or_else(|| {
            let even = per_day.fract() == 0.0 && (1.0..=24.0).contains(&per_day);
            even.then(|| (decimal(per_day), 1, "d"))
        })?;
    Some(json!({ "frequency": frequency, "period": period, "periodUnit": unit }))
}

/// Who says so: R4 has no word for somebody who came with the patient and is not named, so none is said then.
fn say_who(resource: &mut Value, line: &ListLine, names: &Names) {
    let field = match resource["resourceType"].as_str() {
        Some("MedicationStatement") => "informationSource",
        Some("Observation") => return,
        _ => "asserter",
    };
    match (line.origin, line.says) {
        (SentenceOrigin::Drafted, Speaker::Patient) => set(resource, field, reference(&names.patient)),
        (SentenceOrigin::Drafted, Speaker::Other | Speaker::Unknown) => {
            if let Value::Object(object) = resource {
                object.remove(field);
            }
        }
        // As it stands: whoever signed.
        _ => {}
    }
}

/// What it rests on: the transcript with the utterances' numbers, and the intake.
fn rest(resource: &mut Value, line: &ListLine, input: &ExportInput<'_>, names: &Names) {
    let mut extensions =
        vec![json!({ "url": format!("{OWN}list-line-id"), "valueString": format!("l{}", line.id) })];
    extensions.extend(
        line.evidence
            .iter()
            .map(|index| json!({ "url": format!("{OWN}utterance"), "valueUnsignedInt": index })),
    );
    set(resource, "extension", json!(extensions));
    let mut basis = Vec::new();
    if !line.evidence.is_empty() && !input.record.utterances.is_empty() {
        basis.push(reference(&names.transcript));
    }
    if !line.answers.is_empty() && input.questionnaire_response.is_some() {
        basis.push(reference(&names.response));
    }
    let kind = resource["resourceType"].as_str().unwrap_or_default().to_owned();
    let Value::Object(object) = resource else { return };
    let field = match kind.as_str() {
        "Condition" => "evidence",
        "MedicationStatement" | "Observation" => "derivedFrom",
        _ => return,
    };
    object.remove(field);
    if basis.is_empty() {
        return;
    }
    let value = if field == "evidence" { json!([{ "detail": basis }]) } else { json!(basis) };
    object.insert(field.to_owned(), value);
}
