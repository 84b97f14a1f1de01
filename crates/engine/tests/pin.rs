//! PINs: what they open, what stands before them, and what a wait never holds up.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{Coded as _, EncounterId, ErrorCode, EventKind, NoteState, Phi, Role, Stream};
use support::{Clinic, Hand, PASSWORD, START};

const PIN: &str = "480913";
const OTHER: &str = "27051964";

fn set_pin(clinic: &Clinic, token: &str, pin: &str) -> Result<Session, Error> {
    clinic.request::<method::PinSet>(token, &SetPin { password: PASSWORD.into(), pin: pin.into() })
}

fn leave(clinic: &Clinic, kiosk: &str, pin: &str) -> Result<Session, Error> {
    clinic.request::<method::KioskLeave>(kiosk, &LeaveKiosk { pin: pin.into() })
}

fn sign_in(clinic: &Clinic, login: &str, password: &str) -> Result<Session, Error> {
    let request = SignIn { login: login.into(), password: password.into() };
    clinic.engine.request::<method::SessionSignIn>(None, &request)
}

/// A draft to sign.
fn drafted(clinic: &Clinic, clinician: &str) -> (EncounterId, u32) {
    let record = clinic.drafted(clinician).record;
    let NoteState::Draft { revision, .. } = record.note else { panic!("no draft") };
    (record.id, revision)
}

/// For how many seconds nothing is taken.
fn wait_of<T>(answered: Result<T, Error>) -> u64 {
    match answered.err().expect("something is refused") {
        Error::SignInWait { seconds } => seconds,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pin_is_chosen_changed_and_removed_with_the_password_only() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    let wrong = SetPin { password: "not the password".into(), pin: PIN.into() };
    assert!(matches!(clinic.request::<method::PinSet>(&desk, &wrong), Err(Error::SignInFailed)));
    assert!(set_pin(&clinic, &desk, PIN).unwrap().has_pin);
    // The PIN itself changes nothing about itself.
    let by_pin = SetPin { password: PIN.into(), pin: OTHER.into() };
    assert!(matches!(clinic.request::<method::PinSet>(&desk, &by_pin), Err(Error::SignInFailed)));
    let by_pin = RemovePin { password: PIN.into() };
    assert!(matches!(clinic.request::<method::PinRemove>(&desk, &by_pin), Err(Error::SignInFailed)));
    let by_pin = ChangePassword { present: PIN.into(), new: "another long password".into() };
    assert!(clinic.request::<method::PasswordChange>(&desk, &by_pin).is_err());

    assert!(set_pin(&clinic, &desk, OTHER).unwrap().has_pin);
    let kiosk = clinic.request::<method::KioskOpen>(&desk, &Empty {}).unwrap().token;
    assert!(matches!(leave(&clinic, &kiosk, PIN), Err(Error::PinWrong)), "the one before is gone");
    let desk = leave(&clinic, &kiosk, OTHER).unwrap();
    assert_eq!((desk.role, desk.has_pin), (Role::FrontDesk, true));
    let removed = RemovePin { password: PASSWORD.into() };
    assert!(!clinic.request::<method::PinRemove>(&desk.token, &removed).unwrap().has_pin);
    let kiosk = clinic.request::<method::KioskOpen>(&desk.token, &Empty {}).unwrap().token;
    assert!(matches!(leave(&clinic, &kiosk, OTHER), Err(Error::PinWrong)));
    // A kiosk has no password and so no PIN.
    assert!(matches!(set_pin(&clinic, &kiosk, PIN), Err(Error::Forbidden)));
}

#[test]
fn a_pin_that_is_easily_guessed_or_a_colleagues_is_refused_alike() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    let clinician = clinic.sign_in(Role::Clinician);
    set_pin(&clinic, &clinician, PIN).unwrap();
    for refused in ["000000", "123456", "12345", "1234567890123", "48091a", PIN] {
        let error = set_pin(&clinic, &desk, refused).err().unwrap();
        assert_eq!(error.code(), ErrorCode::PinUnfit, "{refused}");
        assert!(error.parameters().is_empty());
    }
    // One's own may be chosen again.
    assert!(set_pin(&clinic, &clinician, PIN).is_ok());
    assert!(set_pin(&clinic, &desk, OTHER).is_ok());
}

