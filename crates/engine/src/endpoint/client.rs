//! The part of OpenAI's protocol that servers of language models share: what models there are, and a chat that is streamed.
//!
//! TLS is verified against the authorities that are trusted publicly, or against the facility's own and no other. Redirects are not
//! followed. Of what the server writes beside an answer only its status and the name of its error are read.

use std::io::{BufRead as _, BufReader, Read as _};
use std::time::Duration;

use domain::{Coded, ErrorCode};
use scribe::generative::Ask;
use serde_json::{Value, json};
use ureq::Body;
use ureq::http::Response;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::Settings;
use crate::destinations::http::usable;

/// How long a connection may take, and how long an answer's beginning: a long visit is read first.
const CONNECT: Duration = Duration::from_secs(10);
const FIRST_WORD: Duration = Duration::from_secs(300);
/// For somebody who stands before the screen.
const TRYING: Duration = Duration::from_secs(20);
/// What is read of an answer at most, in bytes.
const MOST_LIST: u64 = 1 << 20;
const MOST_ERROR: u64 = 1 << 16;
const MOST_STREAM: u64 = 1 << 24;
/// Tokens a byte, where the server does not count them: as the windows guess it.
const GUESS: f64 = 0.3;

/// Why the server wrote nothing that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("there is no connection to the facility's server of language models; see whether it runs")]
    Unreachable,
    #[error("the facility's server of language models did not answer in time")]
    Timeout,
    #[error(
        "the facility's server of language models could not show who it is; enter its authority's certificate"
    )]
    Certificate,
    #[error("the facility's server of language models wants another token")]
    Credentials,
    #[error("the facility's server of language models does not have this model, or not at this address")]
    Model,
    #[error("the facility's server of language models is overloaded or out of order")]
    Unavailable,
    #[error("the facility's server of language models broke off in the middle of an answer")]
    CutOff,
    #[error("the facility's server of language models does not answer as such servers do")]
    Form,
    /// The ask is longer than it can read: a shorter one may do.
    #[error("the ask does not fit into the model's context")]
    TooLong,
    /// Somebody stopped it.
    #[error("it was stopped")]
    Stopped,
}

impl Coded for Trouble {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unreachable => ErrorCode::EndpointUnreachable,
            Self::Timeout => ErrorCode::EndpointTimeout,
            Self::Certificate => ErrorCode::EndpointCertificate,
            Self::Credentials => ErrorCode::EndpointCredentials,
            Self::Model => ErrorCode::EndpointModel,
            Self::Unavailable | Self::CutOff => ErrorCode::EndpointUnavailable,
            Self::Form | Self::TooLong | Self::Stopped => ErrorCode::ModelAnswerInvalid,
        }
    }
}

/// A model that a server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answering {
    pub(crate) name: String,
    /// Its context in tokens, where the server says it.
    pub(crate) context: Option<u32>,
}

/// What it wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrote {
    pub(crate) text: String,
    /// Whether it came to its end.
    pub(crate) finished: bool,
    pub(crate) prompt_tokens: u32,
    pub(crate) tokens: u32,
}

/// Speaks to one server.
pub(crate) struct Client {
    agent: ureq::Agent,
    address: String,
    token: Option<String>,
}

