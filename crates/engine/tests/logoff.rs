//! Automatic log-off: when a session is locked, what it may still do, and who unlocks it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::Error;
use bedside_engine::rpc::Access;
use bedside_engine::rpc::schema::{RULES, method};
use bedside_engine::rpc::types::*;
use domain::{ErrorCode, Role, Severity};
use serde_json::json;
use support::{Clinic, Hand, PASSWORD, START};

const MINUTE: i64 = 60_000;
/// How much longer than the screen the engine waits.
const GRACE: i64 = 45_000;
const PIN: &str = "480913";

struct Watched {
    clinic: Clinic,
    clock: Arc<Hand>,
}

impl Watched {
    fn new() -> Self {
        let clock = Arc::new(Hand(AtomicI64::new(START)));
        Self { clinic: Clinic::by(Arc::<Hand>::clone(&clock)), clock }
    }

    fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    fn lists(&self, token: &str) -> Result<usize, Error> {
        let request = ListEncounters { since: None, until: None, site: None };
        self.clinic.request::<method::EncountersList>(token, &request).map(|lines| lines.len())
    }

    fn is_locked(&self, token: &str) -> bool {
        match self.lists(token) {
            Ok(_) => false,
            Err(Error::SessionLocked) => true,
            Err(other) => panic!("{other:?}"),
        }
    }

    fn unlock(&self, token: &str, secret: &str) -> Result<Session, Error> {
        self.clinic.request::<method::SessionUnlock>(token, &UnlockSession { secret: secret.into() })
    }
}

#[test]
fn a_session_without_input_is_locked_after_ten_minutes_and_what_a_screen_asks_by_itself_is_no_input() {
    let watched = Watched::new();
    let token = watched.clinic.sign_in(Role::Clinician);
    for _ in 0..5 {
        watched.pass(2 * MINUTE);
        assert!(!watched.is_locked(&token));
    }
    watched.pass(GRACE);
    assert!(!watched.is_locked(&token), "the screen locks first");
    watched.pass(1);
    assert!(watched.is_locked(&token));
}

#[test]
fn input_keeps_a_session_open_for_as_long_as_it_comes() {
    let watched = Watched::new();
    let token = watched.clinic.sign_in(Role::Clinician);
    for _ in 0..20 {
        watched.pass(9 * MINUTE);
        watched.clinic.request::<method::SessionPresent>(&token, &Empty {}).unwrap();
    }
    assert!(!watched.is_locked(&token));
    watched.pass(10 * MINUTE + GRACE + 1);
    // Input does not unlock.
    let late = watched.clinic.request::<method::SessionPresent>(&token, &Empty {});
    assert!(matches!(late, Err(Error::SessionLocked)));
    assert!(watched.is_locked(&token));
}

#[test]
fn a_clock_that_is_set_back_keeps_no_session_open_for_longer_than_the_wait() {
    let watched = Watched::new();
    let token = watched.clinic.sign_in(Role::Clinician);
    watched.pass(9 * MINUTE);
    watched.pass(-400 * support::DAY);
    assert!(!watched.is_locked(&token));
    watched.pass(10 * MINUTE + GRACE + 1);
    assert!(watched.is_locked(&token));
}

#[test]
fn its_person_unlocks_it_with_pin_or_password_and_nobody_else_does() {
    let watched = Watched::new();
    let clinic = &watched.clinic;
    let token = clinic.sign_in(Role::Clinician);
    let set = SetPin { password: PASSWORD.into(), pin: PIN.into() };
    clinic.request::<method::PinSet>(&token, &set).unwrap();
    let desk = clinic.sign_in(Role::FrontDesk);
    let set = SetPin { password: PASSWORD.into(), pin: "27051964".into() };
    clinic.request::<method::PinSet>(&desk, &set).unwrap();

    for secret in [PIN, PASSWORD] {
        clinic.request::<method::SessionLock>(&token, &Empty {}).unwrap();
        assert!(watched.is_locked(&token));
        assert!(matches!(watched.unlock(&token, "27051964"), Err(Error::PinWrong)));
        assert!(watched.is_locked(&token));
        let shown = clinic.request::<method::SessionCurrent>(&token, &Empty {}).unwrap();
        assert_eq!(shown.person.unwrap().login, "clinician", "the screen says whose it is");
        assert_eq!(watched.unlock(&token, secret).unwrap().token, token);
        assert!(!watched.is_locked(&token));
    }
    // Somebody else signs in on the same screen, whatever became of the session before.
    clinic.request::<method::SessionLock>(&token, &Empty {}).unwrap();
    let other = SignIn { login: "front-desk".into(), password: PASSWORD.into() };
    assert!(clinic.request::<method::SessionSignIn>(&token, &other).is_ok());
    clinic.request::<method::SessionSignOut>(&token, &Empty {}).unwrap();
    assert!(matches!(watched.unlock(&token, PIN), Err(Error::NotSignedIn)));
}

