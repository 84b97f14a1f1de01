//! The ways out, through the RPC as a screen uses it: every format, who may, what the trail keeps.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use data_encoding::BASE64;
use domain::{EncounterId, ExportFormat, Language, NoteState, Role, Speaker};
use serde_json::Value;
use support::{Clinic, PASSWORD};

const FORMATS: [ExportFormat; 5] =
    [ExportFormat::Fhir, ExportFormat::Text, ExportFormat::Pdf, ExportFormat::Hl7v2, ExportFormat::Csv];

/// Leaves a bundle for the full validators, where `cargo xtask test` collects them.
fn leave(name: &str, text: &str) {
    if let Some(folder) = std::env::var_os("BEDSIDE_FHIR_OUT") {
        std::fs::write(PathBuf::from(folder).join(format!("engine-{name}.json")), text).unwrap();
    }
}

fn export(clinic: &Clinic, token: &str, encounter: EncounterId, format: ExportFormat) -> ExportedFile {
    clinic.request::<method::EncountersExport>(token, &ExportEncounter { encounter, format }).unwrap()
}

fn bundle(clinic: &Clinic, token: &str, encounter: EncounterId, name: &str) -> Value {
    let file = export(clinic, token, encounter, ExportFormat::Fhir);
    let text = file.content.expose();
    fhir::ReadBack::parse(text).unwrap();
    leave(name, text);
    serde_json::from_str(text).unwrap()
}

fn of_kind<'v>(bundle: &'v Value, kind: &str) -> Vec<&'v Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries.map(|entry| &entry["resource"]).filter(|resource| resource["resourceType"] == kind).collect()
}

/// A visit with an intake, a transcript and a note.
fn visit(clinic: &Clinic, clinician: &str, signed: bool) -> EncounterId {
    let encounter = clinic.take_intake(&clinic.sign_in(Role::Kiosk));
    note(clinic, clinician, encounter, support::TRANSCRIPT, signed);
    encounter
}

fn note(clinic: &Clinic, clinician: &str, encounter: EncounterId, transcript: &str, signed: bool) {
    let add = AddTranscript { encounter, text: transcript.into() };
    clinic.request::<method::TranscriptAdd>(clinician, &add).unwrap();
    let view = clinic.request::<method::NoteDraft>(clinician, &DraftNote::by_rule(encounter, None)).unwrap();
    if signed {
        let NoteState::Draft { revision, .. } = view.record.note else { panic!("no draft") };
        // What the checker doubts is confirmed, as whoever signs would have to.
        let doubtful = view.findings.iter().filter(|finding| finding.must_confirm);
        let confirmed = doubtful.map(|finding| finding.sentence).collect();
        let sign = SignNote { encounter, revision, confirmed, password: PASSWORD.into() };
        clinic.request::<method::NoteSign>(clinician, &sign).unwrap();
    }
}

#[test]
fn every_format_is_a_file_of_its_kind_and_stands_in_the_log_and_the_trail() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, true);
    for (at, format) in FORMATS.into_iter().enumerate() {
        let file = export(&clinic, &clinician, encounter, format);
        let content = file.content.expose();
        assert!(!file.file_name.contains("Marlowe"));
        assert_eq!(file.base64, format == ExportFormat::Pdf);
        match format {
            ExportFormat::Fhir => assert!(file.file_name.ends_with(".json")),
            ExportFormat::Text => assert!(content.starts_with("SUBJECTIVE")),
            ExportFormat::Pdf => {
                assert!(BASE64.decode(content.as_bytes()).unwrap().starts_with(b"%PDF-1.7"));
            }
            ExportFormat::Hl7v2 => assert!(content.contains("\rMSH|^~\\&|BEDSIDE|Riverside Clinic^")),
            ExportFormat::Csv => {
                assert!(content.contains("\"metformin 500 mg, twice a day\""), "as the signed lists say")
            }
        }
        let of = EncounterOf { encounter };
        let view = clinic.request::<method::EncountersShow>(&clinician, &of).unwrap();
        assert_eq!(view.record.exports as usize, at + 1);
    }
    let trail = clinic.engine.vault().unwrap();
    let entries = trail
        .audit_entries(&store::AuditFilter {
            object: Some(store::Object::Encounter(encounter)),
            ..store::AuditFilter::default()
        })
        .unwrap();
    let exports = entries.iter().filter(|entry| entry.action == "encounters.export");
    assert_eq!(exports.filter(|entry| entry.outcome == "allowed").count(), FORMATS.len());
}

