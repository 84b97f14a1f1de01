//! Reading an exported bundle again.

use domain::{Phi, SentenceOrigin};
use serde_json::Value;

use crate::export::OWN;
use crate::primitive::from_base64;
use crate::{Error, check_bundle, narrative};

/// What an exported bundle says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// The Composition's status: "preliminary", "final", "amended" or "entered-in-error".
    pub status: String,
    /// The patient's name, where there is one.
    pub patient: Option<Phi<String>>,
    /// The patient's date of birth, where there is one.
    pub birth_date: Option<Phi<String>>,
    /// The note's sections, addenda included, in order.
    pub sections: Vec<ReadSection>,
    /// The transcript as text, a numbered line an utterance.
    pub transcript: Option<Phi<String>>,
    /// The rules of the red flags, in order.
    pub flags: Vec<String>,
    /// What the patient agreed to, and what not, by code ("recording").
    pub consents: Vec<(String, bool)>,
    /// The names of the practitioners, in order.
    pub practitioners: Vec<String>,
    /// How many entries the bundle has.
    pub entries: usize,
}

/// A section that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSection {
    /// The template's id of it ("subjective"), or "addendum".
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its sentences.
    pub sentences: Vec<ReadSentence>,
}

/// A sentence that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSentence {
    /// The words.
    pub text: Phi<String>,
    /// Who wrote it; `None` in an addendum.
    pub origin: Option<SentenceOrigin>,
    /// The utterances that it rests on.
    pub evidence: Vec<u32>,
}

impl ReadBack {
    /// Reads a document bundle that [`crate::export`] wrote, after [`check_bundle`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bundle: Value =
            serde_json::from_str(text).map_err(|error| Error::NotJson { line: error.line().max(1) })?;
        check_bundle(&bundle)?;
        let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of = |kind: &'static str| {
            entries
                .iter()
                .map(|entry| &entry["resource"])
                .filter(move |resource| resource["resourceType"] == kind)
        };
        let first_text = |kind, pointer: &str| of(kind).find_map(|resource| text_at(resource, pointer));
        // The note as a file says what kind of note it is by a code; a transcript has no code.
        let data = of("DocumentReference")
            .filter(|document| document.pointer("/type/coding").is_none())
            .find_map(|document| text_at(document, "/content/0/attachment/data"));
        let transcript = match data {
            None => None,
            Some(data) => Some(Phi::new(
                from_base64(&data).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
                    Error::at("DocumentReference.content[0].attachment.data", "it is not text in base64")
                })?,
            )),
        };
        Ok(Self {
            status: first_text("Composition", "/status").unwrap_or_default(),
            patient: first_text("Patient", "/name/0/text").map(Phi::new),
            birth_date: first_text("Patient", "/birthDate").map(Phi::new),
            sections: sections(&entries[0]["resource"])?,
            transcript,
            flags: of("Flag").filter_map(|flag| text_at(flag, "/code/coding/0/code")).collect(),
            consents: of("Consent")
                .filter_map(|consent| {
                    let code = text_at(consent, "/provision/code/0/coding/0/code")?;
                    Some((code, consent["provision"]["type"] == "permit"))
                })
                .collect(),
            practitioners: of("Practitioner").filter_map(|person| text_at(person, "/name/0/text")).collect(),
            entries: entries.len(),
        })
    }
}

/// The sections that hold narrative.
fn sections(composition: &Value) -> Result<Vec<ReadSection>, Error> {
    let sections = composition["section"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut read = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        // What was put together from resources is read from them.
        if section.pointer("/text/status").and_then(Value::as_str) == Some("generated") {
            continue;
        }
        let Some(xhtml) = text_at(section, "/text/div") else { continue };
        let path = format!("Composition.section[{at}].text.div");
        let paragraphs =
            narrative::paragraphs(&xhtml).ok_or_else(|| Error::at(&path, "it is not a div of paragraphs"))?;
        let own = format!("{OWN}note-sentence");
        let extensions = section["extension"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut origins = extensions.iter().filter(|extension| extension["url"] == own.as_str()).map(origin);
        let sentences = paragraphs.into_iter().map(|text| {
            let (origin, evidence) = origins.next().unwrap_or_default();
            ReadSentence { text: Phi::new(text), origin, evidence }
        });
        read.push(ReadSection {
            id: text_at(section, "/code/coding/0/code").unwrap_or_default(),
            title: text_at(section, "/title").unwrap_or_default(),
            sentences: sentences.collect(),
        });
    }
    Ok(read)
}

fn origin(extension: &Value) -> (Option<SentenceOrigin>, Vec<u32>) {
    let parts = extension["extension"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = |name: &'static str| parts.iter().filter(move |part| part["url"] == name);
    let origin = named("origin").find_map(|part| match part["valueCode"].as_str()? {
        "drafted" => Some(SentenceOrigin::Drafted),
        "edited" => Some(SentenceOrigin::Edited),
        "typed" => Some(SentenceOrigin::Typed),
        _ => None,
    });
    let evidence = named("utterance").filter_map(|part| part["valueUnsignedInt"].as_u64()?.try_into().ok());
    (origin, evidence.collect())
}

fn text_at(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
}
