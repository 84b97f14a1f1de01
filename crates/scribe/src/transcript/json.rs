//! Transcripts as JSON: ours, and what recognisers write.

use domain::Speaker;
use serde::Deserialize;

use super::{Turn, speaker};
use crate::Error;

/// `[…]`, `{"utterances": […]}` or `{"segments": […]}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    List(Vec<Item>),
    Utterances { utterances: Vec<Item> },
    Segments { segments: Vec<Item> },
}

/// `{"speaker", "text", "start"?, "end"?, "confidence"?}`, times in seconds, or the engine's own shape with milliseconds.
#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    speaker: Option<String>,
    text: String,
    #[serde(default)]
    start: Option<f64>,
    #[serde(default)]
    end: Option<f64>,
    #[serde(default)]
    start_ms: Option<u32>,
    #[serde(default)]
    end_ms: Option<u32>,
    #[serde(default)]
    confidence: Option<f32>,
}

pub(super) fn turns(text: &str) -> Result<Vec<Turn>, Error> {
    let malformed = |line, problem| Error::Malformed { form: "JSON", line, problem };
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| malformed(error.line().max(1), "it is not JSON"))?;
    let file = File::deserialize(value).map_err(|_| {
        malformed(1, "it is neither a list of utterances with \"text\" nor an object with \"utterances\" or \"segments\"")
    })?;
    let (File::List(items) | File::Utterances { utterances: items } | File::Segments { segments: items }) =
        file;
    items
        .into_iter()
        .map(|item| {
            let speaker = match item.speaker.as_deref() {
                None => Speaker::Unknown,
                Some(name) => speaker(name).unwrap_or(Speaker::Unknown),
            };
            Ok(Turn {
                speaker,
                text: item.text,
                start_ms: item.start_ms.or(item.start.map(millis)),
                end_ms: item.end_ms.or(item.end.map(millis)),
                confidence: item.confidence.filter(|confidence| (0.0..=1.0).contains(confidence)),
            })
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and takes NaN to 0"
)]
fn millis(seconds: f64) -> u32 {
    (seconds * 1000.0).round() as u32
}
