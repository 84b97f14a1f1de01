//! Putting the kiosk on this device's screen, and taking it off again.

use domain::{Actor, Permission, Role, Who};
use store::Object;

use super::people;
use crate::Error;
use crate::router::Call;
use crate::rpc::types::{Empty, Session, SignIn};
use crate::sessions;

/// Ends the caller's session, so that no patient inherits it, and begins the kiosk's.
pub(crate) fn open(call: &Call<'_>, _: Empty) -> Result<Session, Error> {
    call.audit(Object::Vault)?;
    call.engine.settle();
    let actor = Actor { who: Who::Device(call.engine.vault()?.device()), role: Role::Kiosk };
    let session = sessions::Session { actor, person: None, intake: None };
    let token = call.engine.sessions.begin(session.clone(), &*call.engine.options.vault.random);
    call.engine.sessions.end(call.token()?);
    Ok(people::shown(token, &session))
}

/// Somebody who may put a kiosk on the screen takes it off, and is signed in.
pub(crate) fn close(call: &Call<'_>, request: SignIn) -> Result<Session, Error> {
    let person = people::check_password(call, &request)?;
    if !person.role.may(Permission::KioskOpen) {
        return Err(Error::Forbidden);
    }
    if let Some(intake) = call.session()?.intake {
        super::intake::leave(call, intake)?;
    }
    let session = people::begin(call, person)?;
    call.engine.sessions.end(call.token()?);
    Ok(session)
}
