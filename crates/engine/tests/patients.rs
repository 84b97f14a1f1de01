//! Whose visit it is, a patient's visits, and what was entered in error.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{EncounterId, EncounterStatus, ErrorCode, ExportFormat, Language, NoteState, PatientId, Role};
use support::{Clinic, PASSWORD, TRANSCRIPT};

const BORN: &str = "1951-03-02";

fn open(clinic: &Clinic, token: &str, name: &str, birth: Option<&str>) -> EncounterView {
    let open = OpenEncounter {
        birth_date: birth.map(|date| date.parse::<domain::PartialDate>().unwrap().into()),
        ..OpenEncounter::of(name, Language::english())
    };
    clinic.request::<method::EncountersOpen>(token, &open).unwrap()
}

fn confirm(
    clinic: &Clinic,
    token: &str,
    encounter: EncounterId,
    patient: Option<PatientId>,
    number: Option<&str>,
) -> Result<EncounterLine, Error> {
    let request = ConfirmPatient {
        encounter,
        patient,
        name: "María López".into(),
        birth_date: Some(BORN.parse::<domain::PartialDate>().unwrap().into()),
        record_number: number.map(Into::into),
    };
    clinic.request::<method::PatientsConfirm>(token, &request)
}

fn find(clinic: &Clinic, token: &str, text: &str) -> Vec<PatientLine> {
    clinic.request::<method::PatientsFind>(token, &FindPatients { text: text.into() }).unwrap()
}

fn show(clinic: &Clinic, token: &str, patient: PatientId) -> PatientView {
    clinic.request::<method::PatientsShow>(token, &PatientOf { patient }).unwrap()
}

#[test]
fn a_visit_at_the_kiosk_joins_the_patient_whom_the_front_desk_recognises_and_no_other() {
    let clinic = Clinic::new();
    let (desk, clinician) = (clinic.sign_in(Role::FrontDesk), clinic.sign_in(Role::Clinician));
    let before = open(&clinic, &clinician, "María López", Some(BORN));
    let known = before.record.patient.id;
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.take_intake(&kiosk);
    assert!(find(&clinic, &desk, "marlowe").is_empty(), "nobody is known by what the kiosk was told");

    let alike = AlikePatients { name: "maria lopez garcia".into(), birth_date: None };
    let alike = clinic.request::<method::PatientsAlike>(&desk, &alike).unwrap();
    assert_eq!(
        alike.iter().map(|one| (one.patient.id, one.likeness)).collect::<Vec<_>>(),
        [(known, Likeness::Name)]
    );

    let line = confirm(&clinic, &desk, encounter, Some(known), Some(" 4711 ")).unwrap();
    assert!(line.verified && line.patient_id == known);
    let patient = show(&clinic, &desk, known);
    assert_eq!(
        patient.visits.iter().map(|visit| visit.id).collect::<Vec<_>>(),
        [encounter, before.record.id]
    );
    assert_eq!(patient.patient.record_number.unwrap().expose(), "4711");
    assert_eq!(find(&clinic, &desk, "471").len(), 1, "by the beginning of the record number");
    assert_eq!(find(&clinic, &desk, "LOPEZ mar").len(), 1, "by the words of the name, without accents");

    // It was somebody else after all: a patient of their own, and the first one keeps one visit.
    let other = confirm(&clinic, &clinician, encounter, None, None).unwrap();
    assert_ne!(other.patient_id, known);
    assert_eq!(show(&clinic, &desk, known).patient.visits, 1);
    let unknown = PatientId::from_bytes([9; 16]);
    let error = confirm(&clinic, &desk, encounter, Some(unknown), None).unwrap_err();
    assert_eq!(domain::Coded::code(&error), ErrorCode::NotFound);
}

