//! The first start: it goes on where it was, restores a backup in place of a new clinic, says what a device is for, brings
//! models in, and rehearses without leaving a trace.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::Path;

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use bedside_engine::{Engine, Error};
use domain::{Coded, ErrorCode, Language, Permission, Role};
use support::{Clinic, PASSPHRASE, PASSWORD, options};

fn guided(engine: &Engine) -> Vec<String> {
    let request = CreateClinic {
        clinic: "Riverside Clinic".into(),
        language: Language::english(),
        administrator: "Administrator".into(),
        login: "administrator".into(),
        password: PASSWORD.into(),
        passphrase: PASSPHRASE.into(),
        guided: true,
    };
    engine.request::<method::ClinicCreate>(None, &request).unwrap().recovery_words
}

fn administrator(engine: &Engine) -> String {
    let request = SignIn { login: "administrator".into(), password: PASSWORD.into() };
    engine.request::<method::SessionSignIn>(None, &request).unwrap().token
}

fn state(engine: &Engine) -> AppState {
    engine.request::<method::AppStateOf>(None, &Empty {}).unwrap()
}

fn confirm(engine: &Engine, words: &[String]) -> Result<Empty, Error> {
    let words = [1_u8, 12, 24].map(|place| (place, words[usize::from(place) - 1].clone())).to_vec();
    engine.request::<method::RecoveryConfirm>(None, &ConfirmRecovery { words })
}

fn code<T>(refused: Result<T, Error>) -> ErrorCode {
    refused.err().expect("it is refused").code()
}

#[test]
fn a_first_start_that_was_cut_off_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let unseen = {
        let engine = Engine::start(options(folder.path(), None)).unwrap();
        let words = guided(&engine);
        assert_eq!(state(&engine).first_start, Some(FirstStep::Words));
        words
    };
    let restart = || Engine::start(options(folder.path(), Some(PASSPHRASE))).unwrap();
    {
        // The words were never confirmed: new ones are made, and the old ones open nothing any more.
        let engine = restart();
        assert_eq!(state(&engine).first_start, Some(FirstStep::Words));
        let token = administrator(&engine);
        let keep = KeepFirstStep { step: Some(FirstStep::Device) };
        let past = engine.request::<method::FirstStartKeep>(Some(&token), &keep);
        assert_eq!(code(past), ErrorCode::WrongState, "the words are not passed over");
        let words = engine.request::<method::RecoveryRenew>(Some(&token), &Empty {}).unwrap().recovery_words;
        assert_ne!(words, unseen);
        assert!(confirm(&engine, &unseen).is_err());
        confirm(&engine, &words).unwrap();
        assert_eq!(state(&engine).first_start, Some(FirstStep::Device));
        let again = engine.request::<method::RecoveryRenew>(Some(&token), &Empty {});
        assert_eq!(code(again), ErrorCode::WrongState, "what was written down holds");
        let keep = KeepFirstStep { step: Some(FirstStep::Models) };
        engine.request::<method::FirstStartKeep>(Some(&token), &keep).unwrap();
    }
    let engine = Engine::start(options(folder.path(), None)).unwrap();
    let old = UnlockVault::RecoveryWords(unseen.join(" "));
    assert_eq!(code(engine.request::<method::VaultUnlock>(None, &old)), ErrorCode::VaultWrongKey);
    drop(engine);
    let engine = restart();
    assert_eq!(state(&engine).first_start, Some(FirstStep::Models));
    let token = administrator(&engine);
    engine.request::<method::FirstStartKeep>(Some(&token), &KeepFirstStep { step: None }).unwrap();
    assert_eq!(state(&engine).first_start, None);
    let keep = KeepFirstStep { step: Some(FirstStep::Device) };
    let again = engine.request::<method::FirstStartKeep>(Some(&token), &keep);
    assert_eq!(code(again), ErrorCode::WrongState, "it is over");
}

