//! The part of OpenAI's protocol that servers of language models share: what models there are, and a chat that is streamed.
//!
//! TLS is verified against the authorities that are trusted publicly, or against the facility's own and no other. Redirects are not
//! followed. Of what the server writes beside an answer only its status and the name of its error are read.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::ToSocketAddrs as _;
use std::time::Duration;

use domain::{Coded, ErrorCode, Phi};
use scribe::generative::Ask;
use serde_json::{Value, json};
use ureq::Body;
use ureq::http::Response;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use crate::Error;
use crate::destinations::http::{configured, usable};
use crate::rpc::types::{EndpointModel, EndpointSettings};

/// How long a connection may take, and how long the server may keep silent: a long visit is read before its first word.
const CONNECT: Duration = Duration::from_secs(10);
pub(crate) const SILENCE: Duration = Duration::from_secs(300);
/// For somebody who stands before the screen: a list, and a word by a model that the server may have to load first.
const LISTING: Duration = Duration::from_secs(20);
const ONE_WORD: Duration = Duration::from_secs(60);
/// What is read of an answer at most, in bytes.
const MOST_LIST: u64 = 1 << 20;
const MOST_ERROR: u64 = 1 << 16;
const MOST_STREAM: u64 = 1 << 24;
/// Tokens a byte, where the server does not count them: as the windows guess it.
const GUESS: f64 = 0.3;
/// A grammar that leaves nothing to write but this word, which nobody would write otherwise.
const PROBE: &str = "root ::= \"zinnia\"";
const PROBE_WORD: &str = "zinnia";

/// Why the server wrote nothing that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("there is no connection to the facility's server of language models; see whether it runs")]
    Unreachable,
    #[error("the name of the facility's server of language models leads nowhere; see how it is written")]
    Name,
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
    #[error("the facility's server of language models does not keep to a grammar")]
    Grammar,
}

impl Coded for Trouble {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unreachable => ErrorCode::EndpointUnreachable,
            Self::Name => ErrorCode::EndpointName,
            Self::Timeout => ErrorCode::EndpointTimeout,
            Self::Certificate => ErrorCode::EndpointCertificate,
            Self::Credentials => ErrorCode::EndpointCredentials,
            Self::Model => ErrorCode::EndpointModel,
            Self::Unavailable | Self::CutOff => ErrorCode::EndpointUnavailable,
            Self::Form | Self::TooLong => ErrorCode::ModelAnswerInvalid,
            Self::Grammar => ErrorCode::EndpointGrammar,
        }
    }
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
    /// Its host and port, to tell a name that leads nowhere from a server that does not run.
    server: (String, u16),
    token: Option<String>,
}

/// Ends every connection of a client when it is dropped, whatever the server is doing: it need not compute any further, and the
/// thread that waits for it waits no longer.
pub(crate) struct HangUp(ureq::Agent);

impl Drop for HangUp {
    fn drop(&mut self) {
        self.0.clone().shutdown();
    }
}

