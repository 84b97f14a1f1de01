//! The work on the queues: for each destination a thread while there is something to send, so that one that keeps silent
//! keeps nobody waiting but itself.

use std::sync::{Arc, Weak};
use std::time::Duration;

use domain::{Action, Actor, Coded as _, DestinationId, Digest, EventBody, Role, Stream, Timestamp, Who};
use store::{Append, AuditWrite, Delivery, Expected, NotArrived, Object, Outcome, Vault};

use super::carry::{Carrier, Carry, Contents, Parcel};
use super::retry::{self, Ended, Follows};
use super::{Settings, token_of};
use crate::rpc::RpcError;
use crate::rpc::types::DestinationPlace;
use crate::use_cases::export;
use crate::{Engine, Error};

/// What the audit trail calls it when a file arrives in a folder or at an endpoint, or is given to a person.
pub(crate) const PUT: &str = "destinations.put";
pub(crate) const POSTED: &str = "destinations.post";

/// How often the engine looks whether there is something to send.
const EVERY: Duration = Duration::from_secs(2);

/// How long a queue is left alone that could not be read or written, in ms.
const HELD: i64 = 60_000;

impl Engine {
    /// Sends signed records to the destinations for as long as the application runs: for a host that stays.
    pub fn keep_sending(&self) {
        let Ok(me) = self.shared() else { return };
        let me = Arc::downgrade(&me);
        let sending = std::thread::Builder::new().name("sending".into()).spawn(move || {
            loop {
                std::thread::sleep(EVERY);
                let Some(engine) = me.upgrade() else { return };
                engine.send_beside();
            }
        });
        if let Err(error) = sending {
            tracing::warn!(%error, "nothing is sent by itself: no thread was started");
        }
    }

    /// Begins to send what is due, each destination on a thread of its own.
    fn send_beside(&self) {
        for id in self.due_destinations() {
            let Ok(me) = self.shared() else { return };
            if !self.sending.begin(id) {
                continue;
            }
            let me = Arc::downgrade(&me);
            let began = std::thread::Builder::new().name("destination".into()).spawn(move || {
                let _busy = Busy { me: me.clone(), id };
                drain(&me, &Carrier::default(), id);
            });
            if let Err(error) = began {
                tracing::warn!(%error, "a destination waits: no thread was started");
                self.sending.end(id);
            }
        }
    }

    /// Sends what is due, one destination after the other, and returns when nothing is.
    pub fn send_due(&self) {
        self.send_due_by(&Carrier::default());
    }

    pub(crate) fn send_due_by(&self, carrier: &dyn Carry) {
        let Ok(me) = self.shared() else { return };
        let me = Arc::downgrade(&me);
        for id in self.due_destinations() {
            if self.sending.begin(id) {
                let _busy = Busy { me: me.clone(), id };
                drain(&me, carrier, id);
            }
        }
    }

    /// The destinations that are switched on and have something whose time has come. None while the vault is not open, or
    /// what was sent could not be written down.
    fn due_destinations(&self) -> Vec<DestinationId> {
        let Ok(vault) = self.vault() else { return Vec::new() };
        if vault.is_read_only() {
            return Vec::new();
        }
        let now = self.now();
        let all = vault.destinations().unwrap_or_default();
        let due = |id: DestinationId| {
            let next = vault.next_delivery(id).ok().flatten();
            next.is_some_and(|next| retry::is_due(next.due, now)) && !self.sending.is_held(id, now)
        };
        all.into_iter().filter(|one| one.on && due(one.id)).map(|one| one.id).collect()
    }
}

/// A destination that is being sent to, until this is dropped.
struct Busy {
    me: Weak<Engine>,
    id: DestinationId,
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(engine) = self.me.upgrade() {
            engine.sending.end(self.id);
        }
    }
}

/// Sends a destination what is due, in its order. The engine is not held while a file is on its way: an application that ends
/// waits for no server.
fn drain(me: &Weak<Engine>, carrier: &dyn Carry, id: DestinationId) {
    loop {
        let Some(engine) = me.upgrade() else { return };
        let next = match prepare(&engine, id) {
            Ok(Some(next)) => next,
            Ok(None) => return,
            Err(error) => return give_pause(&engine, id, &error),
        };
        drop(engine);
        let Next { delivery, action, ready } = next;
        let (carried, digest) = match ready {
            Ok(ready) => {
                let carried = carrier.carry(&ready.place, ready.token.as_deref(), &ready.parcel, ready.now);
                (carried.map_err(|not| (not.shown(), not.ended)), seal::digest(&ready.parcel.bytes))
            }
            Err(reason) => (Err((reason, Ended::Never)), Digest::ZERO),
        };
        let Some(engine) = me.upgrade() else { return };
        let settled = match carried {
            Ok(()) => arrived(&engine, delivery, action, digest),
            Err((reason, ended)) => not_arrived(&engine, &delivery, action, &reason, ended),
        };
        if let Err(error) = settled {
            return give_pause(&engine, id, &error);
        }
    }
}

