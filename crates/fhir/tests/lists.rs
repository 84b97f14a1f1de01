//! The lines of signed lists as resources: what each says, and how sure.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[allow(dead_code, reason = "shared with the other tests")]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use bedside_fhir as fhir;
use domain::{
    Actor, AllergyScope, Amount, Coding, DeviceId, Digest, EncounterRecord, EventBody, FacilityId, ListItem,
    ListLine, MedicineState, Phi, Role, SentenceOrigin, Speaker, Standing, Timestamp, Who,
};
use serde_json::Value;
use support::{PERSON, Shape, record};

fn medicine(
    name: &str,
    dose: Option<(f64, &str)>,
    per_day: Option<f64>,
    state: Option<MedicineState>,
) -> ListItem {
    ListItem::Medicine {
        name: name.into(),
        dose: dose.map(|(value, unit)| Amount { value, unit: Some(unit.into()) }),
        often: per_day.map(|times| format!("{times} a day")),
        per_day,
        as_needed: state.is_none(),
        state,
        earlier: vec![Amount { value: 1.0, unit: None }],
    }
}

fn problem(text: &str, standing: Standing) -> ListItem {
    let relative = (standing == Standing::Family).then(|| "mother".to_owned());
    ListItem::Problem { text: text.into(), standing, relative, code: None }
}

/// A line of every kind, said by everybody, in every state.
fn lines() -> Vec<ListLine> {
    let vital = ListItem::Vital {
        code: Coding {
            system: Some("http://loinc.org".into()),
            code: "85354-9".into(),
            display: "Blood pressure panel with all children optional".into(),
        },
        value: 148.0,
        over: Some(92.0),
        unit: "mm[Hg]".into(),
    };
    let items = vec![
        medicine("metformin", Some((500.0, "mg")), Some(2.0), Some(MedicineState::Taking)),
        medicine("salbutamol", Some((2.0, "{puff}")), None, None),
        medicine("methotrexate", Some((7.5, "mg")), Some(0.14), Some(MedicineState::Stopped)),
        medicine("warfarin", None, None, Some(MedicineState::NotTaking)),
        medicine("amlodipine", Some((5.0, "spoonfuls")), Some(2.5), Some(MedicineState::Started)),
        medicine("levothyroxine", Some((75.0, "ug")), Some(1.0), Some(MedicineState::Changed)),
        ListItem::Allergy { substance: "penicillin".into(), reaction: Some("hives".into()), denied: false },
        ListItem::Allergy { substance: "latex".into(), reaction: None, denied: true },
        ListItem::NoAllergies { to: AllergyScope::Any },
        ListItem::NoAllergies { to: AllergyScope::Medicines },
        ListItem::NoAllergies { to: AllergyScope::Food },
        problem("headache", Standing::Present),
        problem("fever", Standing::Denied),
        problem("asthma", Standing::Past),
        problem("diabetes", Standing::Family),
        vital,
    ];
    let line = |(id, item): (usize, ListItem)| ListLine {
        id: u32::try_from(id).unwrap(),
        item: Phi::new(item),
        says: [Speaker::Patient, Speaker::Clinician, Speaker::Other, Speaker::Unknown][id % 4],
        evidence: if id % 5 == 4 { Vec::new() } else { vec![0, 1] },
        answers: if id % 3 == 0 { vec!["medicines".into()] } else { Vec::new() },
        origin: [SentenceOrigin::Drafted, SentenceOrigin::Edited, SentenceOrigin::Typed][(id / 4) % 3],
        found: None,
        dropped: false,
    };
    items.into_iter().enumerate().map(line).collect()
}

fn story(lines: Vec<ListLine>, signed: bool, retracted: bool) -> EncounterRecord {
    let mut record = record(Shape::Drafted, "I take metformin");
    let actor = Actor { who: Who::Device(DeviceId::from_bytes([3; 16])), role: Role::Clinician };
    let mut apply = |event| record.apply(&event, &actor, Timestamp::from_millis(1_700_000_900_000));
    apply(EventBody::ListsFound { lines });
    if signed {
        let digest = Digest([9; 32]);
        apply(EventBody::NoteSigned { by: PERSON, digest, confirmed: None, lists: Some(Digest([8; 32])) });
    }
    if retracted {
        apply(EventBody::EncounterRetracted { reason: "x".into() });
    }
    record
}

