//! The first start: restoring a backup in place of a new clinic, what this device is, a rehearsal.

use std::path::{Path, PathBuf};

use domain::Coded as _;
use store::{Object, Unlock};

use super::clinic::{app_state, key_of};
use super::filled;
use crate::router::{Call, nobody};
use crate::rpc::types::{
    AppState, AssignDevice, BackupFound, Empty, FirstStep, KeepFirstStep, KeyringState, OpenBackup, Phase,
    Rehearsing,
};
use crate::{Error, device, first_start, rehearsal};

/// Opens a backup and checks all of it. Changes nothing.
pub(crate) fn check_backup(call: &Call<'_>, request: OpenBackup) -> Result<BackupFound, Error> {
    let (folder, unlock) = named(call, request)?;
    let manifest = store::verify_backup(&folder, &unlock, &call.engine.options.vault)?;
    Ok(BackupFound {
        made: manifest.made,
        events: manifest.counts.events,
        encounters: manifest.counts.encounters,
        people: manifest.counts.people,
    })
}

/// Makes this installation the clinic that a backup was made of. Only where there is no clinic; the backup is checked
/// before anything is written.
pub(crate) fn restore_backup(call: &Call<'_>, request: OpenBackup) -> Result<AppState, Error> {
    let engine = call.engine;
    let turn = engine.turn();
    let (folder, unlock) = named(call, request)?;
    let vault = store::restore_backup(&folder, engine.data(), unlock, engine.options.vault.clone())?;
    if engine.keyring() == KeyringState::Available
        && let Err(error) = vault.enrol_keyring()
    {
        // The passphrase and the words open it.
        tracing::warn!(code = error.code().as_str(), "the keyring took no key for the restored vault");
    }
    engine.admit(vault);
    drop(turn);
    call.audit_as(nobody(engine.vault()?.device()), Object::Backup)?;
    // The device may be another one than the backup's: what it is, hears and carries is asked anew.
    first_start::write(engine, Some(FirstStep::Device))?;
    engine.settle();
    app_state(call, Empty {})
}

fn named(call: &Call<'_>, request: OpenBackup) -> Result<(PathBuf, Unlock), Error> {
    if call.engine.phase() != Phase::New {
        return Err(Error::ClinicExists);
    }
    let folder = filled(&request.folder, "folder")?;
    Ok((Path::new(&folder).to_owned(), key_of(request.key)?))
}

pub(crate) fn keep_step(call: &Call<'_>, request: KeepFirstStep) -> Result<AppState, Error> {
    let before = first_start::read(call.engine);
    // It goes on only where it has begun, and not back to the words: those that were written down hold.
    let back_to_words = request.step == Some(FirstStep::Words) && before != Some(FirstStep::Words);
    let past_words = before == Some(FirstStep::Words) && request.step != before;
    if before.is_none() || back_to_words || past_words {
        return Err(Error::WrongState);
    }
    first_start::write(call.engine, request.step)?;
    app_state(call, Empty {})
}

pub(crate) fn assign_device(call: &Call<'_>, request: AssignDevice) -> Result<AppState, Error> {
    call.audit(Object::Facility)?;
    device::assign(call.engine, request.role)?;
    app_state(call, Empty {})
}

pub(crate) fn begin_rehearsal(call: &Call<'_>, _: Empty) -> Result<Rehearsing, Error> {
    call.audit(Object::Vault)?;
    rehearsal::begin(call.engine)
}

pub(crate) fn end_rehearsal(call: &Call<'_>, _: Empty) -> Result<Empty, Error> {
    rehearsal::end(call.engine);
    Ok(Empty {})
}
