//! What comes from a file: nothing is recorded that the file does not say.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::collections::BTreeMap;

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{EncounterOrigin, EncounterStatus, ExportFormat, Language, Role};
use support::Clinic;

fn export(clinic: &Clinic, token: &str, view: &EncounterView) -> serde_json::Value {
    let request = ExportEncounter { encounter: view.record.id, format: ExportFormat::Fhir };
    let file = clinic.request::<method::EncountersExport>(token, &request).unwrap();
    let read = fhir::ReadBack::parse(file.content.expose()).unwrap();
    assert_eq!(read.patient.is_some(), view.record.patient.name.is_some());
    serde_json::from_str(file.content.expose()).unwrap()
}

fn resource<'v>(bundle: &'v serde_json::Value, kind: &str) -> &'v serde_json::Value {
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    resources.into_iter().find(|resource| resource["resourceType"] == kind).unwrap()
}

#[test]
fn an_imported_visit_without_a_name_stays_without_one_and_is_not_verified() {
    let clinic = Clinic::new();
    let token = clinic.sign_in(Role::Clinician);
    let import = ImportEncounter { patient: None, language: Language::new("es"), intake: None };
    let view = clinic.request::<method::EncountersImport>(&token, &import).unwrap();
    let encounter = view.record.id;
    let text = "[patient] No es nada grave. Tengo dolor en el pecho desde ayer.".into();
    let view = clinic.request::<method::TranscriptAdd>(&token, &AddTranscript { encounter, text }).unwrap();
    assert_eq!(view.record.origin, EncounterOrigin::Import);
    assert_eq!(view.record.language.tag(), "es");
    assert_eq!(view.record.patient.name, None);
    assert!(!view.record.patient.verified);
    assert!(view.record.consents.is_empty() && view.record.declined.is_empty(), "nobody was asked");
    assert!(!view.record.flags.is_empty(), "the rules of the visit's language were used");
    let list = clinic.request::<method::EncountersList>(&token, &ListEncounters::default()).unwrap();
    assert!(list[0].patient.is_none() && !list[0].verified);
    let bundle = export(&clinic, &token, &view);
    let patient = resource(&bundle, "Patient");
    assert!(patient.get("name").is_none(), "{patient}");
    assert_eq!(patient["identifier"][0]["use"], "temp");
}

#[test]
fn an_imported_intake_has_its_answers_its_alarms_and_how_far_it_went() {
    let clinic = Clinic::new();
    let token = clinic.sign_in(Role::Clinician);
    let questionnaire = intake::Questionnaire::from_json(support::GENERAL_VISIT).unwrap();
    let answers: BTreeMap<_, _> = intake::answers::from_json(support::ANSWERS, &questionnaire)
        .unwrap()
        .into_iter()
        .map(|(link_id, answer)| (link_id, answer.into()))
        .collect();
    let import = |answers, name: Option<&str>| ImportEncounter {
        patient: name.map(|name| ImportedPatient { name: name.into(), birth_date: None }),
        language: Language::english(),
        intake: Some(ImportedIntake { protocol: questionnaire.canonical(), answers }),
    };
    let whole = import(answers.clone(), Some("Ada Marlowe"));
    let view = clinic.request::<method::EncountersImport>(&token, &whole).unwrap();
    assert_eq!(view.record.status, EncounterStatus::Waiting);
    assert_eq!(view.record.patient.name.as_ref().unwrap().expose(), "Ada Marlowe");
    assert!(!view.record.patient.verified);
    assert!(!view.record.flags.is_empty());
    assert!(view.intake.iter().any(|line| line.answer.is_some()));
    let bundle = export(&clinic, &token, &view);
    assert_eq!(resource(&bundle, "Patient")["name"][0]["text"], "Ada Marlowe");

    let begun: BTreeMap<_, _> = answers.into_iter().take(2).collect();
    let view = clinic.request::<method::EncountersImport>(&token, &import(begun, None)).unwrap();
    assert_eq!(view.record.status, EncounterStatus::Partial);
    assert_eq!(resource(&export(&clinic, &token, &view), "QuestionnaireResponse")["status"], "in-progress");
    let empty_name = import(BTreeMap::new(), Some("  "));
    assert!(clinic.request::<method::EncountersImport>(&token, &empty_name).is_err());
}