#[test]
fn only_a_clinician_lets_a_record_out_and_only_who_reads_the_trail_lets_that_out() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, true);
    for role in Role::ALL {
        let token = clinic.sign_in(role);
        for format in FORMATS {
            let request = ExportEncounter { encounter, format };
            let answer = clinic.request::<method::EncountersExport>(&token, &request);
            if role == Role::Clinician {
                assert!(answer.is_ok());
            } else {
                assert!(matches!(answer, Err(Error::Forbidden)), "{role:?} {format:?}");
            }
        }
        let answer = clinic.request::<method::AuditExport>(&token, &ExportAudit::default());
        assert_eq!(answer.is_ok(), matches!(role, Role::Auditor | Role::Administrator), "{role:?}");
    }
}

#[test]
fn the_intake_and_the_lists_become_unconfirmed_resources_and_the_note_a_document() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, true);
    let made = bundle(&clinic, &clinician, encounter, "signed");
    let words = |kind: &str, pointer: &str| -> Vec<String> {
        of_kind(&made, kind)
            .iter()
            .filter_map(|resource| resource.pointer(pointer)?.as_str().map(str::to_owned))
            .collect()
    };
    assert_eq!(
        words("MedicationStatement", "/medicationCodeableConcept/text"),
        ["metformin", "lisinopril", "aspirin"],
        "the third is begun in the visit"
    );
    assert_eq!(words("MedicationStatement", "/status"), ["active", "active", "intended"]);
    assert_eq!(words("AllergyIntolerance", "/code/text"), ["penicillin"]);
    let problems = words("Condition", "/code/text");
    assert_eq!(problems[..2], ["High blood pressure", "Diabetes"], "what was answered comes first");
    assert!(!problems.contains(&"heart attack".to_owned()), "it was the father's");
    let verified = words("Condition", "/verificationStatus/coding/0/code");
    assert_eq!(verified[..2], ["unconfirmed", "unconfirmed"]);
    assert!(!verified.contains(&"confirmed".to_owned()));
    assert!(words("Observation", "/code/coding/0/code").contains(&"72514-3".to_owned()));
    assert!(
        words("Observation", "/code/coding/0/code").contains(&"85354-9".to_owned()),
        "the note was signed"
    );
    assert!(words("Encounter", "/reasonCode/0/text")[0].starts_with("I have had a tight pain"));
    let types: Vec<String> = of_kind(&made, "DocumentReference")
        .iter()
        .flat_map(|document| document["content"].as_array().unwrap())
        .map(|content| content["attachment"]["contentType"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types, ["text/plain; charset=utf-8", "application/pdf", "text/plain; charset=utf-8"]);
    assert_eq!(of_kind(&made, "Provenance").len(), 2);

    let draft = visit(&clinic, &clinician, false);
    let made = bundle(&clinic, &clinician, draft, "draft");
    assert_eq!(of_kind(&made, "DocumentReference")[0]["docStatus"], "preliminary");
    let of_the_note = of_kind(&made, "Observation").iter().filter(|made| made.get("note").is_none()).count();
    assert_eq!(of_the_note, 0, "nobody has signed it");
    let bare = clinic.take_intake(&clinic.sign_in(Role::Kiosk));
    let made = bundle(&clinic, &clinician, bare, "intake");
    assert!(of_kind(&made, "DocumentReference").is_empty());
}

#[test]
fn what_has_no_note_leaves_as_no_text() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let open = OpenEncounter::of("Ana Núñez", Language::new("es"));
    let encounter = clinic.request::<method::EncountersOpen>(&clinician, &open).unwrap().record.id;
    for format in FORMATS {
        let request = ExportEncounter { encounter, format };
        let answer = clinic.request::<method::EncountersExport>(&clinician, &request);
        let nothing = matches!(format, ExportFormat::Text | ExportFormat::Hl7v2);
        assert_eq!(matches!(answer, Err(Error::NoteEmpty)), nothing, "{format:?}");
    }
}

