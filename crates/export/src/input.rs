//! What an export is made from.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    EncounterRecord, EncounterStatus, FacilityId, Fact, Language, Note, NoteState, PersonId, Sentence,
    SentenceOrigin, Timestamp,
};

/// What an export is made from.
#[derive(Clone, Copy, Debug)]
pub struct ExportInput<'a> {
    /// The encounter.
    pub record: &'a EncounterRecord,
    /// The facility's id and name.
    pub facility: (FacilityId, &'a str),
    /// The name of the site at which the visit was, where the facility has several.
    pub site: Option<&'a str>,
    /// Whose brand the page carries; none for the program's own.
    pub letterhead: Option<Letterhead<'a>>,
    /// The names of the people who signed, by id.
    pub people: &'a BTreeMap<PersonId, String>,
    /// The intake's questions in order, with the answers in words.
    pub intake: &'a [AnswerLine<'a>],
    /// What the intake and the note say about the patient. Those of a note count once it is signed.
    pub facts: &'a [Fact],
    /// The ids of the sentences that say what their evidence does not.
    pub unsupported: &'a BTreeSet<u32>,
    /// What each red-flag rule is called, by rule id.
    pub flag_titles: &'a BTreeMap<String, String>,
    /// The note, with its addenda, as plain text; none where there is no note.
    pub note_text: Option<&'a str>,
    /// The language of what is printed around the record's own words. English where there is none of it.
    pub language: &'a Language,
    /// The offset from UTC, in seconds, of the clinic's clock at a time.
    pub offset_seconds: fn(Timestamp) -> i32,
    /// The version of Bedside.
    pub version: &'a str,
    /// When the export was asked for.
    pub generated: Timestamp,
}

/// A brand's logo, drawn for paper.
#[derive(Clone, Copy, Debug)]
pub struct Logo<'a> {
    /// Four bytes each (RGBA), from the top.
    pub pixels: &'a [u8],
    /// How many there are across.
    pub width: u32,
    /// How many there are down.
    pub height: u32,
}

impl Logo<'_> {
    /// The most room that it takes on the page, across and down, in points.
    pub(crate) const ROOM: (f32, f32) = (180.0, 44.0);
    /// Of a point: 288 to an inch.
    const PIXELS: f32 = 4.0;

    /// In how many pixels a picture of that shape is drawn for a page, across and down.
    pub fn pixels_for((width, height): (f32, f32)) -> (u32, u32) {
        let scale = (Self::ROOM.0 / width).min(Self::ROOM.1 / height) * Self::PIXELS;
        let pixels = |side: f32| (side * scale).round().max(1.0) as u32;
        (pixels(width), pixels(height))
    }

    /// Its size on the page, in points.
    pub(crate) fn on_page(self) -> (f32, f32) {
        let (width, height) = (self.width as f32, self.height as f32);
        let scale = (Self::ROOM.0 / width).min(Self::ROOM.1 / height);
        (width * scale, height * scale)
    }

    /// Whether there are as many pixels as it says.
    pub(crate) fn is_whole(self) -> bool {
        let count = u64::from(self.width) * u64::from(self.height) * 4;
        count > 0 && count == self.pixels.len() as u64
    }
}

/// What a brand puts on a page.
#[derive(Clone, Copy, Debug)]
pub struct Letterhead<'a> {
    /// Its logo on light grounds; none for its name in letters.
    pub logo: Option<Logo<'a>>,
    /// Whose brand it is.
    pub company: &'a str,
    /// What the program is called.
    pub product: &'a str,
    /// Whom to call or write to, on one line; empty for nobody.
    pub contact: &'a str,
}

/// A question and its answer.
#[derive(Clone, Copy, Debug)]
pub struct AnswerLine<'a> {
    /// The questionnaire item's linkId.
    pub link_id: &'a str,
    /// The question.
    pub question: &'a str,
    /// The answer in words; none where none was given.
    pub answer: Option<&'a str>,
}

impl<'a> ExportInput<'a> {
    pub(crate) fn is_retracted(&self) -> bool {
        self.record.status == EncounterStatus::Retracted
    }

    pub(crate) fn is_signed(&self) -> bool {
        matches!(self.record.note, NoteState::Signed { .. })
    }

    pub(crate) fn note(&self) -> Option<&'a Note> {
        match &self.record.note {
            NoteState::Draft { note, .. } | NoteState::Signed { note, .. } => Some(note),
            NoteState::None => None,
        }
    }

    /// Whether a sentence says what its evidence does not. What a clinician typed needs no evidence.
    pub(crate) fn doubts(&self, sentence: &Sentence) -> bool {
        sentence.origin != SentenceOrigin::Typed && self.unsupported.contains(&sentence.id)
    }

    /// The facts that may leave.
    pub(crate) fn standing(&self) -> impl Iterator<Item = &'a Fact> {
        let (note, unsupported) = (&self.record.note, self.unsupported);
        self.facts.iter().filter(move |fact| fact.stands(note, unsupported))
    }

    pub(crate) fn name_of(&self, person: PersonId) -> String {
        self.people.get(&person).cloned().unwrap_or_else(|| person.to_string())
    }

    pub(crate) fn flag_title(&self, rule: &'a str) -> &'a str {
        self.flag_titles.get(rule).map_or(rule, String::as_str)
    }
}
