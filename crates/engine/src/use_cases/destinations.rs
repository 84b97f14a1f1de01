//! What an administrator does about destinations: add, change, switch, test, remove; and about what did not arrive.

use std::path::Path;

use domain::{DestinationId, ExportFormat};
use licence::Feature;
use store::{AuditWrite, DestinationWrite, Object, Outcome, SecretChange};

use super::filled;
use crate::destinations::{self, Settings, find, http};
use crate::router::Call;
use crate::rpc::types::{
    DeliveryOf, DestinationOf, DestinationPlace, DestinationTried, Destinations, Empty, SaveDestination,
    TokenChange,
};
use crate::{Engine, Error};

/// The longest name.
const MOST_NAME: usize = 80;

pub(crate) fn list(call: &Call<'_>, _: Empty) -> Result<Destinations, Error> {
    destinations::shown(call.engine)
}

/// Adds a destination or changes it. Without the licence none is added and none is switched on; what is there may be changed and
/// switched off.
pub(crate) fn save(call: &Call<'_>, request: SaveDestination) -> Result<Destinations, Error> {
    let engine = call.engine;
    let vault = engine.vault()?;
    let before = request.id.map(|id| find(&vault, id)).transpose()?;
    let was_on = before.as_ref().is_some_and(|before| before.on);
    if request.on && !was_on || before.is_none() {
        engine.require(&Feature::CUSTOM_INTEGRATIONS)?;
    }
    let name = filled(&request.name, "name")?;
    if name.chars().count() > MOST_NAME {
        return Err(invalid(call, "a name has 80 characters at most"));
    }
    let place = checked(engine, request.place)?;
    let secret = secret(call, &place, before.as_ref().and_then(Settings::of), request.token)?;
    let id = request.id.unwrap_or_else(|| DestinationId::make(engine.now(), &*engine.options.vault.random));
    let mut formats: Vec<ExportFormat> = Vec::new();
    for format in request.formats {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    if formats.is_empty() {
        return Err(invalid(call, "a destination is sent one format at least"));
    }
    let settings = Settings { name, place }.written()?;
    let write = DestinationWrite { id, on: request.on, formats, settings, secret };
    vault.save_destination(write, entry(call, id)?)?;
    destinations::shown(engine)
}

pub(crate) fn remove(call: &Call<'_>, request: DestinationOf) -> Result<Destinations, Error> {
    call.engine.vault()?.remove_destination(request.destination, entry(call, request.destination)?)?;
    destinations::shown(call.engine)
}

/// Sends something that holds no patient.
pub(crate) fn test(call: &Call<'_>, request: DestinationOf) -> Result<DestinationTried, Error> {
    call.audit(Object::Destination(request.destination))?;
    destinations::test(call.engine, request.destination)
}

pub(crate) fn retry(call: &Call<'_>, request: DeliveryOf) -> Result<Destinations, Error> {
    let DeliveryOf { destination, delivery } = request;
    call.engine.vault()?.try_delivery_again(destination, delivery, entry(call, destination)?)?;
    destinations::shown(call.engine)
}

pub(crate) fn give_up(call: &Call<'_>, request: DeliveryOf) -> Result<Destinations, Error> {
    let DeliveryOf { destination, delivery } = request;
    call.engine.vault()?.give_delivery_up(destination, delivery, entry(call, destination)?)?;
    destinations::shown(call.engine)
}

fn entry(call: &Call<'_>, id: DestinationId) -> Result<AuditWrite, Error> {
    let object = Some(Object::Destination(id));
    Ok(AuditWrite { actor: call.actor()?, action: call.action(), object, outcome: Outcome::Allowed })
}

fn invalid(call: &Call<'_>, reason: &str) -> Error {
    Error::RequestInvalid { method: call.rule.name, reason: reason.to_owned() }
}

fn checked(engine: &Engine, place: DestinationPlace) -> Result<DestinationPlace, Error> {
    match place {
        DestinationPlace::Folder { path } => {
            let path = filled(&path, "path")?;
            if !destinations::usable_folder(Path::new(&path), engine.home()) {
                return Err(Error::DestinationFolder);
            }
            Ok(DestinationPlace::Folder { path })
        }
        DestinationPlace::Http { address } => {
            let address = filled(&address, "address")?;
            http::usable(&address).ok_or(Error::DestinationAddress)?;
            Ok(DestinationPlace::Http { address })
        }
    }
}

/// What becomes of the token. It goes to the server that it was given for and to no other: whoever changes the address types
/// it again.
fn secret(
    call: &Call<'_>,
    place: &DestinationPlace,
    before: Option<Settings>,
    change: TokenChange,
) -> Result<SecretChange, Error> {
    let DestinationPlace::Http { address } = place else { return Ok(SecretChange::Forget) };
    Ok(match change {
        TokenChange::Forget => SecretChange::Forget,
        TokenChange::Set { token } => SecretChange::Set(written(call, &token)?.into_bytes()),
        TokenChange::Keep => match before.map(|before| before.place) {
            Some(DestinationPlace::Http { address: was })
                if http::server_of(&was) == http::server_of(address) =>
            {
                SecretChange::Keep
            }
            _ => SecretChange::Forget,
        },
    })
}

/// A token as it was typed, where it can be one.
pub(super) fn written(call: &Call<'_>, token: &str) -> Result<String, Error> {
    let token = filled(token, "token")?;
    if http::is_token(&token) {
        Ok(token)
    } else {
        Err(invalid(call, "a token has letters, digits and signs, and no space"))
    }
}