#[test]
fn a_clinic_that_was_set_up_from_the_command_line_has_no_steps_left() {
    let clinic = Clinic::new();
    assert_eq!(state(&clinic.engine).first_start, None);
    let admin = clinic.sign_in(Role::Administrator);
    assert_eq!(code(clinic.request::<method::RecoveryRenew>(&admin, &Empty {})), ErrorCode::WrongState);
}

#[test]
fn a_backup_is_checked_then_restored_and_never_over_a_clinic() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    let kiosk = clinic.sign_in(Role::Kiosk);
    clinic.take_intake(&kiosk);
    let admin = clinic.sign_in(Role::Administrator);
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("backup").display().to_string();
    clinic.request::<method::BackupCreate>(&admin, &CreateBackup { folder: backup.clone() }).unwrap();

    let with = |key: UnlockVault| OpenBackup { folder: backup.clone(), key };
    let right = || with(UnlockVault::Passphrase(PASSPHRASE.into()));
    let over = clinic.engine.request::<method::BackupRestore>(None, &right());
    assert_eq!(code(over), ErrorCode::VaultExists);
    assert_eq!(code(clinic.engine.request::<method::BackupCheck>(None, &right())), ErrorCode::VaultExists);

    let new = elsewhere.path().join("new");
    let engine = Engine::start(options(&new, None)).unwrap();
    let wrong = with(UnlockVault::Passphrase("not the passphrase".into()));
    assert_eq!(code(engine.request::<method::BackupCheck>(None, &wrong)), ErrorCode::VaultWrongKey);
    let found = engine.request::<method::BackupCheck>(None, &right()).unwrap();
    assert_eq!((found.encounters, found.people), (1, 4));
    assert_eq!(engine.phase(), Phase::New, "looking changes nothing");
    assert_eq!(code(engine.request::<method::BackupRestore>(None, &wrong)), ErrorCode::VaultWrongKey);
    assert_eq!(engine.phase(), Phase::New);

    let restored = engine.request::<method::BackupRestore>(None, &right()).unwrap();
    assert_eq!(restored.phase, Phase::Ready);
    assert_eq!(restored.clinic.as_deref(), Some("Riverside Clinic"));
    assert_eq!(restored.first_start, Some(FirstStep::Device), "what this device is, is asked anew");
    let sign_in = SignIn { login: "front-desk".into(), password: PASSWORD.into() };
    let token = engine.request::<method::SessionSignIn>(None, &sign_in).unwrap().token;
    let all = ListEncounters { since: None, until: None, site: None };
    assert_eq!(engine.request::<method::EncountersList>(Some(&token), &all).unwrap().len(), 1);
    assert_eq!(
        clinic.request::<method::EncountersList>(&desk, &all).unwrap().len(),
        1,
        "the first is as it was"
    );
    assert_eq!(code(engine.request::<method::BackupRestore>(None, &right())), ErrorCode::VaultExists);
}

#[test]
fn a_device_is_what_an_administrator_says_and_begins_so() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let desk = clinic.sign_in(Role::FrontDesk);
    assert_eq!(state(&clinic.engine).device_role, DeviceRole::Both);
    let assign = |token: &str, role| clinic.request::<method::DeviceAssign>(token, &AssignDevice { role });
    assert_eq!(code(assign(&desk, DeviceRole::Kiosk)), ErrorCode::Forbidden);
    assert_eq!(
        code(clinic.engine.request::<method::KioskResume>(None, &Empty {})),
        ErrorCode::Forbidden,
        "only a kiosk begins as one"
    );

    assert!(!assign(&admin, DeviceRole::Clinician).unwrap().kiosk_at_start);
    assert_eq!(code(clinic.request::<method::KioskOpen>(&desk, &Empty {})), ErrorCode::DeviceNoKiosk);
    assert!(assign(&admin, DeviceRole::Kiosk).unwrap().kiosk_at_start);
    let clinic = clinic.restart();
    assert_eq!(state(&clinic.engine).device_role, DeviceRole::Kiosk);
    let kiosk = clinic.engine.request::<method::KioskResume>(None, &Empty {}).unwrap();
    assert_eq!(kiosk.role, Role::Kiosk);
}

