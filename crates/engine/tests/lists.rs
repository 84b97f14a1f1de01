//! The lists beside a note: found with the draft, changed by the clinician, frozen by the signature, and what of them leaves.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{
    Amount, EncounterId, EventBody, ExportFormat, Language, ListItem, ListLine, MedicineState, NoteState,
    Phi, Role, SentenceOrigin, Speaker, Standing,
};
use serde_json::Value;
use support::{Clinic, PASSWORD};

const VISIT: &str = "[doctor] What brings you in today?\n\
    [patient] I have had a headache for three days and my left knee hurts when I walk.\n\
    [doctor] Any fever?\n\
    [patient] No.\n\
    [doctor] Does anyone in your family have diabetes?\n\
    [patient] My mother has diabetes.\n\
    [doctor] What medicines do you take?\n\
    [patient] Metformin, five hundred milligrams, twice a day, and I stopped the warfarin.\n\
    [doctor] Are you allergic to anything?\n\
    [patient] Yes, penicillin. It gives me hives.\n\
    [doctor] Your blood pressure is 148 over 92. I would like to start you on amlodipine five milligrams once daily.\n";

/// An encounter with this visit and a draft.
fn drafted(clinic: &Clinic, clinician: &str) -> EncounterView {
    let open = OpenEncounter::of("Ann Ng", Language::english());
    let encounter = clinic.request::<method::EncountersOpen>(clinician, &open).unwrap().record.id;
    let transcript = AddTranscript { encounter, text: VISIT.into() };
    clinic.request::<method::TranscriptAdd>(clinician, &transcript).unwrap();
    clinic.request::<method::NoteDraft>(clinician, &DraftNote::by_rule(encounter, None)).unwrap()
}

fn line<'v>(view: &'v EncounterView, name: &str) -> &'v ListLine {
    view.record.lists.iter().find(|line| named(line.item.expose()) == name).expect(name)
}

fn named(item: &ListItem) -> &str {
    match item {
        ListItem::Medicine { name, .. } => name,
        ListItem::Allergy { substance, .. } => substance,
        ListItem::NoAllergies { .. } => "none",
        ListItem::Problem { text, .. } => text,
        ListItem::Vital { code, .. } => &code.code,
    }
}

fn change(
    clinic: &Clinic,
    clinician: &str,
    encounter: EncounterId,
    change: ListChange,
) -> Result<EncounterView, Error> {
    clinic.request::<method::ListsEdit>(clinician, &EditLists { encounter, change })
}

fn sign(clinic: &Clinic, clinician: &str, view: &EncounterView) -> EncounterView {
    let NoteState::Draft { revision, .. } = view.record.note else { panic!("no draft") };
    let confirmed = view.findings.iter().map(|finding| finding.sentence).collect();
    let sign = SignNote { encounter: view.record.id, revision, confirmed, password: PASSWORD.into() };
    clinic.request::<method::NoteSign>(clinician, &sign).unwrap()
}

fn exported(clinic: &Clinic, clinician: &str, encounter: EncounterId, format: ExportFormat) -> String {
    let file = clinic
        .request::<method::EncountersExport>(clinician, &ExportEncounter { encounter, format })
        .unwrap();
    file.content.expose().clone()
}

fn resources(bundle: &str, kind: &str) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(bundle).unwrap();
    let entries = bundle["entry"].as_array().unwrap().clone();
    entries
        .into_iter()
        .map(|entry| entry["resource"].clone())
        .filter(|made| made["resourceType"] == kind)
        .collect()
}

