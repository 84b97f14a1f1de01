//! What the encounter says about the patient: Condition, AllergyIntolerance, MedicationStatement, Observation.
//!
//! What the patient reported is `unconfirmed`, and says so in words as well. What the note says counts once the note is
//! signed, and only where the sentence says what its evidence says.

use domain::{Fact, FactKind, FactSource, FactValue, MeasureClass, NoteState};
use serde_json::{Value, json};

use super::{
    ExportInput, Names, OWN, concept, decimal, identifier, is_retracted, listed, reference, resource, set,
};
use crate::narrative::{div, printable};
use crate::primitive::{derived_urn, instant, urn};

const UCUM: &str = "http://unitsofmeasure.org";
const LOINC: &str = "http://loinc.org";
const REPORTED: &str = "Reported by the patient; not confirmed by a clinician.";

/// A resource made of a fact.
pub(super) struct Made {
    /// Its full URL.
    pub(super) url: String,
    /// Itself.
    pub(super) resource: Value,
    list: List,
    /// What a person reads in the document.
    pub(super) line: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Problems,
    Allergies,
    Medicines,
    Measurements,
}

/// One resource for each fact that may leave, problems first.
pub(super) fn resources(input: &ExportInput<'_>, names: &Names) -> Vec<Made> {
    let mut made: Vec<Made> = input
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| !matches!(fact.source, FactSource::Line { .. }))
        .filter(|(_, fact)| fact.stands(&input.record.note, input.unsupported))
        .filter_map(|(at, fact)| Subject { input, names, fact, name: format!("fact {at}") }.made())
        .collect();
    // A line says more than a fact can hold: it is read from the record.
    made.extend(input.record.lists.iter().filter_map(|line| {
        let fact = line.fact().filter(|fact| fact.stands(&input.record.note, input.unsupported))?;
        let name = format!("line {}", line.id);
        let made = Subject { input, names, fact: &fact, name }.made()?;
        Some(listed::with_line(made, line, input, names))
    }));
    made.sort_by_key(|made| made.list as u8);
    made
}

/// The lists as sections of the document, each with words to read.
pub(super) fn lists(made: &[Made]) -> impl Iterator<Item = Value> {
    const LISTS: [(List, &str, &str, &str); 4] = [
        (List::Problems, "Problems", "11450-4", "Problem list - Reported"),
        (List::Allergies, "Allergies", "48765-2", "Allergies and adverse reactions Document"),
        (List::Medicines, "Medicines", "10160-0", "History of Medication use Narrative"),
        // LOINC has no code for signs and scores together.
        (List::Measurements, "Measurements and scores", "measurements", ""),
    ];
    LISTS.into_iter().filter_map(move |(list, title, code, display)| {
        let coded = match display {
            "" => json!({ "coding": [{ "system": format!("{OWN}note-section"), "code": code }] }),
            display => concept(LOINC, code, display),
        };
        let of: Vec<&Made> = made.iter().filter(|made| made.list == list).collect();
        let lines = of.iter().enumerate().map(|(at, made)| (format!("{code}.{at}"), made.line.as_str()));
        (!of.is_empty()).then(|| {
            json!({
                "title": title,
                "code": coded,
                "text": { "status": "generated", "div": div(lines) },
                "entry": of.iter().map(|made| reference(&made.url)).collect::<Vec<_>>(),
            })
        })
    })
}

struct Subject<'a> {
    input: &'a ExportInput<'a>,
    names: &'a Names,
    fact: &'a Fact,
    /// What tells it from the encounter's other facts.
    name: String,
}

