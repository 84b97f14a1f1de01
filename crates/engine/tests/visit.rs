//! A visit, from the kiosk to the signed note, through the RPC as a screen uses it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{
    Answer, AnswerValue, ConsentScope, EncounterStatus, ExportFormat, Language, NoteState, Role,
    SentenceOrigin,
};
use support::{Clinic, PASSWORD};

#[test]
fn a_visit_goes_from_the_kiosk_to_a_signed_note_and_survives_a_restart() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.take_intake(&kiosk);

    let clinician = clinic.sign_in(Role::Clinician);
    let list = clinic.request::<method::EncountersList>(&clinician, &ListEncounters::default()).unwrap();
    assert_eq!(list.len(), 1);
    assert!(list[0].flags > 0, "the bundled answers hold an alarm sign");
    assert_eq!(list[0].status, EncounterStatus::Waiting);

    let view = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert!(!view.intake.is_empty());
    let flag = view.record.flags[0].id;
    clinic
        .request::<method::FlagsAcknowledge>(&clinician, &AcknowledgeFlag { encounter, flag: Some(flag) })
        .unwrap();

    let transcript = AddTranscript { encounter, text: support::TRANSCRIPT.into() };
    clinic.request::<method::TranscriptAdd>(&clinician, &transcript).unwrap();
    let view = clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)).unwrap();
    let NoteState::Draft { note, revision, .. } = view.record.note else { panic!("no draft") };
    assert!(note.sentences().all(|sentence| !sentence.evidence.is_empty()));

    let sign = SignNote { encounter, revision, confirmed: Vec::new(), password: PASSWORD.into() };
    let view = clinic.request::<method::NoteSign>(&clinician, &sign).unwrap();
    let NoteState::Signed { signature, .. } = &view.record.note else { panic!("not signed") };
    assert_eq!(signature.digest, seal::note_digest(&note).unwrap());

    let addendum = SignAddendum { encounter, text: "Called the patient.".into(), password: PASSWORD.into() };
    clinic.request::<method::NoteAddendum>(&clinician, &addendum).unwrap();
    let export = ExportEncounter { encounter, format: ExportFormat::Fhir };
    let file = clinic.request::<method::EncountersExport>(&clinician, &export).unwrap();
    let read = fhir::ReadBack::parse(file.content.expose()).unwrap();
    assert_eq!(read.status, "amended");
    let before = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();

    let clinic = clinic.restart();
    assert!(matches!(
        clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }),
        Err(Error::NotSignedIn)
    ));
    let clinician = clinic.sign_in(Role::Clinician);
    let after = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert_eq!(after.record, before.record);
}

#[test]
fn a_patient_who_declines_leaves_no_record() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let begin = BeginIntake { language: Language::english(), protocol: None };
    let encounter = clinic.request::<method::IntakeBegin>(&kiosk, &begin).unwrap().encounter;
    let consents = [(ConsentScope::Intake, false), (ConsentScope::Recording, false)].into();
    let view = clinic.request::<method::IntakeConsent>(&kiosk, &GiveConsent { encounter, consents }).unwrap();
    assert!(matches!(view.step, IntakeStep::Declined));
    clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter }).unwrap();

    let clinician = clinic.sign_in(Role::Clinician);
    let list = clinic.request::<method::EncountersList>(&clinician, &ListEncounters::default()).unwrap();
    assert!(list.is_empty());
}

#[test]
fn an_intake_that_was_left_is_partial_for_staff_and_closed_for_the_kiosk() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let view = clinic.begin_intake(&kiosk);
    clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter: view.encounter }).unwrap();
    assert!(clinic.request::<method::IntakeBack>(&kiosk, &IntakeOf { encounter: view.encounter }).is_err());

    let clinician = clinic.sign_in(Role::Clinician);
    let list = clinic.request::<method::EncountersList>(&clinician, &ListEncounters::default()).unwrap();
    assert_eq!(list[0].status, EncounterStatus::Partial);
}

