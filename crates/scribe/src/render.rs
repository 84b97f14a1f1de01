//! A note as text and as JSON.

use domain::{Coded as _, DraftEngine, Note};
use serde_json::{Value, json};

use crate::Outcome;

/// The note as a clinician would paste it into a record: each heading in capitals on a line of its own, each sentence on a
/// line below it, an empty line between sections. It ends without a line break.
pub fn render_text(note: &Note) -> String {
    let sections = note.sections.iter().map(|section| {
        let mut text = section.title.to_uppercase();
        for sentence in &section.sentences {
            text.push('\n');
            text.push_str(sentence.text.expose());
        }
        text
    });
    sections.collect::<Vec<_>>().join("\n\n")
}

/// The outcome as scripts read it: `{"engine", "model": null | name, "refused": null | code, "sections": [{"id", "title", "sentences": [{"text",
/// "evidence": [utterance index, from 0]}]}]}`. A refusal has no sections.
pub fn to_json(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Draft(note) => json!({
            "engine": engine(note.engine),
            "model": note.model,
            "refused": null,
            "sections": note.sections.iter().map(|section| json!({
                "id": section.id,
                "title": section.title,
                "sentences": section.sentences.iter().map(|sentence| json!({
                    "text": sentence.text.expose(),
                    "evidence": sentence.evidence,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        }),
        Outcome::Refused(refusal) => json!({
            "engine": engine(DraftEngine::Extractive),
            "model": null,
            "refused": refusal.code().as_str(),
            "sections": [],
        }),
    }
}

const fn engine(engine: DraftEngine) -> &'static str {
    match engine {
        DraftEngine::Extractive => "extractive",
        DraftEngine::Generative => "generative",
        DraftEngine::Typed => "typed",
    }
}
