//! Patients, as their visits name them: found by name, date of birth or record number.

use domain::{EncounterId, EncounterRecord, EncounterStatus, PartialDate, PatientId, Phi, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::Error;
use crate::read::{self, EncounterRow};
use crate::row::{self, name_of};
use crate::search::beginning;

/// A patient that staff have confirmed, as their latest confirmed visit names them.
#[derive(Clone, Debug, PartialEq)]
pub struct PatientRow {
    /// The patient.
    pub id: PatientId,
    /// The name.
    pub name: Phi<String>,
    /// The date of birth.
    pub birth_date: Option<Phi<PartialDate>>,
    /// The number in the clinic's other records.
    pub record_number: Option<Phi<String>>,
    /// How many visits there are, those entered in error left out.
    pub visits: u32,
    /// When the latest of them began.
    pub latest: Timestamp,
}

/// How many rows of a search are looked at: a patient has several, and a beginning of a name fits many.
const LOOKED_AT: u32 = 400;

/// The confirmed patients whose name, or record number, has all words of the query; the last may be a beginning. Those who
/// were here last come first.
pub(crate) fn find(connection: &Connection, query: &str, limit: usize) -> Result<Vec<PatientRow>, Error> {
    let Some(expression) = beginning(query) else { return Ok(Vec::new()) };
    let ids = matching(connection, &expression)?;
    rows(connection, ids, limit, &retracted()?)
}

/// The confirmed patients that share a word of the name, or the date of birth.
pub(crate) fn alike(
    connection: &Connection,
    name: &str,
    birth_date: Option<&PartialDate>,
    limit: usize,
) -> Result<Vec<PatientRow>, Error> {
    let mut ids = match birth_date {
        None => Vec::new(),
        Some(date) => connection
            .prepare_cached(
                "SELECT DISTINCT patient FROM encounter WHERE birth_date = ?1 AND verified = 1 AND status <> ?2
                 ORDER BY opened DESC LIMIT ?3",
            )?
            .query_map(params![date.as_str(), retracted()?, LOOKED_AT], |row| {
                row::fixed(row, 0).map(PatientId::from_bytes)
            })?
            .collect::<Result<Vec<_>, _>>()?,
    };
    let words: Vec<_> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .take(8)
        .map(|word| format!("\"{word}\""))
        .collect();
    if !words.is_empty() {
        // Words of names hold no quotes: they are letters and digits.
        ids.extend(matching(connection, &format!("name : ({})", words.join(" OR ")))?);
    }
    rows(connection, ids, limit, &retracted()?)
}

/// A patient's visits, newest first, those entered in error among them.
pub(crate) fn visits(
    connection: &Connection,
    patient: PatientId,
    limit: u32,
) -> Result<Vec<EncounterRow>, Error> {
    let sql = format!(
        "SELECT {} FROM encounter WHERE patient = ?1 ORDER BY opened DESC, id DESC LIMIT ?2",
        read::ROW
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![patient.as_bytes(), limit], read::read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One patient, where staff have confirmed one visit at least, be it one that was entered in error.
pub(crate) fn one(connection: &Connection, patient: PatientId) -> Result<Option<PatientRow>, Error> {
    Ok(rows(connection, vec![patient], 1, "")?.pop())
}

fn retracted() -> Result<String, Error> {
    name_of(&EncounterStatus::Retracted)
}

fn matching(connection: &Connection, expression: &str) -> Result<Vec<PatientId>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT encounter.patient
         FROM patient_search
         JOIN patient_name ON patient_name.rowid = patient_search.rowid
         JOIN encounter ON encounter.id = patient_name.encounter
         WHERE patient_search MATCH ?1 AND encounter.verified = 1 AND encounter.status <> ?2
         ORDER BY patient_search.rowid DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![expression, retracted()?, LOOKED_AT], |row| {
        row::fixed(row, 0).map(PatientId::from_bytes)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Each patient once, in the order given, as the latest confirmed visit in a state other than `hidden` names them.
fn rows(
    connection: &Connection,
    ids: Vec<PatientId>,
    limit: usize,
    hidden: &str,
) -> Result<Vec<PatientRow>, Error> {
    let mut latest = connection.prepare_cached(
        "SELECT encounter.name, encounter.birth_date, patient_name.record_number
         FROM encounter JOIN patient_name ON patient_name.encounter = encounter.id
         WHERE encounter.patient = ?1 AND encounter.verified = 1 AND encounter.status <> ?2
         ORDER BY encounter.opened DESC, encounter.id DESC LIMIT 1",
    )?;
    let mut counted = connection.prepare_cached(
        "SELECT count(*) FILTER (WHERE status <> ?2), max(opened) FROM encounter WHERE patient = ?1",
    )?;
    let retracted = retracted()?;
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::new();
    for id in ids {
        if found.len() == limit {
            break;
        }
        if !seen.insert(id) {
            continue;
        }
        let named = latest
            .query_row(params![id.as_bytes(), hidden], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row::maybe_named::<PartialDate>(row, 1)?,
                    row.get::<_, String>(2)?,
                ))
            })
            .optional()?;
        let Some((name, birth_date, number)) = named else { continue };
        let (visits, last): (u32, i64) =
            counted.query_row(params![id.as_bytes(), retracted], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.push(PatientRow {
            id,
            name: Phi::new(name),
            birth_date: birth_date.map(Phi::new),
            record_number: (!number.is_empty()).then(|| Phi::new(number)),
            visits,
            latest: Timestamp::from_millis(last),
        });
    }
    Ok(found)
}

/// Keeps how an encounter names its patient where it can be searched.
pub(crate) fn keep_name(connection: &Connection, record: &EncounterRecord) -> Result<(), Error> {
    let name = record.patient.name.as_ref().map(|name| name.expose().as_str());
    let number = record.patient.record_number.as_ref().map_or("", |number| number.expose().as_str());
    let kept = kept(connection, record.id)?;
    if kept.as_ref().map(|(_, name, number)| (name.as_str(), number.as_str()))
        == name.map(|name| (name, number))
    {
        return Ok(());
    }
    if let Some(kept) = kept {
        forget(connection, kept)?;
    }
    let Some(name) = name else { return Ok(()) };
    connection
        .prepare_cached("INSERT INTO patient_name (encounter, name, record_number) VALUES (?1, ?2, ?3)")?
        .execute(params![record.id.as_bytes(), name, number])?;
    connection
        .prepare_cached("INSERT INTO patient_search (rowid, name, record_number) VALUES (?1, ?2, ?3)")?
        .execute(params![connection.last_insert_rowid(), name, number])?;
    Ok(())
}

/// Takes an encounter's name out.
pub(crate) fn forget_name(connection: &Connection, id: EncounterId) -> Result<(), Error> {
    kept(connection, id)?.map_or(Ok(()), |kept| forget(connection, kept))
}

type Kept = (i64, String, String);

fn kept(connection: &Connection, id: EncounterId) -> Result<Option<Kept>, Error> {
    Ok(connection
        .prepare_cached("SELECT rowid, name, record_number FROM patient_name WHERE encounter = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

fn forget(connection: &Connection, (rowid, name, number): Kept) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO patient_search (patient_search, rowid, name, record_number) VALUES ('delete', ?1, ?2, ?3)",
        )?
        .execute(params![rowid, name, number])?;
    connection.prepare_cached("DELETE FROM patient_name WHERE rowid = ?1")?.execute([rowid])?;
    Ok(())
}
