//! Encounters, read from the projections.

use domain::{
    EncounterId, EncounterOrigin, EncounterRecord, EncounterStatus, Language, PartialDate, PatientId, Phi,
    Severity, SiteId, Speaker, Timestamp, Utterance, UtteranceSource,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::row::{self, name_of};

/// Which encounters to list; newest first.
#[derive(Clone, Debug)]
pub struct EncounterFilter {
    /// Opened at this time or later.
    pub since: Option<Timestamp>,
    /// Opened before.
    pub until: Option<Timestamp>,
    /// In one of these states; empty for every one but retracted.
    pub statuses: Vec<EncounterStatus>,
    /// At this site; none for all.
    pub site: Option<SiteId>,
    /// At most so many.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

impl Default for EncounterFilter {
    fn default() -> Self {
        Self { since: None, until: None, statuses: Vec::new(), site: None, limit: 100, offset: 0 }
    }
}

/// An encounter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct EncounterRow {
    /// The encounter.
    pub id: EncounterId,
    /// When it was opened.
    pub opened: Timestamp,
    /// When something last happened.
    pub changed: Timestamp,
    /// How far it has come.
    pub status: EncounterStatus,
    /// Where it began.
    pub origin: EncounterOrigin,
    /// The short code that calls the patient.
    pub ticket: String,
    /// Whose visit.
    pub patient: PatientId,
    /// The patient's name, where it was given.
    pub name: Option<Phi<String>>,
    /// The patient's date of birth, where it was given.
    pub birth_date: Option<Phi<PartialDate>>,
    /// Whether staff checked who it is.
    pub verified: bool,
    /// The language of the conversation.
    pub language: Language,
    /// How many alarms were raised.
    pub flags: u32,
    /// How many of them nobody has acknowledged.
    pub unacknowledged: u32,
    /// The most urgent of those that nobody has acknowledged.
    pub severity: Option<Severity>,
    /// When the patient asked for a person.
    pub help_requested: Option<Timestamp>,
    /// How many utterances the transcript has.
    pub utterances: u32,
    /// At which of the clinic's sites.
    pub site: Option<SiteId>,
}

/// Everything about an utterance but its place and its text.
#[derive(Serialize, Deserialize)]
struct Turn {
    speaker: Speaker,
    source: UtteranceSource,
    start_ms: Option<u32>,
    end_ms: Option<u32>,
    confidence: Option<f32>,
}

pub(crate) fn encode_turn(utterance: &Utterance) -> Result<Vec<u8>, Error> {
    Ok(seal::encode_canonical(&Turn {
        speaker: utterance.speaker,
        source: utterance.source,
        start_ms: utterance.start_ms,
        end_ms: utterance.end_ms,
        confidence: utterance.confidence,
    })?)
}

/// An encounter's record without its utterances, and how many of those there are.
pub(crate) fn encounter_head(
    connection: &Connection,
    id: EncounterId,
) -> Result<Option<(EncounterRecord, u32)>, Error> {
    let row = connection
        .prepare_cached("SELECT record, changed, status, utterances FROM encounter WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| {
            Ok((
                row.get::<_, Vec<u8>>(0)?,
                Timestamp::from_millis(row.get(1)?),
                row::named::<EncounterStatus>(row, 2)?,
                row.get::<_, u32>(3)?,
            ))
        })
        .optional()?;
    let Some((record, changed, status, utterances)) = row else { return Ok(None) };
    let record = EncounterRecord { changed, status, ..seal::decode_canonical(&record)? };
    Ok(Some((record, utterances)))
}

/// An encounter's whole record.
pub(crate) fn encounter(connection: &Connection, id: EncounterId) -> Result<Option<EncounterRecord>, Error> {
    let Some((mut record, count)) = encounter_head(connection, id)? else { return Ok(None) };
    record.utterances.reserve(count as usize);
    let mut statement = connection
        .prepare_cached("SELECT place, text, turn FROM utterance WHERE encounter = ?1 ORDER BY place")?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let turn: Turn = seal::decode_canonical(row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?)?;
        record.utterances.push(Utterance {
            index: row.get(0)?,
            text: Phi::new(row.get(1)?),
            speaker: turn.speaker,
            source: turn.source,
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            confidence: turn.confidence,
        });
    }
    Ok(Some(record))
}

/// The list.
pub(crate) fn encounters(
    connection: &Connection,
    filter: &EncounterFilter,
) -> Result<Vec<EncounterRow>, Error> {
    // One state has an index that gives its encounters in this order.
    let (condition, statuses) = match filter.statuses.as_slice() {
        [] => ("status <> ?3", name_of(&EncounterStatus::Retracted)?),
        [one] => ("status = ?3", name_of(one)?),
        several => {
            let names = several.iter().map(name_of).collect::<Result<Vec<_>, _>>()?;
            ("status IN (SELECT value FROM json_each(?3))", serde_json::Value::from(names).to_string())
        }
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {ROW} FROM encounter
         WHERE opened >= ?1 AND opened < ?2 AND {condition} AND (?6 IS NULL OR site = ?6)
         ORDER BY opened DESC, id DESC LIMIT ?4 OFFSET ?5",
    ))?;
    let rows = statement.query_map(
        params![
            filter.since.map_or(i64::MIN, Timestamp::as_millis),
            filter.until.map_or(i64::MAX, Timestamp::as_millis),
            statuses,
            filter.limit,
            filter.offset,
            filter.site.as_ref().map(|site| site.as_bytes()),
        ],
        read_row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An encounter, as a list shows it.
pub(crate) fn encounter_row(connection: &Connection, id: EncounterId) -> Result<Option<EncounterRow>, Error> {
    Ok(connection
        .prepare_cached(&format!("SELECT {ROW} FROM encounter WHERE id = ?1"))?
        .query_row([id.as_bytes()], read_row)
        .optional()?)
}

/// How many encounters there are in each state.
pub(crate) fn encounter_counts(connection: &Connection) -> Result<Vec<(EncounterStatus, u64)>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT status, count(*) FROM encounter GROUP BY status")?;
    let rows = statement.query_map([], |row| Ok((row::named(row, 0)?, row::unsigned(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The columns that [`read_row`] reads.
pub(crate) const ROW: &str = "id, opened, changed, status, origin, ticket, patient, name, birth_date, verified, \
     language, flags, unacknowledged, severity, help_requested, utterances, site";

pub(crate) fn read_row(row: &Row<'_>) -> rusqlite::Result<EncounterRow> {
    Ok(EncounterRow {
        id: EncounterId::from_bytes(row::fixed(row, 0)?),
        opened: Timestamp::from_millis(row.get(1)?),
        changed: Timestamp::from_millis(row.get(2)?),
        status: row::named(row, 3)?,
        origin: row::named(row, 4)?,
        ticket: row.get(5)?,
        patient: PatientId::from_bytes(row::fixed(row, 6)?),
        name: row.get::<_, Option<String>>(7)?.map(Phi::new),
        birth_date: row::maybe_named::<PartialDate>(row, 8)?.map(Phi::new),
        verified: row.get(9)?,
        language: Language::new(row.get::<_, String>(10)?),
        flags: row.get(11)?,
        unacknowledged: row.get(12)?,
        severity: row::maybe_named(row, 13)?,
        help_requested: row.get::<_, Option<i64>>(14)?.map(Timestamp::from_millis),
        utterances: row.get(15)?,
        site: row.get::<_, Option<Vec<u8>>>(16)?.and_then(|id| id.try_into().ok()).map(SiteId::from_bytes),
    })
}