impl Client {
    /// # Errors
    /// The address, or the authority's certificate, cannot be used.
    pub(crate) fn new(settings: &EndpointSettings, token: Option<String>) -> Result<Self, Error> {
        let uri = usable(&settings.address).filter(|uri| uri.query().is_none());
        let uri = uri.ok_or(Error::DestinationAddress)?;
        let mut config = configured(&uri, CONNECT).timeout_recv_response(Some(SILENCE));
        if let Some(authority) = &settings.authority {
            let roots = certificates(authority).ok_or(Error::EndpointAuthority)?;
            config =
                config.tls_config(TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build());
        }
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let server =
            (host, uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 }));
        let address = settings.address.trim_end_matches('/').to_owned();
        Ok(Self { agent: config.build().into(), address, server, token })
    }

    pub(crate) fn hang_up(&self) -> HangUp {
        HangUp(self.agent.clone())
    }

    /// The models that the server has.
    pub(crate) fn models(&self) -> Result<Vec<EndpointModel>, Trouble> {
        // Whatever is there that has no list of models: the address is another one.
        let list = self.read(&format!("{}/models", self.address))?.ok_or(Trouble::Model)?;
        let list = list["data"].as_array().ok_or(Trouble::Model)?;
        let listed: Vec<_> = list.iter().filter_map(listed).collect();
        let unsaid = listed.iter().any(|model| model.now.is_none());
        let of_all = unsaid.then(|| self.context_of_all()).flatten();
        let context = |model: &Listed| model.now.or(of_all).or(model.most);
        Ok(listed
            .into_iter()
            .map(|model| EndpointModel { context: context(&model), name: model.name })
            .collect())
    }

    /// The context that llama-server was started with, which may be far less than its model was trained for.
    fn context_of_all(&self) -> Option<u32> {
        let root = self.address.strip_suffix("/v1").unwrap_or(&self.address);
        let properties = self.read(&format!("{root}/props")).ok().flatten()?;
        number(&properties["default_generation_settings"]["n_ctx"])
    }

    /// What the server has at an address; none where it is not JSON.
    fn read(&self, address: &str) -> Result<Option<Value>, Trouble> {
        let mut request = self.agent.get(address).config().timeout_global(Some(LISTING)).build();
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = request.call().map_err(|error| self.trouble(&error))?;
        let mut answer = taken(answer)?;
        let body = answer.body_mut().with_config().limit(MOST_LIST).read_to_vec();
        Ok(serde_json::from_slice(&body.map_err(|_| Trouble::CutOff)?).ok())
    }

    /// Whether a model of the server writes, and keeps to a grammar: without one no note can be read. No word of a visit goes to it.
    pub(crate) fn prove(&self, model: &str) -> Result<(), Trouble> {
        let ask = Ask {
            system: "You are friendly.".to_owned(),
            user: Phi::new("Say hello in one word.".to_owned()),
            grammar: PROBE.to_owned(),
            most_tokens: 16,
            part: 1,
            parts: 1,
        };
        let wrote = self.stream(model, &ask, Some(ONE_WORD), |_| ())?;
        if wrote.text.trim() == PROBE_WORD { Ok(()) } else { Err(Trouble::Grammar) }
    }

    /// Asks for a text. `told` hears each piece.
    pub(crate) fn write(&self, model: &str, ask: &Ask, told: impl FnMut(&str)) -> Result<Wrote, Trouble> {
        self.stream(model, ask, None, told)
    }

    fn stream(
        &self,
        model: &str,
        ask: &Ask,
        limit: Option<Duration>,
        mut told: impl FnMut(&str),
    ) -> Result<Wrote, Trouble> {
        let body = serde_json::to_vec(&body(model, ask)).map_err(|_| Trouble::Form)?;
        let address = format!("{}/chat/completions", self.address);
        let mut request = self.agent.post(address).config().timeout_global(limit).build();
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.header(CONTENT_TYPE, "application/json");
        let answer = request.send(&body[..]).map_err(|error| self.trouble(&error))?;
        let answer = taken(answer)?;
        let bytes = ask.system.len() + ask.user.expose().len();
        let mut wrote =
            Wrote { text: String::new(), finished: false, prompt_tokens: guess(bytes), tokens: 0 };
        let (mut streams, mut counted, mut ended) = (false, false, false);
        let lines = BufReader::new(answer.into_body().into_reader().take(MOST_STREAM)).lines();
        for line in lines {
            let line = line.map_err(|_| Trouble::CutOff)?;
            let Some(content) = line.strip_prefix("data:") else { continue };
            streams = true;
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
                told(words);
            }
            if let Some(reason) = choice["finish_reason"].as_str() {
                wrote.finished = reason == "stop";
                ended = true;
            }
            let count = |name: &str| number(&piece["usage"][name]);
            if let (Some(prompt), Some(tokens)) = (count("prompt_tokens"), count("completion_tokens")) {
                (wrote.prompt_tokens, wrote.tokens) = (prompt, tokens);
                counted = true;
            }
        }
        if !ended {
            return Err(if streams { Trouble::CutOff } else { Trouble::Form });
        }
        if !counted {
            wrote.tokens = guess(wrote.text.len());
        }
        Ok(wrote)
    }

    fn trouble(&self, error: &ureq::Error) -> Trouble {
        match error {
            ureq::Error::Timeout(_) => Trouble::Timeout,
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Trouble::Certificate,
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => Trouble::Certificate,
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Trouble::Timeout,
            // The error of a name is each system's own, so that it is looked up once more.
            _ if (self.server.0.as_str(), self.server.1).to_socket_addrs().is_err() => Trouble::Name,
            _ => Trouble::Unreachable,
        }
    }
}

fn body(model: &str, ask: &Ask) -> Value {
    json!({
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
        // A model that thinks aloud first would do so under the grammar.
        "chat_template_kwargs": { "enable_thinking": false },
    })
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

/// A model as the server lists it: the context that it is run with, and the one that it was trained for.
struct Listed {
    name: String,
    now: Option<u32>,
    most: Option<u32>,
}

fn listed(model: &Value) -> Option<Listed> {
    Some(Listed {
        name: model["id"].as_str()?.to_owned(),
        now: number(&model["max_model_len"]).or_else(|| number(&model["meta"]["n_ctx"])),
        most: number(&model["meta"]["n_ctx_train"]),
    })
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
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