#[test]
fn staff_hand_an_intake_that_was_left_back_and_it_goes_on_where_it_was() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let view = clinic.begin_intake(&kiosk);
    let of = IntakeOf { encounter: view.encounter };
    let IntakeStep::Question { question } = &view.step else { panic!("no question") };
    let words = Answer::Given(vec![AnswerValue::Text("I have crushing chest pain".into())]);
    let left = clinic.answer(&kiosk, view.encounter, &question.link_id, words);
    clinic.request::<method::IntakeHelp>(&kiosk, &of).unwrap();
    clinic.request::<method::IntakeAbandon>(&kiosk, &of).unwrap();
    assert!(
        matches!(clinic.request::<method::KioskHandOver>(&kiosk, &of), Err(Error::Forbidden)),
        "a kiosk hands nothing over"
    );

    // In another run of the application, even: everything stands in the log.
    let clinic = clinic.restart();
    let desk = clinic.sign_in(Role::FrontDesk);
    let handed = clinic.request::<method::KioskHandOver>(&desk, &of).unwrap();
    assert_eq!(handed.role, Role::Kiosk);
    assert!(
        matches!(
            clinic.request::<method::EncountersList>(&desk, &ListEncounters::default()),
            Err(Error::NotSignedIn)
        ),
        "the patient inherits no session of staff"
    );
    let standing = clinic.request::<method::IntakeStanding>(&handed.token, &Empty {}).unwrap().unwrap();
    let step = |view: &IntakeView| serde_json::to_value(&view.step).unwrap();
    assert_eq!((standing.encounter, step(&standing)), (view.encounter, step(&left)));
    assert_eq!((standing.answered, &standing.alert), (left.answered, &left.alert));
    assert!(!standing.help_requested, "somebody came");

    let desk = clinic.sign_in(Role::FrontDesk);
    assert!(matches!(clinic.request::<method::KioskHandOver>(&desk, &of), Err(Error::WrongState)));
    let list = clinic.request::<method::EncountersList>(&desk, &ListEncounters::default()).unwrap();
    assert_eq!((list[0].status, list[0].help_requested), (EncounterStatus::Intake, false));
    clinic.finish_intake(&handed.token, standing);
    let list = clinic.request::<method::EncountersList>(&desk, &ListEncounters::default()).unwrap();
    assert_eq!(list[0].status, EncounterStatus::Waiting);
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = EncounterOf { encounter: view.encounter };
    let seen = clinic.request::<method::EncountersShow>(&clinician, &encounter).unwrap();
    let chest_pain = seen.record.flags.iter().filter(|flag| flag.rule == "chest-pain");
    assert_eq!(chest_pain.count(), 1, "an alarm is raised once, in whichever session");
}

#[test]
fn an_intake_that_a_crash_cut_short_is_partial_after_the_restart() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    clinic.begin_intake(&kiosk);
    let clinic = clinic.restart();
    let clinician = clinic.sign_in(Role::Clinician);
    let list = clinic.request::<method::EncountersList>(&clinician, &ListEncounters::default()).unwrap();
    assert_eq!(list[0].status, EncounterStatus::Partial);
}

#[test]
fn going_back_and_answering_again_raises_an_alarm_once() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let view = clinic.begin_intake(&kiosk);
    let encounter = view.encounter;
    let IntakeStep::Question { question } = &view.step else { panic!("no question") };
    let words = || Answer::Given(vec![AnswerValue::Text("I have crushing chest pain".into())]);
    let view = clinic.answer(&kiosk, encounter, &question.link_id, words());
    assert!(view.alert.is_some(), "the patient sees a calm sentence");
    clinic.request::<method::IntakeBack>(&kiosk, &IntakeOf { encounter }).unwrap();
    clinic.answer(&kiosk, encounter, &question.link_id, words());

    let clinician = clinic.sign_in(Role::Clinician);
    let view = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert_eq!(view.record.flags.iter().filter(|flag| flag.rule == "chest-pain").count(), 1);
}

