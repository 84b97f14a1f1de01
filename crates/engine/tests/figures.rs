//! Figures, compliance and the months' use at a real clinic: what they say, and who may read them.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{Actor, Answer, AnswerSource, AnswerValue, Coded as _, ErrorCode, EventBody, Role, Stream, Who};
use support::{Clinic, DAY, Hand, PASSWORD, START};

fn clinic() -> (Clinic, Arc<Hand>) {
    let clock = Arc::new(Hand(AtomicI64::new(START)));
    (Clinic::by(Arc::<Hand>::clone(&clock)), clock)
}

/// A month around the clock, whatever the machine's time zone.
fn period() -> ReadAnalytics {
    ReadAnalytics { from: "2027-01-01".to_owned(), until: "2027-01-31".to_owned(), site: None }
}

fn read(clinic: &Clinic, token: &str) -> Analytics {
    clinic.request::<method::AnalyticsRead>(token, &period()).unwrap()
}

#[test]
fn an_administrator_and_an_auditor_read_figures_that_follow_the_log() {
    let (clinic, _) = clinic();
    let admin = clinic.sign_in(Role::Administrator);
    assert_eq!(read(&clinic, &admin).encounters, 0);

    let kiosk = clinic.sign_in(Role::Kiosk);
    clinic.take_intake(&kiosk);
    let clinician = clinic.sign_in(Role::Clinician);
    let drafted = clinic.drafted(&clinician);
    let domain::NoteState::Draft { revision, .. } = drafted.record.note else { panic!("no draft") };
    let first = read(&clinic, &admin);
    assert_eq!((first.encounters, first.channels.touch, first.channels.none), (2, 1, 1));
    assert_eq!((first.intakes.begun, first.intakes.completed), (1, 1));
    assert_eq!((first.notes.drafts, first.notes.signed), (1, 0));
    assert_eq!(first.protocols.iter().filter(|line| line.title.is_some()).count(), 1);
    assert!(first.questions.iter().all(|line| line.text.is_some()), "{:?}", first.questions);
    assert_eq!(first.days.len(), 31);
    assert_eq!(first.days.iter().map(|line| line.channels.touch).sum::<u32>(), 1);

    // What happens afterwards is in the next look.
    let encounter = drafted.record.id;
    let sign = SignNote { encounter, revision, confirmed: Vec::new(), password: PASSWORD.into() };
    clinic.request::<method::NoteSign>(&clinician, &sign).unwrap();
    let auditor = clinic.sign_in(Role::Auditor);
    let second = read(&clinic, &auditor);
    assert_eq!((second.notes.drafts, second.notes.signed), (0, 1));
    assert_eq!(second.notes.changed.median, Some(0));

    // What was deleted is in no figure any more.
    let vault = clinic.engine.vault().unwrap();
    let device = Actor { who: Who::Device(vault.device()), role: Role::Administrator };
    vault.shred(encounter, device, domain::WhyDeleted::Unfinished).unwrap();
    assert_eq!(read(&clinic, &admin).notes.signed, 0);

    let text = serde_json::to_string(&read(&clinic, &admin)).unwrap();
    assert!(!text.contains("Marlowe") && !text.contains(&encounter.to_string()), "{text}");
}

/// Everything that is kept of what was counted.
fn kept(clinic: &Clinic) -> Vec<store::Folded> {
    let ever = domain::Timestamp::from_millis(0)..domain::Timestamp::from_millis(1 << 47);
    clinic.engine.vault().unwrap().folded(&ever).unwrap()
}