#[test]
fn a_draft_brings_lists_of_what_was_said_each_line_with_its_evidence() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = drafted(&clinic, &clinician);
    let metformin = line(&view, "metformin");
    let ListItem::Medicine { dose, often, per_day, state, .. } = metformin.item.expose() else {
        panic!("no medicine")
    };
    assert_eq!(*dose, Some(Amount { value: 500.0, unit: Some("mg".into()) }));
    assert_eq!(
        (often.as_deref(), *per_day, *state),
        (Some("twice a day"), Some(2.0), Some(MedicineState::Taking))
    );
    assert_eq!((metformin.says, metformin.evidence.as_slice()), (Speaker::Patient, [7].as_slice()));
    let state = |name: &str| match line(&view, name).item.expose() {
        ListItem::Medicine { state, .. } => *state,
        _ => None,
    };
    assert_eq!(state("warfarin"), Some(MedicineState::Stopped));
    assert_eq!(state("amlodipine"), Some(MedicineState::Started));
    let ListItem::Allergy { reaction, denied, .. } = line(&view, "penicillin").item.expose() else {
        panic!("no allergy")
    };
    assert_eq!((reaction.as_deref(), *denied), (Some("hives"), false));
    let standing = |name: &str| match line(&view, name).item.expose() {
        ListItem::Problem { standing, relative, .. } => (*standing, relative.clone()),
        _ => panic!("no problem"),
    };
    assert_eq!(standing("headache"), (Standing::Present, None));
    assert_eq!(standing("left knee hurts"), (Standing::Present, None));
    assert_eq!(standing("fever"), (Standing::Denied, None));
    assert_eq!(line(&view, "fever").evidence, [2, 3]);
    assert_eq!(standing("diabetes"), (Standing::Family, Some("mother".into())));
    let ListItem::Vital { value, over, unit, .. } = line(&view, "85354-9").item.expose() else {
        panic!("no sign")
    };
    assert_eq!((*value, *over, unit.as_str()), (148.0, Some(92.0), "mm[Hg]"));
    assert!(view.record.lists.iter().all(|line| line.origin == SentenceOrigin::Drafted && !line.dropped));
}

#[test]
fn no_edit_changes_signed_lists_and_the_signature_names_their_digest() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = drafted(&clinic, &clinician);
    let encounter = view.record.id;
    let headache = line(&view, "headache").id;
    let view = change(&clinic, &clinician, encounter, ListChange::Drop { line: headache }).unwrap();
    assert!(line(&view, "headache").dropped);
    let signed = sign(&clinic, &clinician, &view);
    let NoteState::Signed { signature, .. } = &signed.record.note else { panic!("not signed") };
    assert_eq!(signature.lists, Some(seal::lists_digest(&signed.record.lists).unwrap()));
    let refused = change(&clinic, &clinician, encounter, ListChange::Keep { line: headache });
    assert!(matches!(refused, Err(Error::NoteSigned)));
    // Not even an event in the log does: the record does not show it.
    let mut record = signed.record.clone();
    let actor = domain::Actor {
        who: domain::Who::Device(domain::DeviceId::from_bytes([3; 16])),
        role: Role::Clinician,
    };
    for event in [EventBody::ListsEdited { lines: Vec::new() }, EventBody::ListsFound { lines: Vec::new() }] {
        record.apply(&event, &actor, record.changed);
        assert_eq!(record, signed.record);
    }
}

#[test]
fn a_corrected_line_stays_corrected_and_a_dropped_one_dropped_when_the_note_is_drafted_again() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = drafted(&clinic, &clinician);
    let encounter = view.record.id;
    let metformin = line(&view, "metformin").clone();
    let ListItem::Medicine { name, often, per_day, as_needed, state, earlier, .. } =
        metformin.item.expose().clone()
    else {
        panic!("no medicine")
    };
    let dose = Some(Amount { value: 850.0, unit: Some("mg".into()) });
    let item = Phi::new(ListItem::Medicine { name, dose, often, per_day, as_needed, state, earlier });
    let correct = ListChange::Correct { line: metformin.id, item: item.clone() };
    let view = change(&clinic, &clinician, encounter, correct).unwrap();
    let corrected = line(&view, "metformin");
    assert_eq!((corrected.origin, &corrected.item), (SentenceOrigin::Edited, &item));
    assert_eq!(corrected.found.as_ref(), Some(&metformin.item));
    let fever = line(&view, "fever").id;
    change(&clinic, &clinician, encounter, ListChange::Drop { line: fever }).unwrap();
    let gout =
        ListItem::Problem { text: " gout ".into(), standing: Standing::Present, relative: None, code: None };
    let view = change(&clinic, &clinician, encounter, ListChange::Add { item: gout.into() }).unwrap();
    assert_eq!(line(&view, "gout").origin, SentenceOrigin::Typed);
    let NoteState::Draft { revision, .. } = view.record.note else { panic!("no draft") };
    let again = DraftNote::by_rule(encounter, Some(revision));
    let again = clinic.request::<method::NoteDraft>(&clinician, &again).unwrap();
    assert_eq!(line(&again, "metformin"), line(&view, "metformin"));
    assert_eq!(line(&again, "gout"), line(&view, "gout"));
    assert!(line(&again, "fever").dropped);
    // Put back to what was found, it is found again.
    let back = ListChange::Correct { line: metformin.id, item: metformin.item.clone() };
    let view = change(&clinic, &clinician, encounter, back).unwrap();
    assert_eq!(*line(&view, "metformin"), metformin);
}

