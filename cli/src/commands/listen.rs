//! `bedside listen`: the microphone into text, as it is spoken.

use std::time::{Duration, Instant};

use audio::{Channels, Heard, Microphone, MicrophoneOptions};
use inference::stream::{Input, Live, Said, StreamOptions, run as listen};
use inference::{
    Limits, STARTER, STRETCH_MS, SpeechClient, TranscribeOptions, WINDOW_MS, WorkerPrograms, is_starter,
};
use serde_json::json;

use super::models;
use crate::arguments::{ListenOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;

/// Listens until the time is over, or standard output is closed. Nothing of the sound is kept.
pub(crate) fn run(vault: &VaultArguments, options: &ListenOptions, json: bool) -> Result<(), Failure> {
    let runtime = super::runtime()?;
    let model = models::of(vault)?.locate(options.model.as_deref().unwrap_or(STARTER))?;
    let longest = if is_starter(&model) { STRETCH_MS } else { WINDOW_MS };
    let live = Live {
        model,
        transcribe: TranscribeOptions { language: options.language.clone(), ..TranscribeOptions::default() },
        stream: StreamOptions::new(1, longest),
        source: None,
    };
    let client = SpeechClient::new(&WorkerPrograms::find(), Limits::default());
    let (feed, input) = tokio::sync::mpsc::unbounded_channel();
    let microphone =
        Microphone::open(MicrophoneOptions { device: options.device.clone(), channels: Channels::One }, {
            let feed = feed.clone();
            move |heard| match heard {
                Heard::Sound(sound) => {
                    drop(feed.send(Input::Sound { start: sound.start, samples: sound.samples }))
                }
                Heard::Ready { device } => output::progress(format_args!("listening on {device}")),
                Heard::Lost(loss) => output::progress(format_args!("nothing is heard: {}", loss.in_words())),
                Heard::Level { .. } | Heard::Overrun { .. } => {}
            }
        })?;
    let until = options.seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let ends = async move {
        while until.is_none_or(|until| Instant::now() < until) && !output::is_closed() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        drop(microphone);
        let _ = feed.send(Input::End);
    };
    let heard = listen(&client, live, input, |said| tell(&said, json));
    let (heard, ()) = runtime.block_on(async { tokio::join!(heard, ends) });
    output::progress_end();
    Ok(heard?)
}

fn tell(said: &Said, as_json: bool) {
    match said {
        Said::Tentative { committed, tentative, .. } if !as_json => {
            output::progress(format_args!("{} {}", committed.expose(), tentative.expose()));
        }
        Said::Tentative { committed, tentative, .. } => {
            output::json(&json!({ "tentative": tentative.expose(), "committed": committed.expose() }));
        }
        Said::Closed(stretch) => {
            output::progress_end();
            let value = json!({
                "start_ms": stretch.start_ms,
                "end_ms": stretch.end_ms,
                "text": stretch.text.expose(),
                "confidence": stretch.confidence,
            });
            output::either(as_json, &value, || stretch.text.expose().clone());
        }
        Said::Behind { ms } => output::progress(format_args!("{} s behind", ms / 1000)),
        Said::Began { .. } | Said::CaughtUp => {}
    }
}