#[test]
fn what_was_counted_is_kept_over_a_start_and_counted_again_where_something_happened_since() {
    let (clinic, clock) = clinic();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let patients: Vec<_> = (0..101).map(|_| clinic.begin_intake(&kiosk).encounter).collect();
    clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter: patients[100] }).unwrap();
    let before = read(&clinic, &clinic.sign_in(Role::Administrator));
    let first = kept(&clinic);
    assert_eq!((before.encounters, first.len()), (101, 101));
    let text = String::from_utf8_lossy(&first[0].content).into_owned();
    assert!(!text.contains("Marlowe"), "{text}");

    let clinic = clinic.restart_by(Arc::<Hand>::clone(&clock));
    let admin = clinic.sign_in(Role::Administrator);
    assert_eq!(read(&clinic, &admin), before);
    assert_eq!(kept(&clinic), first, "nothing was folded again");

    // What happened since is not among what is kept, until the next look.
    let vault = clinic.engine.vault().unwrap();
    let device = Actor { who: Who::Device(vault.device()), role: Role::Kiosk };
    let append = store::Append {
        stream: Stream::Encounter(patients[0]),
        actor: device,
        action: domain::Action("test"),
        events: vec![EventBody::LanguageChosen { language: domain::Language::new("es") }],
        expected: store::Expected::Anything,
    };
    vault.append(append).unwrap();
    drop(vault);
    assert_eq!(kept(&clinic).len(), 100);
    let clinic = clinic.restart_by(clock);
    let admin = clinic.sign_in(Role::Administrator);
    let languages = read(&clinic, &admin).languages;
    assert!(languages.iter().any(|line| (line.name.as_str(), line.count) == ("es", 1)), "{languages:?}");
    assert_eq!(kept(&clinic).len(), 101);

    // A deleted encounter takes it along.
    let vault = clinic.engine.vault().unwrap();
    let device = Actor { who: Who::Device(vault.device()), role: Role::Administrator };
    vault.shred(patients[1], device, domain::WhyDeleted::Unfinished).unwrap();
    assert_eq!(kept(&clinic).len(), 100);
    assert_eq!(read(&clinic, &admin).encounters, 100);
    // So does making the projections again, after which everything is counted anew: by itself, while the application runs.
    vault.rebuild_projections().unwrap();
    assert_eq!(kept(&clinic).len(), 0);
    clinic.engine.tend();
    assert_eq!(kept(&clinic).len(), 100);
}

#[test]
fn a_patient_who_leaves_is_counted_at_the_question_that_was_on_the_screen() {
    let (clinic, _) = clinic();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.begin_intake(&kiosk).encounter;
    let reason = Answer::Given(vec![AnswerValue::Text("I have a cough".to_owned())]);
    let view = clinic.answer(&kiosk, encounter, "reason", reason);
    let IntakeStep::Question { question } = view.step else { panic!("no question") };
    clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter }).unwrap();
    let figures = read(&clinic, &clinic.sign_in(Role::Administrator));
    let left: Vec<_> =
        figures.questions.iter().filter(|line| line.left > 0).map(|line| line.link_id.as_str()).collect();
    assert_eq!(left, [question.link_id]);
    assert_eq!((figures.intakes.left, figures.intakes.left_before_first), (1, 0));
}

#[test]
fn an_answer_that_was_asked_back_stands_so_in_the_log() {
    let (clinic, _) = clinic();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.begin_intake(&kiosk).encounter;
    let reason = Answer::Given(vec![AnswerValue::Text("I have a cough".to_owned())]);
    let view = clinic.answer(&kiosk, encounter, "reason", reason);
    let IntakeStep::Question { question } = view.step else { panic!("no question") };
    let link_id = question.link_id;
    let asked = VoiceAsked::Question { link_id: link_id.clone() };
    let words = UnderstandWords { encounter, asked, words: "banana telephone".into() };
    let meaning = clinic.request::<method::IntakeUnderstand>(&kiosk, &words).unwrap();
    assert!(matches!(meaning, VoiceMeaning::Unclear), "{meaning:?}");
    clinic.answer(&kiosk, encounter, &link_id, Answer::Skipped);
    let events = clinic.engine.vault().unwrap().events(Stream::Encounter(encounter)).unwrap();
    let asked_back: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.body {
            EventBody::AnswerAskedBack { link_id, source } => Some((link_id.as_str(), *source)),
            _ => None,
        })
        .collect();
    assert_eq!(asked_back, [(link_id.as_str(), AnswerSource::Typed)]);
}

#[test]
fn figures_and_compliance_need_their_feature_and_a_visit_needs_none() {
    let (clinic, clock) = clinic();
    let admin = clinic.sign_in(Role::Administrator);
    let exported = clinic.request::<method::AnalyticsExport>(&admin, &period()).unwrap();
    assert!(exported.content.expose().starts_with("figure,category,value\r\n"));
    clinic.request::<method::ComplianceRead>(&admin, &Empty {}).unwrap();
    let other_way =
        ReadAnalytics { from: "2027-02-01".to_owned(), until: "2027-01-01".to_owned(), site: None };
    assert_eq!(
        clinic.request::<method::AnalyticsRead>(&admin, &other_way).unwrap_err().code(),
        ErrorCode::RequestInvalid
    );
    // The evaluation is over: the starter has neither.
    clock.0.store(START + 31 * DAY, Ordering::SeqCst);
    clinic.unlock(&admin);
    let missing = ErrorCode::LicenceFeatureMissing;
    assert_eq!(clinic.request::<method::AnalyticsRead>(&admin, &period()).unwrap_err().code(), missing);
    assert_eq!(clinic.request::<method::AnalyticsExport>(&admin, &period()).unwrap_err().code(), missing);
    assert_eq!(clinic.request::<method::ComplianceRead>(&admin, &Empty {}).unwrap_err().code(), missing);
    clinic.drafted(&clinic.sign_in(Role::Clinician));
}