#[test]
fn an_edit_keeps_evidence_marks_its_author_and_refuses_a_stale_revision() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = clinic.drafted(&clinician);
    let encounter = view.record.id;
    let NoteState::Draft { note, revision, .. } = &view.record.note else { panic!("no draft") };
    let first = &note.sections[0];
    let mut sentences: Vec<_> = first
        .sentences
        .iter()
        .map(|sentence| EditedSentence { id: Some(sentence.id), text: sentence.text.clone() })
        .collect();
    sentences[0].text = "Chest pain since yesterday.".into();
    sentences.push(EditedSentence { id: None, text: "Seen with an interpreter.".into() });
    let edit = EditNote {
        encounter,
        revision: *revision,
        sections: vec![EditedSection { id: first.id.clone(), sentences }],
    };
    let view = clinic.request::<method::NoteEdit>(&clinician, &edit).unwrap();
    let NoteState::Draft { note: edited, revision: next, .. } = &view.record.note else { panic!("no draft") };
    assert_eq!(*next, revision + 1);
    let changed = &edited.sections[0].sentences;
    assert_eq!(changed[0].origin, SentenceOrigin::Edited);
    assert_eq!(changed[0].evidence, first.sentences[0].evidence);
    assert_eq!(changed.last().unwrap().origin, SentenceOrigin::Typed);

    assert!(matches!(clinic.request::<method::NoteEdit>(&clinician, &edit), Err(Error::NoteConflict)));
}

#[test]
fn a_signed_note_takes_addenda_and_nothing_else() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = clinic.drafted(&clinician);
    let encounter = view.record.id;
    let NoteState::Draft { note, revision, .. } = view.record.note else { panic!("no draft") };
    let sign =
        |password: &str| SignNote { encounter, revision, confirmed: Vec::new(), password: password.into() };
    assert!(matches!(
        clinic.request::<method::NoteSign>(&clinician, &sign("wrong password")),
        Err(Error::PinWrong)
    ));
    clinic.request::<method::NoteSign>(&clinician, &sign(PASSWORD)).unwrap();

    let edit = EditNote { encounter, revision, sections: Vec::new() };
    assert!(matches!(clinic.request::<method::NoteEdit>(&clinician, &edit), Err(Error::NoteSigned)));
    assert!(matches!(
        clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)),
        Err(Error::NoteSigned)
    ));
    let more = AddTranscript { encounter, text: support::TRANSCRIPT.into() };
    assert!(matches!(clinic.request::<method::TranscriptAdd>(&clinician, &more), Err(Error::NoteSigned)));
    let view = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    let NoteState::Signed { note: signed, .. } = view.record.note else { panic!("not signed") };
    assert_eq!(signed, note);
}

#[test]
fn a_transcript_of_a_few_words_gets_no_note() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let open = OpenEncounter::of("Ada Marlowe", Language::english());
    let encounter = clinic.request::<method::EncountersOpen>(&clinician, &open).unwrap().record.id;
    let transcript = AddTranscript { encounter, text: "[patient] hello".into() };
    clinic.request::<method::TranscriptAdd>(&clinician, &transcript).unwrap();
    let refused = clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None));
    assert!(matches!(refused, Err(Error::Refused(_))));
}

#[tokio::test]
async fn a_screen_that_watches_is_told_of_alarms_in_order() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    let mut watch = clinic.engine.watch(&desk).unwrap();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let mut own = clinic.engine.watch(&kiosk).unwrap();
    let encounter = clinic.take_intake(&kiosk);
    let mut statuses = Vec::new();
    let mut alarms = 0;
    while statuses.last() != Some(&EncounterStatus::Waiting) {
        match watch.next().await.unwrap() {
            Notice::EncounterChanged { encounter: changed, status } => {
                assert_eq!(changed, encounter);
                statuses.push(status);
            }
            Notice::RedFlagRaised { title, .. } => {
                assert!(!title.is_empty());
                alarms += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(alarms > 0);
    let told = tokio::time::timeout(std::time::Duration::from_millis(50), own.next()).await;
    assert!(told.is_err(), "a kiosk is told nothing of the clinic: {told:?}");
}
