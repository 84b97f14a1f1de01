//! Setting the clinic up, and opening its vault.

use std::sync::PoisonError;

use domain::{Actor, ErrorCode, EventBody, Language, PersonId, Role, Who};
use seal::{Passphrase, RecoveryWords};
use store::{Object, Unlock, Vault};

use super::{filled, long_enough};
use crate::Error;
use crate::router::{Call, nobody};
use crate::rpc::types::{
    AppState, ClinicCreated, ConfirmRecovery, CreateClinic, Empty, FirstStep, Phase, UnlockVault,
};
use crate::{device, first_start};

/// The least length of a vault's passphrase, in characters: it is attacked offline.
const PASSPHRASE_LEAST: usize = 12;
/// The least length of a person's password, in characters: it is attacked at the screen.
pub(super) const PASSWORD_LEAST: usize = 10;
/// How many recovery words must be typed back.
const WORDS_TO_CONFIRM: usize = 3;

pub(crate) fn app_state(call: &Call<'_>, _: Empty) -> Result<AppState, Error> {
    let engine = call.engine;
    let vault = engine.vault().ok();
    let profile = vault.as_ref().and_then(|vault| vault.facility_profile().ok().flatten());
    Ok(AppState {
        phase: engine.phase(),
        language: profile.as_ref().map_or_else(Language::english, |profile| profile.language.clone()),
        clinic: profile.map(|profile| profile.name),
        intake_languages: engine
            .catalogue
            .general()
            .map_or_else(|_| Vec::new(), |general| general.languages()),
        kiosk_at_start: device::begins_as_kiosk(engine),
        device_role: device::role(engine),
        first_start: first_start::read(engine),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        keyring: engine.keyring(),
        read_only: vault.as_ref().is_some_and(|vault| vault.is_read_only()),
        short_of_space: vault.is_some_and(|vault| vault.is_short_of_space()),
    })
}

pub(crate) fn create(call: &Call<'_>, request: CreateClinic) -> Result<ClinicCreated, Error> {
    let engine = call.engine;
    let _turn = engine.turn();
    if engine.phase() != Phase::New {
        return Err(Error::ClinicExists);
    }
    let clinic = filled(&request.clinic, "clinic")?;
    let name = filled(&request.administrator, "administrator")?;
    let login = filled(&request.login, "login")?;
    long_enough(&request.password, PASSWORD_LEAST)?;
    long_enough(&request.passphrase, PASSPHRASE_LEAST)?;

    let options = &engine.options.vault;
    let password_hash = seal::hash_password(
        &Passphrase::from(request.password),
        engine.options.password_kdf,
        &*options.random,
    )?;
    let person = PersonId::make(engine.now(), &*options.random);
    let founding = [
        EventBody::FacilityCreated { name: clinic, language: request.language },
        EventBody::PersonCreated { person, login, name, role: Role::Administrator, password_hash },
    ];
    let created = Vault::found(engine.data(), &request.passphrase, &founding, options.clone())?;
    let recovery_words = created.recovery_words.expose().iter().map(|word| (*word).to_owned()).collect();
    *engine.unconfirmed_words.lock().unwrap_or_else(PoisonError::into_inner) = Some(created.recovery_words);
    engine.admit(created.vault);
    if request.guided {
        first_start::write(engine, Some(FirstStep::Words))?;
    }
    Ok(ClinicCreated { recovery_words, keyring: engine.keyring() })
}

pub(crate) fn confirm_recovery(call: &Call<'_>, request: ConfirmRecovery) -> Result<Empty, Error> {
    let mut shown = call.engine.unconfirmed_words.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(words) = shown.as_ref() else { return Err(Error::WrongState) };
    let right = |(place, typed): &(u8, String)| {
        let word = usize::from(*place).checked_sub(1).and_then(|index| words.expose().get(index).copied());
        word.is_some_and(|word| word == typed.trim().to_lowercase())
    };
    let mut places: Vec<_> = request.words.iter().map(|(place, _)| place).collect();
    places.sort_unstable();
    places.dedup();
    if places.len() < WORDS_TO_CONFIRM || !request.words.iter().all(right) {
        return Err(Error::RecoveryWordsDiffer);
    }
    *shown = None;
    if first_start::read(call.engine) == Some(FirstStep::Words) {
        first_start::write(call.engine, Some(FirstStep::Device))?;
    }
    Ok(Empty {})
}

/// New recovery words in place of those that were shown and not confirmed, for a first start that was cut off in between.
/// Afterwards the printed ones hold.
pub(crate) fn renew_recovery(call: &Call<'_>, _: Empty) -> Result<ClinicCreated, Error> {
    let engine = call.engine;
    if first_start::read(engine) != Some(FirstStep::Words) {
        return Err(Error::WrongState);
    }
    let words = engine.vault()?.renew_recovery_words()?;
    let recovery_words = words.expose().iter().map(|word| (*word).to_owned()).collect();
    *engine.unconfirmed_words.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    call.audit(Object::Vault)?;
    Ok(ClinicCreated { recovery_words, keyring: engine.keyring() })
}

pub(crate) fn unlock(call: &Call<'_>, request: UnlockVault) -> Result<AppState, Error> {
    match call.engine.phase() {
        Phase::Ready => return app_state(call, Empty {}),
        Phase::New => return Err(Error::Missing),
        Phase::Locked | Phase::Rescue(_) => {}
    }
    call.engine.open_with(key_of(request)?)?;
    call.audit_as(nobody(call.engine.vault()?.device()), Object::Vault)?;
    app_state(call, Empty {})
}

pub(crate) fn retry(call: &Call<'_>, _: Empty) -> Result<AppState, Error> {
    call.engine.try_again();
    app_state(call, Empty {})
}

pub(crate) fn accept(call: &Call<'_>, request: UnlockVault) -> Result<AppState, Error> {
    if !matches!(call.engine.phase(), Phase::Rescue(error) if error.code == ErrorCode::VaultTampered) {
        return Err(Error::WrongState);
    }
    call.engine.accept_with(key_of(request)?)?;
    app_state(call, Empty {})
}

pub(super) fn key_of(request: UnlockVault) -> Result<Unlock, Error> {
    Ok(match request {
        UnlockVault::Passphrase(passphrase) => Unlock::Passphrase(passphrase.into()),
        UnlockVault::RecoveryWords(words) => Unlock::RecoveryWords(RecoveryWords::parse(&words)?),
    })
}

/// Whether an actor is a person, and which.
pub(super) fn person_of(actor: Actor) -> Option<PersonId> {
    match actor.who {
        Who::Person(person) => Some(person),
        Who::Device(_) => None,
    }
}