impl Client {
    /// # Errors
    /// The address, or the authority's certificate, cannot be used.
    pub(crate) fn new(settings: &Settings, token: Option<String>) -> Result<Self, ErrorCode> {
        let uri = usable(&settings.address).ok_or(ErrorCode::DestinationAddressInvalid)?;
        let plain = uri.scheme_str() == Some("http");
        let mut config = ureq::Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .https_only(!plain)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(FIRST_WORD))
            .user_agent(concat!("Bedside/", env!("CARGO_PKG_VERSION")));
        if plain {
            // What goes to this machine goes past no other.
            config = config.proxy(None);
        }
        if let Some(authority) = &settings.authority {
            let roots = certificates(authority).ok_or(ErrorCode::EndpointAuthority)?;
            config =
                config.tls_config(TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build());
        }
        let address = settings.address.trim_end_matches('/').to_owned();
        Ok(Self { agent: config.build().into(), address, token })
    }

    /// The models that the server has.
    pub(crate) fn models(&self) -> Result<Vec<Answering>, Trouble> {
        let mut request =
            self.agent.get(format!("{}/models", self.address)).config().timeout_global(Some(TRYING)).build();
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = request.call().map_err(|error| of_connection(&error))?;
        let mut answer = taken(answer)?;
        let list = answer.body_mut().with_config().limit(MOST_LIST).read_to_vec();
        let list = list.map_err(|_| Trouble::CutOff)?;
        let list: Value = serde_json::from_slice(&list).map_err(|_| Trouble::Form)?;
        let list = list["data"].as_array().ok_or(Trouble::Form)?;
        Ok(list.iter().filter_map(answering).collect())
    }

    /// Asks for a text. `told` hears each piece, and says whether to go on.
    pub(crate) fn write(
        &self,
        model: &str,
        ask: &Ask,
        mut told: impl FnMut(&str) -> bool,
    ) -> Result<Wrote, Trouble> {
        let body = json!({
            "model": model,
            "messages": [
                { "role": "system", "content": ask.system },
                { "role": "user", "content": ask.user.expose() },
            ],
            "max_tokens": ask.most_tokens,
            "temperature": 0,
            "stream": true,
            "stream_options": { "include_usage": true },
            // llama-server's name for it, and vLLM's. A server that knows neither writes freely, which is read all the same.
            "grammar": ask.grammar,
            "structured_outputs": { "grammar": ask.grammar },
        });
        let mut request = self.agent.post(format!("{}/chat/completions", self.address));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = serde_json::to_vec(&body).map_err(|_| Trouble::Form)?;
        let request = request.header(CONTENT_TYPE, "application/json");
        let answer = request.send(&body[..]).map_err(|error| of_connection(&error))?;
        let answer = taken(answer)?;
        let bytes = ask.system.len() + ask.user.expose().len();
        let mut wrote =
            Wrote { text: String::new(), finished: false, prompt_tokens: guess(bytes), tokens: 0 };
        let (mut counted, mut ended) = (false, false);
        let lines = BufReader::new(answer.into_body().into_reader().take(MOST_STREAM)).lines();
        for line in lines {
            let line = line.map_err(|_| Trouble::CutOff)?;
            let Some(content) = line.strip_prefix("data:") else { continue };
            let content = content.trim();
            if content == "[DONE]" {
                ended = true;
                break;
            }
            let piece: Value = serde_json::from_str(content).map_err(|_| Trouble::Form)?;
            if !piece["error"].is_null() {
                return Err(Trouble::Unavailable);
            }
            let choice = &piece["choices"][0];
            if let Some(words) = choice["delta"]["content"].as_str() {
                wrote.text.push_str(words);
                if !told(words) {
                    return Err(Trouble::Stopped);
                }
            }
            if let Some(reason) = choice["finish_reason"].as_str() {
                wrote.finished = reason == "stop";
                ended = true;
            }
            let count =
                |name: &str| piece["usage"][name].as_u64().and_then(|count| u32::try_from(count).ok());
            if let (Some(prompt), Some(tokens)) = (count("prompt_tokens"), count("completion_tokens")) {
                (wrote.prompt_tokens, wrote.tokens) = (prompt, tokens);
                counted = true;
            }
        }
        if !ended {
            return Err(Trouble::CutOff);
        }
        if !counted {
            wrote.tokens = guess(wrote.text.len());
        }
        Ok(wrote)
    }
}

/// The certificates in a PEM text; none where there is none in it, or something that is not one.
pub(super) fn certificates(pem: &str) -> Option<Vec<ureq::tls::Certificate<'static>>> {
    let mut found = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        match item.ok()? {
            PemItem::Certificate(certificate) => found.push(certificate),
            // Whoever pastes a key pasted the wrong file.
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

fn answering(model: &Value) -> Option<Answering> {
    let context = [&model["max_model_len"], &model["meta"]["n_ctx"], &model["meta"]["n_ctx_train"]];
    let context = context.into_iter().find_map(Value::as_u64).and_then(|count| u32::try_from(count).ok());
    Some(Answering { name: model["id"].as_str()?.to_owned(), context })
}

fn guess(bytes: usize) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a guess"
    )]
    let tokens = (bytes as f64 * GUESS) as u32;
    tokens
}

/// The answer, where the server takes what was asked.
fn taken(mut answer: Response<Body>) -> Result<Response<Body>, Trouble> {
    let status = answer.status().as_u16();
    if answer.status().is_success() {
        return Ok(answer);
    }
    Err(match status {
        401 | 403 => Trouble::Credentials,
        408 | 425 | 429 | 500..=599 => Trouble::Unavailable,
        400 | 413 | 422 if is_too_long(&mut answer) => Trouble::TooLong,
        400 | 413 | 422 => Trouble::Form,
        _ => Trouble::Model,
    })
}

/// Whether the server says that the ask is longer than the model's context: each calls it something else.
fn is_too_long(answer: &mut Response<Body>) -> bool {
    let body = answer.body_mut().with_config().limit(MOST_ERROR).read_to_string().unwrap_or_default();
    let body = body.to_lowercase();
    ["context_length", "exceed_context", "context length", "context size"]
        .iter()
        .any(|sign| body.contains(sign))
}

fn of_connection(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(_) => Trouble::Timeout,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Trouble::Certificate,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => Trouble::Certificate,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Trouble::Timeout,
        _ => Trouble::Unreachable,
    }
}