/// Leaves a queue alone for a while that could not be read or written.
fn give_pause(engine: &Engine, id: DestinationId, error: &Error) {
    tracing::warn!(code = error.code().as_str(), destination = %id, "a destination's queue is left alone");
    engine.sending.hold(id, Timestamp::from_millis(engine.now().as_millis().saturating_add(HELD)));
}

/// A delivery whose time has come, and its file, or why there is none.
struct Next {
    delivery: Delivery,
    action: Action,
    ready: Result<Ready, RpcError>,
}

struct Ready {
    place: DestinationPlace,
    token: Option<String>,
    parcel: Parcel,
    now: Timestamp,
}

/// The next delivery of a destination, with the file as it is now; none where nothing is due, or it is switched off.
fn prepare(engine: &Engine, id: DestinationId) -> Result<Option<Next>, Error> {
    let vault = engine.vault()?;
    let Some(destination) = vault.destination(id)?.filter(|destination| destination.on) else {
        return Ok(None);
    };
    let Some(Settings { place, .. }) = Settings::of(&destination) else { return Ok(None) };
    let action = Action(match place {
        DestinationPlace::Folder { .. } => PUT,
        DestinationPlace::Http { .. } => POSTED,
    });
    let now = engine.now();
    let Some(delivery) = vault.next_delivery(id)?.filter(|next| retry::is_due(next.due, now)) else {
        return Ok(None);
    };
    // Deleted a moment ago: its deliveries went in the same transaction.
    let Some(record) = vault.encounter(delivery.encounter)? else { return Ok(None) };
    let ready = match export::file_of(engine, record, delivery.format) {
        Ok((extension, media_type, bytes)) => {
            let of = Contents {
                encounter: delivery.encounter,
                format: delivery.format,
                cause: delivery.cause.clone(),
            };
            let parcel = Parcel { delivery: delivery.id, of: Some(of), extension, media_type, bytes };
            Ok(Ready { place, token: token_of(&vault, id)?, parcel, now })
        }
        Err(error @ (Error::Store(_) | Error::Locked | Error::Missing)) => return Err(error),
        Err(error) => Err(RpcError::of(&error)),
    };
    Ok(Some(Next { delivery, action, ready }))
}

/// The device itself: nobody is signed in for what goes by itself.
fn by_device(vault: &Vault) -> Actor {
    Actor { who: Who::Device(vault.device()), role: Role::Administrator }
}

/// The file left: that stands in its encounter, and the trail says for where.
fn arrived(engine: &Engine, delivery: Delivery, action: Action, digest: Digest) -> Result<(), Error> {
    let vault = engine.vault()?;
    let (actor, encounter) = (by_device(&vault), delivery.encounter);
    let events = vec![EventBody::Exported { format: delivery.format, digest }];
    let append = Append {
        stream: Stream::Encounter(encounter),
        actor,
        action,
        events: events.clone(),
        expected: Expected::Anything,
    };
    let object = Some(Object::Destination(delivery.destination));
    let entry = AuditWrite { actor, action, object, outcome: Outcome::Allowed };
    vault.delivery_arrived(delivery, append, entry)?;
    if let Some(record) = vault.encounter(encounter)? {
        engine.notices.tell(&record, &events, &engine.rules, &engine.staff_language());
    }
    Ok(())
}

fn not_arrived(
    engine: &Engine,
    delivery: &Delivery,
    action: Action,
    reason: &RpcError,
    ended: Ended,
) -> Result<(), Error> {
    let vault = engine.vault()?;
    let now = engine.now();
    let (failed, due) = match retry::after(delivery.tries, ended, now) {
        Follows::Again(then) => (false, then),
        Follows::Failed => (true, now),
    };
    tracing::info!(
        code = reason.code.as_str(),
        destination = %delivery.destination,
        delivery = %delivery.id,
        failed,
        "a delivery did not arrive"
    );
    let entry = failed.then(|| AuditWrite {
        actor: by_device(&vault),
        action,
        object: Some(Object::Encounter(delivery.encounter)),
        outcome: Outcome::Failed(reason.code),
    });
    let reason = serde_json::to_string(reason).map_err(|_| Error::WrongState)?;
    Ok(vault.delivery_not_arrived(delivery.id, NotArrived { failed, due, reason, entry })?)
}
