//! Text from language models, and embeddings.

use std::path::Path;

use domain::Phi;
use serde_json::Value;
use worker::{
    ChatMessage, FinishReason, GenerateOptions, ModelDescription, Output, Request, frame::floats_from_bytes,
};

use crate::{Error, Limits, WorkerPrograms, WorkerStatus, schema, supervisor::Supervisor};

/// Texts embedded with one request.
const TEXTS_AT_ONCE: usize = 64;

/// Generates and embeds with GGUF models, in worker processes of its own.
pub struct LanguageClient {
    supervisor: Supervisor,
}

/// What a model is asked to write.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The chat so far.
    pub messages: Vec<ChatMessage>,
    /// What form the answer must have.
    pub constraint: Constraint,
    /// The answer ends before the first of these.
    pub stop: Vec<String>,
    /// At most so many tokens.
    pub max_tokens: u32,
    /// 0 takes the likeliest token each time.
    pub temperature: f32,
    /// Of the random choice, where temperature is above 0.
    pub seed: u32,
}

impl Prompt {
    /// A prompt with the likeliest answer, free in form, of at most 512 tokens.
    pub fn new(messages: Vec<ChatMessage>) -> Self {
        Self {
            messages,
            constraint: Constraint::Free,
            stop: Vec::new(),
            max_tokens: 512,
            temperature: 0.0,
            seed: 0,
        }
    }

    /// The same with a constraint.
    #[must_use]
    pub fn constrained(self, constraint: Constraint) -> Self {
        Self { constraint, ..self }
    }
}

/// The form of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// Any text.
    Free,
    /// A GBNF grammar with a rule `root`.
    Grammar(String),
    /// A JSON value of this schema; see [`schema`] for the part of JSON Schema that is understood.
    Schema(Value),
}

/// What a model wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Generation {
    /// The text.
    pub text: Phi<String>,
    /// The value, where a schema was asked for: parsed, and checked against it.
    pub json: Option<Phi<Value>>,
    /// Why it ended.
    pub finish: FinishReason,
    /// Tokens read.
    pub prompt_tokens: u32,
    /// Tokens written.
    pub tokens: u32,
}

impl LanguageClient {
    /// A client; no process is started yet.
    pub fn new(programs: &WorkerPrograms, limits: Limits) -> Self {
        let trial = || {
            let messages = vec![ChatMessage { role: worker::ChatRole::User, content: "Hello".into() }];
            (
                Request::Generate(GenerateOptions { messages, max_tokens: 1, ..GenerateOptions::default() }),
                Vec::new(),
            )
        };
        Self { supervisor: Supervisor::new(programs.language.clone(), limits, trial) }
    }

    /// Generates; `on_text` is told each piece as it is written. Dropping the future cancels.
    ///
    /// # Errors
    /// What is wrong with the model, the worker, the prompt or the schema; [`Error::AnswerInvalid`] when an answer under a
    /// schema does not hold it, which a limit of tokens can cause.
    pub async fn generate(
        &self,
        model: &Path,
        prompt: Prompt,
        mut on_text: impl FnMut(&str) + Send,
    ) -> Result<Generation, Error> {
        let Prompt { messages, constraint, stop, max_tokens, temperature, seed } = prompt;
        let (grammar, schema) = match constraint {
            Constraint::Free => (None, None),
            Constraint::Grammar(grammar) => (Some(grammar), None),
            Constraint::Schema(schema) => (Some(schema::to_grammar(&schema)?), Some(schema)),
        };
        let options = GenerateOptions { messages, grammar, stop, max_tokens, temperature, seed };
        let told = |output: Output| {
            if let Output::Text { text } = output {
                on_text(text.expose());
            }
        };
        let (output, _) = self.supervisor.ask(model, Request::Generate(options), Vec::new(), told).await?;
        let Output::Generated { text, finish, prompt_tokens, tokens } = output else {
            return Err(unexpected());
        };
        let json = schema.map(|schema| parse(text.expose(), &schema, finish)).transpose()?;
        Ok(Generation { text, json, finish, prompt_tokens, tokens })
    }

    /// One vector for each text, of length 1.
    ///
    /// # Errors
    /// As [`LanguageClient::generate`].
    pub async fn embed(&self, model: &Path, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Error> {
        let mut vectors = Vec::with_capacity(texts.len());
        for part in texts.chunks(TEXTS_AT_ONCE) {
            let request = Request::Embed { texts: Phi::new(part.to_vec()) };
            let (output, attachment) = self.supervisor.ask(model, request, Vec::new(), |_| ()).await?;
            let (Output::Embeddings { count, dimensions }, Some(numbers)) =
                (output, floats_from_bytes(&attachment))
            else {
                return Err(unexpected());
            };
            let (count, dimensions) = (count as usize, dimensions as usize);
            if count != part.len() || dimensions == 0 || count * dimensions != numbers.len() {
                return Err(unexpected());
            }
            vectors.extend(numbers.chunks(dimensions).map(<[f32]>::to_vec));
        }
        Ok(vectors)
    }

    /// The running worker of a model, started if need be: what it is, and what confines it.
    ///
    /// # Errors
    /// As [`LanguageClient::generate`].
    pub async fn status(&self, model: &Path) -> Result<WorkerStatus, Error> {
        self.supervisor.status(model).await
    }

    /// Loads a model in a throw-away process and tries it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn prove(&self, model: &Path) -> Result<ModelDescription, Error> {
        self.supervisor.prove(model).await
    }

    /// Ends every worker that has nothing to do, giving its memory back.
    pub async fn unload(&self) {
        self.supervisor.unload().await;
    }
}

fn parse(text: &str, schema: &Value, finish: FinishReason) -> Result<Phi<Value>, Error> {
    let value: Value = serde_json::from_str(text).map_err(|_| Error::AnswerInvalid {
        detail: match finish {
            FinishReason::Length => "it did not end within the tokens allowed".into(),
            FinishReason::Complete | FinishReason::Stop => "it is not JSON".into(),
        },
    })?;
    schema::check(&value, schema).map_err(|detail| Error::AnswerInvalid { detail })?;
    Ok(Phi::new(value))
}

fn unexpected() -> Error {
    Error::Engine {
        program: "bedside-language-worker".into(),
        detail: "it answered something else than was asked".into(),
    }
}
