//! The note itself: the Composition, the note as a file, and the transcript that it rests on.

use domain::{
    Addendum, EncounterRecord, Note, NoteSection, NoteState, Sentence, SentenceOrigin, Speaker, Timestamp,
};
use serde_json::{Value, json};

use super::clinical::{Made, lists};
use super::{ExportInput, Names, OWN, concept, identifier, is_retracted, reference, resource, set};
use crate::narrative::{div, printable};
use crate::primitive::{base64, instant, urn};

const LOINC: &str = "http://loinc.org";

/// The document's head: what it is, of whom, by whom, and the note's sections as narrative.
pub(super) fn composition(input: &ExportInput<'_>, names: &Names, facts: &[Made]) -> Value {
    let record = input.record;
    let (status, date) = standing(record);
    let mut object = resource(
        "Composition",
        json!({
            "identifier": identifier(&names.composition),
            "language": record.language.tag(),
            "status": status,
            "type": concept(LOINC, "11506-3", "Progress note"),
            "subject": reference(&names.patient),
            "encounter": reference(&names.encounter),
            "date": instant(date),
            "title": "Visit note",
            "custodian": reference(&names.organization),
            "confidentiality": "N",
        }),
    );
    let mut sections = Vec::new();
    let mut author = names.device.clone();
    match &record.note {
        NoteState::None => {}
        NoteState::Draft { note, .. } => sections.extend(note_sections(note)),
        NoteState::Signed { note, signature, addenda } => {
            author = urn(signature.by);
            sections.extend(note_sections(note));
            sections.extend(addenda.iter().map(addendum_section));
            let attester =
                json!([{ "mode": "legal", "time": instant(signature.at), "party": reference(&author) }]);
            set(&mut object, "attester", attester);
        }
    }
    if input.questionnaire_response.is_some() {
        sections.push(json!({ "title": "Intake", "entry": [reference(&names.response)] }));
    }
    sections.extend(lists(facts));
    if !record.flags.is_empty() {
        let entries: Vec<_> = record.flags.iter().map(|flag| reference(&urn(flag.id))).collect();
        sections.push(json!({ "title": "Red flags", "entry": entries }));
    }
    if record.note != NoteState::None && input.note_text.is_some() {
        sections.push(json!({ "title": "Note as a file", "entry": [reference(&names.document)] }));
    }
    if !record.utterances.is_empty() {
        sections.push(json!({ "title": "Transcript", "entry": [reference(&names.transcript)] }));
    }
    set(&mut object, "author", json!([reference(&author)]));
    if !sections.is_empty() {
        set(&mut object, "section", sections.into());
    }
    object
}

/// The status of the note, as Composition and DocumentReference call it, and since when it has it.
fn standing(record: &EncounterRecord) -> (&'static str, Timestamp) {
    match &record.note {
        _ if is_retracted(record) => ("entered-in-error", record.changed),
        NoteState::Signed { addenda, signature, .. } => match addenda.last() {
            Some(last) => ("amended", last.at),
            None => ("final", signature.at),
        },
        NoteState::Draft { .. } | NoteState::None => ("preliminary", record.changed),
    }
}

fn note_sections(note: &Note) -> impl Iterator<Item = Value> {
    note.sections.iter().filter(|section| !section.sentences.is_empty()).map(note_section)
}

/// A section: its sentences are paragraphs, and an extension names each sentence's author and evidence.
fn note_section(section: &NoteSection) -> Value {
    let paragraphs = section
        .sentences
        .iter()
        .map(|sentence| (format!("s{}", sentence.id), sentence.text.expose().as_str()));
    let mut object = json!({
        "extension": section.sentences.iter().map(sentence_extension).collect::<Vec<_>>(),
        "text": { "status": "additional", "div": div(paragraphs) },
    });
    let loinc = match section.id.as_str() {
        "subjective" => Some(("61150-9", "Subjective Narrative")),
        "objective" => Some(("61149-1", "Objective Narrative")),
        "assessment" => Some(("51848-0", "Evaluation note")),
        "plan" => Some(("18776-5", "Plan of care note")),
        _ => None,
    };
    let mut coding = vec![json!({ "system": format!("{OWN}note-section"), "code": section.id })];
    if let Some((code, display)) = loinc {
        coding.push(json!({ "system": LOINC, "code": code, "display": display }));
    }
    set(&mut object, "code", json!({ "coding": coding }));
    super::set_text(&mut object, "title", &section.title);
    object
}