#[test]
fn a_locked_session_is_refused_every_method_but_those_that_unlock_or_end_it_or_tell_of_a_recording() {
    let watched = Watched::new();
    for role in [Role::FrontDesk, Role::Clinician, Role::Administrator, Role::Auditor] {
        let token = watched.clinic.sign_in(role);
        watched.clinic.request::<method::SessionLock>(&token, &Empty {}).unwrap();
        let mut answered = Vec::new();
        for rule in RULES.iter().filter(|rule| rule.access != Access::Open) {
            let called = watched.clinic.engine.call(Some(&token), rule.name, json!("no request is a string"));
            if called.unwrap_err().code != ErrorCode::SessionLocked {
                answered.push(rule.name);
            }
        }
        let open = [
            "session.sign-out",
            "session.current",
            "session.lock",
            "session.unlock",
            "recording.now",
            "recording.silence",
        ];
        assert_eq!(answered, open, "{}", role.as_str());
    }
}

#[test]
fn a_kiosk_and_the_command_line_are_never_locked() {
    let watched = Watched::new();
    let kiosk = watched.clinic.sign_in(Role::Kiosk);
    let line = watched.clinic.engine.device_session(Role::Clinician).unwrap();
    let view = watched.clinic.begin_intake(&kiosk);
    watched.pass(90 * MINUTE);
    assert!(!watched.is_locked(&line));
    watched.clinic.finish_intake(&kiosk, view);
    for token in [&kiosk, &line] {
        // Nobody could unlock them again.
        let refused = watched.clinic.request::<method::SessionLock>(token, &Empty {});
        assert!(matches!(refused, Err(Error::Forbidden)));
    }
}

#[tokio::test]
async fn a_locked_screen_still_hears_of_alarms() {
    let watched = Watched::new();
    let desk = watched.clinic.sign_in(Role::FrontDesk);
    let mut notices = watched.clinic.engine.watch(&desk).unwrap();
    let kiosk = watched.clinic.sign_in(Role::Kiosk);
    watched.clinic.request::<method::SessionLock>(&desk, &Empty {}).unwrap();
    let view = watched.clinic.begin_intake(&kiosk);
    let IntakeStep::Question { question } = &view.step else { panic!("{:?}", view.step) };
    let value = domain::AnswerValue::Text("I have crushing chest pain".into());
    watched.clinic.answer(&kiosk, view.encounter, &question.link_id, domain::Answer::Given(vec![value]));
    loop {
        let notice = notices.next().await.unwrap();
        if let Notice::RedFlagRaised { severity, .. } = notice {
            assert_eq!(severity, Severity::Emergency);
            break;
        }
    }
    assert!(watched.is_locked(&desk));
}

#[test]
fn an_administrator_sets_the_time_within_its_limits_and_it_cannot_be_turned_off() {
    let watched = Watched::new();
    let admin = watched.clinic.sign_in(Role::Administrator);
    let set = |after_min| {
        watched.clinic.request::<method::LogoffConfigure>(&admin, &LogoffSettings { after_min }).unwrap()
    };
    assert_eq!(watched.clinic.request::<method::LogoffRead>(&admin, &Empty {}).unwrap().after_min, 10);
    assert_eq!(set(0).after_min, 1);
    assert_eq!(set(100_000).after_min, 60);
    assert_eq!(set(5).after_min, 5);
    let desk = watched.clinic.sign_in(Role::FrontDesk);
    let shown = watched.clinic.request::<method::SessionCurrent>(&desk, &Empty {}).unwrap();
    assert_eq!(shown.logoff_after_min, 5);
    let refused = watched.clinic.request::<method::LogoffConfigure>(&desk, &LogoffSettings { after_min: 60 });
    assert!(matches!(refused, Err(Error::Forbidden)));
    watched.pass(5 * MINUTE + GRACE + 1);
    assert!(watched.is_locked(&desk));
}

#[test]
fn locks_stand_in_the_audit_trail_once_each() {
    let watched = Watched::new();
    let token = watched.clinic.sign_in(Role::Clinician);
    watched.pass(11 * MINUTE);
    for _ in 0..3 {
        assert!(watched.is_locked(&token));
    }
    watched.unlock(&token, PASSWORD).unwrap();
    for _ in 0..2 {
        watched.clinic.request::<method::SessionLock>(&token, &Empty {}).unwrap();
    }
    let auditor = watched.clinic.sign_in(Role::Auditor);
    let lines = watched.clinic.request::<method::AuditList>(&auditor, &ListAudit::default()).unwrap();
    let done =
        |action: &str| lines.iter().filter(|line| line.action == action && line.refused.is_none()).count();
    assert_eq!((done("session.lock"), done("session.unlock")), (2, 1));
    let refused = |line: &&AuditLine| line.refused.as_deref() == Some("refused:session.locked");
    assert_eq!(lines.iter().filter(refused).count(), 3);
}
