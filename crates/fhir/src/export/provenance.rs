//! Who made the note: what drafted it, and who signed it.

use domain::NoteState;
use serde_json::{Value, json};

use super::{ExportInput, Names, OWN, concept, people, reference, resource, set};
use crate::primitive::{instant, urn};

/// The draft: made by the drafter from the transcript. None where there is no note, or a person wrote it.
pub(super) fn of_draft(input: &ExportInput<'_>, names: &Names) -> Option<Value> {
    people::drafter(input, names)?;
    let record = input.record;
    let recorded = match &record.note {
        NoteState::Signed { signature, .. } => signature.at,
        NoteState::Draft { .. } | NoteState::None => record.changed,
    };
    let mut object = resource(
        "Provenance",
        json!({
            "target": [reference(&names.composition)],
            "recorded": instant(recorded),
            "activity": concept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create"),
            "agent": [agent(names, "assembler", "Assembler", &names.drafter)],
        }),
    );
    if !record.utterances.is_empty() {
        set(&mut object, "entity", json!([{ "role": "source", "what": reference(&names.transcript) }]));
    }
    Some(object)
}

/// The signature, with the digest of what was signed, and whoever added to it.
pub(super) fn of_signature(input: &ExportInput<'_>, names: &Names) -> Option<Value> {
    let NoteState::Signed { signature, addenda, .. } = &input.record.note else { return None };
    let mut agents = vec![agent(names, "attester", "Attester", &urn(signature.by))];
    let mut others: Vec<_> =
        addenda.iter().map(|addendum| addendum.by).filter(|by| *by != signature.by).collect();
    others.sort_unstable();
    others.dedup();
    agents.extend(others.into_iter().map(|by| agent(names, "author", "Author", &urn(by))));
    let mut targets = vec![reference(&names.composition)];
    targets.extend(input.note_text.map(|_| reference(&names.document)));
    Some(resource(
        "Provenance",
        json!({
            "extension": [{ "url": format!("{OWN}note-sha256"), "valueString": signature.digest.to_string() }],
            "target": targets,
            "recorded": instant(signature.at),
            "activity": concept(
                "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion",
                "LA",
                "legally authenticated",
            ),
            "agent": agents,
        }),
    ))
}

fn agent(names: &Names, role: &str, display: &str, who: &str) -> Value {
    json!({
        "type": concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", role, display),
        "who": reference(who),
        "onBehalfOf": reference(&names.organization),
    })
}