fn sentence_extension(sentence: &Sentence) -> Value {
    let origin = match sentence.origin {
        SentenceOrigin::Drafted => "drafted",
        SentenceOrigin::Edited => "edited",
        SentenceOrigin::Typed => "typed",
    };
    let mut parts = vec![
        json!({ "url": "paragraph", "valueString": format!("s{}", sentence.id) }),
        json!({ "url": "origin", "valueCode": origin }),
    ];
    parts.extend(
        sentence.evidence.iter().map(|index| json!({ "url": "utterance", "valueUnsignedInt": index })),
    );
    json!({ "url": format!("{OWN}note-sentence"), "extension": parts })
}

fn addendum_section(addendum: &Addendum) -> Value {
    let when = instant(addendum.at);
    json!({
        "title": format!("Addendum {when}"),
        "code": { "coding": [{ "system": format!("{OWN}note-section"), "code": "addendum" }] },
        "author": [reference(&urn(addendum.by))],
        "text": {
            "status": "additional",
            "div": div([(format!("a{}", addendum.at.as_millis()), addendum.text.expose().as_str())]),
        },
    })
}

/// The note as a file, as US Core's DocumentReference has it: plain text, and PDF where one was made.
pub(super) fn document(input: &ExportInput<'_>, names: &Names) -> Option<Value> {
    const US_CORE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference";
    let record = input.record;
    let text = input.note_text.filter(|_| record.note != NoteState::None)?;
    let (standing, since) = standing(record);
    let content = |media_type: &str, title: &str, bytes: &[u8]| {
        json!({
            "attachment": {
                "contentType": media_type,
                "language": record.language.tag(),
                "data": base64(bytes),
                "size": bytes.len(),
                "title": title,
            },
            "format": {
                "system": "http://ihe.net/fhir/ValueSet/IHE.FormatCode.codesystem",
                "code": "urn:ihe:iti:xds:2017:mimeTypeSufficient",
                "display": "mimeType Sufficient",
            },
        })
    };
    let mut contents = vec![content("text/plain; charset=utf-8", "Visit note", text.as_bytes())];
    contents.extend(input.pdf.map(|pdf| content("application/pdf", "Visit note (PDF)", pdf)));
    let mut object = resource(
        "DocumentReference",
        json!({
            "meta": { "profile": [US_CORE] },
            "identifier": [identifier(&names.document)],
            "status": if is_retracted(record) { "entered-in-error" } else { "current" },
            "docStatus": standing,
            "type": concept(LOINC, "11506-3", "Progress note"),
            "category": [clinical_note()],
            "subject": reference(&names.patient),
            "date": instant(since),
            "author": [reference(&names.device)],
            "custodian": reference(&names.organization),
            "content": contents,
            "context": {
                "encounter": [reference(&names.encounter)],
                "period": { "start": instant(record.opened), "end": instant(since.max(record.opened)) },
            },
        }),
    );
    if let NoteState::Signed { signature, .. } = &record.note {
        let signer = reference(&urn(signature.by));
        set(&mut object, "author", json!([signer]));
        set(&mut object, "authenticator", signer);
    }
    Some(object)
}

fn clinical_note() -> Value {
    concept(
        "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
        "clinical-note",
        "Clinical Note",
    )
}

/// The transcript, a numbered line an utterance: the numbers are what the sentences' evidence refers to.
pub(super) fn transcript(input: &ExportInput<'_>, names: &Names) -> Value {
    let record = input.record;
    let mut text = String::new();
    for utterance in &record.utterances {
        let speaker = match utterance.speaker {
            Speaker::Clinician => "clinician",
            Speaker::Patient => "patient",
            Speaker::Other => "other",
            Speaker::Unknown => "unknown",
        };
        text.push_str(&format!("{} [{speaker}] {}\n", utterance.index, printable(utterance.text.expose())));
    }
    resource(
        "DocumentReference",
        json!({
            "identifier": [identifier(&names.transcript)],
            "status": if is_retracted(record) { "entered-in-error" } else { "current" },
            "type": { "text": "Transcript of the visit" },
            "category": [clinical_note()],
            "subject": reference(&names.patient),
            "date": instant(record.changed),
            "author": [reference(&names.device)],
            "custodian": reference(&names.organization),
            "content": [{ "attachment": {
                "contentType": "text/plain; charset=utf-8",
                "language": record.language.tag(),
                "data": base64(text.as_bytes()),
                "size": text.len(),
                "title": "Transcript",
            } }],
            "context": { "encounter": [reference(&names.encounter)] },
        }),
    )
}
