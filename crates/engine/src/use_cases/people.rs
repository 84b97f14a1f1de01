//! People: sign in, sign out, create.

use domain::{Actor, EventBody, PersonId, Role, Who};
use seal::Passphrase;
use store::{Append, Object};

use super::clinic::{PASSWORD_LEAST, person_of};
use super::{filled, long_enough};
use crate::attempts::Subject;
use crate::router::Call;
use crate::rpc::types::{ChangePassword, CreatePerson, Empty, Person, Session, SignIn};
use crate::{Engine, Error, logoff, pins, sessions};

pub(crate) fn sign_in(call: &Call<'_>, request: SignIn) -> Result<Session, Error> {
    let person = check_password(call, &request)?;
    begin(call, person)
}

pub(crate) fn sign_out(call: &Call<'_>, _: Empty) -> Result<Empty, Error> {
    crate::voice::recording::end_of_session(call.engine, call.token()?);
    // The session ends whatever becomes of the entry.
    call.engine.sessions.end(call.token()?);
    call.audit(Object::Vault)?;
    Ok(Empty {})
}

pub(crate) fn current(call: &Call<'_>, _: Empty) -> Result<Session, Error> {
    Ok(shown(call.engine, call.token()?.to_owned(), call.session()?))
}

pub(crate) fn list(call: &Call<'_>, _: Empty) -> Result<Vec<Person>, Error> {
    call.audit(Object::Vault)?;
    Ok(call.engine.vault()?.people()?.into_iter().map(person).collect())
}

pub(crate) fn create(call: &Call<'_>, request: CreatePerson) -> Result<Person, Error> {
    let login = filled(&request.login, "login")?;
    let name = filled(&request.name, "name")?;
    long_enough(&request.password, PASSWORD_LEAST)?;
    if request.role == Role::Kiosk {
        return Err(Error::RequestInvalid {
            method: call.rule.name,
            reason: "a kiosk is a screen, not a person".to_owned(),
        });
    }
    let options = &call.engine.options.vault;
    let password_hash = seal::hash_password(
        &Passphrase::from(request.password),
        call.engine.options.password_kdf,
        &*options.random,
    )?;
    let _turn = call.engine.turn();
    let vault = call.engine.vault()?;
    if vault.person_by_login(&login)?.is_some() {
        return Err(Error::LoginTaken);
    }
    let person = Person {
        id: PersonId::make(call.engine.now(), &*options.random),
        login: login.clone(),
        name: name.clone(),
        role: request.role,
    };
    let event =
        EventBody::PersonCreated { person: person.id, login, name, role: request.role, password_hash };
    append(call, call.actor()?, event)?;
    Ok(person)
}

pub(crate) fn change_password(call: &Call<'_>, request: ChangePassword) -> Result<Empty, Error> {
    check_own_password(call, &request.present)?;
    long_enough(&request.new, PASSWORD_LEAST)?;
    let person = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    let options = &call.engine.options.vault;
    let password_hash = seal::hash_password(
        &Passphrase::from(request.new),
        call.engine.options.password_kdf,
        &*options.random,
    )?;
    append(call, call.actor()?, EventBody::PasswordChanged { person, password_hash })?;
    // Whoever knew the old password is signed out everywhere else.
    call.engine.sessions.end_others(person, call.token()?);
    Ok(Empty {})
}

/// Who it is, when login and password belong together. An unknown login takes as long as a wrong password.
pub(super) fn check_password(call: &Call<'_>, request: &SignIn) -> Result<store::Person, Error> {
    let found = call.engine.vault()?.person_by_login(request.login.trim())?;
    if let Some(person) = &found {
        call.is_about(Object::Person(person.id));
    }
    let subject = match &found {
        Some(person) => Subject::Person(person.id),
        None => Subject::unknown(&request.login),
    };
    call.engine.attempt(&subject)?;
    let nobodys = nobodys_hash(call)?;
    let stored = found.as_ref().map_or(nobodys, |person| person.password_hash.as_str());
    let kdf = call.engine.options.password_kdf;
    let verified = seal::verify_password(&Passphrase::new(&request.password), stored, kdf)?;
    let person = found.filter(|_| verified.is_some()).ok_or(Error::SignInFailed)?;
    call.engine.was_right(&subject)?;
    Ok(person)
}

/// The hash of a password that nobody has.
fn nobodys_hash<'c>(call: &Call<'c>) -> Result<&'c str, Error> {
    let engine = call.engine;
    if let Some(hash) = engine.nobodys_hash.get() {
        return Ok(hash);
    }
    let random = &*engine.options.vault.random;
    let secret = seal::Secret::<32>::make(random)
        .expose()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    let hash = seal::hash_password(&Passphrase::from(secret), engine.options.password_kdf, random)?;
    Ok(engine.nobodys_hash.get_or_init(|| hash))
}

/// Asks a signed-in person for the password again, before what only they may do.
pub(super) fn check_own_password(call: &Call<'_>, password: &str) -> Result<(), Error> {
    let person = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    let subject = Subject::Person(person);
    call.engine.attempt(&subject)?;
    if is_own_password(call, person, password)? {
        call.engine.was_right(&subject)
    } else {
        Err(Error::SignInFailed)
    }
}

/// Whether it is a person's password. Whoever asks has counted the attempt.
pub(super) fn is_own_password(call: &Call<'_>, person: PersonId, password: &str) -> Result<bool, Error> {
    let person = call.engine.vault()?.person(person)?.ok_or(Error::NotFound { what: "person" })?;
    let kdf = call.engine.options.password_kdf;
    Ok(seal::verify_password(&Passphrase::new(password), &person.password_hash, kdf)?.is_some())
}

/// Begins a session of somebody whose password was checked.
pub(super) fn begin(call: &Call<'_>, found: store::Person) -> Result<Session, Error> {
    let actor = Actor { who: Who::Person(found.id), role: found.role };
    call.audit_as(actor, Object::Vault)?;
    let present = call.engine.now();
    let session =
        sessions::Session { actor, person: Some(person(found)), intake: None, present, locked: false };
    let token = call.engine.sessions.begin(session.clone(), &*call.engine.options.vault.random);
    Ok(shown(call.engine, token, &session))
}

/// A session, as the screen holds it.
pub(crate) fn shown(engine: &Engine, token: String, session: &sessions::Session) -> Session {
    let pins = engine.vault().ok().and_then(|vault| pins::all(&vault).ok()).unwrap_or_default();
    Session {
        has_pin: session.person.as_ref().is_some_and(|person| pins.contains_key(&person.id)),
        logoff_after_min: logoff::read(engine).after_min,
        token,
        person: session.person.clone(),
        role: session.actor.role,
        permissions: session.actor.role.permissions().to_vec(),
    }
}

pub(super) fn append(call: &Call<'_>, actor: Actor, event: EventBody) -> Result<(), Error> {
    call.engine.vault()?.append(Append::to_facility(actor, call.action(), event))?;
    Ok(())
}

fn person(found: store::Person) -> Person {
    Person { id: found.id, login: found.login, name: found.name, role: found.role }
}
