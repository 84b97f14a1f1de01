//! The facility's own server of language models (vLLM, llama-server, and others that speak as OpenAI's does): one more writer of
//! drafts, beside the models on this device. Off until an administrator enters an address.
//!
//! [`client`] speaks to it, [`draft`] asks it for a note by the same prompt, the same grammar and in the same windows as a model
//! here, and what it writes is read and checked as theirs is. What was said in a visit goes to this one server, under TLS, and
//! nowhere else; nothing of it is in a log.

mod client;
mod draft;
#[cfg(test)]
mod tests;

use licence::Feature;
use serde::{Deserialize, Serialize};
use store::Vault;

pub(crate) use client::{Client, SILENCE};
pub(crate) use draft::draft;

use crate::rpc::types::EndpointSettings;
use crate::{Engine, Error, kept};

/// Under which name the vault keeps it.
const NAME: &str = "endpoint";

impl EndpointSettings {
    /// What the model is called where there are others: its name and whose it is.
    pub(crate) fn offered(&self) -> String {
        let host = crate::destinations::http::server_of(&self.address).map(|(_, host, _)| host);
        format!("{} ({})", self.model, host.unwrap_or_default())
    }
}

/// The server as the vault keeps it: at once, so that a token never stands beside another address than its own.
#[derive(Serialize, Deserialize)]
pub(crate) struct Server {
    pub(crate) settings: EndpointSettings,
    /// What is shown to it.
    pub(crate) token: Option<String>,
}

pub(crate) fn read(vault: &Vault) -> Option<Server> {
    kept::read::<Option<Server>>(vault, NAME).flatten()
}

/// Keeps the server; none where it is removed.
pub(crate) fn write(vault: &Vault, server: Option<&Server>) -> Result<(), Error> {
    kept::write(vault, NAME, &server)
}

/// The server, where it may be asked: it is on, and the licence has it.
pub(crate) fn in_use(engine: &Engine) -> Option<Server> {
    let vault = engine.vault().ok()?;
    read(&vault).filter(|server| server.settings.on && engine.includes(&Feature::CUSTOM_INTEGRATIONS))
}
