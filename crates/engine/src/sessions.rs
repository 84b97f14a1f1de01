//! Who is signed in. Sessions live in memory only: a restart signs everybody out.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{Actor, EncounterId, PersonId, Random, Timestamp};

use crate::rpc::types::Person;

/// A session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Who acts, in which role.
    pub(crate) actor: Actor,
    /// The person; none for a kiosk or a command line.
    pub(crate) person: Option<Person>,
    /// The intake that a kiosk is taking: the only one that it may name.
    pub(crate) intake: Option<EncounterId>,
    /// When somebody last touched the screen or typed.
    pub(crate) present: Timestamp,
    /// Whether it is locked.
    pub(crate) locked: bool,
}

/// How a session is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is in use.
    Open,
    /// It is locked.
    Locked,
    /// It is locked now: nobody was there for too long.
    JustLocked,
}

/// Every session, by token.
#[derive(Default)]
pub(crate) struct Sessions {
    by_token: Mutex<HashMap<String, Session>>,
}

impl Sessions {
    /// Begins a session and answers its token: 256 random bits in hexadecimal.
    pub(crate) fn begin(&self, session: Session, random: &dyn Random) -> String {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        let token = bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        self.lock_all().insert(token.clone(), session);
        token
    }

    /// The session of a token.
    pub(crate) fn find(&self, token: &str) -> Option<Session> {
        self.lock_all().get(token).cloned()
    }

    /// The session of a token, as it stands now. A person's that had no input for `idle_ms` is locked; `idle_ms`, which has
    /// to be read, is only asked for after `least_ms` without input, which it is never below.
    pub(crate) fn look(
        &self,
        token: &str,
        now: Timestamp,
        least_ms: i64,
        idle_ms: impl FnOnce() -> i64,
    ) -> Option<(Session, Standing)> {
        let found = self.find(token)?;
        if found.locked {
            return Some((found, Standing::Locked));
        }
        let idle = now.as_millis() - found.present.as_millis();
        if found.person.is_none() || (0..=least_ms).contains(&idle) {
            return Some((found, Standing::Open));
        }
        let idle_ms = idle_ms();
        let mut sessions = self.lock_all();
        let session = sessions.get_mut(token)?;
        // A clock that was set back: from here on it counts anew.
        session.present = session.present.min(now);
        let idle = now.as_millis() - session.present.as_millis() > idle_ms;
        let standing = match (session.locked, idle) {
            (true, _) => Standing::Locked,
            (false, true) => Standing::JustLocked,
            (false, false) => Standing::Open,
        };
        session.locked |= idle;
        Some((session.clone(), standing))
    }

    /// Somebody is at the screen. Changes nothing of a session that is locked.
    pub(crate) fn touch(&self, token: &str, now: Timestamp) {
        if let Some(session) = self.lock_all().get_mut(token)
            && !session.locked
        {
            session.present = now;
        }
    }

    /// Locks a session; whether it was open.
    pub(crate) fn lock(&self, token: &str) -> bool {
        self.lock_all().get_mut(token).is_some_and(|session| !std::mem::replace(&mut session.locked, true))
    }

    /// Unlocks a session.
    pub(crate) fn unlock(&self, token: &str, now: Timestamp) {
        if let Some(session) = self.lock_all().get_mut(token) {
            (session.locked, session.present) = (false, now);
        }
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) -> Option<Session> {
        self.lock_all().remove(token)
    }

    /// Ends every other session of a person.
    pub(crate) fn end_others(&self, person: PersonId, token: &str) {
        self.lock_all().retain(|other, session| {
            other == token || session.person.as_ref().is_none_or(|other| other.id != person)
        });
    }

    /// Says which intake a kiosk's session is taking now.
    pub(crate) fn take_intake(&self, token: &str, intake: Option<EncounterId>) {
        if let Some(session) = self.lock_all().get_mut(token) {
            session.intake = intake;
        }
    }

    fn lock_all(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        // A poisoned map is still a whole map: each change is one insert or one remove.
        self.by_token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