fn export(record: &EncounterRecord) -> String {
    let response = serde_json::json!({
        "resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "urn:x|1",
        "item": [{ "linkId": "medicines", "text": "Which?", "answer": [{ "valueString": "metformin" }] }],
    });
    let bundle = fhir::export(&fhir::ExportInput {
        record,
        facility: (FacilityId::from_bytes([6; 16]), "Clinic on the Hill"),
        site: None,
        people: &BTreeMap::from([(PERSON, "Ada Okafor".to_owned())]),
        questionnaire_response: Some(&response),
        facts: &[],
        unsupported: &BTreeSet::new(),
        note_text: Some("x"),
        pdf: None,
        flag_titles: &BTreeMap::new(),
        version: "0.1.0",
        generated: Timestamp::from_millis(1_700_001_000_000),
    });
    fhir::to_text(&bundle.unwrap())
}

fn of_kind(text: &str, kind: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(text).unwrap();
    let entries = bundle["entry"].as_array().unwrap();
    let all = entries.iter().map(|entry| entry["resource"].clone());
    all.filter(|made| made["resourceType"] == kind).collect()
}

const CLINICAL: [&str; 4] = ["Condition", "AllergyIntolerance", "MedicationStatement", "Observation"];

#[test]
fn every_signed_line_is_a_resource_that_says_no_more_than_was_said() {
    let text = export(&story(lines(), true, false));
    fhir::ReadBack::parse(&text).unwrap();
    if let Some(folder) = std::env::var_os("BEDSIDE_FHIR_OUT") {
        std::fs::write(std::path::Path::new(&folder).join("lists-every-line.json"), &text).unwrap();
    }
    assert_eq!(CLINICAL.map(|kind| of_kind(&text, kind).len()), [2, 4, 6, 1]);
    let status: Vec<_> = of_kind(&text, "MedicationStatement")
        .iter()
        .map(|made| made["status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(status, ["active", "unknown", "stopped", "not-taken", "intended", "active"]);
    let dosages: Vec<Value> =
        of_kind(&text, "MedicationStatement").iter().map(|made| made["dosage"][0].clone()).collect();
    assert_eq!(
        dosages[0]["timing"]["repeat"],
        serde_json::json!({ "frequency": 2, "period": 1, "periodUnit": "d" })
    );
    assert_eq!(dosages[1]["asNeededBoolean"], true);
    assert_eq!(dosages[2]["timing"]["repeat"]["periodUnit"], "wk");
    assert!(dosages[4]["timing"].is_null(), "two and a half a day does not come out even");
    assert!(dosages[4]["doseAndRate"][0]["doseQuantity"]["code"].is_null(), "a typed word is no code");
    for made in of_kind(&text, "AllergyIntolerance").iter().chain(&of_kind(&text, "Condition")) {
        let verified = made["verificationStatus"]["coding"][0]["code"].as_str().unwrap();
        assert!(["unconfirmed", "provisional"].contains(&verified), "{verified}");
    }
    let conditions = of_kind(&text, "Condition");
    assert_eq!(conditions[0]["code"]["text"], "headache");
    assert_eq!(conditions[1]["clinicalStatus"]["coding"][0]["code"], "inactive");
    let again = export(&story(lines(), true, false));
    assert_eq!(text, again);
}

#[test]
fn nothing_leaves_of_a_draft_nor_of_a_dropped_line() {
    let text = export(&story(lines(), false, false));
    assert_eq!(CLINICAL.map(|kind| of_kind(&text, kind).len()), [0; 4]);
    let dropped = lines().into_iter().map(|line| ListLine { dropped: true, ..line }).collect();
    let text = export(&story(dropped, true, false));
    assert_eq!(CLINICAL.map(|kind| of_kind(&text, kind).len()), [0; 4]);
}

#[test]
fn what_was_entered_in_error_says_so_in_every_line() {
    let text = export(&story(lines(), true, true));
    if let Some(folder) = std::env::var_os("BEDSIDE_FHIR_OUT") {
        std::fs::write(std::path::Path::new(&folder).join("lists-retracted.json"), &text).unwrap();
    }
    for made in of_kind(&text, "Condition").iter().chain(&of_kind(&text, "AllergyIntolerance")) {
        assert_eq!(made["verificationStatus"]["coding"][0]["code"], "entered-in-error");
        assert!(made.get("clinicalStatus").is_none());
    }
    for made in of_kind(&text, "MedicationStatement").iter().chain(&of_kind(&text, "Observation")) {
        assert_eq!(made["status"], "entered-in-error");
    }
}
