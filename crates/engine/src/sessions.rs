//! Who is signed in. Sessions live in memory only: a restart signs everybody out.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{Actor, EncounterId, PersonId, Random};

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
        self.lock().insert(token.clone(), session);
        token
    }

    /// The session of a token.
    pub(crate) fn find(&self, token: &str) -> Option<Session> {
        self.lock().get(token).cloned()
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) -> Option<Session> {
        self.lock().remove(token)
    }

    /// Ends every other session of a person.
    pub(crate) fn end_others(&self, person: PersonId, token: &str) {
        self.lock().retain(|other, session| {
            other == token || session.person.as_ref().is_none_or(|other| other.id != person)
        });
    }

    /// Says which intake a kiosk's session is taking now.
    pub(crate) fn take_intake(&self, token: &str, intake: Option<EncounterId>) {
        if let Some(session) = self.lock().get_mut(token) {
            session.intake = intake;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        // A poisoned map is still a whole map: each change is one insert or one remove.
        self.by_token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
