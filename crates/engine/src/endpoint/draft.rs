//! A note by the facility's server: the windows of [`scribe::generative`], asked one after the other.

use domain::{EncounterRecord, ErrorCode, Phi};
use inference::NoteProgress;
use scribe::generative::{Answer, Drafting};
use scribe::{Outcome, Template};

use super::Settings;
use super::client::{Client, Trouble};
use domain::Coded as _;

/// Drafts a note. `progress` is told at each word, and says whether to go on. Blocks until the note is there.
pub(crate) fn draft(
    client: &Client,
    settings: &Settings,
    record: &EncounterRecord,
    template: &Template,
    mut progress: impl FnMut(NoteProgress) -> bool,
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
            progress(NoteProgress { part, parts, lines })
        };
        if !told("") {
            return Err(Trouble::Stopped.code());
        }
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
