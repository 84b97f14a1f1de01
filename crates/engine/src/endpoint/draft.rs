//! A note by the facility's server: the windows of [`scribe::generative`], asked one after the other.

use std::time::Duration;

use domain::{Coded as _, EncounterRecord, ErrorCode, Phi};
use inference::NoteProgress;
use scribe::generative::{Answer, Drafting};
use scribe::{Outcome, Template};
use tokio::sync::watch;

use super::client::{Client, Trouble};
use crate::rpc::types::EndpointSettings;

/// Drafts a note; `tell` is told at each word. Dropping the future hangs up on the server at once, and so does a server that
/// keeps silent for longer than it may.
pub(crate) async fn draft(
    client: Client,
    settings: EndpointSettings,
    record: EncounterRecord,
    template: Template,
    silence: Duration,
    mut tell: impl FnMut(NoteProgress) + Send + 'static,
) -> Result<Outcome, ErrorCode> {
    let _hangs_up = client.hang_up();
    let (heard, mut hears) = watch::channel(());
    let mut asked = tokio::task::spawn_blocking(move || {
        ask(&client, &settings, &record, &template, |progress| {
            heard.send_replace(());
            tell(progress);
        })
    });
    loop {
        tokio::select! {
            outcome = &mut asked => return outcome.unwrap_or(Err(ErrorCode::Internal)),
            word = tokio::time::timeout(silence, hears.changed()) => match word {
                Ok(Ok(())) => {}
                // The last word came: what follows is no wait for the server.
                Ok(Err(_)) => return asked.await.unwrap_or(Err(ErrorCode::Internal)),
                Err(_) => return Err(Trouble::Timeout.code()),
            },
        }
    }
}

fn ask(
    client: &Client,
    settings: &EndpointSettings,
    record: &EncounterRecord,
    template: &Template,
    mut progress: impl FnMut(NoteProgress),
) -> Result<Outcome, ErrorCode> {
    let language = record.language.primary();
    let mut drafting = match Drafting::new(&record.utterances, template, language, settings.context) {
        Ok(drafting) => drafting,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let unusable = |_| ErrorCode::ModelAnswerInvalid;
    while let Some(ask) = drafting.ask().map_err(unusable)? {
        let (part, parts) = (ask.part, ask.parts);
        let mut written = String::new();
        let mut told = |piece: &str| {
            written.push_str(piece);
            let lines = Phi::new(drafting.so_far(&written));
            progress(NoteProgress { part, parts, lines });
        };
        told("");
        match client.write(&settings.model, &ask, told) {
            Ok(wrote) => drafting
                .answered(Answer {
                    text: &wrote.text,
                    finished: wrote.finished,
                    prompt_tokens: wrote.prompt_tokens,
                    tokens: wrote.tokens,
                })
                .map_err(unusable)?,
            Err(Trouble::TooLong) => drafting.did_not_fit().map_err(unusable)?,
            Err(trouble) => return Err(trouble.code()),
        }
    }
    Ok(drafting.finish(&settings.offered()))
}
