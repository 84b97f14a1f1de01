//! Notes after a template, by rule and by a language model: a real worker with a model of random weights. Under the grammar it writes
//! notes of the right form in which nothing was said, which is what the checker is for.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "../../../workers/language/tests/support/gguf.rs"]
#[allow(dead_code, reason = "a part is used")]
mod gguf;
mod support;

use std::time::{Duration, Instant};

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{DraftEngine, EncounterId, ErrorCode, Language, Note, NoteState, Role};
use support::{Clinic, PASSWORD, TRANSCRIPT};

fn with_model(clinic: &Clinic) {
    let models = clinic.data.join("models");
    std::fs::create_dir_all(&models).unwrap();
    gguf::write_with(&models.join("smallest.gguf"), 4096, &[]);
}

fn visit(clinic: &Clinic, clinician: &str, text: &str) -> EncounterId {
    let open = OpenEncounter::of("Ada Marlowe", Language::english());
    let encounter = clinic.request::<method::EncountersOpen>(clinician, &open).unwrap().record.id;
    clinic
        .request::<method::TranscriptAdd>(clinician, &AddTranscript { encounter, text: text.into() })
        .unwrap();
    encounter
}

fn by_model(encounter: EncounterId) -> DraftNote {
    DraftNote { engine: Some(DraftEngine::Generative), ..DraftNote::by_rule(encounter, None) }
}

fn show(clinic: &Clinic, clinician: &str, encounter: EncounterId) -> EncounterView {
    clinic.request::<method::EncountersShow>(clinician, &EncounterOf { encounter }).unwrap()
}

/// Waits for what a test needs; the limit is for a fault, not for a speed.
fn wait(
    clinic: &Clinic,
    clinician: &str,
    encounter: EncounterId,
    until: impl Fn(&EncounterView) -> bool,
) -> EncounterView {
    let began = Instant::now();
    loop {
        let view = show(clinic, clinician, encounter);
        if until(&view) {
            return view;
        }
        assert!(began.elapsed() < Duration::from_secs(240), "{:?}", view.drafting);
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn draft(view: &EncounterView) -> (&Note, u32, Option<ErrorCode>) {
    let NoteState::Draft { note, revision, fallback } = &view.record.note else { panic!("no draft") };
    (note, *revision, *fallback)
}

fn sign(
    clinic: &Clinic,
    clinician: &str,
    view: &EncounterView,
    confirmed: Vec<u32>,
) -> Result<EncounterView, Error> {
    let (encounter, revision) = (view.record.id, draft(view).1);
    clinic.request::<method::NoteSign>(
        clinician,
        &SignNote { encounter, revision, confirmed, password: PASSWORD.into() },
    )
}

#[test]
fn every_sentence_that_a_model_made_up_is_marked_and_must_be_confirmed_one_by_one() {
    let clinic = Clinic::new();
    with_model(&clinic);
    let clinician = clinic.sign_in(Role::Clinician);
    let offers = clinic.request::<method::NoteOffersOf>(&clinician, &Empty {}).unwrap();
    assert_eq!((offers.models.len(), offers.templates[0].id.as_str()), (1, "soap"));
    let encounter = visit(&clinic, &clinician, TRANSCRIPT);
    let view = clinic.request::<method::NoteDraft>(&clinician, &by_model(encounter)).unwrap();
    assert!(view.drafting.is_some() && view.record.note == NoteState::None, "it answers at once");

    let view = wait(&clinic, &clinician, encounter, |view| view.drafting.is_none());
    let (note, _, fallback) = draft(&view);
    assert_eq!(
        (note.engine, note.model.as_deref(), fallback),
        (DraftEngine::Generative, Some("smallest.gguf"), None)
    );
    let ids: Vec<u32> = note.sentences().map(|sentence| sentence.id).collect();
    for sentence in note.sentences() {
        let marks: Vec<_> = view.findings.iter().filter(|finding| finding.sentence == sentence.id).collect();
        assert!(!marks.is_empty() && marks.iter().all(|mark| mark.must_confirm), "{:?}", sentence.id);
        assert!(
            !sentence.evidence.is_empty()
                && sentence.evidence.iter().all(|at| (*at as usize) < view.record.utterances.len())
        );
    }

    for confirmed in [Vec::new(), ids[1..].to_vec()] {
        let missing = ids.len() - confirmed.len();
        let refused = sign(&clinic, &clinician, &view, confirmed);
        assert!(matches!(refused, Err(Error::NoteUnconfirmed { count }) if count == missing));
    }
    let signed = sign(&clinic, &clinician, &view, ids.clone()).unwrap();
    let NoteState::Signed { signature, .. } = signed.record.note else { panic!("not signed") };
    let confirmed: Vec<u32> = signature.confirmed.iter().map(|one| one.sentence).collect();
    assert_eq!(confirmed, ids);
    assert!(signature.confirmed.iter().all(|one| !one.reasons.is_empty()));
}

#[test]
fn a_visit_longer_than_the_models_context_is_read_in_parts_to_its_end() {
    let clinic = Clinic::new();
    with_model(&clinic);
    let clinician = clinic.sign_in(Role::Clinician);
    let mut text = TRANSCRIPT.to_owned();
    for day in 2..20 {
        text.push_str(&format!("[doctor] And on day {day} of it, how was the pain then?\n[patient] On day {day} it was a little less than before.\n"));
    }
    let encounter = visit(&clinic, &clinician, &text);
    clinic.request::<method::NoteDraft>(&clinician, &by_model(encounter)).unwrap();
    let view = wait(&clinic, &clinician, encounter, |view| {
        view.drafting.as_ref().is_none_or(|progress| progress.part > 1)
    });
    assert!(view.drafting.is_some_and(|progress| progress.parts > 2), "it is not written in one part");
    let view = wait(&clinic, &clinician, encounter, |view| view.drafting.is_none());
    let (note, _, fallback) = draft(&view);
    assert_eq!((note.engine, fallback), (DraftEngine::Generative, None));
    let last = u32::try_from(view.record.utterances.len()).unwrap() - 1;
    let reaches = note.sentences().flat_map(|sentence| &sentence.evidence).max().unwrap();
    assert!(*reaches > last / 2, "sentences rest on the visit's end too: {reaches} of {last}");
}

#[test]
fn a_draft_that_is_stopped_leaves_nothing_and_another_can_begin() {
    let clinic = Clinic::new();
    with_model(&clinic);
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, TRANSCRIPT);
    let other = visit(&clinic, &clinician, TRANSCRIPT);
    clinic.request::<method::NoteDraft>(&clinician, &by_model(encounter)).unwrap();
    let busy = clinic.request::<method::NoteDraft>(&clinician, &by_model(other));
    assert!(matches!(busy, Err(Error::DraftBusy)));
    wait(&clinic, &clinician, encounter, |view| {
        view.drafting.as_ref().is_none_or(|now| !now.lines.is_empty())
    });
    let view = clinic.request::<method::NoteCancel>(&clinician, &EncounterOf { encounter }).unwrap();
    assert!(view.drafting.is_none() && view.record.note == NoteState::None);

    clinic.request::<method::NoteDraft>(&clinician, &by_model(other)).unwrap();
    let view = wait(&clinic, &clinician, other, |view| view.drafting.is_none());
    assert_eq!(draft(&view).0.engine, DraftEngine::Generative);
    assert_eq!(show(&clinic, &clinician, encounter).record.note, NoteState::None, "nothing came later");
}

#[test]
fn without_a_model_the_note_is_drafted_by_rule_and_says_why() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, TRANSCRIPT);
    let view = clinic.request::<method::NoteDraft>(&clinician, &by_model(encounter)).unwrap();
    let (note, _, fallback) = draft(&view);
    assert_eq!((note.engine, fallback), (DraftEngine::Extractive, Some(ErrorCode::ModelMissing)));
    assert_eq!(view.findings, []);
    sign(&clinic, &clinician, &view, Vec::new()).unwrap();
}

