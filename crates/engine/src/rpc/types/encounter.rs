//! The work list and an encounter: intake, transcript, note, what leaves.

use std::collections::BTreeMap;

use domain::{
    Answer, EncounterId, EncounterRecord, EncounterStatus, ExportFormat, FlagId, Language, PartialDate,
    PatientId, PersonId, Phi, Severity, SiteId, Speaker, Timestamp,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DraftProgress, NoteFinding, ReviewLine, SectionTitle};

/// Which encounters to list.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct ListEncounters {
    /// Opened at or after.
    pub since: Option<Timestamp>,
    /// Opened before.
    pub until: Option<Timestamp>,
    /// At this site; none for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub site: Option<SiteId>,
}

/// One line of the work list. Holds no clinical text.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EncounterLine {
    /// The encounter.
    pub id: EncounterId,
    /// When it was opened.
    pub opened: Timestamp,
    /// How far it has come.
    pub status: EncounterStatus,
    /// The code by which the patient is called.
    pub ticket: String,
    /// The patient's name, where it was given.
    pub patient: Option<Phi<String>>,
    /// The date of birth, where it was given.
    pub birth_date: Option<Phi<PartialDate>>,
    /// Whose visit.
    pub patient_id: PatientId,
    /// Whether staff checked who it is.
    pub verified: bool,
    /// How many alarms there are.
    pub flags: u32,
    /// The most urgent alarm that nobody acknowledged.
    pub open_flag: Option<Severity>,
    /// Whether the patient asked for a person.
    pub help_requested: bool,
    /// At which of the clinic's sites.
    pub site: Option<SiteId>,
}

/// Names an encounter.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct EncounterOf {
    /// The encounter.
    pub encounter: EncounterId,
}

/// Marks an encounter as entered in error.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RetractEncounter {
    /// The encounter.
    pub encounter: EncounterId,
    /// Why, in the words of whoever does it.
    pub reason: Phi<String>,
}

/// Opens an encounter at the clinician's screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenEncounter {
    /// The patient whom the clinic knows already; none for a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<PatientId>,
    /// The patient's name.
    pub name: Phi<String>,
    /// The date of birth.
    pub birth_date: Option<Phi<PartialDate>>,
    /// The number in the clinic's other records.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub record_number: Option<Phi<String>>,
    /// The language of the visit.
    pub language: Language,
}

impl OpenEncounter {
    /// For a patient who is new here, and whose date of birth is not known.
    pub fn of(name: &str, language: Language) -> Self {
        Self { patient: None, name: name.into(), birth_date: None, record_number: None, language }
    }
}

/// Opens an encounter with what a file says. What it does not say is not recorded.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportEncounter {
    /// Who the patient is, where the file says it. Unverified: nobody here saw them.
    pub patient: Option<ImportedPatient>,
    /// The language of the intake or of the visit.
    pub language: Language,
    /// The intake, where it is one.
    pub intake: Option<ImportedIntake>,
}

/// A patient, as a file names them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportedPatient {
    /// The name.
    pub name: Phi<String>,
    /// The date of birth.
    #[serde(default)]
    pub birth_date: Option<Phi<PartialDate>>,
}

/// An intake that was taken elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportedIntake {
    /// The questionnaire, `url|version`.
    pub protocol: String,
    /// The answers, by linkId. One to a question that is not asked, given the others, is left out.
    pub answers: BTreeMap<String, Phi<Answer>>,
}

/// Everything that the clinician's screen shows of an encounter.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EncounterView {
    /// The encounter.
    pub record: EncounterRecord,
    /// The intake's questions and answers, in the questionnaire's order and the staff's language.
    pub intake: Vec<ReviewLine>,
    /// What the intake was asked with, in the staff's language; none where there was none, or where nobody here knows it.
    pub protocol: Option<String>,
    /// The scores of the intake.
    pub scores: Vec<ScoreLine>,
    /// What each raised rule is called and what staff should do, by rule id.
    pub rules: BTreeMap<String, RuleText>,
    /// Sentences of the note whose evidence does not hold them.
    pub findings: Vec<NoteFinding>,
    /// The sections of the note's template, in order: an editor offers those that the draft left out.
    pub sections: Vec<SectionTitle>,
    /// The school year that can read the note, where it is written for the patient and in English.
    pub reading_grade: Option<f64>,
    /// How far a language model's draft has come, where one is being written.
    pub drafting: Option<DraftProgress>,
    /// The names of the people who signed or acknowledged, by id.
    pub people: BTreeMap<PersonId, String>,
}

/// A score, as staff read it. Patients see none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ScoreLine {
    /// Its name ("PHQ-9").
    pub name: String,
    /// The total; none while an item has no answer.
    pub total: Option<f64>,
    /// The greatest total that there is, where there is one.
    pub most: Option<f64>,
    /// What such a total is called.
    pub band: Option<String>,
    /// How many of its items have no answer.
    pub open: u32,
    /// Where the bands come from.
    pub source: String,
}

/// A red-flag rule, as staff read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleText {
    /// What it is called.
    pub title: String,
    /// What staff should do.
    pub staff: String,
}

/// Adds a transcript.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddTranscript {
    /// The encounter.
    pub encounter: EncounterId,
    /// The transcript: lines with `[doctor]`/`[patient]` or `D:`/`P:`, or JSON.
    pub text: Phi<String>,
}

/// Corrects an utterance.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CorrectUtterance {
    /// The encounter.
    pub encounter: EncounterId,
    /// Which utterance.
    pub index: u32,
    /// Who spoke.
    pub speaker: Speaker,
    /// The words.
    pub text: Phi<String>,
}

/// Acknowledges an alarm.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct AcknowledgeFlag {
    /// The encounter.
    pub encounter: EncounterId,
    /// The alarm; none for every open one of the encounter, as the front desk does, which reads no records.
    pub flag: Option<FlagId>,
}

/// Lets an encounter leave the store.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ExportEncounter {
    /// The encounter.
    pub encounter: EncounterId,
    /// As what.
    pub format: ExportFormat,
}

/// What left.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportedFile {
    /// A name without PHI.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content: the text itself, or the bytes in base64.
    pub content: Phi<String>,
    /// Whether the content is base64 of a file that is no text.
    pub base64: bool,
}

/// Searches transcripts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchTranscripts {
    /// The words, all of which must occur.
    pub query: Phi<String>,
}

/// An utterance that was found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// The encounter.
    pub encounter: EncounterId,
    /// When it was opened.
    pub opened: Timestamp,
    /// The patient's name, where it was given.
    pub patient: Option<Phi<String>>,
    /// The utterance.
    pub index: u32,
    /// The words around the find.
    pub snippet: Phi<String>,
    /// Where the words that were searched for stand in the snippet, half-open, in Unicode code points.
    pub spans: Vec<(u32, u32)>,
}