#[test]
fn the_number_pad_finds_whose_pin_it_is_and_lets_only_those_out_who_may_open_a_kiosk() {
    let clinic = Clinic::new();
    let pins = [(Role::FrontDesk, PIN), (Role::Clinician, OTHER), (Role::Auditor, "9041763")];
    let kiosk = clinic.sign_in(Role::Kiosk);
    let pad = || clinic.request::<method::KioskDeviceOf>(&kiosk, &Empty {}).unwrap().pin_pad;
    assert!(!pad());
    let auditor = clinic.sign_in(Role::Auditor);
    set_pin(&clinic, &auditor, pins[2].1).unwrap();
    assert!(!pad(), "an auditor opens no kiosk and closes none");
    for (role, pin) in &pins[..2] {
        let token = clinic.sign_in(*role);
        set_pin(&clinic, &token, pin).unwrap();
    }
    assert!(pad());
    assert!(matches!(leave(&clinic, &kiosk, pins[2].1), Err(Error::Forbidden)));
    assert!(matches!(leave(&clinic, &kiosk, "73046182"), Err(Error::PinWrong)));
    let session = leave(&clinic, &kiosk, OTHER).unwrap();
    assert_eq!(session.person.unwrap().login, "clinician");
    let ended = clinic.request::<method::SessionCurrent>(&kiosk, &Empty {});
    assert!(matches!(ended, Err(Error::NotSignedIn)));
    // Staff cannot try from their own screen who has which.
    assert!(matches!(leave(&clinic, &session.token, PIN), Err(Error::Forbidden)));
}

#[test]
fn a_note_and_an_addendum_are_signed_with_the_pin_or_the_password() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    set_pin(&clinic, &clinician, PIN).unwrap();
    let other = clinic.sign_in(Role::FrontDesk);
    set_pin(&clinic, &other, OTHER).unwrap();
    let (encounter, revision) = drafted(&clinic, &clinician);
    let sign =
        |secret: &str| SignNote { encounter, revision, password: secret.into(), confirmed: Vec::new() };
    for wrong in [OTHER, "480914", "not the password", ""] {
        let refused = clinic.request::<method::NoteSign>(&clinician, &sign(wrong));
        assert!(matches!(refused, Err(Error::PinWrong)), "{wrong}");
    }
    let view = clinic.request::<method::NoteSign>(&clinician, &sign(PIN)).unwrap();
    assert!(matches!(view.record.note, NoteState::Signed { .. }));
    let add = |secret: &str| SignAddendum {
        encounter,
        text: Phi::new("One thing more.".to_owned()),
        password: secret.into(),
    };
    assert!(clinic.request::<method::NoteAddendum>(&clinician, &add(OTHER)).is_err());
    assert!(clinic.request::<method::NoteAddendum>(&clinician, &add(PASSWORD)).is_ok());
}

#[test]
fn pins_are_read_from_the_log_and_outlive_new_projections_and_a_restart() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    set_pin(&clinic, &desk, PIN).unwrap();
    let vault = clinic.engine.vault().unwrap();
    assert!(!vault.rebuild_projections().unwrap().changed);
    let kinds = [EventKind::PinSet, EventKind::PinRemoved];
    let stored = vault.events_of_kinds(Stream::Facility, &kinds).unwrap();
    assert_eq!(stored.len(), 1);
    let shown = format!("{:?}", stored[0].body);
    assert!(shown.contains("$argon2id$") && !shown.contains(PIN), "{shown}");
    drop(vault);
    let clinic = clinic.restart();
    let kiosk = clinic.sign_in(Role::Kiosk);
    assert!(leave(&clinic, &kiosk, PIN).is_ok());
}

#[test]
fn five_wrong_pins_at_the_kiosk_begin_a_wait_that_a_restart_keeps_and_a_clock_set_back_does_not_cut_short() {
    let clock = Arc::new(Hand(AtomicI64::new(START)));
    let pass = |ms: i64| clock.0.fetch_add(ms, Ordering::SeqCst);
    let clinic = Clinic::by(Arc::<Hand>::clone(&clock));
    let desk = clinic.sign_in(Role::FrontDesk);
    set_pin(&clinic, &desk, PIN).unwrap();
    let kiosk = clinic.sign_in(Role::Kiosk);
    for wrong in ["480914", "1", "", "73046182", "480912"] {
        assert!(matches!(leave(&clinic, &kiosk, wrong), Err(Error::PinWrong)));
    }
    assert_eq!(wait_of(leave(&clinic, &kiosk, PIN)), 30, "the right one is not taken either");
    pass(10_000);
    assert_eq!(wait_of(leave(&clinic, &kiosk, PIN)), 20);

    let clinic = clinic.restart_by(Arc::<Hand>::clone(&clock));
    let kiosk = clinic.sign_in(Role::Kiosk);
    assert_eq!(wait_of(leave(&clinic, &kiosk, PIN)), 20);
    pass(-support::DAY);
    assert_eq!(wait_of(leave(&clinic, &kiosk, PIN)), 30, "it begins anew, and does not last a day");
    pass(30_000);
    assert!(matches!(leave(&clinic, &kiosk, "480914"), Err(Error::PinWrong)));
    assert_eq!(wait_of(leave(&clinic, &kiosk, PIN)), 60, "the next one is longer");
    // The way by name and password stands open meanwhile.
    let by_name = SignIn { login: "front-desk".into(), password: PASSWORD.into() };
    let desk = clinic.request::<method::KioskClose>(&kiosk, &by_name).unwrap().token;
    let kiosk = clinic.request::<method::KioskOpen>(&desk, &Empty {}).unwrap().token;
    pass(60_000);
    assert!(leave(&clinic, &kiosk, PIN).is_ok());
    // A right one ends the count.
    let kiosk = clinic.sign_in(Role::Kiosk);
    assert!(matches!(leave(&clinic, &kiosk, "480914"), Err(Error::PinWrong)));
    assert!(leave(&clinic, &kiosk, PIN).is_ok());
}

