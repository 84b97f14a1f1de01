//! Bundles of every shape: drafted, signed, amended, retracted, bare.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use bedside_fhir as fhir;
use domain::{
    Actor, Coded, DeviceId, Digest, ErrorCode, FacilityId, Fact, FactKind, FactSource, FactValue,
    MeasureClass, Phi, Role, SentenceOrigin, Timestamp, Who,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{PERSON, SHAPES, Shape, record};

fn response() -> Value {
    json!({
        "resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "urn:x|1",
        "item": [{ "linkId": "reason", "text": "Why?", "answer": [{ "valueString": "cough" }] }],
    })
}

/// One fact of every kind, from an answer or from sentence 1 of the note.
fn facts(words: &str, source: &FactSource) -> Vec<Fact> {
    let fact = |kind, code: Option<(&str, &str)>| Fact {
        kind,
        text: words.into(),
        code: code.map(|(system, code)| domain::Coding {
            system: Some(system.to_owned()),
            code: code.to_owned(),
            display: words.to_owned(),
        }),
        source: source.clone(),
    };
    let measure = |value, called: Option<&str>, class| FactKind::Measure {
        value: Phi::new(value),
        called: called.map(str::to_owned),
        class,
    };
    let number = |value, unit: Option<&str>| FactValue::Number { value, unit: unit.map(str::to_owned) };
    let choice = domain::Coding { system: None, code: "LA1".into(), display: words.to_owned() };
    vec![
        fact(FactKind::Reason, None),
        fact(FactKind::Medicine, None),
        fact(FactKind::Allergy, None),
        fact(FactKind::NoAllergies, None),
        fact(FactKind::Problem, Some(("urn:bedside:intake", "diabetes"))),
        fact(
            measure(number(38.5, Some("Cel")), None, MeasureClass::VitalSign),
            Some(("http://loinc.org", "8310-5")),
        ),
        fact(
            measure(number(12.0, Some("{score}")), Some("Moderate"), MeasureClass::Survey),
            Some(("http://loinc.org", "44261-6")),
        ),
        fact(
            measure(FactValue::Choice(choice), None, MeasureClass::Survey),
            Some(("http://loinc.org", "44250-9")),
        ),
        fact(
            measure(FactValue::Pressure { systolic: 128, diastolic: 82 }, None, MeasureClass::VitalSign),
            Some(("http://loinc.org", "85354-9")),
        ),
        fact(measure(number(f64::NAN, None), None, MeasureClass::Survey), None),
    ]
}

const ANSWERED: FactSource = FactSource::Answer { link_id: String::new() };
const SAID: FactSource = FactSource::Sentence { id: 1 };

fn export(shape: Shape, words: &str, response: Option<&Value>) -> Result<String, fhir::Error> {
    let mut all = facts(words, &ANSWERED);
    all.extend(facts(words, &SAID));
    export_with(shape, words, response, &all, &BTreeSet::new())
}

fn export_with(
    shape: Shape,
    words: &str,
    response: Option<&Value>,
    facts: &[Fact],
    unsupported: &BTreeSet<u32>,
) -> Result<String, fhir::Error> {
    let record = record(shape, words);
    let people = BTreeMap::from([(PERSON, "Dr. O'Hara & <co>".to_owned())]);
    let flag_titles = BTreeMap::from([("chest-pain".to_owned(), "Chest pain".to_owned())]);
    let input = fhir::ExportInput {
        record: &record,
        facility: (FacilityId::from_bytes([6; 16]), "Clinic on the Hill"),
        site: Some("North"),
        people: &people,
        questionnaire_response: response,
        facts: if shape >= Shape::Intake { facts } else { &[] },
        unsupported,
        note_text: (shape >= Shape::Drafted).then_some(words).filter(|words| !words.is_empty()),
        pdf: (shape >= Shape::Signed).then_some(b"%PDF-1.7"),
        flag_titles: &flag_titles,
        version: "0.1.0",
        generated: Timestamp::from_millis(1_700_001_000_000),
    };
    fhir::export(&input).map(|bundle| fhir::to_text(&bundle))
}

#[test]
fn every_shape_of_encounter_is_a_valid_bundle_and_reads_back() {
    // A folder to leave the bundles in, for the full validators (validate/README.md).
    let folder = std::env::var_os("BEDSIDE_FHIR_OUT").map(std::path::PathBuf::from);
    for shape in SHAPES {
        for response in [None, Some(response())] {
            let words = "Ann \u{201c}Q\u{201d} <b>Ng</b> & son's 20 mg \u{1f600}";
            let text = export(shape, words, response.as_ref()).unwrap();
            let read = fhir::ReadBack::parse(&text).unwrap();
            let status = match shape {
                Shape::Bare | Shape::Intake | Shape::Drafted => "preliminary",
                Shape::Signed => "final",
                Shape::Amended => "amended",
                Shape::Retracted => "entered-in-error",
            };
            assert_eq!(read.status, status);
            assert_eq!(read.patient.is_some(), shape >= Shape::Intake);
            if shape >= Shape::Drafted {
                assert_eq!(read.sections[0].id, "subjective");
                assert_eq!(read.sections[0].sentences[0].text.expose(), words);
                assert_eq!(read.sections[0].sentences[0].evidence, [0, 1]);
                assert_eq!(read.sections[0].sentences[1].origin, Some(SentenceOrigin::Typed));
                assert!(read.transcript.unwrap().expose().contains("1 [patient] Ann"));
            }
            if shape >= Shape::Amended {
                assert_eq!(read.sections[2].id, "addendum");
                assert_eq!(read.sections[2].sentences[0].text.expose(), words);
                assert_eq!(read.practitioners, ["Dr. O'Hara & <co>"]);
            }
            if shape >= Shape::Intake {
                assert_eq!(read.flags, ["chest-pain", "chest-pain"]);
                let consents = [("intake", true), ("recording", true), ("contact", false)];
                assert_eq!(read.consents, consents.map(|(code, given)| (code.to_owned(), given)));
            }
            if let Some(folder) = &folder {
                let name =
                    format!("shape-{shape:?}-{}.json", if response.is_some() { "intake" } else { "bare" });
                std::fs::write(folder.join(name), text).unwrap();
            }
        }
    }
}

/// The resources of one kind.
fn of_kind(text: &str, kind: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(text).unwrap();
    let entries = bundle["entry"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry["resource"].clone())
        .filter(|made| made["resourceType"] == kind)
        .collect()
}

const CLINICAL: [&str; 4] = ["Condition", "AllergyIntolerance", "MedicationStatement", "Observation"];

#[test]
fn what_a_patient_reports_is_unconfirmed_and_says_so() {
    let facts = facts("x", &ANSWERED);
    for shape in [Shape::Intake, Shape::Signed] {
        let text = export_with(shape, "x", Some(&response()), &facts, &BTreeSet::new()).unwrap();
        for kind in ["Condition", "AllergyIntolerance"] {
            for resource in of_kind(&text, kind) {
                assert_eq!(resource["verificationStatus"]["coding"][0]["code"], "unconfirmed");
            }
        }
        let counts = CLINICAL.map(|kind| of_kind(&text, kind).len());
        assert_eq!(counts, [1, 2, 1, 4], "what is no number is no observation");
        for resource in CLINICAL.iter().flat_map(|kind| of_kind(&text, kind)) {
            assert!(resource["note"][0]["text"].as_str().unwrap().starts_with("Reported by the patient"));
        }
        assert_eq!(of_kind(&text, "Encounter")[0]["reasonCode"][0]["text"], "x");
    }
}

#[test]
fn a_draft_and_a_sentence_that_its_evidence_does_not_support_become_no_clinical_resource() {
    let facts = facts("x", &SAID);
    let made = |shape, unsupported: &[u32]| {
        let unsupported = unsupported.iter().copied().collect();
        let text = export_with(shape, "x", None, &facts, &unsupported).unwrap();
        CLINICAL.map(|kind| of_kind(&text, kind).len())
    };
    assert_eq!(made(Shape::Intake, &[]), [0; 4]);
    assert_eq!(made(Shape::Drafted, &[]), [0; 4], "nobody has signed it");
    assert_eq!(made(Shape::Signed, &[1]), [0; 4], "the checker found fault with it");
    assert_eq!(made(Shape::Signed, &[0]), [1, 2, 1, 4]);
    let elsewhere: Vec<_> =
        facts.iter().cloned().map(|fact| Fact { source: FactSource::Sentence { id: 99 }, ..fact }).collect();
    let text = export_with(Shape::Signed, "x", None, &elsewhere, &BTreeSet::new()).unwrap();
    assert_eq!(CLINICAL.map(|kind| of_kind(&text, kind).len()), [0; 4], "the note has no such sentence");
    let text = export_with(Shape::Retracted, "x", None, &facts, &BTreeSet::new()).unwrap();
    for resource in of_kind(&text, "Condition").iter().chain(&of_kind(&text, "AllergyIntolerance")) {
        assert_eq!(resource["verificationStatus"]["coding"][0]["code"], "entered-in-error");
        assert!(resource.get("clinicalStatus").is_none());
    }
}

#[test]
fn the_drafter_is_a_device_and_the_signer_a_practitioner() {
    let text = export(Shape::Amended, "x", None).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    let kind_of = |url: &Value| {
        let entries = bundle["entry"].as_array().unwrap();
        let found = entries.iter().find(|entry| entry["fullUrl"] == *url).unwrap();
        found["resource"]["resourceType"].as_str().unwrap().to_owned()
    };
    let provenances = of_kind(&text, "Provenance");
    let agents: Vec<Vec<_>> = provenances
        .iter()
        .map(|made| {
            made["agent"].as_array().unwrap().iter().map(|a| kind_of(&a["who"]["reference"])).collect()
        })
        .collect();
    assert_eq!(agents, [vec!["Device"], vec!["Practitioner", "Practitioner"]]);
    assert_eq!(kind_of(&provenances[0]["entity"][0]["what"]["reference"]), "DocumentReference");
    assert!(of_kind(&export(Shape::Intake, "x", None).unwrap(), "Provenance").is_empty());
}

#[test]
fn the_note_is_a_us_core_document_of_text_and_pdf() {
    let documents = |shape| of_kind(&export(shape, "x", None).unwrap(), "DocumentReference");
    let note = &documents(Shape::Amended)[0];
    let types: Vec<_> =
        note["content"].as_array().unwrap().iter().map(|c| c["attachment"]["contentType"].clone()).collect();
    assert_eq!(types, ["text/plain; charset=utf-8", "application/pdf"]);
    assert_eq!(note["docStatus"], "amended");
    assert_eq!(note["type"]["coding"][0]["code"], "11506-3");
    for part in
        ["/type", "/category", "/subject", "/content/0/attachment/contentType", "/content/0/attachment/data"]
    {
        let mut bad = note.clone();
        let (parent, name) = part.rsplit_once('/').unwrap();
        bad.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        assert!(fhir::check(&bad).is_err(), "US Core requires {part}");
    }
    assert_eq!(documents(Shape::Drafted)[0]["content"].as_array().unwrap().len(), 1);
    assert_eq!(documents(Shape::Retracted)[0]["status"], "entered-in-error");
}

#[test]
fn the_audit_trail_is_a_collection_of_audit_events() {
    let device = DeviceId::from_bytes([3; 16]);
    let line = |sequence, action, object, outcome| fhir::AuditLine {
        sequence,
        at: Timestamp::from_millis(1_700_000_000_000),
        device,
        actor: Actor { who: Who::Person(PERSON), role: Role::Clinician },
        name: Some("Dr. O'Hara & <co>"),
        action,
        object,
        outcome,
        digest: Digest([9; 32]),
    };
    let encounter = "encounter:02020202-0202-0202-0202-020202020202";
    let lines = [
        line(0, "session.sign-in", Some("vault"), "allowed"),
        line(1, "encounters.export", Some(encounter), "allowed"),
        line(2, "note.sign", Some(encounter), "refused:access.forbidden"),
        line(3, "people.create", Some("person:07070707-0707-0707-0707-070707070707"), "allowed"),
        line(4, "models.fetch", Some("model:whisper-base"), "failed:model.missing"),
        fhir::AuditLine {
            name: None,
            actor: Actor { who: Who::Device(device), role: Role::Kiosk },
            ..line(5, "app.start", None, "allowed")
        },
    ];
    let facility = (FacilityId::from_bytes([6; 16]), "Clinic on the Hill");
    let made = fhir::audit_events(&lines, facility, Timestamp::from_millis(1_700_001_000_000));
    let text = fhir::to_text(&made);
    let events = of_kind(&text, "AuditEvent");
    assert_eq!(events.len(), lines.len());
    for event in &events {
        assert_eq!(fhir::check(event), Ok(()));
    }
    assert_eq!(events[1]["type"]["code"], "110106");
    assert_eq!(events[2]["outcome"], "4");
    if let Some(folder) = std::env::var_os("BEDSIDE_FHIR_OUT") {
        std::fs::write(std::path::PathBuf::from(folder).join("audit.json"), text).unwrap();
    }
    let none = fhir::audit_events(&[], facility, Timestamp::from_millis(0));
    assert_eq!(fhir::check(&none), Ok(()));
}

#[test]
fn the_same_encounter_gives_the_same_bytes() {
    assert_eq!(export(Shape::Amended, "x", None), export(Shape::Amended, "x", None));
}

#[test]
fn a_response_that_is_none_is_refused_by_its_place() {
    let wrong = json!({ "resourceType": "QuestionnaireResponse", "item": [{ "linkId": "a" }] });
    let error = export(Shape::Signed, "x", Some(&wrong)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::FhirInvalid);
    assert_eq!(
        error,
        fhir::Error::Invalid {
            path: "QuestionnaireResponse.status".into(),
            problem: "it is required and missing",
        }
    );
    assert!(export(Shape::Signed, "x", Some(&json!({ "resourceType": "Patient" }))).is_err());
}

/// A change that makes a valid bundle invalid, and where the check must say so.
type Fault = (&'static str, fn(&mut Value), &'static str);

#[test]
fn what_is_wrong_with_a_bundle_is_said_by_its_place() {
    let faults: [Fault; 9] = [
        ("/type", |value| *value = json!("collection"), "Bundle.type"),
        ("/identifier", |value| *value = json!({ "value": "x" }), "Bundle.identifier.system"),
        ("/timestamp", |value| *value = json!("2023-11-14"), "Bundle.timestamp"),
        ("/entry/0/resource/status", |value| *value = json!("done"), "Bundle.entry[0].resource.status"),
        ("/entry/0/resource/date", |value| *value = json!("14/11/2023"), "Bundle.entry[0].resource.date"),
        ("/entry/0/resource/title", |value| *value = json!(" "), "Bundle.entry[0].resource.title"),
        (
            "/entry/0/resource/subject/reference",
            |value| *value = json!("urn:uuid:00000000-0000-0000-0000-000000000000"),
            "Bundle.entry[0].resource.subject.reference",
        ),
        (
            "/entry/1/fullUrl",
            |value| *value = json!("urn:uuid:02020202-0202-0202-0202-020202020202"),
            "Bundle.entry[2].fullUrl",
        ),
        (
            "/entry/0/resource/section/0/text",
            |value| *value = json!([]),
            "Bundle.entry[0].resource.section[0].text",
        ),
    ];
    let good: Value = serde_json::from_str(&export(Shape::Signed, "x", None).unwrap()).unwrap();
    for (pointer, change, place) in faults {
        let mut bad = good.clone();
        change(bad.pointer_mut(pointer).unwrap());
        let error = fhir::ReadBack::parse(&bad.to_string()).unwrap_err();
        let fhir::Error::Invalid { path, .. } = &error else { panic!("{error}") };
        assert_eq!(path, place, "{pointer}");
    }
    let mut bad = good;
    bad["entry"].as_array_mut().unwrap().swap(0, 1);
    assert!(fhir::check_bundle(&bad).is_err());
    assert_eq!(fhir::ReadBack::parse("{").unwrap_err(), fhir::Error::NotJson { line: 1 });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_make_a_valid_bundle(words in any::<String>(), shape in 0..SHAPES.len()) {
        let text = export(SHAPES[shape], &words, Some(&response())).unwrap();
        prop_assert!(fhir::ReadBack::parse(&text).is_ok(), "{text}");
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = fhir::ReadBack::parse(&text);
    }

    #[test]
    fn any_bundle_with_a_part_missing_is_read_or_refused(seed in any::<u64>()) {
        let good: Value = serde_json::from_str(&export(Shape::Amended, "x", Some(&response())).unwrap()).unwrap();
        let mut seed = seed;
        let bad = mutilated(&good, &mut seed);
        let _ = fhir::ReadBack::parse(&bad.to_string());
    }
}

/// The value with a few of its parts gone or of another type.
fn mutilated(value: &Value, seed: &mut u64) -> Value {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    match (*seed >> 33) % 60 {
        0 => Value::Null,
        1 => json!("x"),
        2 => json!([]),
        3 => json!({}),
        _ => match value {
            Value::Array(list) => list.iter().map(|value| mutilated(value, seed)).collect(),
            Value::Object(object) => {
                object.iter().map(|(name, value)| (name.clone(), mutilated(value, seed))).collect()
            }
            value => value.clone(),
        },
    }
}