#[test]
fn a_kiosk_does_not_begin_by_itself_before_its_first_start_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::start(options(folder.path(), None)).unwrap();
    let words = guided(&engine);
    confirm(&engine, &words).unwrap();
    let token = administrator(&engine);
    let assign = AssignDevice { role: DeviceRole::Kiosk };
    let assigned = engine.request::<method::DeviceAssign>(Some(&token), &assign).unwrap();
    assert!(!assigned.kiosk_at_start, "whoever sets it up is not locked out");
    engine.request::<method::FirstStartKeep>(Some(&token), &KeepFirstStep { step: None }).unwrap();
    assert!(state(&engine).kiosk_at_start);
}

#[test]
fn a_kiosk_from_before_there_were_roles_stays_one() {
    let clinic = Clinic::new();
    let vault = clinic.engine.vault().unwrap();
    vault.remember("kiosk", br#"{"at_start":true,"ask_after_s":60}"#.to_vec()).unwrap();
    let found = state(&clinic.engine);
    assert_eq!((found.device_role, found.kiosk_at_start), (DeviceRole::Kiosk, true));
    let kiosk = clinic.engine.request::<method::KioskResume>(None, &Empty {}).unwrap();
    let device = clinic.request::<method::KioskDeviceOf>(&kiosk.token, &Empty {}).unwrap();
    assert_eq!(device.settings.ask_after_s, 60);
}

#[test]
fn a_rehearsal_is_in_no_list_no_figure_and_no_bill_and_is_gone_at_its_end() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let desk = clinic.sign_in(Role::FrontDesk);
    let all = ListEncounters { since: None, until: None, site: None };
    let refused = clinic.request::<method::RehearsalBegin>(&desk, &Empty {});
    assert_eq!(code(refused), ErrorCode::Forbidden);

    let Rehearsing { kiosk, staff } = clinic.request::<method::RehearsalBegin>(&admin, &Empty {}).unwrap();
    let entries = || clinic.engine.vault().unwrap().verify_audit().unwrap().events;
    let before = entries();
    let encounter = clinic.take_intake(&kiosk.token);
    let rehearsed = clinic.request::<method::EncountersList>(&staff.token, &all).unwrap();
    assert_eq!(rehearsed.iter().map(|line| line.id).collect::<Vec<_>>(), [encounter]);
    let view = clinic.request::<method::EncountersShow>(&staff.token, &EncounterOf { encounter }).unwrap();
    assert_eq!(view.record.id, encounter, "the staff's own screens show it");

    assert_eq!(entries(), before, "the clinic's log has nothing of it");
    assert!(clinic.request::<method::EncountersList>(&desk, &all).unwrap().is_empty());
    let status = clinic.request::<method::LicenceStatusOf>(&admin, &Empty {}).unwrap();
    assert_eq!(status.usage.opened, 0, "nor is it paid for");
    let figures = ReadAnalytics { from: "2020-01-01".into(), until: "2029-12-31".into(), site: None };
    let figures = clinic.request::<method::AnalyticsRead>(&admin, &figures).unwrap();
    assert_eq!(figures.encounters, 0);

    // It never hands the device over: the window of a rehearsal is not locked.
    assert!(!staff.permissions.contains(&Permission::KioskOpen));
    assert_eq!(code(clinic.request::<method::KioskOpen>(&staff.token, &Empty {})), ErrorCode::Forbidden);

    let folder = clinic.data.join("rehearsal");
    assert!(folder.exists());
    clinic.request::<method::RehearsalEnd>(&admin, &Empty {}).unwrap();
    assert!(!folder.exists());
    let after = clinic.request::<method::EncountersList>(&staff.token, &all);
    assert_eq!(code(after), ErrorCode::NotSignedIn);
    assert!(clinic.request::<method::EncountersList>(&desk, &all).is_ok(), "the clinic goes on");
}