#[test]
fn a_line_without_words_of_another_kind_or_that_is_not_there_is_refused() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = drafted(&clinic, &clinician);
    let encounter = view.record.id;
    let problem = |text: &str| {
        Phi::new(ListItem::Problem {
            text: text.into(),
            standing: Standing::Present,
            relative: None,
            code: None,
        })
    };
    let metformin = line(&view, "metformin").id;
    let refused = |wanted| change(&clinic, &clinician, encounter, wanted).unwrap_err();
    assert!(matches!(refused(ListChange::Add { item: problem(" ") }), Error::FieldEmpty { field: "text" }));
    assert!(matches!(refused(ListChange::Drop { line: 999 }), Error::NotFound { what: "line" }));
    let other = ListChange::Correct { line: metformin, item: problem("gout") };
    assert!(matches!(refused(other), Error::RequestInvalid { .. }));
    let long = ListChange::Add { item: problem(&"x".repeat(400)) };
    assert!(matches!(refused(long), Error::RequestInvalid { .. }));
}

#[test]
fn what_leaves_is_what_was_signed_and_nothing_that_was_dropped_denied_or_a_relatives() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = drafted(&clinic, &clinician);
    let encounter = view.record.id;
    let draft = exported(&clinic, &clinician, encounter, ExportFormat::Fhir);
    assert!(resources(&draft, "Condition").is_empty() && resources(&draft, "MedicationStatement").is_empty());
    let knee = line(&view, "left knee hurts").id;
    let view = change(&clinic, &clinician, encounter, ListChange::Drop { line: knee }).unwrap();
    sign(&clinic, &clinician, &view);
    let bundle = exported(&clinic, &clinician, encounter, ExportFormat::Fhir);
    if let Some(folder) = std::env::var_os("BEDSIDE_FHIR_OUT") {
        std::fs::write(std::path::Path::new(&folder).join("lists-signed.json"), &bundle).unwrap();
    }
    let conditions = resources(&bundle, "Condition");
    let texts: Vec<_> = conditions.iter().map(|made| made["code"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["headache"], "not the knee, the fever or the mother's diabetes");
    assert_eq!(conditions[0]["verificationStatus"]["coding"][0]["code"], "unconfirmed");
    assert_eq!(conditions[0]["clinicalStatus"]["coding"][0]["code"], "active");
    let medicines = resources(&bundle, "MedicationStatement");
    let told: Vec<_> = medicines
        .iter()
        .map(|made| {
            (made["medicationCodeableConcept"]["text"].as_str().unwrap(), made["status"].as_str().unwrap())
        })
        .collect();
    assert_eq!(told, [("metformin", "active"), ("warfarin", "stopped"), ("amlodipine", "intended")]);
    let dosage = &medicines[0]["dosage"][0];
    assert_eq!(dosage["doseAndRate"][0]["doseQuantity"]["value"], 500);
    assert_eq!(dosage["timing"]["repeat"]["frequency"], 2);
    assert_eq!(dosage["text"], "500 mg, twice a day");
    let allergies = resources(&bundle, "AllergyIntolerance");
    assert_eq!(allergies.len(), 1);
    assert_eq!(allergies[0]["reaction"][0]["manifestation"][0]["text"], "hives");
    let signs = resources(&bundle, "Observation");
    assert_eq!(signs.len(), 1, "what the note states and the lists have too is one");
    assert_eq!(signs[0]["component"][0]["valueQuantity"]["value"], 148);
    let page = exported(&clinic, &clinician, encounter, ExportFormat::Csv);
    assert!(page.contains("metformin 500 mg, twice a day") && !page.contains("\"medicine\",\"warfarin"));
}

#[test]
fn what_the_patient_answered_and_said_is_one_line() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.take_intake(&kiosk);
    let clinician = clinic.sign_in(Role::Clinician);
    let transcript = AddTranscript { encounter, text: VISIT.into() };
    clinic.request::<method::TranscriptAdd>(&clinician, &transcript).unwrap();
    let view = clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)).unwrap();
    let penicillin: Vec<_> =
        view.record.lists.iter().filter(|line| named(line.item.expose()).contains("enicillin")).collect();
    assert_eq!(
        penicillin.len(),
        1,
        "{:?}",
        view.record.lists.iter().map(|line| named(line.item.expose())).collect::<Vec<_>>()
    );
    assert!(!penicillin[0].answers.is_empty() && !penicillin[0].evidence.is_empty());
}
