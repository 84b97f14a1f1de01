//! What an administrator does about the facility's own server of language models: set it, try it, switch it, remove it.

use domain::{Coded as _, ErrorCode};
use licence::Feature;
use store::Object;

use super::destinations::written;
use super::filled;
use crate::destinations::http;
use crate::endpoint::{self, Client, Server};
use crate::router::Call;
use crate::rpc::types::{
    Empty, Endpoint, EndpointSettings, EndpointTried, SaveEndpoint, TokenChange, TryEndpoint,
};
use crate::{Engine, Error};

/// The least context that a note is drafted in, and the most that is believed, in tokens.
const LEAST_CONTEXT: u32 = 2_048;
const MOST_CONTEXT: u32 = 1 << 20;
/// The longest name of a model, and the longest certificates, in bytes.
const MOST_NAME: usize = 200;
const MOST_AUTHORITY: usize = 64 << 10;

pub(crate) fn read(call: &Call<'_>, _: Empty) -> Result<Endpoint, Error> {
    shown(call.engine)
}

pub(crate) fn save(call: &Call<'_>, request: SaveEndpoint) -> Result<Endpoint, Error> {
    let engine = call.engine;
    let vault = engine.vault()?;
    let before = endpoint::read(&vault);
    // Without the licence nothing is added and nothing switched on; what is there may be changed and switched off.
    if before.as_ref().is_none_or(|before| request.settings.on && !before.settings.on) {
        engine.require(&Feature::CUSTOM_INTEGRATIONS)?;
    }
    let EndpointSettings { on, address, model, context, authority } = request.settings;
    let model = filled(&model, "model")?;
    if model.len() > MOST_NAME || !(LEAST_CONTEXT..=MOST_CONTEXT).contains(&context) {
        return Err(Error::RequestInvalid {
            method: call.rule.name,
            reason: "a model has a name of 200 characters at most, and a context of 2,048 tokens at least"
                .to_owned(),
        });
    }
    let address = filled(&address, "address")?;
    let authority = authority.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let settings = EndpointSettings { on, address, model, context, authority };
    let token = token(call, &settings.address, request.token)?;
    client(&settings, token.clone())?;
    call.audit(Object::Vault)?;
    endpoint::write(&vault, Some(&Server { settings, token }))?;
    shown(engine)
}

pub(crate) fn remove(call: &Call<'_>, _: Empty) -> Result<Endpoint, Error> {
    call.audit(Object::Vault)?;
    endpoint::write(&*call.engine.vault()?, None)?;
    shown(call.engine)
}

/// Asks the server for its models, and one of them for a word. No word of a visit goes to it.
pub(crate) fn attempt(call: &Call<'_>, request: TryEndpoint) -> Result<EndpointTried, Error> {
    let address = filled(&request.address, "address")?;
    let token = token(call, &address, request.token)?;
    let authority = request.authority.filter(|text| !text.trim().is_empty());
    let settings = EndpointSettings { on: false, address, model: String::new(), context: 0, authority };
    let client = client(&settings, token)?;
    call.audit(Object::Vault)?;
    let models = match client.models() {
        Ok(models) => models,
        Err(trouble) => {
            return Ok(EndpointTried { models: Vec::new(), model: None, failure: Some(trouble.code()) });
        }
    };
    let wanted = request.model.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let model =
        models.iter().map(|model| &model.name).find(|name| wanted.is_none_or(|wanted| wanted == *name));
    let failure = match model {
        Some(name) => client.prove(name).err().map(|trouble| trouble.code()),
        None => Some(ErrorCode::EndpointModel),
    };
    Ok(EndpointTried { model: model.cloned(), models, failure })
}

fn shown(engine: &Engine) -> Result<Endpoint, Error> {
    let vault = engine.vault()?;
    let (settings, token) = endpoint::read(&vault).map(|server| (server.settings, server.token)).unzip();
    Ok(Endpoint {
        settings,
        has_token: token.flatten().is_some(),
        licensed: engine.includes(&Feature::CUSTOM_INTEGRATIONS),
    })
}

fn client(settings: &EndpointSettings, token: Option<String>) -> Result<Client, Error> {
    if settings.authority.as_ref().is_some_and(|text| text.len() > MOST_AUTHORITY) {
        return Err(Error::EndpointAuthority);
    }
    Client::new(settings, token)
}

/// The token from here on. It goes to the server that it was given for and to no other.
fn token(call: &Call<'_>, address: &str, change: TokenChange) -> Result<Option<String>, Error> {
    let vault = call.engine.vault()?;
    Ok(match change {
        TokenChange::Forget => None,
        TokenChange::Set { token } => Some(written(call, &token)?),
        TokenChange::Keep => endpoint::read(&vault)
            .filter(|before| http::server_of(&before.settings.address) == http::server_of(address))
            .and_then(|before| before.token),
    })
}
