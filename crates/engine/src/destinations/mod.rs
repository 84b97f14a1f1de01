//! Signed records, sent by themselves to where an administrator said: a folder that a record system watches, or an endpoint.
//!
//! The store queues a delivery in the transaction that signs (`store::outbox`), so nothing that was signed is forgotten, and
//! signing waits for nobody. [`work`] takes the queue of each destination in its order, makes the file at the moment of
//! sending, and lets [`carry`] bring it there; [`retry`] says what follows where it does not arrive. Nothing is given up on
//! unseen: what failed stays in the queue until somebody takes it out.

mod carry;
#[cfg(test)]
mod carry_tests;
mod folder;
pub(crate) mod http;
pub(crate) mod retry;
#[cfg(test)]
mod tests;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};
use std::sync::{Mutex, PoisonError};

use domain::{DeliveryId, DestinationId, Timestamp};
use licence::Feature;
use serde::{Deserialize, Serialize};
use store::{Delivery, Destination, Vault};

pub(crate) use work::{POSTED, PUT};

use self::carry::{Carrier, Carry as _, Parcel};
use crate::rpc::RpcError;
use crate::rpc::types::{
    DeliveryLine, DestinationLine, DestinationPlace, DestinationState, DestinationTried, Destinations,
};
use crate::{Engine, Error};

/// What of a queue a screen is shown.
const SHOWN: u32 = 100;

/// What the vault keeps of a destination for the engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) place: DestinationPlace,
}

impl Settings {
    /// None where a newer version wrote them.
    pub(crate) fn of(destination: &Destination) -> Option<Self> {
        serde_json::from_slice(&destination.settings).ok()
    }

    pub(crate) fn written(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|_| Error::WrongState)
    }
}

/// What of sending is under way on this device.
#[derive(Default)]
pub(crate) struct Sending {
    busy: Mutex<BTreeSet<DestinationId>>,
    /// Destinations whose queue could not be read or written: left alone until then, or what arrived would be sent over and over.
    held: Mutex<BTreeMap<DestinationId, Timestamp>>,
}

impl Sending {
    /// Whether a destination was free, and is now held by the caller.
    fn begin(&self, id: DestinationId) -> bool {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(id)
    }

    fn end(&self, id: DestinationId) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    fn is_busy(&self, id: DestinationId) -> bool {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    fn hold(&self, id: DestinationId, until: Timestamp) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).insert(id, until);
    }

    fn is_held(&self, id: DestinationId, now: Timestamp) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&id).is_some_and(|until| !retry::is_due(*until, now))
    }
}

/// Every destination as a screen shows it.
pub(crate) fn shown(engine: &Engine) -> Result<Destinations, Error> {
    let vault = engine.vault()?;
    let lines = vault.destinations()?;
    let lines = lines.iter().filter_map(|destination| line(engine, &vault, destination).transpose());
    Ok(Destinations {
        licensed: engine.includes(&Feature::CUSTOM_INTEGRATIONS),
        most_tries: retry::MOST_TRIES,
        destinations: lines.collect::<Result<_, _>>()?,
    })
}

fn line(engine: &Engine, vault: &Vault, destination: &Destination) -> Result<Option<DestinationLine>, Error> {
    let Some(Settings { name, place }) = Settings::of(destination) else { return Ok(None) };
    let counts = vault.delivery_counts(destination.id)?;
    let state = match destination.on {
        _ if counts.failed > 0 => DestinationState::Failed,
        false => DestinationState::Off,
        true if engine.sending.is_busy(destination.id) => DestinationState::Sending,
        true if counts.waiting > 0 => DestinationState::Waiting,
        true => DestinationState::Idle,
    };
    Ok(Some(DestinationLine {
        id: destination.id,
        name,
        place,
        formats: destination.formats.clone(),
        on: destination.on,
        has_token: destination.has_secret,
        state,
        sent: destination.sent,
        last_sent: destination.last_sent,
        waiting: counts.waiting,
        waiting_since: counts.waiting_since,
        failed: counts.failed,
        queue: vault.deliveries(destination.id, SHOWN)?.into_iter().map(waiting).collect(),
    }))
}

fn waiting(delivery: Delivery) -> DeliveryLine {
    let tried = delivery.tries > 0 && !delivery.failed;
    DeliveryLine {
        id: delivery.id,
        encounter: delivery.encounter,
        format: delivery.format,
        cause: delivery.cause,
        queued: delivery.queued,
        failed: delivery.failed,
        tries: delivery.tries,
        due: tried.then_some(delivery.due),
        reason: delivery.reason.and_then(|reason| serde_json::from_str::<RpcError>(&reason).ok()),
    }
}

/// Sends something that holds no patient, at once, and says what became of it.
pub(crate) fn test(engine: &Engine, id: DestinationId) -> Result<DestinationTried, Error> {
    let vault = engine.vault()?;
    let destination = find(&vault, id)?;
    let settings = Settings::of(&destination).ok_or(Error::WrongState)?;
    let token = token_of(&vault, id)?;
    // The network is waited for, and nothing is held meanwhile.
    drop(vault);
    let parcel = Parcel::test(DeliveryId::make(engine.now(), &*engine.options.vault.random));
    let carrier = Carrier { patience: http::Patience::TEST };
    let failure = carrier.carry(&settings.place, token.as_deref(), &parcel, engine.now()).err();
    let in_folder = matches!(settings.place, DestinationPlace::Folder { .. });
    Ok(DestinationTried {
        file: (in_folder && failure.is_none()).then(|| parcel.file_name()),
        failure: failure.map(|failure| failure.shown()),
    })
}

pub(crate) fn find(vault: &Vault, id: DestinationId) -> Result<Destination, Error> {
    vault.destination(id)?.ok_or(Error::NotFound { what: "destination" })
}

fn token_of(vault: &Vault, id: DestinationId) -> Result<Option<String>, Error> {
    Ok(vault.destination_secret(id)?.and_then(|secret| String::from_utf8(secret).ok()))
}

/// Whether a folder may be sent to: named from its root, and not one of the clinic's own, where a backup or a sound lies.
pub(crate) fn usable_folder(path: &Path, data: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let climbs = path.components().any(|part| part == Component::ParentDir);
    path.is_absolute() && !climbs && !path.starts_with(data) && !real(path).starts_with(real(data))
}

/// How many destinations are switched on: of folders, and of endpoints.
pub(crate) fn on_now(engine: &Engine) -> (usize, usize) {
    let all = engine.vault().ok().and_then(|vault| vault.destinations().ok()).unwrap_or_default();
    let on: Vec<_> = all.iter().filter(|one| one.on).filter_map(Settings::of).collect();
    let folders = on.iter().filter(|one| matches!(one.place, DestinationPlace::Folder { .. })).count();
    (folders, on.len() - folders)
}
