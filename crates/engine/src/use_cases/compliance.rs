//! What this installation has to show of the technical safeguards of 45 CFR 164.312. Everything is read now; what was
//! checked earlier says when.

use std::io::Read as _;

use domain::{ErrorCode, Role, Timestamp};
use licence::Feature;
use store::{AuditFilter, Object, Outcome, SlotKind};

use crate::router::Call;
use crate::rpc::types::{Compliance, Empty, RoleCount, Safeguard, SafeguardLine, SafeguardState};
use crate::{Engine, Error, device, kept, logoff, pins};

/// Under which names the vault keeps when something was last checked.
pub(crate) const AUDIT_CHECK: &str = "last-audit-check";
pub(crate) const BACKUP: &str = "last-backup";
const DAY_MS: i64 = 86_400_000;
/// How far back refusals and exports are counted, and how old evidence may be, in days.
pub(crate) const RECENT_DAYS: i64 = 30;

pub(crate) fn read(call: &Call<'_>, _: Empty) -> Result<Compliance, Error> {
    let engine = call.engine;
    engine.require(&Feature::COMPLIANCE_REPORTS)?;
    call.audit(Object::Vault)?;
    let vault = engine.vault()?;
    let now = engine.now();
    let people = vault.people()?;
    let count = |role: Role| people.iter().filter(|person| person.role == role).count();
    let slots = vault.slots()?;
    let newest = vault.audit_entries(&AuditFilter { limit: 1, ..AuditFilter::default() })?;
    let kiosk = device::read(engine);
    let mut found = Compliance {
        generated: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        clinic: vault.facility_profile()?.map(|profile| profile.name),
        facility: engine.licensing.held(&vault)?.facility.to_string(),
        safeguards: Vec::new(),
        people: Role::ALL
            .into_iter()
            .map(|role| RoleCount { role, count: u32::try_from(count(role)).unwrap_or(u32::MAX) })
            .filter(|line| line.count > 0)
            .collect(),
        opens_by_passphrase: slots.contains(&SlotKind::Passphrase),
        opens_by_words: slots.contains(&SlotKind::RecoveryWords),
        opens_by_keyring: slots.contains(&SlotKind::Keyring),
        file_encrypted: is_encrypted(engine),
        kiosk_ask_after_s: kiosk.ask_after_s,
        kiosk_leave_after_s: kiosk.leave_after_s,
        logoff_after_min: logoff::read(engine).after_min,
        pins: u32::try_from(pins::all(&vault)?.len()).unwrap_or(u32::MAX),
        audit_entries: newest.first().map_or(0, |entry| entry.sequence + 1),
        audit_newest: newest.first().map(|entry| entry.time.wall),
        audit_check: kept::read(&vault, AUDIT_CHECK),
        backup: kept::read(&vault, BACKUP),
        sign_ins: 0,
        sign_ins_refused: 0,
        waits: 0,
        locks: 0,
        refusals: 0,
        exports: 0,
    };
    let since = Timestamp::from_millis(now.as_millis() - RECENT_DAYS * DAY_MS);
    let waited = Outcome::Refused(ErrorCode::SignInWait).to_string();
    let locked = Outcome::Refused(ErrorCode::SessionLocked).to_string();
    for (action, outcome, times) in vault.audit_counts(since)? {
        let allowed = outcome == Outcome::Allowed.to_string();
        let refused = outcome.starts_with("refused:");
        match action.as_str() {
            _ if outcome == waited => found.waits += times,
            "session.lock" if allowed => found.locks += times,
            "session.sign-in" | "kiosk.close" | "kiosk.leave" if allowed => found.sign_ins += times,
            "session.sign-in" | "session.unlock" | "kiosk.close" | "kiosk.leave" if refused => {
                found.sign_ins_refused += times
            }
            // What a screen asked for once its session was locked is nobody's attempt.
            _ if outcome == locked => {}
            _ if refused => found.refusals += times,
            "encounters.export" | "audit.export" | "analytics.export" if allowed => found.exports += times,
            _ => {}
        }
    }
    found.safeguards = safeguards(&found);
    Ok(found)
}

/// Whether the vault's file does not begin as a file of SQLite in clear does. A file that cannot be read shows nothing.
fn is_encrypted(engine: &Engine) -> bool {
    const IN_CLEAR: &[u8; 16] = b"SQLite format 3\0";
    let mut begin = [0; 16];
    let read = std::fs::File::open(engine.data().join(store::FILES[0]))
        .and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin != *IN_CLEAR
}

/// How far the software goes, from what was found. What only a clinic can know (who holds the words, whether a backup was
/// ever restored, what became of an exported file) is not judged here: the page says that it is the clinic's to do.
fn safeguards(found: &Compliance) -> Vec<SafeguardLine> {
    use Safeguard as S;
    use SafeguardState::{Failed, InPlace, Partly};
    let recent = |at: Timestamp| found.generated.as_millis() - at.as_millis() <= RECENT_DAYS * DAY_MS;
    let met = |met: bool| if met { InPlace } else { Partly };
    let chained = match found.audit_check {
        Some(check) if check.faults > 0 => Failed,
        check => met(check.is_some_and(|check| recent(check.at))),
    };
    let emergency = found.opens_by_words && found.backup.is_some_and(|backup| recent(backup.at));
    let encrypted = if found.file_encrypted { InPlace } else { Failed };
    let line = |safeguard, citation: &str, required, state| SafeguardLine {
        safeguard,
        citation: format!("164.312{citation}"),
        required,
        state,
    };
    vec![
        line(S::UniqueUser, "(a)(2)(i)", true, met(!found.people.is_empty())),
        line(S::EmergencyAccess, "(a)(2)(ii)", true, met(emergency)),
        // It cannot be turned off: the longest wait is an hour.
        line(S::AutomaticLogoff, "(a)(2)(iii)", false, met(found.logoff_after_min > 0)),
        line(S::Encryption, "(a)(2)(iv)", false, encrypted),
        line(S::AuditControls, "(b)", true, chained),
        line(S::Integrity, "(c)(1), (c)(2)", false, chained),
        line(S::Authentication, "(d)", true, InPlace),
        line(S::TransmissionIntegrity, "(e)(2)(i)", false, met(found.exports == 0)),
        line(S::TransmissionEncryption, "(e)(2)(ii)", false, met(found.exports == 0)),
    ]
}
