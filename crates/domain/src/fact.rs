//! What an encounter says about the patient, one thing at a time, as a record system keeps it: a medicine, an allergy, a
//! problem, something measured.

use std::collections::BTreeSet;

use crate::{Coding, NoteState, Phi};

/// One thing that was said or answered. It is a report, never a diagnosis: see [`FactSource`].
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What kind of thing, and what is particular to it.
    pub kind: FactKind,
    /// The thing, in the words in which it was given; of something measured, what was measured.
    pub text: Phi<String>,
    /// Its code, where the question or the option names one.
    pub code: Option<Coding>,
    /// Where it comes from.
    pub source: FactSource,
}

/// What a fact is about.
#[derive(Clone, Debug, PartialEq)]
pub enum FactKind {
    /// Why the patient came.
    Reason,
    /// A medicine that the patient takes.
    Medicine,
    /// Something that the patient does not tolerate.
    Allergy,
    /// The patient says that there is nothing of that kind.
    NoAllergies,
    /// An illness that the patient has, or has had.
    Problem,
    /// Something measured, counted or rated.
    Measure {
        /// How much, or which.
        value: Phi<FactValue>,
        /// What such a value is called ("Moderate"), where a source defines it.
        called: Option<String>,
        /// What sort of thing it is.
        class: MeasureClass,
    },
}

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// A number.
    Number {
        /// The number.
        value: f64,
        /// Its unit as a UCUM code ("Cel", "mm\[Hg\]"), where it has one.
        unit: Option<String>,
    },
    /// One of the offered options.
    Choice(Coding),
    /// Systolic over diastolic blood pressure, in mmHg.
    Pressure {
        /// The greater.
        systolic: u16,
        /// The lesser.
        diastolic: u16,
    },
}

/// What sort of measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasureClass {
    /// A sign of the body's working: temperature, pulse, blood pressure.
    VitalSign,
    /// An answer of a form, or a total over some.
    Survey,
}

/// Where a fact comes from, and so how far it can be relied on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FactSource {
    /// The patient's answer to a question: reported, and confirmed by nobody.
    Answer {
        /// The questionnaire item's linkId; of a score, the score's name.
        link_id: String,
    },
    /// A sentence of the note: worth as much as the signature under it.
    Sentence {
        /// The sentence's id.
        id: u32,
    },
    /// A line of the lists beside the note: worth as much as the signature under them.
    Line {
        /// The line's id.
        id: u32,
        /// Whether only the patient, or somebody with them, says so.
        reported: bool,
    },
}

impl Fact {
    /// Whether the patient reported it and nobody has confirmed it.
    pub const fn is_reported(&self) -> bool {
        matches!(self.source, FactSource::Answer { .. } | FactSource::Line { reported: true, .. })
    }

    /// Whether it may leave as a fact of its own: what the patient answered always, marked as such; what a note says only
    /// once the note is signed, and not where the sentence is among those that say what their evidence does not
    /// (`unsupported`, by id).
    pub fn stands(&self, note: &NoteState, unsupported: &BTreeSet<u32>) -> bool {
        match (&self.source, note) {
            (FactSource::Answer { .. }, _) => true,
            (FactSource::Sentence { id }, NoteState::Signed { note, .. }) => {
                !unsupported.contains(id) && note.sentences().any(|sentence| sentence.id == *id)
            }
            (FactSource::Line { .. }, NoteState::Signed { .. }) => true,
            (
                FactSource::Sentence { .. } | FactSource::Line { .. },
                NoteState::Draft { .. } | NoteState::None,
            ) => false,
        }
    }
}
