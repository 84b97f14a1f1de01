//! Whose visit an encounter is, and a patient's visits.
//!
//! Who a patient says to be is unverified until staff have checked it and said which known patient it is, or that it is a
//! new one. Nothing is joined by itself: two people may share a name and a day of birth.

use std::collections::BTreeSet;

use domain::{EncounterStatus, EventBody, NoteState, PartialDate, PatientId, Permission, Phi};
use store::{Object, PatientRow};
use unicode_normalization::UnicodeNormalization as _;

use super::{encounters, filled};
use crate::router::Call;
use crate::rpc::types::{
    AlikePatients, ConfirmPatient, EncounterLine, FindPatients, Likeness, PatientAlike, PatientLine,
    PatientOf, PatientView,
};
use crate::{Engine, Error};

/// How many patients a search shows.
const MOST_FOUND: usize = 50;
/// How many a patient is compared with, and how many of them are shown.
const MOST_COMPARED: usize = 100;
const MOST_ALIKE: usize = 6;
/// How many visits of a patient are shown.
const MOST_VISITS: u32 = 500;

pub(crate) fn find(call: &Call<'_>, request: FindPatients) -> Result<Vec<PatientLine>, Error> {
    call.audit(Object::Vault)?;
    let found = call.engine.vault()?.find_patients(request.text.expose(), MOST_FOUND)?;
    Ok(found.into_iter().map(line).collect())
}

pub(crate) fn alike(call: &Call<'_>, request: AlikePatients) -> Result<Vec<PatientAlike>, Error> {
    call.audit(Object::Vault)?;
    let (name, birth) = (request.name.expose(), request.birth_date.as_ref().map(|date| date.expose()));
    let known = call.engine.vault()?.patients_alike(name, birth, MOST_COMPARED)?;
    let mut alike: Vec<PatientAlike> = known
        .into_iter()
        .filter_map(|row| {
            likeness(name, birth, &row).map(|likeness| PatientAlike { patient: line(row), likeness })
        })
        .collect();
    // Among those of one likeness the order of the store stays: who was here last comes first.
    alike.sort_by_key(|alike| alike.likeness);
    alike.truncate(MOST_ALIKE);
    Ok(alike)
}

pub(crate) fn show(call: &Call<'_>, request: PatientOf) -> Result<PatientView, Error> {
    call.audit(Object::Vault)?;
    let vault = call.engine.vault()?;
    let patient = known(call.engine, request.patient)?;
    let visits = vault.visits(request.patient, MOST_VISITS)?;
    Ok(PatientView { patient: line(patient), visits: visits.into_iter().map(encounters::line).collect() })
}

pub(crate) fn confirm(call: &Call<'_>, request: ConfirmPatient) -> Result<EncounterLine, Error> {
    let engine = call.engine;
    let name = filled(request.name.expose(), "name")?.into();
    let _turn = engine.turn();
    let record = engine.encounter(request.encounter)?;
    match record.status {
        // The patient has the kiosk, and may still say who it is.
        EncounterStatus::Intake | EncounterStatus::Retracted => return Err(Error::WrongState),
        _ => {}
    }
    let signed = matches!(record.note, NoteState::Signed { .. });
    if signed && !call.actor()?.role.may(Permission::NoteSign) {
        return Err(Error::NoteSigned);
    }
    let patient = match request.patient {
        Some(id) => known(engine, id)?.id,
        // Whoever was confirmed before is somebody else.
        None if record.patient.verified => PatientId::make(engine.now(), &*engine.options.vault.random),
        None => record.patient.id,
    };
    let event = EventBody::PatientConfirmed {
        patient,
        name,
        birth_date: request.birth_date,
        record_number: request.record_number.and_then(written),
    };
    engine.append(call.actor()?, call.action(), request.encounter, vec![event])?;
    let confirmed = engine.vault()?.encounter_row(request.encounter)?;
    confirmed.map(encounters::line).ok_or(Error::NotFound { what: "encounter" })
}

/// A patient whom staff have confirmed before.
pub(crate) fn known(engine: &Engine, id: PatientId) -> Result<PatientRow, Error> {
    engine.vault()?.patient(id)?.ok_or(Error::NotFound { what: "patient" })
}

/// A record number, where one was written.
pub(crate) fn written(number: Phi<String>) -> Option<Phi<String>> {
    let number = number.expose().trim();
    (!number.is_empty()).then(|| number.to_owned().into())
}

fn line(row: PatientRow) -> PatientLine {
    PatientLine {
        id: row.id,
        name: row.name,
        birth_date: row.birth_date,
        record_number: row.record_number,
        visits: row.visits,
        latest: row.latest,
    }
}

/// Whether somebody of that name and date of birth may be this patient. A shared first name alone is no likeness.
fn likeness(name: &str, birth: Option<&PartialDate>, known: &PatientRow) -> Option<Likeness> {
    let (said, known_as) = (words(name), words(known.name.expose()));
    let shared = said.intersection(&known_as).count();
    let same_name = shared > 0 && (shared >= 2 || said == known_as);
    match (birth, known.birth_date.as_ref().map(|date| date.expose())) {
        (Some(birth), Some(known)) if birth == known => {
            Some(if shared > 0 { Likeness::NameAndBirth } else { Likeness::BirthOnly })
        }
        (Some(_), Some(_)) => same_name.then_some(Likeness::NameOnly),
        _ => same_name.then_some(Likeness::Name),
    }
}

/// The words of a name, without case and accents.
fn words(name: &str) -> BTreeSet<String> {
    let plain: String = name
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect::<String>()
        .to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn known(name: &str, birth: Option<&str>) -> PatientRow {
        PatientRow {
            id: PatientId::from_bytes([1; 16]),
            name: Phi::new(name.to_owned()),
            birth_date: birth.map(|date| Phi::new(date.parse().unwrap())),
            record_number: None,
            visits: 1,
            latest: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn a_name_is_alike_whatever_its_accents_case_and_order() {
        let date: PartialDate = "1951-03-02".parse().unwrap();
        let like = |name: &str, birth: Option<&PartialDate>, row: &PatientRow| likeness(name, birth, row);
        let maria = known("María López García", Some("1951-03-02"));
        assert_eq!(like("maria lopez", Some(&date), &maria), Some(Likeness::NameAndBirth));
        assert_eq!(like("LOPEZ, Maria", None, &maria), Some(Likeness::Name));
        assert_eq!(
            like("Maria Lopez", Some(&"1980-01-01".parse().unwrap()), &maria),
            Some(Likeness::NameOnly)
        );
        assert_eq!(like("John Smith", Some(&date), &maria), Some(Likeness::BirthOnly));
        assert_eq!(like("Maria Gonzalez", None, &maria), None, "a first name is shared by many");
        assert_eq!(like("Maria", None, &known("Maria", None)), Some(Likeness::Name));
        assert_eq!(like("", None, &known("Maria", None)), None);
    }
}
