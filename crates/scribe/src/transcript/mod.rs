//! Reading transcripts: the bytes of a file to numbered utterances.

mod decode;
mod json;
mod tagged;
mod text_grid;

use domain::{Phi, Speaker, Utterance, UtteranceSource};

use crate::{Error, words};

/// How a transcript is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Lines `[doctor] …`, `[patient] …` (ACI-Bench). A line without a tag continues the turn.
    Bracketed,
    /// Lines `D: …`, `P: …`, also `Doctor: …` and the like. A line without a tag continues the turn.
    Lettered,
    /// A Praat TextGrid, long or short. Each non-empty interval is an utterance; a tier's name says who speaks.
    TextGrid,
    /// A JSON array of utterances, or an object with `utterances` or (as `transcribe --json` answers) `segments`.
    Json,
    /// Words without speakers, a paragraph each. Never detected, only asked for.
    Plain,
}

/// What was said in one visit, read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    form: Form,
    utterances: Vec<Utterance>,
}

impl Transcript {
    /// Reads a transcript; without `form` it is detected. Text is UTF-8, or UTF-16 with a byte-order mark.
    pub fn parse(bytes: &[u8], form: Option<Form>) -> Result<Self, Error> {
        let text = decode::text(bytes)?;
        if text.trim().is_empty() {
            return Err(Error::Empty);
        }
        let form = form.or_else(|| detect(&text)).ok_or(Error::UnknownForm)?;
        let turns = match form {
            Form::Bracketed => tagged::bracketed(&text),
            Form::Lettered => tagged::lettered(&text),
            Form::TextGrid => text_grid::turns(&text, None)?,
            Form::Json => json::turns(&text)?,
            Form::Plain => tagged::plain(&text),
        };
        Self::number(form, turns)
    }

    /// Reads a pair of TextGrids, one of each speaker, and orders their intervals by time.
    pub fn from_text_grids(doctor: &[u8], patient: &[u8]) -> Result<Self, Error> {
        let mut turns = text_grid::turns(&decode::text(doctor)?, Some(Speaker::Clinician))?;
        turns.extend(text_grid::turns(&decode::text(patient)?, Some(Speaker::Patient))?);
        turns.sort_by_key(|turn| turn.start_ms);
        Self::number(Form::TextGrid, turns)
    }

    /// How it was written down.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The utterances; `utterances()[i].index == i`.
    pub fn utterances(&self) -> &[Utterance] {
        &self.utterances
    }

    /// The utterances themselves.
    pub fn into_utterances(self) -> Vec<Utterance> {
        self.utterances
    }

    /// How many words were said.
    pub fn words(&self) -> usize {
        words::spoken(&self.utterances)
    }

    fn number(form: Form, turns: Vec<Turn>) -> Result<Self, Error> {
        let utterances: Vec<_> = turns
            .into_iter()
            .filter_map(|turn| {
                let text = tidy(&turn.text);
                (!text.is_empty()).then_some(Turn { text, ..turn })
            })
            .enumerate()
            .map(|(index, turn)| Utterance {
                index: u32::try_from(index).unwrap_or(u32::MAX),
                speaker: turn.speaker,
                text: Phi::new(turn.text),
                source: UtteranceSource::Imported,
                start_ms: turn.start_ms,
                end_ms: turn.end_ms,
                confidence: turn.confidence,
            })
            .collect();
        if utterances.is_empty() { Err(Error::Empty) } else { Ok(Self { form, utterances }) }
    }
}

/// One turn as a reader found it.
#[derive(Clone, Debug)]
struct Turn {
    speaker: Speaker,
    text: String,
    start_ms: Option<u32>,
    end_ms: Option<u32>,
    confidence: Option<f32>,
}

impl Turn {
    const fn said(speaker: Speaker, text: String) -> Self {
        Self { speaker, text, start_ms: None, end_ms: None, confidence: None }
    }
}

/// The form of a text, by its first lines. JSON and TextGrid announce themselves; tags must be known ones.
fn detect(text: &str) -> Option<Form> {
    let start = text.trim_start();
    if text_grid::is_one(start) {
        return Some(Form::TextGrid);
    }
    let tagged =
        |by: fn(&str) -> Option<(Speaker, &str)>| text.lines().filter(|line| by(line).is_some()).count();
    let (bracketed, lettered) = (tagged(tagged::bracket_tag), tagged(tagged::letter_tag));
    if bracketed > 0 && bracketed >= lettered {
        Some(Form::Bracketed)
    } else if start.starts_with(['{', '[']) {
        Some(Form::Json)
    } else if lettered > 0 {
        Some(Form::Lettered)
    } else {
        None
    }
}

/// The speaker a tag or a field names, where it names a known one.
fn speaker(name: &str) -> Option<Speaker> {
    let name = name.trim().to_lowercase().replace(['_', '-', '.'], " ");
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim();
    Some(match name {
        "d" | "doctor" | "dr" | "doc" | "clinician" | "physician" | "provider" | "nurse" | "np" | "pa"
        | "midwife" | "therapist" | "gp" | "surgeon" | "pharmacist" | "interviewer" => Speaker::Clinician,
        "p" | "patient" | "pt" | "client" => Speaker::Patient,
        "patient guest" | "guest" | "guest family" | "guest clinician" | "family" | "other" | "relative"
        | "mother" | "father" | "mom" | "mum" | "dad" | "wife" | "husband" | "partner" | "spouse"
        | "daughter" | "son" | "sister" | "brother" | "parent" | "guardian" | "caregiver" | "carer"
        | "friend" | "interpreter" | "patient family" | "patient relative" => Speaker::Other,
        "unknown" | "speaker" | "spk" => Speaker::Unknown,
        _ => return None,
    })
}

/// Words with single spaces and without transcribers' marks: `<UNSURE>x</UNSURE>` is `x`, `<UNIN/>` is nothing.
fn tidy(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, mark) = rest.split_at(open);
        words.push_str(before);
        let inside = mark[1..].trim_start_matches('/');
        let end =
            inside.find(|c: char| !(c.is_ascii_uppercase() || c == '_' || c == ' ')).unwrap_or(inside.len());
        let close = inside[end..].trim_start_matches('/');
        if end > 0 && close.starts_with('>') {
            words.push(' ');
            rest = &close[1..];
        } else {
            words.push('<');
            rest = &mark[1..];
        }
    }
    words.push_str(rest);
    words
        .split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
