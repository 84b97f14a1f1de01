//! Nothing that the machine or a screen does keeps a patient from a person, or staff from a record.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use bedside_engine::Engine;
use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{
    Answer, AnswerValue, Coded, ConsentScope, EncounterStatus, ErrorCode, ExportFormat, Language, Role,
};
use support::{Clinic, PASSPHRASE, PASSWORD, options};

fn begin(clinic: &Clinic, kiosk: &str) -> IntakeOf {
    let begin = BeginIntake { language: Language::english(), protocol: None };
    IntakeOf { encounter: clinic.request::<method::IntakeBegin>(kiosk, &begin).unwrap().encounter }
}

fn status(clinic: &Clinic, intake: IntakeOf) -> EncounterStatus {
    let desk = clinic.sign_in(Role::FrontDesk);
    let lines = clinic.request::<method::EncountersList>(&desk, &ListEncounters::default()).unwrap();
    lines.iter().find(|line| line.id == intake.encounter).unwrap().status
}

#[tokio::test]
async fn a_patient_gets_a_person_before_and_without_agreeing_to_anything() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    let mut watch = clinic.engine.watch(&desk).unwrap();
    let kiosk = clinic.sign_in(Role::Kiosk);

    let intake = begin(&clinic, &kiosk);
    assert!(clinic.request::<method::IntakeHelp>(&kiosk, &intake).unwrap().help_requested);
    assert_eq!(watch.next().await, Some(Notice::PersonWanted));
    // A screen that looks later hears of it too, and the record begins with it.
    assert_eq!(clinic.engine.watch(&desk).unwrap().next().await, Some(Notice::PersonWanted));
    let consents = [(ConsentScope::Intake, true), (ConsentScope::Recording, false)].into();
    let encounter = intake.encounter;
    clinic.request::<method::IntakeConsent>(&kiosk, &GiveConsent { encounter, consents }).unwrap();
    assert!(matches!(watch.next().await, Some(Notice::HelpRequested { .. })));

    let intake = begin(&clinic, &kiosk);
    let consents = [(ConsentScope::Intake, false)].into();
    let declined = GiveConsent { encounter: intake.encounter, consents };
    clinic.request::<method::IntakeConsent>(&kiosk, &declined).unwrap();
    assert!(clinic.request::<method::IntakeHelp>(&kiosk, &intake).unwrap().help_requested);
    while watch.next().await.unwrap() != Notice::PersonWanted {}
}

#[test]
fn nobody_but_the_patients_own_screen_reaches_an_open_intake() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.begin_intake(&kiosk).encounter;
    for role in [Role::FrontDesk, Role::Clinician] {
        let token = clinic.sign_in(role);
        let of = IntakeOf { encounter };
        assert!(matches!(clinic.request::<method::IntakeBack>(&token, &of), Err(Error::Forbidden)));
        assert!(matches!(clinic.request::<method::IntakeSubmit>(&token, &of), Err(Error::Forbidden)));
        assert!(matches!(clinic.request::<method::IntakeAbandon>(&token, &of), Err(Error::Forbidden)));
    }
}

#[test]
fn a_visit_can_begin_while_the_intake_was_left_open() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.begin_intake(&kiosk).encounter;
    assert_eq!(status(&clinic, IntakeOf { encounter }), EncounterStatus::Intake);
    let clinician = clinic.sign_in(Role::Clinician);
    let transcript = AddTranscript { encounter, text: support::TRANSCRIPT.into() };
    clinic.request::<method::TranscriptAdd>(&clinician, &transcript).unwrap();
    clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None)).unwrap();
    let view = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert!(view.record.status != EncounterStatus::Intake);
    // The kiosk's screen is told that there is nothing to go on with.
    let answered = clinic.request::<method::IntakeHelp>(&kiosk, &IntakeOf { encounter });
    assert!(matches!(answered, Err(Error::NotFound { .. })));
}

#[test]
fn a_new_draft_replaces_the_one_that_was_read_and_no_other() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = clinic.drafted(&clinician).record.id;
    let draft =
        |replaces| clinic.request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, replaces));
    assert!(matches!(draft(None), Err(Error::NoteConflict)));
    assert!(matches!(draft(Some(7)), Err(Error::NoteConflict)));
    draft(Some(1)).unwrap();
}

#[test]
fn a_changed_password_signs_its_owner_out_everywhere_else() {
    let clinic = Clinic::new();
    let (here, elsewhere) = (clinic.sign_in(Role::Clinician), clinic.sign_in(Role::Clinician));
    let change = ChangePassword { present: PASSWORD.into(), new: "another long password".into() };
    clinic.request::<method::PasswordChange>(&here, &change).unwrap();
    assert!(clinic.engine.is_signed_in(&here));
    assert!(!clinic.engine.is_signed_in(&elsewhere));
}

