//! From chat messages to tokens.
//!
//! The model's own template is used where llama.cpp knows it. Where there is none, or none it knows, the messages are
//! written plainly, each under a line that names the role:
//!
//! ```text
//! ### system
//! You are ...
//!
//! ### user
//! What ...
//!
//! ### assistant
//! ```
//!
//! What people said is never read as a control token. A transcript that holds `<|im_end|>` would otherwise end its message
//! and speak in another role, so the template is applied to placeholders, and only its own text may become control tokens.

use llama_cpp_2::{
    model::{LlamaChatMessage, LlamaChatTemplate, LlamaModel},
    token::LlamaToken,
};
use worker::{ChatMessage, ChatRole};

/// A template, as far as it can be applied.
pub(crate) enum Template {
    /// The model's own.
    Own {
        /// As llama.cpp takes it.
        template: LlamaChatTemplate,
        /// It has a switch for thinking aloud, which is then closed before it begins.
        thinks: bool,
    },
    /// The plain one.
    Plain,
}

impl Template {
    /// The template of a model.
    pub(crate) fn of(model: &LlamaModel) -> Self {
        let Ok(template) = model.chat_template(None) else { return Self::Plain };
        let Ok(trial) = LlamaChatMessage::new("user".into(), "x".into()) else { return Self::Plain };
        match model.apply_chat_template(&template, &[trial], true) {
            Ok(_) => {
                let thinks = template.to_str().is_ok_and(|text| text.contains("enable_thinking"));
                Self::Own { template, thinks }
            }
            Err(_) => Self::Plain,
        }
    }

    /// Whether it is the model's own.
    pub(crate) const fn is_own(&self) -> bool {
        matches!(self, Self::Own { .. })
    }

    /// The text at which an answer ends even if the model writes on: the next heading of the plain template.
    pub(crate) fn stops(&self) -> Vec<String> {
        match self {
            Self::Own { .. } => Vec::new(),
            Self::Plain => vec!["\n### ".to_owned()],
        }
    }

    /// The tokens of a chat, up to where the assistant speaks.
    pub(crate) fn tokens(&self, model: &LlamaModel, messages: &[ChatMessage]) -> Vec<LlamaToken> {
        let prompt = self.render(model, messages);
        let vocabulary = model.vocab();
        let mut tokens = Vec::new();
        if vocabulary.should_add_bos() {
            tokens.push(vocabulary.bos());
        }
        for part in split_placeholders(&prompt, messages.len()) {
            let (text, is_template) = match part {
                Part::Template(text) => (text, true),
                Part::Message(index) => (messages[index].content.expose().as_str(), false),
            };
            if !text.is_empty() {
                tokens.extend(vocabulary.tokenize(text.as_bytes(), false, is_template));
            }
        }
        // A template that writes the beginning itself must not get a second one.
        if tokens.len() > 1 && tokens[0] == vocabulary.bos() && tokens[1] == vocabulary.bos() {
            tokens.remove(0);
        }
        tokens
    }

    fn render(&self, model: &LlamaModel, messages: &[ChatMessage]) -> String {
        if let Self::Own { template, thinks } = self {
            let chat: Option<Vec<LlamaChatMessage>> = messages
                .iter()
                .enumerate()
                .map(|(index, message)| {
                    LlamaChatMessage::new(message.role.as_str().to_owned(), placeholder(index)).ok()
                })
                .collect();
            let rendered = chat.and_then(|chat| model.apply_chat_template(template, &chat, true).ok());
            if let Some(mut prompt) =
                rendered.filter(|prompt| holds_every_placeholder(prompt, messages.len()))
            {
                if *thinks {
                    prompt.push_str("<think>\n\n</think>\n\n");
                }
                return prompt;
            }
        }
        render_plainly(messages)
    }
}

fn render_plainly(messages: &[ChatMessage]) -> String {
    let mut prompt = String::new();
    for (index, message) in messages.iter().enumerate() {
        prompt.push_str(&format!("### {}\n{}\n\n", message.role.as_str(), placeholder(index)));
    }
    prompt.push_str(&format!("### {}\n", ChatRole::Assistant.as_str()));
    prompt
}

/// A text that no template changes: two private-use characters around a number.
fn placeholder(index: usize) -> String {
    format!("\u{E000}{index}\u{E001}")
}

/// Some templates leave a message out (one without a system role, say); then its words would be lost.
fn holds_every_placeholder(prompt: &str, count: usize) -> bool {
    (0..count).all(|index| prompt.contains(&placeholder(index)))
}

#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Template(&'a str),
    Message(usize),
}

fn split_placeholders(prompt: &str, count: usize) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = prompt;
    while let Some((before, after)) = rest.split_once('\u{E000}') {
        let Some((number, after)) = after.split_once('\u{E001}') else { break };
        parts.push(Part::Template(before));
        if let Some(index) = number.parse().ok().filter(|index| *index < count) {
            parts.push(Part::Message(index));
        }
        rest = after;
    }
    parts.push(Part::Template(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(role: ChatRole, content: &str) -> ChatMessage {
        ChatMessage { role, content: content.into() }
    }

    #[test]
    fn the_plain_format_names_each_role_and_ends_where_the_assistant_speaks() {
        let messages = [message(ChatRole::System, "Be brief."), message(ChatRole::User, "Hello")];
        assert_eq!(
            render_plainly(&messages),
            "### system\n\u{E000}0\u{E001}\n\n### user\n\u{E000}1\u{E001}\n\n### assistant\n"
        );
    }

    #[test]
    fn a_rendered_prompt_is_split_into_the_templates_text_and_the_messages() {
        let prompt = format!("<|im_start|>user\n{}<|im_end|>\n", placeholder(0));
        assert_eq!(
            split_placeholders(&prompt, 1),
            [Part::Template("<|im_start|>user\n"), Part::Message(0), Part::Template("<|im_end|>\n")]
        );
    }
}