#[test]
fn a_rehearsal_that_was_cut_off_is_removed_at_the_next_start() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    clinic.request::<method::RehearsalBegin>(&admin, &Empty {}).unwrap();
    let folder = clinic.data.join("rehearsal");
    assert!(folder.exists());
    let _clinic = clinic.restart();
    assert!(!folder.exists());
}

const STARTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/starter/bedside-starter-en.bin");

#[tokio::test]
async fn a_model_is_copied_from_a_stick_checked_and_told_of_while_it_arrives() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let desk = clinic.sign_in(Role::FrontDesk);
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("ward-speech.bin");
    std::fs::copy(STARTER, &file).unwrap();
    let import = |path: &Path| ImportModels { path: path.display().to_string() };
    assert_eq!(code(clinic.request::<method::ModelsImport>(&desk, &import(&file))), ErrorCode::Forbidden);

    let mut watch = clinic.engine.watch(&admin).unwrap();
    let begun = clinic.request::<method::ModelsImport>(&admin, &import(&file)).unwrap();
    let work = begun.work.expect("it is under way, or over already");
    assert_eq!((work.task, work.subject.as_str()), (ModelTask::Import, "ward-speech.bin"));
    let ended = loop {
        match watch.next().await {
            Some(Notice::Models { work }) if !matches!(work.state, WorkState::Running { .. }) => break work,
            Some(_) => {}
            None => panic!("the engine is gone"),
        }
    };
    assert_eq!(ended.state, WorkState::Done { models: vec!["ward-speech".into()] });

    let here = clinic.request::<method::ModelsList>(&admin, &Empty {}).unwrap();
    let line = |name: &str| here.models.iter().find(|model| model.name == name).cloned();
    let own = line("ward-speech").expect("it is listed");
    assert!(matches!(own.state, ModelStanding::Verified { known: false, .. }));
    assert_eq!(own.purpose, ModelPurpose::Speech);
    let starter = line(inference::STARTER);
    assert_eq!(starter.is_some_and(|starter| starter.starter), inference::starter().is_some());
    let recommended: Vec<_> = here.models.iter().filter(|model| model.recommended).collect();
    assert!(recommended.iter().all(|model| model.fits && model.source.is_some()));

    let of = ModelOf { name: "ward-speech".into() };
    let left = clinic.request::<method::ModelsRemove>(&admin, &of).unwrap();
    assert!(left.models.iter().all(|model| model.name != "ward-speech"));
    let unknown = clinic.request::<method::ModelsFetch>(&admin, &ModelOf { name: "none".into() });
    assert_eq!(code(unknown), ErrorCode::ModelUnknown);
}

#[tokio::test]
async fn a_file_that_is_no_model_is_refused_in_words_and_nothing_of_it_is_kept() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("letter.bin");
    std::fs::write(&file, b"not a model").unwrap();
    let mut watch = clinic.engine.watch(&admin).unwrap();
    let import = ImportModels { path: file.display().to_string() };
    clinic.request::<method::ModelsImport>(&admin, &import).unwrap();
    let failed = loop {
        match watch.next().await {
            Some(Notice::Models { work }) if !matches!(work.state, WorkState::Running { .. }) => break work,
            Some(_) => {}
            None => panic!("the engine is gone"),
        }
    };
    let WorkState::Failed { error } = failed.state else { panic!("it is no model: {failed:?}") };
    assert_eq!(error.code, ErrorCode::ModelInvalid);
    let here = clinic.request::<method::ModelsList>(&admin, &Empty {}).unwrap();
    assert!(here.models.iter().all(|model| model.name != "letter"));
    assert!(
        matches!(here.work, Some(ModelWork { state: WorkState::Failed { .. }, .. })),
        "a reloaded page says so too"
    );
}
