//! Patients: who they are, and their visits.

use domain::{EncounterId, PartialDate, PatientId, Phi, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::EncounterLine;

/// Finds patients whom staff have confirmed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FindPatients {
    /// Words of the name, or the record number; the last may be a beginning.
    pub text: Phi<String>,
}

/// Finds those whom somebody may be.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AlikePatients {
    /// The name, as it was given.
    pub name: Phi<String>,
    /// The date of birth, as it was given.
    pub birth_date: Option<Phi<PartialDate>>,
}

/// A patient in a list. Holds no clinical text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PatientLine {
    /// The patient.
    pub id: PatientId,
    /// The name.
    pub name: Phi<String>,
    /// The date of birth.
    pub birth_date: Option<Phi<PartialDate>>,
    /// The number in the clinic's other records.
    pub record_number: Option<Phi<String>>,
    /// How many visits there are.
    pub visits: u32,
    /// When the latest began.
    pub latest: Timestamp,
}

/// Why a patient may be the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// The date of birth, and a part of the name at least.
    NameAndBirth,
    /// The name; one of the two has no date of birth.
    Name,
    /// The name, with another date of birth.
    NameOnly,
    /// The date of birth, with another name.
    BirthOnly,
}

/// A patient who may be the one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PatientAlike {
    /// The patient.
    pub patient: PatientLine,
    /// Why.
    pub likeness: Likeness,
}

/// Names a patient.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct PatientOf {
    /// The patient.
    pub patient: PatientId,
}

/// A patient and their visits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PatientView {
    /// Who.
    pub patient: PatientLine,
    /// The visits, newest first, those entered in error among them.
    pub visits: Vec<EncounterLine>,
}

/// Says whose visit an encounter is, once staff have checked it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConfirmPatient {
    /// The encounter.
    pub encounter: EncounterId,
    /// The patient whom the clinic knows already; none for a new one.
    pub patient: Option<PatientId>,
    /// The name.
    pub name: Phi<String>,
    /// The date of birth.
    pub birth_date: Option<Phi<PartialDate>>,
    /// The number in the clinic's other records.
    pub record_number: Option<Phi<String>>,
}