#[test]
fn nobody_is_confirmed_while_the_patient_has_the_kiosk_nor_by_the_front_desk_once_it_is_signed() {
    let clinic = Clinic::new();
    let (desk, clinician) = (clinic.sign_in(Role::FrontDesk), clinic.sign_in(Role::Clinician));
    let kiosk = clinic.sign_in(Role::Kiosk);
    let under_way = clinic.begin_intake(&kiosk).encounter;
    let code = |error: Error| domain::Coded::code(&error);
    assert_eq!(code(confirm(&clinic, &desk, under_way, None, None).unwrap_err()), ErrorCode::WrongState);

    let view = clinic.drafted(&clinician);
    let encounter = view.record.id;
    let NoteState::Draft { revision, .. } = view.record.note else { panic!("no draft") };
    let sign = SignNote { encounter, revision, password: PASSWORD.into(), confirmed: Vec::new() };
    let signed = clinic.request::<method::NoteSign>(&clinician, &sign).unwrap();
    assert_eq!(code(confirm(&clinic, &desk, encounter, None, None).unwrap_err()), ErrorCode::NoteSigned);
    confirm(&clinic, &clinician, encounter, None, Some("4711")).unwrap();
    let after = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert_eq!(after.record.note, signed.record.note, "the signed note is as it was");
    let export = |format| {
        let request = ExportEncounter { encounter, format };
        clinic.request::<method::EncountersExport>(&clinician, &request).unwrap().content
    };
    let bundle: serde_json::Value = serde_json::from_str(export(ExportFormat::Fhir).expose()).unwrap();
    let resources = bundle["entry"].as_array().unwrap();
    let patient =
        resources.iter().map(|entry| &entry["resource"]).find(|one| one["resourceType"] == "Patient");
    let number = &patient.unwrap()["identifier"][1];
    assert_eq!((&number["value"], &number["type"]["coding"][0]["code"]), (&"4711".into(), &"MR".into()));
    let message = export(ExportFormat::Hl7v2);
    assert!(message.expose().contains("~4711^^^^MR|"), "a second identifier of the patient");
}

#[test]
fn what_was_entered_in_error_is_hidden_everywhere_and_forgotten_nowhere() {
    let clinic = Clinic::new();
    let (desk, clinician) = (clinic.sign_in(Role::FrontDesk), clinic.sign_in(Role::Clinician));
    let view = open(&clinic, &clinician, "María López", Some(BORN));
    let (encounter, patient) = (view.record.id, view.record.patient.id);
    let add = AddTranscript { encounter, text: TRANSCRIPT.into() };
    clinic.request::<method::TranscriptAdd>(&clinician, &add).unwrap();
    let retract = |token: &str, reason: &str| {
        let request = RetractEncounter { encounter, reason: reason.into() };
        clinic.request::<method::EncountersRetract>(token, &request)
    };
    let code = |error: Error| domain::Coded::code(&error);
    assert_eq!(code(retract(&desk, "x").unwrap_err()), ErrorCode::Forbidden);
    assert_eq!(code(retract(&clinician, "  ").unwrap_err()), ErrorCode::RequestInvalid);
    let after = retract(&clinician, "opened for the wrong patient").unwrap();
    assert_eq!(after.record.status, EncounterStatus::Retracted);
    assert!(after.people.values().any(|name| name == "clinician"), "the page can say who did it");
    assert_eq!(after.record.retracted.unwrap().reason.expose(), "opened for the wrong patient");
    assert_eq!(code(retract(&clinician, "again").unwrap_err()), ErrorCode::WrongState);

    let list = clinic.request::<method::EncountersList>(&clinician, &ListEncounters::default()).unwrap();
    assert!(list.is_empty());
    assert!(find(&clinic, &desk, "lopez").is_empty());
    let search = SearchTranscripts { query: "knee".into() };
    assert!(clinic.request::<method::TranscriptSearch>(&clinician, &search).unwrap().is_empty());
    for refused in [
        clinic.request::<method::TranscriptAdd>(&clinician, &add).map(drop),
        clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)).map(drop),
        confirm(&clinic, &clinician, encounter, None, None).map(drop),
    ] {
        assert_eq!(code(refused.unwrap_err()), ErrorCode::WrongState);
    }
    let restarted = clinic.restart();
    let clinician = restarted.sign_in(Role::Clinician);
    let kept = restarted.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert!(!kept.record.utterances.is_empty());
    let page = show(&restarted, &clinician, patient);
    assert_eq!(page.patient.visits, 0, "it counts no more");
    assert_eq!(page.visits[0].status, EncounterStatus::Retracted, "and is still to be seen");
}
