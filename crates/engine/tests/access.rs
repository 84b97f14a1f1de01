//! Who may call what.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_engine::rpc::Access;
use bedside_engine::rpc::schema::{RULES, method};
use bedside_engine::rpc::types::*;
use bedside_engine::{Engine, Error};
use domain::{ErrorCode, Language, Permission, Role};
use serde_json::{Value, json};
use support::{Clinic, PASSPHRASE, PASSWORD, options};

#[test]
fn every_method_has_one_name_and_one_rule_and_is_routed() {
    let clinic = Clinic::new();
    let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    // A session that may call it, and a request that fits no schema: what is not routed says so, all else says "invalid".
    for rule in RULES {
        let token = match rule.access {
            Access::Open => None,
            Access::Session => Some(clinic.sign_in(Role::Auditor)),
            Access::May(permission) => {
                let role = Role::ALL.into_iter().find(|role| role.may(permission)).unwrap();
                Some(clinic.sign_in(role))
            }
        };
        let answered = clinic.engine.call(token.as_deref(), rule.name, json!("no request is a string"));
        assert_eq!(answered.unwrap_err().code, ErrorCode::RequestInvalid, "{}", rule.name);
    }
    let unknown = clinic.engine.call(None, "no.such-method", Value::Null);
    assert_eq!(unknown.unwrap_err().code, ErrorCode::MethodUnknown);
}

#[test]
fn every_role_is_refused_what_it_may_not_and_nobody_is_let_in_without_a_session() {
    let clinic = Clinic::new();
    for role in Role::ALL {
        let token = clinic.sign_in(role);
        for rule in RULES {
            let Access::May(permission) = rule.access else { continue };
            let answered = clinic.engine.call(Some(&token), rule.name, json!("no request is a string"));
            let expected =
                if role.may(permission) { ErrorCode::RequestInvalid } else { ErrorCode::Forbidden };
            assert_eq!(answered.unwrap_err().code, expected, "{} as {}", rule.name, role.as_str());
        }
    }
    for rule in RULES.iter().filter(|rule| rule.access != Access::Open) {
        for token in [None, Some("0000")] {
            let answered = clinic.engine.call(token, rule.name, json!({}));
            assert_eq!(answered.unwrap_err().code, ErrorCode::NotSignedIn, "{}", rule.name);
        }
    }
}

#[test]
fn a_kiosk_reaches_no_intake_but_its_own() {
    let clinic = Clinic::new();
    let first = clinic.sign_in(Role::Kiosk);
    let second = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.begin_intake(&first).encounter;
    let answered = clinic.request::<method::IntakeBack>(&second, &IntakeOf { encounter });
    assert!(matches!(answered, Err(Error::Forbidden)));
    let answered = clinic.request::<method::IntakeAbandon>(&second, &IntakeOf { encounter });
    assert!(matches!(answered, Err(Error::Forbidden)));
    assert!(clinic.request::<method::IntakeHelp>(&first, &IntakeOf { encounter }).is_ok());
    // The next patient's intake takes the place of the one before.
    clinic.begin_intake(&first);
    let answered = clinic.request::<method::IntakeBack>(&first, &IntakeOf { encounter });
    assert!(matches!(answered, Err(Error::Forbidden)));
}

#[test]
fn opening_the_kiosk_ends_the_session_that_opened_it_and_closing_it_takes_staff() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    let kiosk = clinic.request::<method::KioskOpen>(&desk, &Empty {}).unwrap().token;
    assert!(matches!(clinic.request::<method::SessionCurrent>(&desk, &Empty {}), Err(Error::NotSignedIn)));
    let close = |login: &str, password: &str| SignIn { login: login.into(), password: password.into() };
    assert!(clinic.request::<method::KioskClose>(&kiosk, &close("front-desk", "wrong")).is_err());
    assert!(clinic.request::<method::KioskClose>(&kiosk, &close("auditor", PASSWORD)).is_err());
    let session = clinic.request::<method::KioskClose>(&kiosk, &close("front-desk", PASSWORD)).unwrap();
    assert_eq!(session.role, Role::FrontDesk);
    assert!(!session.permissions.contains(&Permission::EncounterRead));
    assert!(matches!(clinic.request::<method::SessionCurrent>(&kiosk, &Empty {}), Err(Error::NotSignedIn)));
}

#[test]
fn refusals_and_readings_stand_in_the_audit_trail() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = clinic.drafted(&clinician).record.id;
    clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    let desk = clinic.sign_in(Role::FrontDesk);
    assert!(clinic.request::<method::EncountersShow>(&desk, &EncounterOf { encounter }).is_err());
    let wrong = SignIn { login: "clinician".into(), password: "wrong password".into() };
    assert!(clinic.engine.request::<method::SessionSignIn>(None, &wrong).is_err());

    let auditor = clinic.sign_in(Role::Auditor);
    let lines = clinic.request::<method::AuditList>(&auditor, &ListAudit::default()).unwrap();
    let has = |action: &str, role: Role, refused: bool| {
        lines
            .iter()
            .any(|line| line.action == action && line.role == role && line.refused.is_some() == refused)
    };
    assert!(has("encounters.show", Role::Clinician, false));
    assert!(has("encounters.show", Role::FrontDesk, true));
    assert!(has("session.sign-in", Role::Kiosk, true), "nobody signed in");
    let verdict = clinic.request::<method::AuditVerify>(&auditor, &Empty {}).unwrap();
    assert!(verdict.faults.is_empty());
}

