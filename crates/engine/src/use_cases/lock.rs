//! Locking a person's session, and what unlocks it or signs: their PIN, or their password.

use domain::{EventBody, PersonId};
use seal::Pin;
use store::Object;

use super::clinic::{PASSWORD_LEAST, person_of};
use super::people;
use crate::attempts::Subject;
use crate::router::Call;
use crate::rpc::types::{Empty, LogoffSettings, RemovePin, Session, SetPin, UnlockSession};
use crate::{Error, logoff, pins};

/// Somebody chooses a PIN. One that a colleague has is refused like one that is easily guessed: at the kiosk it says who it is.
pub(crate) fn set_pin(call: &Call<'_>, request: SetPin) -> Result<Session, Error> {
    let person = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    people::check_own_password(call, &request.password)?;
    let pin = Pin::chosen(&request.pin)?;
    let engine = call.engine;
    let _turn = engine.turn();
    let vault = engine.vault()?;
    let mut pins = pins::all(&vault)?;
    pins.remove(&person);
    let others = pins.iter().map(|(id, hash)| (*id, hash.as_str()));
    if !seal::find_pin(&pin, others)?.is_empty() {
        return Err(seal::Error::PinUnfit.into());
    }
    let salt = match pins.values().next() {
        Some(stored) => seal::salt_of(stored)?,
        None => {
            let mut salt = [0; 16];
            engine.options.vault.random.fill(&mut salt);
            salt
        }
    };
    let pin_hash = seal::hash_pin(&pin, engine.options.password_kdf, &salt)?;
    people::append(call, call.actor()?, EventBody::PinSet { person, pin_hash })?;
    people::current(call, Empty {})
}

pub(crate) fn remove_pin(call: &Call<'_>, request: RemovePin) -> Result<Session, Error> {
    let person = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    people::check_own_password(call, &request.password)?;
    let _turn = call.engine.turn();
    let vault = call.engine.vault()?;
    if pins::all(&vault)?.contains_key(&person) {
        people::append(call, call.actor()?, EventBody::PinRemoved { person })?;
    }
    people::current(call, Empty {})
}

/// Locks the caller's session. What it records goes on.
pub(crate) fn lock(call: &Call<'_>, _: Empty) -> Result<Empty, Error> {
    // Only a person can unlock it again.
    person_of(call.actor()?).ok_or(Error::Forbidden)?;
    if call.engine.sessions.lock(call.token()?) {
        call.audit(Object::Vault)?;
    }
    Ok(Empty {})
}

/// Somebody touches the screen, or types.
pub(crate) fn present(call: &Call<'_>, _: Empty) -> Result<Empty, Error> {
    call.engine.sessions.touch(call.token()?, call.engine.now());
    Ok(Empty {})
}

pub(crate) fn unlock(call: &Call<'_>, request: UnlockSession) -> Result<Session, Error> {
    check_own_secret(call, &request.secret)?;
    call.audit(Object::Vault)?;
    call.engine.sessions.unlock(call.token()?, call.engine.now());
    people::current(call, Empty {})
}

pub(crate) fn read_logoff(call: &Call<'_>, _: Empty) -> Result<LogoffSettings, Error> {
    call.engine.vault()?;
    Ok(logoff::read(call.engine))
}

pub(crate) fn configure_logoff(call: &Call<'_>, request: LogoffSettings) -> Result<LogoffSettings, Error> {
    call.audit(Object::Facility)?;
    logoff::write(call.engine, request)
}

/// Whose PIN it is, where it is typed without a name: hashed once, however many people have one. Wrong ones are counted for the
/// number pad.
pub(super) fn whose_pin(call: &Call<'_>, typed: &str) -> Result<store::Person, Error> {
    let engine = call.engine;
    let vault = engine.vault()?;
    let pins = pins::all(&vault)?;
    engine.attempt(&Subject::Pad)?;
    let pin = Pin::typed(typed).ok_or(Error::PinWrong)?;
    let found = seal::find_pin(&pin, pins.iter().map(|(id, hash)| (*id, hash.as_str())))?;
    // Two people have the same one where two devices' logs came together: then it says of nobody who they are.
    let [person] = found.as_slice() else { return Err(Error::PinWrong) };
    call.is_about(Object::Person(*person));
    let person = vault.person(*person)?.ok_or(Error::PinWrong)?;
    engine.was_right(&Subject::Pad)?;
    Ok(person)
}

/// Asks a signed-in person for their PIN or their password, whichever they type.
pub(super) fn check_own_secret(call: &Call<'_>, typed: &str) -> Result<(), Error> {
    let person = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    let subject = Subject::Person(person);
    call.engine.attempt(&subject)?;
    if is_own_secret(call, person, typed)? { call.engine.was_right(&subject) } else { Err(Error::PinWrong) }
}

fn is_own_secret(call: &Call<'_>, person: PersonId, typed: &str) -> Result<bool, Error> {
    if let Some(pin) = Pin::typed(typed) {
        let vault = call.engine.vault()?;
        let pins = pins::all(&vault)?;
        let own = pins.get(&person).map(|hash| ((), hash.as_str()));
        if !seal::find_pin(&pin, own)?.is_empty() {
            return Ok(true);
        }
        if typed.len() < PASSWORD_LEAST {
            return Ok(false);
        }
    }
    people::is_own_password(call, person, typed)
}