#[test]
fn compliance_shows_what_was_checked_and_when_and_does_not_claim_what_nobody_checked() {
    let (clinic, clock) = clinic();
    let admin = clinic.sign_in(Role::Administrator);
    let look = || clinic.request::<method::ComplianceRead>(&admin, &Empty {}).unwrap();
    let state = |found: &Compliance, wanted: Safeguard| {
        found.safeguards.iter().find(|line| line.safeguard == wanted).unwrap().state
    };
    let before = look();
    assert_eq!((before.audit_check, before.backup), (None, None));
    assert_eq!(state(&before, Safeguard::AuditControls), SafeguardState::Partly);
    assert_eq!(state(&before, Safeguard::EmergencyAccess), SafeguardState::Partly);
    assert_eq!(state(&before, Safeguard::AutomaticLogoff), SafeguardState::InPlace);
    assert_eq!((before.logoff_after_min, before.locks, before.pins, before.waits), (10, 0, 0, 0));
    assert!(before.file_encrypted && before.opens_by_words && before.opens_by_passphrase);
    assert_eq!(state(&before, Safeguard::Encryption), SafeguardState::InPlace);
    assert_eq!(before.people.iter().map(|line| line.count).sum::<u32>(), 4);

    clinic.request::<method::AuditVerify>(&admin, &Empty {}).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("backup").display().to_string();
    clinic.request::<method::BackupCreate>(&admin, &CreateBackup { folder }).unwrap();
    let wrong = SignIn { login: "clinician".into(), password: "not the password".into() };
    assert!(clinic.engine.request::<method::SessionSignIn>(None, &wrong).is_err());
    clinic.request::<method::AuditExport>(&admin, &ExportAudit::default()).unwrap();
    let after = look();
    let check = after.audit_check.unwrap();
    assert_eq!((check.at.as_millis(), check.faults), (START, 0));
    assert!(check.entries > 0 && check.events > 0);
    assert_eq!(state(&after, Safeguard::AuditControls), SafeguardState::InPlace);
    assert_eq!(state(&after, Safeguard::EmergencyAccess), SafeguardState::InPlace);
    assert_eq!((after.sign_ins_refused, after.exports), (1, 1));
    assert_eq!(state(&after, Safeguard::TransmissionEncryption), SafeguardState::Partly);

    // Evidence grows old.
    clock.0.store(START + 29 * DAY, Ordering::SeqCst);
    clinic.unlock(&admin);
    assert_eq!(state(&look(), Safeguard::AuditControls), SafeguardState::InPlace);
    let auditor = clinic.sign_in(Role::Auditor);
    clinic.request::<method::ComplianceRead>(&auditor, &Empty {}).unwrap();
    let clinician = clinic.sign_in(Role::Clinician);
    let refused = clinic.request::<method::ComplianceRead>(&clinician, &Empty {}).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Forbidden);
}

#[test]
fn the_months_of_use_come_to_the_same_as_their_reports() {
    let (clinic, clock) = clinic();
    let clinician = clinic.sign_in(Role::Clinician);
    clinic.drafted(&clinician);
    clock.0.store(START + 25 * DAY, Ordering::SeqCst);
    clinic.unlock(&clinician);
    clinic.drafted(&clinician);
    clinic.drafted(&clinician);
    let admin = clinic.sign_in(Role::Administrator);
    let history = clinic.request::<method::UsageHistoryOf>(&admin, &Empty {}).unwrap();
    let months: Vec<_> = history
        .months
        .iter()
        .map(|line| (line.month.as_str(), line.conversations, line.complete, line.total.is_some()))
        .collect();
    assert_eq!(months, [("2027-02", 2, false, false), ("2027-01", 1, true, false)]);
    for line in &history.months {
        let request = ReportUsage { month: line.month.clone() };
        let report = clinic.request::<method::UsageReportOf>(&admin, &request).unwrap();
        assert_eq!(report.conversations, line.conversations, "{}", line.month);
    }
}