#[test]
fn a_wrong_passphrase_leaves_the_vault_locked_and_the_right_one_opens_it() {
    let clinic = Clinic::new();
    let data = clinic.data.clone();
    let Clinic { engine, .. } = &clinic;
    assert_eq!(engine.phase(), Phase::Ready);
    let clinic = clinic.restart();
    drop(clinic.engine);
    let engine = Engine::start(options(&data, None)).unwrap();
    assert_eq!(engine.phase(), Phase::Locked);
    let wrong = UnlockVault::Passphrase("not the passphrase".into());
    let refused = engine.request::<method::VaultUnlock>(None, &wrong);
    assert_eq!(domain::Coded::code(&refused.err().unwrap()), ErrorCode::VaultWrongKey);
    let right = UnlockVault::Passphrase(PASSPHRASE.into());
    let state = engine.request::<method::VaultUnlock>(None, &right).unwrap();
    assert_eq!(state.phase, Phase::Ready);
    assert_eq!(state.clinic.as_deref(), Some("Riverside Clinic"));
}

#[test]
fn a_clinic_is_created_once_and_its_recovery_words_are_asked_back() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::start(options(folder.path(), None)).unwrap();
    assert_eq!(engine.phase(), Phase::New);
    let request = |password: &str, passphrase: &str| CreateClinic {
        clinic: "Riverside Clinic".into(),
        language: Language::english(),
        administrator: "Administrator".into(),
        login: "administrator".into(),
        password: password.into(),
        passphrase: passphrase.into(),
        guided: false,
    };
    let short = engine.request::<method::ClinicCreate>(None, &request("short", PASSPHRASE));
    assert!(matches!(short, Err(Error::TooShort { .. })));
    let short = engine.request::<method::ClinicCreate>(None, &request(PASSWORD, "short"));
    assert!(matches!(short, Err(Error::TooShort { .. })));
    assert_eq!(engine.phase(), Phase::New);

    let words =
        engine.request::<method::ClinicCreate>(None, &request(PASSWORD, PASSPHRASE)).unwrap().recovery_words;
    assert_eq!(words.len(), 24);
    let typed = |places: &[u8]| ConfirmRecovery {
        words: places.iter().map(|&place| (place, words[usize::from(place) - 1].to_uppercase())).collect(),
    };
    assert!(engine.request::<method::RecoveryConfirm>(None, &typed(&[1, 2])).is_err(), "two are too few");
    let mut wrong = typed(&[1, 2, 3]);
    wrong.words[2].1 = "zoo zoo".into();
    assert!(engine.request::<method::RecoveryConfirm>(None, &wrong).is_err());
    engine.request::<method::RecoveryConfirm>(None, &typed(&[1, 12, 24])).unwrap();

    let again = engine.request::<method::ClinicCreate>(None, &request(PASSWORD, PASSPHRASE));
    assert!(matches!(again, Err(Error::ClinicExists)));
}

#[test]
fn a_device_begins_as_a_kiosk_only_where_that_was_set_and_its_waits_have_limits() {
    let clinic = Clinic::new();
    let resume = || clinic.engine.request::<method::KioskResume>(None, &Empty {});
    assert!(matches!(resume(), Err(Error::Forbidden)));
    let admin = clinic.sign_in(Role::Administrator);
    let desk = clinic.sign_in(Role::FrontDesk);
    let settings = KioskSettings {
        ask_after_s: 1,
        leave_after_s: 100_000,
        welcome: [(Language::english(), "  Good morning. ".to_owned())].into(),
        ..KioskSettings::default()
    };
    let set = clinic.request::<method::KioskConfigure>(&desk, &settings).unwrap().settings;
    assert_eq!((set.ask_after_s, set.leave_after_s), (45, 300));
    assert_eq!(set.welcome[&Language::english()], "Good morning.");
    let assign = AssignDevice { role: DeviceRole::Kiosk };
    assert!(clinic.request::<method::DeviceAssign>(&admin, &assign).unwrap().kiosk_at_start);
    let kiosk = resume().unwrap();
    assert_eq!(kiosk.role, Role::Kiosk);
    let device = clinic.request::<method::KioskDeviceOf>(&kiosk.token, &Empty {}).unwrap();
    assert_eq!(device.settings, set);
    // A kiosk sets nothing.
    let refused = clinic.request::<method::KioskConfigure>(&kiosk.token, &settings);
    assert!(matches!(refused, Err(Error::Forbidden)));
}

#[test]
fn a_patient_whose_language_the_questions_lack_is_told_which_they_are_in() {
    let clinic = Clinic::new();
    let kiosk = clinic.sign_in(Role::Kiosk);
    for (chosen, asked_in) in [("en", "en"), ("es", "es"), ("ar", "en")] {
        let begin = BeginIntake { language: Language::new(chosen), protocol: None };
        let view = clinic.request::<method::IntakeBegin>(&kiosk, &begin).unwrap();
        assert_eq!((view.language.tag(), view.asked_in.tag()), (chosen, asked_in));
    }
}

#[test]
fn only_the_intakes_own_kiosk_changes_how_loud_it_is() {
    let clinic = Clinic::new();
    let first = clinic.sign_in(Role::Kiosk);
    let second = clinic.sign_in(Role::Kiosk);
    let encounter = clinic.begin_intake(&first).encounter;
    let louder = SetVolume { encounter, volume: 1.0 };
    assert!(clinic.request::<method::VoiceVolume>(&first, &louder).is_ok());
    assert!(matches!(clinic.request::<method::VoiceVolume>(&second, &louder), Err(Error::Forbidden)));
}
