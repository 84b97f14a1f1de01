//! `bedside transcribe`: a sound file into text.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use inference::{Limits, SpeechClient, TranscribeOptions, Transcription, WorkerPrograms};
use serde_json::{Value, json};

use super::models;
use crate::arguments::{TranscribeOptions as Arguments, VaultArguments};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, options: &Arguments, json: bool) -> Result<(), Failure> {
    let runtime = super::runtime()?;
    let transcriber = Transcriber {
        client: SpeechClient::new(&WorkerPrograms::find(), Limits::default()),
        model: models::of(vault)?.locate(&options.model)?,
        options: TranscribeOptions {
            language: options.language.clone(),
            words: true,
            ..TranscribeOptions::default()
        },
    };
    let Some(file) = &options.file else { return runtime.block_on(transcriber.lines()) };
    let transcription = runtime.block_on(transcriber.file(file))?;
    output::either(json, &as_json(&transcription), || transcription.text().into_exposed());
    Ok(())
}

struct Transcriber {
    client: SpeechClient,
    model: PathBuf,
    options: TranscribeOptions,
}

impl Transcriber {
    async fn file(&self, file: &Path) -> Result<Transcription, Failure> {
        let shown = self
            .client
            .transcribe_file(&self.model, file, &self.options, |window| {
                output::progress(format_args!("{:.0} of {:.0} s", window.done, window.of));
            })
            .await;
        output::progress_end();
        Ok(shown?)
    }

    /// One path a line in, one object a line out. A file that cannot be transcribed has its error in its line, and the
    /// command fails at its end.
    async fn lines(&self) -> Result<(), Failure> {
        let mut failed = None;
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|error| Failure::of_file(Path::new("standard input"), &error))?;
            let file = line.trim();
            if output::is_closed() {
                break;
            }
            if file.is_empty() {
                continue;
            }
            let mut answer = match self.file(Path::new(file)).await {
                Ok(transcription) => as_json(&transcription),
                Err(failure) => {
                    let error = json!({ "code": failure.code, "message": failure.message });
                    failed = Some(failure);
                    json!({ "error": error })
                }
            };
            answer["file"] = json!(file);
            output::json(&answer);
        }
        failed.map_or(Ok(()), Err)
    }
}

fn as_json(transcription: &Transcription) -> Value {
    json!({
        "text": transcription.text(),
        "language": transcription.language,
        "seconds": transcription.seconds,
        "segments": transcription.segments,
    })
}
