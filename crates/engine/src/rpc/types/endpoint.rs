//! The facility's own server of language models.

use domain::ErrorCode;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TokenChange;

/// What is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointSettings {
    /// Whether it may be asked.
    pub on: bool,
    /// What stands before `/models` and `/chat/completions`.
    pub address: String,
    /// The model that writes.
    pub model: String,
    /// The tokens that an ask and its answer may have together.
    pub context: u32,
    /// The authority that alone is trusted, as PEM; none for those that are trusted publicly.
    pub authority: Option<String>,
}

/// The server, where one is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Endpoint {
    /// What is set; none where nothing is.
    pub settings: Option<EndpointSettings>,
    /// Whether it is shown a token.
    pub has_token: bool,
    /// Whether the licence has it.
    pub licensed: bool,
}

/// Sets the server.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SaveEndpoint {
    /// What is set.
    pub settings: EndpointSettings,
    /// What becomes of the token.
    pub token: TokenChange,
}

/// Asks a server what models it has and one of them for a word, before it is set or afterwards.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct TryEndpoint {
    /// Its address.
    pub address: String,
    /// The authority that alone is trusted, as PEM.
    pub authority: Option<String>,
    /// What becomes of the token.
    pub token: TokenChange,
    /// The model that is asked for a word; none for the first that the server names.
    pub model: Option<String>,
}

/// What a server said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointTried {
    /// Its models.
    pub models: Vec<EndpointModel>,
    /// The model that was asked for a word.
    pub model: Option<String>,
    /// Why no note can be had from it; none where one can.
    pub failure: Option<ErrorCode>,
}

/// A model of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointModel {
    /// Its name.
    pub name: String,
    /// Its context in tokens, where the server says it.
    pub context: Option<u32>,
}