#[test]
fn the_trail_leaves_whole_in_order_and_of_one_encounter_alone() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, true);
    visit(&clinic, &clinician, false);
    let auditor = clinic.sign_in(Role::Auditor);
    let read = |about| {
        let request = ExportAudit { about, ..ExportAudit::default() };
        let file = clinic.request::<method::AuditExport>(&auditor, &request).unwrap();
        leave(if about.is_some() { "trail-of-one" } else { "trail" }, file.content.expose());
        let made: Value = serde_json::from_str(file.content.expose()).unwrap();
        for event in of_kind(&made, "AuditEvent") {
            fhir::check(event).unwrap();
        }
        made
    };
    let whole = read(None);
    let places: Vec<u64> = of_kind(&whole, "AuditEvent")
        .iter()
        .map(|event| event["extension"][0]["valueDecimal"].as_u64().unwrap())
        .collect();
    assert_eq!(places, (0..places.len() as u64).collect::<Vec<_>>(), "no entry is missing");
    let one = read(Some(encounter));
    let about = of_kind(&one, "AuditEvent");
    assert!(about.len() > 10 && about.len() < places.len());
    let id = format!("urn:uuid:{encounter}");
    assert!(about.iter().all(|event| event["entity"][0]["what"]["identifier"]["value"] == id.as_str()));
}

fn data(folder: &str) -> Option<PathBuf> {
    let data = std::env::var_os("BEDSIDE_EVAL_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = Some(data.join(folder)).filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: no evaluation data");
    }
    folder
}

/// A visit from a transcript alone, as a clinician records it: signed, in every format.
fn leaves(clinic: &Clinic, clinician: &str, name: &str, transcript: &str) {
    let open = OpenEncounter::of("Ada Marlowe", Language::english());
    let encounter = clinic.request::<method::EncountersOpen>(clinician, &open).unwrap().record.id;
    note(clinic, clinician, encounter, transcript, true);
    let made = bundle(clinic, clinician, encounter, name);
    // Every sentence rests on utterances that the document has.
    let of = EncounterOf { encounter };
    let record = clinic.request::<method::EncountersShow>(clinician, &of).unwrap().record;
    let read = fhir::ReadBack::parse(&made.to_string()).unwrap();
    let sentences: Vec<_> = read.sections.iter().flat_map(|section| &section.sentences).collect();
    assert!(!sentences.is_empty(), "{name}");
    for sentence in sentences {
        assert!(!sentence.evidence.is_empty(), "{name}");
        assert!(sentence.evidence.iter().all(|index| (*index as usize) < record.utterances.len()), "{name}");
    }
    for format in FORMATS.into_iter().filter(|format| *format != ExportFormat::Fhir) {
        assert!(!export(clinic, clinician, encounter, format).content.expose().is_empty(), "{name}");
    }
}

#[test]
fn every_visit_of_aci_benchs_first_test_leaves_in_every_format() {
    let Some(folder) = data("aci-bench") else { return };
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let text = std::fs::read_to_string(folder.join("clinicalnlp_taskB_test1.csv")).unwrap();
    // A dialogue is a quoted cell; what is between quotes and begins with a tag is one.
    let text = text.replace("\"\"", "'");
    let mut seen = 0;
    for cell in text.split('"').filter(|cell| cell.starts_with("[doctor]") || cell.starts_with("[patient")) {
        seen += 1;
        leaves(&clinic, &clinician, &format!("aci-{seen}"), cell);
    }
    assert_eq!(seen, 40);
}

#[test]
fn every_consultation_of_primock57_leaves_in_every_format() {
    let Some(folder) = data("primock57/transcripts") else { return };
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let mut doctors: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with("_doctor.TextGrid"))
        .collect();
    doctors.sort();
    assert!(doctors.len() > 30);
    for doctor in &doctors {
        let patient = PathBuf::from(doctor.to_string_lossy().replace("_doctor.", "_patient."));
        let read = |path: &Path| std::fs::read(path).unwrap();
        let transcript = scribe::Transcript::from_text_grids(&read(doctor), &read(&patient)).unwrap();
        let lines: Vec<String> = transcript
            .utterances()
            .iter()
            .map(|said| {
                let tag = if said.speaker == Speaker::Clinician { "D" } else { "P" };
                format!("{tag}: {}", said.text.expose())
            })
            .collect();
        let name = doctor.file_stem().unwrap().to_string_lossy().replace("_doctor", "");
        leaves(&clinic, &clinician, &format!("primock-{name}"), &lines.join("\n"));
    }
}