#[test]
fn a_file_that_is_no_model_gives_the_draft_by_rule() {
    let clinic = Clinic::new();
    with_model(&clinic);
    let path = clinic.data.join("models/smallest.gguf");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, TRANSCRIPT);
    clinic.request::<method::NoteDraft>(&clinician, &by_model(encounter)).unwrap();
    let view = wait(&clinic, &clinician, encounter, |view| view.drafting.is_none());
    let (note, _, fallback) = draft(&view);
    assert_eq!(note.engine, DraftEngine::Extractive);
    assert!(matches!(fallback, Some(ErrorCode::ModelInvalid | ErrorCode::ModelMissing)), "{fallback:?}");
}

/// The workers of this process that stands now.
#[cfg(target_os = "linux")]
fn workers_of_this_process() -> Vec<u32> {
    let own = std::process::id();
    let of = |entry: std::fs::DirEntry| {
        let process: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
        let parent: u32 = rest.split_whitespace().nth(1)?.parse().ok()?;
        (parent == own && name.starts_with("bedside-languag")).then_some(process)
    };
    std::fs::read_dir("/proc").unwrap().filter_map(|entry| of(entry.ok()?)).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_is_killed_in_the_middle_gives_the_draft_by_rule() {
    let clinic = Clinic::new();
    with_model(&clinic);
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, TRANSCRIPT);
    clinic.request::<method::NoteDraft>(&clinician, &by_model(encounter)).unwrap();
    let view = wait(&clinic, &clinician, encounter, |view| {
        view.drafting.as_ref().is_none_or(|now| !now.lines.is_empty())
    });
    assert!(view.drafting.is_some(), "it writes");
    for process in workers_of_this_process() {
        std::process::Command::new("kill").args(["-9", &process.to_string()]).status().unwrap();
    }
    let view = wait(&clinic, &clinician, encounter, |view| view.drafting.is_none());
    let (note, _, fallback) = draft(&view);
    assert_eq!(note.engine, DraftEngine::Extractive);
    assert!(matches!(fallback, Some(ErrorCode::WorkerDied | ErrorCode::WorkerOutOfMemory)), "{fallback:?}");
}