impl Subject<'_> {
    fn made(&self) -> Option<Made> {
        let text = printable(self.fact.text.expose());
        if text.is_empty() {
            return None;
        }
        let (list, resource, line) = match &self.fact.kind {
            FactKind::Reason => return None,
            FactKind::Problem => (List::Problems, self.condition(&text), text),
            FactKind::Allergy => {
                let code = self.coded(&text);
                (List::Allergies, self.allergy(code), text)
            }
            FactKind::NoAllergies => {
                let known =
                    self.fact.code.as_ref().map_or("No known allergies", |code| code.display.as_str());
                let mut code = match &self.fact.code {
                    Some(coding) => concept("http://snomed.info/sct", &coding.code, &coding.display),
                    None => concept("http://snomed.info/sct", "716186003", "No known allergy"),
                };
                set(&mut code, "text", known.into());
                (List::Allergies, self.allergy(code), known.to_owned())
            }
            FactKind::Medicine => (List::Medicines, self.medication(&text), text),
            FactKind::Measure { value, called, class } => {
                let called = called.as_deref().map(printable).filter(|called| !called.is_empty());
                let amount = amount(value.expose())?;
                let line = match &called {
                    Some(called) => format!("{text}: {amount} ({called})"),
                    None => format!("{text}: {amount}"),
                };
                (List::Measurements, self.observation(&text, value.expose(), called, *class)?, line)
            }
        };
        let line = if self.fact.is_reported() { format!("{line} (reported by the patient)") } else { line };
        Some(Made { url: self.url(), resource, list, line })
    }

    fn url(&self) -> String {
        derived_urn(self.input.record.id.as_bytes(), &self.name)
    }

    /// Who says so: the patient, or whoever signed.
    fn asserter(&self) -> Value {
        match &self.input.record.note {
            NoteState::Signed { signature, .. } if !self.fact.is_reported() => reference(&urn(signature.by)),
            _ => reference(&self.names.patient),
        }
    }

    /// What it rests on: the intake, or the note.
    fn basis(&self) -> Value {
        if !self.fact.is_reported() {
            return json!([reference(&self.names.composition)]);
        }
        match self.input.questionnaire_response {
            Some(_) => json!([reference(&self.names.response)]),
            None => Value::Null,
        }
    }

    fn coded(&self, text: &str) -> Value {
        let mut code = json!({ "text": text });
        let coding = self.fact.code.as_ref().and_then(|coding| {
            let (code, display) = (printable(&coding.code), printable(&coding.display));
            let mut object = json!({ "system": coding.system.as_deref()?, "code": code });
            if !display.is_empty() {
                set(&mut object, "display", display.into());
            }
            (!code.is_empty()).then_some(object)
        });
        if let Some(coding) = coding {
            set(&mut code, "coding", json!([coding]));
        }
        code
    }

    fn verification(&self, of: &str) -> Value {
        let system = format!("http://terminology.hl7.org/CodeSystem/{of}");
        let (code, display) = match (is_retracted(self.input.record), self.fact.is_reported()) {
            (true, _) => ("entered-in-error", "Entered in Error"),
            (false, true) => ("unconfirmed", "Unconfirmed"),
            (false, false) => ("confirmed", "Confirmed"),
        };
        concept(&system, code, display)
    }

    /// Says where it comes from: in words that it is only reported, or by the sentence's id.
    fn say_source(&self, object: &mut Value) {
        match self.fact.source {
            FactSource::Answer { .. } => set(object, "note", json!([{ "text": REPORTED }])),
            FactSource::Line { id, .. } => {
                let named = json!([{ "url": format!("{OWN}list-line-id"), "valueString": format!("l{id}") }]);
                set(object, "extension", named);
            }
            FactSource::Sentence { id } => {
                let named =
                    json!([{ "url": format!("{OWN}note-sentence-id"), "valueString": format!("s{id}") }]);
                set(object, "extension", named);
            }
        }
    }

    fn condition(&self, text: &str) -> Value {
        let reported = self.fact.is_reported();
        // "Have, or have had" is neither active nor resolved, so a reported one has no clinical status.
        let category = if reported {
            concept(
                "http://hl7.org/fhir/us/core/CodeSystem/condition-category",
                "health-concern",
                "Health Concern",
            )
        } else {
            concept(
                "http://terminology.hl7.org/CodeSystem/condition-category",
                "encounter-diagnosis",
                "Encounter Diagnosis",
            )
        };
        let mut object = resource(
            "Condition",
            json!({
                "identifier": [identifier(&self.url())],
                "verificationStatus": self.verification("condition-ver-status"),
                "category": [category],
                "code": self.coded(text),
                "subject": reference(&self.names.patient),
                "encounter": reference(&self.names.encounter),
                "recordedDate": instant(self.input.record.changed),
                "asserter": self.asserter(),
            }),
        );
        if !reported && !is_retracted(self.input.record) {
            let active =
                concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active");
            set(&mut object, "clinicalStatus", active);
        }
        let basis = self.basis();
        if !basis.is_null() {
            set(&mut object, "evidence", json!([{ "detail": basis }]));
        }
        self.say_source(&mut object);
        object
    }

    fn allergy(&self, code: Value) -> Value {
        let mut object = resource(
            "AllergyIntolerance",
            json!({
                "identifier": [identifier(&self.url())],
                "verificationStatus": self.verification("allergyintolerance-verification"),
                "code": code,
                "patient": reference(&self.names.patient),
                "encounter": reference(&self.names.encounter),
                "recordedDate": instant(self.input.record.changed),
                "asserter": self.asserter(),
            }),
        );
        // ait-2: what was entered in error has no clinical status.
        if !is_retracted(self.input.record) {
            let active = concept(
                "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                "active",
                "Active",
            );
            set(&mut object, "clinicalStatus", active);
        }
        self.say_source(&mut object);
        object
    }

    fn medication(&self, text: &str) -> Value {
        let mut object = resource(
            "MedicationStatement",
            json!({
                "identifier": [identifier(&self.url())],
                "status": if is_retracted(self.input.record) { "entered-in-error" } else { "active" },
                "medicationCodeableConcept": self.coded(text),
                "subject": reference(&self.names.patient),
                "context": reference(&self.names.encounter),
                "dateAsserted": instant(self.input.record.changed),
                "informationSource": self.asserter(),
            }),
        );
        let basis = self.basis();
        if !basis.is_null() {
            set(&mut object, "derivedFrom", basis);
        }
        self.say_source(&mut object);
        object
    }

    fn observation(
        &self,
        text: &str,
        value: &FactValue,
        called: Option<String>,
        class: MeasureClass,
    ) -> Option<Value> {
        let (category, display) = match class {
            MeasureClass::VitalSign => ("vital-signs", "Vital Signs"),
            MeasureClass::Survey => ("survey", "Survey"),
        };
        let mut object = resource(
            "Observation",
            json!({
                "identifier": [identifier(&self.url())],
                "status": if is_retracted(self.input.record) { "entered-in-error" } else { "final" },
                "category": [concept(
                    "http://terminology.hl7.org/CodeSystem/observation-category",
                    category,
                    display,
                )],
                "code": self.coded(text),
                "subject": reference(&self.names.patient),
                "encounter": reference(&self.names.encounter),
                "effectiveDateTime": instant(self.input.record.opened),
                "performer": [self.asserter()],
            }),
        );
        match value {
            FactValue::Number { value, unit } => {
                set(&mut object, "valueQuantity", quantity(*value, unit.as_deref())?);
            }
            FactValue::Choice(coding) => {
                let mut concept = json!({ "text": printable(&coding.display) });
                if let Some(system) = &coding.system {
                    set(
                        &mut concept,
                        "coding",
                        json!([{ "system": system, "code": printable(&coding.code) }]),
                    );
                }
                set(&mut object, "valueCodeableConcept", concept);
            }
            FactValue::Pressure { systolic, diastolic } => {
                let part = |code: &str, display: &str, value: u16| {
                    let value = quantity(f64::from(value), Some("mm[Hg]"))?;
                    Some(json!({ "code": concept(LOINC, code, display), "valueQuantity": value }))
                };
                let parts = [
                    part("8480-6", "Systolic blood pressure", *systolic)?,
                    part("8462-4", "Diastolic blood pressure", *diastolic)?,
                ];
                set(&mut object, "component", json!(parts));
            }
        }
        if let Some(called) = called {
            set(&mut object, "interpretation", json!([{ "text": called }]));
        }
        // An Observation is derived from the note as a document; the Composition is nothing that R4 allows there.
        let basis = if self.fact.is_reported() {
            self.basis()
        } else {
            self.input.note_text.map_or(Value::Null, |_| json!([reference(&self.names.document)]))
        };
        if !basis.is_null() {
            set(&mut object, "derivedFrom", basis);
        }
        self.say_source(&mut object);
        Some(object)
    }
}

fn quantity(value: f64, unit: Option<&str>) -> Option<Value> {
    // JSON has neither infinity nor NaN.
    let mut object = json!({ "value": value.is_finite().then(|| decimal(value))? });
    if let Some(unit) = unit {
        for (name, text) in [("unit", unit), ("system", UCUM), ("code", unit)] {
            set(&mut object, name, text.into());
        }
    }
    Some(object)
}

/// The value in words.
fn amount(value: &FactValue) -> Option<String> {
    Some(match value {
        FactValue::Number { value, unit } => {
            let unit = unit.as_deref().filter(|unit| !unit.starts_with('{')).unwrap_or_default();
            format!("{} {unit}", value.is_finite().then_some(value)?).trim_end().to_owned()
        }
        FactValue::Choice(coding) => Some(printable(&coding.display)).filter(|text| !text.is_empty())?,
        FactValue::Pressure { systolic, diastolic } => format!("{systolic}/{diastolic} mm[Hg]"),
    })
}
