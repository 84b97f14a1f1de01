//! A note written by a language model: the windows of [`scribe::generative`], asked one after the other.

use std::path::Path;

use domain::{Phi, Utterance};
use scribe::generative::{Answer, Ask, Drafting, Unusable};
use scribe::{Outcome, Template};
use worker::{ChatMessage, ChatRole, FinishReason};

use crate::{Constraint, Error, LanguageClient, Prompt, error::model_name};

/// How far a draft has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteProgress {
    /// The window that is being written, from 1.
    pub part: u32,
    /// How many there are, as far as can be told.
    pub parts: u32,
    /// What the window says so far: heading and words of each sentence.
    pub lines: Phi<Vec<(String, String)>>,
}

impl LanguageClient {
    /// Drafts a note; `on_progress` is told at each word. Dropping the future cancels.
    ///
    /// The instructions stand first in every ask, so that the worker computes them once.
    ///
    /// # Errors
    /// As [`LanguageClient::generate`]; [`Error::AnswerInvalid`] where the answers cannot be used.
    pub async fn draft_note(
        &self,
        model: &Path,
        utterances: &[Utterance],
        template: &Template,
        language: &str,
        mut on_progress: impl FnMut(NoteProgress) + Send,
    ) -> Result<Outcome, Error> {
        let context = self.status(model).await?.model.context;
        let mut drafting = match Drafting::new(utterances, template, language, context) {
            Ok(drafting) => drafting,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        while let Some(ask) = drafting.ask().map_err(unusable)? {
            let (part, parts) = (ask.part, ask.parts);
            on_progress(NoteProgress { part, parts, lines: Phi::new(Vec::new()) });
            let mut written = String::new();
            let told = |piece: &str| {
                written.push_str(piece);
                if piece.ends_with(char::is_whitespace) {
                    let lines = Phi::new(drafting.so_far(&written));
                    on_progress(NoteProgress { part, parts, lines });
                }
            };
            match self.generate(model, prompt(ask), told).await {
                Ok(answer) => {
                    let finished = answer.finish == FinishReason::Complete;
                    let (prompt_tokens, tokens) = (answer.prompt_tokens, answer.tokens);
                    let answer = Answer { text: answer.text.expose(), finished, prompt_tokens, tokens };
                    drafting.answered(answer).map_err(unusable)?;
                }
                Err(Error::ContextFull { .. }) => drafting.did_not_fit().map_err(unusable)?,
                Err(error) => return Err(error),
            }
        }
        Ok(drafting.finish(&model_name(model)))
    }
}

fn prompt(ask: Ask) -> Prompt {
    let messages = vec![
        ChatMessage { role: ChatRole::System, content: ask.system.into() },
        ChatMessage { role: ChatRole::User, content: ask.user },
    ];
    Prompt { max_tokens: ask.most_tokens, ..Prompt::new(messages) }
        .constrained(Constraint::Grammar(ask.grammar))
}

fn unusable(why: Unusable) -> Error {
    Error::AnswerInvalid { detail: why.to_string() }
}