#[test]
fn a_refusal_names_what_it_was_about_and_an_unlock_is_recorded() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = clinic.drafted(&clinician).record.id;
    let desk = clinic.sign_in(Role::FrontDesk);
    assert!(clinic.request::<method::EncountersShow>(&desk, &EncounterOf { encounter }).is_err());
    let wrong = SignIn { login: "clinician".into(), password: "wrong password".into() };
    assert!(clinic.engine.request::<method::SessionSignIn>(None, &wrong).is_err());

    let Clinic { engine, data, _folder } = clinic;
    drop(engine);
    let engine = Engine::start(options(&data, None)).unwrap();
    engine.request::<method::VaultUnlock>(None, &UnlockVault::Passphrase(PASSPHRASE.into())).unwrap();
    let auditor = SignIn { login: "auditor".into(), password: PASSWORD.into() };
    let token = engine.request::<method::SessionSignIn>(None, &auditor).unwrap().token;
    let lines = engine.request::<method::AuditList>(Some(&token), &ListAudit::default()).unwrap();
    let object = |action: &str, refused: bool| {
        let found = lines.iter().find(|line| line.action == action && line.refused.is_some() == refused);
        found.unwrap_or_else(|| panic!("no entry of {action}")).object.clone().unwrap_or_default()
    };
    assert_eq!(object("encounters.show", true), format!("encounter:{encounter}"));
    assert!(object("session.sign-in", true).starts_with("person:"));
    assert_eq!(object("vault.unlock", false), "vault");
}

/// A file system in memory, until it is dropped. `None` where this user may mount none.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs"]).arg(at);
        let mounted = cfg!(target_os = "linux") && mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("skipped: no file system of its own can be mounted here");
        }
        mounted.then(|| Self(at.to_owned()))
    }

    /// Fills it, with whatever the vault kept for such a day.
    fn fill(&self) {
        use std::io::Write;
        let _ = std::fs::remove_file(self.0.join("clinic/reserve"));
        let mut file = std::fs::File::create(self.0.join("ballast")).unwrap();
        while file.write_all(&[7; 4096]).is_ok() {}
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn on_a_full_disk_records_are_read_and_exported_and_the_audit_trail_hears_of_it_later() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Small::mount(&folder.path().join("disk")) else { return };
    let clinic = Clinic::at(&disk.0.join("clinic"));
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = clinic.drafted(&clinician).record.id;
    let kiosk = clinic.sign_in(Role::Kiosk);
    let intake = clinic.begin_intake(&kiosk);
    disk.fill();
    // Until the write-ahead log has no room of its own left.
    let wanted = IntakeOf { encounter: intake.encounter };
    let link = |view: &IntakeView| match &view.step {
        IntakeStep::Question { question } => question.link_id.clone(),
        step => panic!("{step:?}"),
    };
    let first = link(&intake);
    let full = (0..2_000).find_map(|_| {
        let answer = GiveAnswer {
            encounter: intake.encounter,
            link_id: first.clone(),
            answer: Answer::Given(vec![AnswerValue::Text("it aches ".repeat(100))]).into(),
            source: domain::AnswerSource::Typed,
            words: None,
        };
        clinic.request::<method::IntakeAnswer>(&kiosk, &answer).err()
    });
    assert_eq!(full.unwrap().code(), ErrorCode::DiskFull);

    let again = clinic.sign_in(Role::Clinician);
    let of = EncounterOf { encounter };
    clinic.request::<method::EncountersShow>(&again, &of).unwrap();
    let export = ExportEncounter { encounter, format: ExportFormat::Fhir };
    assert!(
        !clinic.request::<method::EncountersExport>(&again, &export).unwrap().content.expose().is_empty()
    );
    clinic.request::<method::SessionSignOut>(&again, &Empty {}).unwrap();
    assert!(!clinic.engine.is_signed_in(&again));
    let close = SignIn { login: "front-desk".into(), password: PASSWORD.into() };
    let desk = clinic.request::<method::KioskClose>(&kiosk, &close).unwrap();
    assert_eq!(desk.role, Role::FrontDesk, "the kiosk gives the screen back");

    std::fs::remove_file(disk.0.join("ballast")).unwrap();
    let auditor = clinic.sign_in(Role::Auditor);
    let lines = clinic.request::<method::AuditList>(&auditor, &ListAudit::default()).unwrap();
    for action in ["encounters.show", "encounters.export", "session.sign-out", "kiosk.close"] {
        assert!(lines.iter().any(|line| line.action == action && line.refused.is_none()), "{action}");
    }
    assert!(clinic.request::<method::AuditVerify>(&auditor, &Empty {}).unwrap().faults.is_empty());
    clinic.sign_in(Role::Kiosk);
    assert_eq!(status(&clinic, wanted), EncounterStatus::Partial);
}