#[test]
fn every_template_can_be_drafted_edited_and_signed_and_the_clinics_own_stands_on_top() {
    let clinic = Clinic::new();
    let folder = clinic.data.join("templates");
    std::fs::create_dir_all(&folder).unwrap();
    let own = "id = \"progress\"\ntitle = { en = \"Our progress\" }\n[[sections]]\nid = \"all\"\ntitle = { en = \"All of it\" }\ntakes = [\"history\", \"plan\"]\n";
    std::fs::write(folder.join("own.toml"), own).unwrap();
    std::fs::write(folder.join("wrong.toml"), own.replace("\"plan\"", "\"plans\"")).unwrap();
    let clinician = clinic.sign_in(Role::Clinician);
    let offers = clinic.request::<method::NoteOffersOf>(&clinician, &Empty {}).unwrap();
    assert_eq!(offers.templates.len(), 6);
    assert!(offers.templates.iter().any(|offer| offer.title == "Our progress"));
    let [problem] = offers.problems.as_slice() else { panic!("{:?}", offers.problems) };
    assert_eq!(
        (problem.file.as_str(), problem.code, problem.field.as_str()),
        ("wrong.toml", ErrorCode::TemplateInvalid, "line 6")
    );
    assert!(problem.problem.contains("plans"));

    for offer in offers.templates {
        let encounter = visit(&clinic, &clinician, TRANSCRIPT);
        let request = DraftNote { template: Some(offer.id.clone()), ..DraftNote::by_rule(encounter, None) };
        let view = clinic.request::<method::NoteDraft>(&clinician, &request).unwrap();
        let (note, revision, _) = draft(&view);
        assert_eq!((&note.template, note.sections.is_empty()), (&offer.id, false));
        assert_eq!(view.findings, [], "{}", offer.id);
        assert_eq!(view.reading_grade.is_some(), offer.id == "patient-instructions");
        // A section that the draft left out can be written.
        let section = view.sections.last().unwrap();
        let typed = EditedSentence { id: None, text: "Typed by hand.".into() };
        let edit = EditNote {
            encounter,
            revision,
            sections: vec![EditedSection { id: section.id.clone(), sentences: vec![typed] }],
        };
        let view = clinic.request::<method::NoteEdit>(&clinician, &edit).unwrap();
        assert_eq!(draft(&view).0.sections[0].title, section.title);
        sign(&clinic, &clinician, &view, Vec::new()).unwrap();
    }
    let unknown = DraftNote {
        template: Some("poem".to_owned()),
        ..DraftNote::by_rule(visit(&clinic, &clinician, TRANSCRIPT), None)
    };
    assert!(matches!(
        clinic.request::<method::NoteDraft>(&clinician, &unknown),
        Err(Error::NotFound { what: "template" })
    ));
}

#[test]
fn an_edit_that_contradicts_what_was_said_must_be_confirmed_and_one_that_is_corrected_need_not_be() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = visit(&clinic, &clinician, TRANSCRIPT);
    let view = clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)).unwrap();
    let change = |view: &EncounterView, from: &str, to: &str| {
        let (note, revision, _) = draft(view);
        let sections = note.sections.iter().map(|section| EditedSection {
            id: section.id.clone(),
            sentences: section
                .sentences
                .iter()
                .map(|one| EditedSentence {
                    id: Some(one.id),
                    text: one.text.expose().replace(from, to).into(),
                })
                .collect(),
        });
        let edit = EditNote { encounter, revision, sections: sections.collect() };
        clinic.request::<method::NoteEdit>(&clinician, &edit).unwrap()
    };
    let wrong = change(&view, "left arm", "right arm");
    let marks: Vec<_> = wrong.findings.iter().filter(|finding| finding.must_confirm).collect();
    let [mark] = marks.as_slice() else { panic!("{marks:?}") };
    assert_eq!((mark.reason, mark.words[0].expose().as_str()), (FindingReason::Side, "right arm"));
    assert!(matches!(
        sign(&clinic, &clinician, &wrong, Vec::new()),
        Err(Error::NoteUnconfirmed { count: 1 })
    ));
    let right = change(&wrong, "right arm", "left arm");
    assert!(right.findings.iter().all(|finding| !finding.must_confirm));
    sign(&clinic, &clinician, &right, Vec::new()).unwrap();
}