#[test]
fn a_persons_wrong_attempts_are_counted_together_and_hold_up_nobody_else() {
    let clinic = Clinic::new();
    let clinician = clinic.sign_in(Role::Clinician);
    set_pin(&clinic, &clinician, PIN).unwrap();
    let (encounter, revision) = drafted(&clinic, &clinician);
    let sign =
        |secret: &str| SignNote { encounter, revision, password: secret.into(), confirmed: Vec::new() };
    assert!(clinic.request::<method::NoteSign>(&clinician, &sign("480914")).is_err());
    assert!(clinic.request::<method::NoteSign>(&clinician, &sign("480915")).is_err());
    assert!(sign_in(&clinic, "clinician", "not the password").is_err());
    assert!(sign_in(&clinic, " CLINICIAN", "not the password").is_err());
    let unlock = UnlockSession { secret: "480916".into() };
    assert!(clinic.request::<method::SessionUnlock>(&clinician, &unlock).is_err());
    assert_eq!(wait_of(sign_in(&clinic, "clinician", PASSWORD)), 30);
    assert_eq!(wait_of(clinic.request::<method::NoteSign>(&clinician, &sign(PIN))), 30);
    assert!(sign_in(&clinic, "administrator", PASSWORD).is_ok());
    // Their session goes on: care waits for no wait.
    let view = EncounterOf { encounter };
    assert!(clinic.request::<method::EncountersShow>(&clinician, &view).is_ok());
}

#[test]
fn a_wait_tells_nothing_about_who_works_here() {
    let clinic = Clinic::new();
    for login in ["clinician", "nobody"] {
        for _ in 0..5 {
            let refused = sign_in(&clinic, login, "not the password");
            assert!(matches!(refused, Err(Error::SignInFailed)), "{login}");
        }
        assert_eq!(wait_of(sign_in(&clinic, login, PASSWORD)), 30, "{login}");
    }
}

#[test]
fn an_open_intake_goes_on_while_the_number_pad_waits() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    set_pin(&clinic, &desk, PIN).unwrap();
    let kiosk = clinic.sign_in(Role::Kiosk);
    let view = clinic.begin_intake(&kiosk);
    for _ in 0..5 {
        assert!(leave(&clinic, &kiosk, "480914").is_err());
    }
    assert!(wait_of(leave(&clinic, &kiosk, PIN)) > 0);
    clinic.finish_intake(&kiosk, view);
}

#[test]
fn each_wrong_attempt_and_each_one_not_taken_stands_in_the_audit_trail_and_no_pin_does() {
    let clinic = Clinic::new();
    let desk = clinic.sign_in(Role::FrontDesk);
    set_pin(&clinic, &desk, PIN).unwrap();
    let kiosk = clinic.sign_in(Role::Kiosk);
    for _ in 0..6 {
        assert!(leave(&clinic, &kiosk, "730461").is_err());
    }
    let auditor = clinic.sign_in(Role::Auditor);
    let lines = clinic.request::<method::AuditList>(&auditor, &ListAudit::default()).unwrap();
    let times = |action: &str, refused: Option<&str>| {
        let is = |line: &&AuditLine| line.action == action && line.refused.as_deref() == refused;
        lines.iter().filter(is).count()
    };
    assert_eq!(times("kiosk.leave", Some("refused:pin.wrong")), 5);
    assert_eq!(times("kiosk.leave", Some("refused:session.wait")), 1);
    assert_eq!(times("pin.set", None), 1);
    let shown = serde_json::to_string(&lines).unwrap();
    assert!(!shown.contains("730461") && !shown.contains(PIN));
}
