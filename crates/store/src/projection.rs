//! The tables that are read from: each event is folded into them as it is appended, and all of them can be made again.

use domain::{
    EncounterId, EncounterRecord, EncounterStatus, EventBody, EventHeader, FacilityId, Severity, Stream,
    Utterance,
};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest as _, Sha256};

use crate::log::{Keys, SealedEvent};
use crate::people::fold_login;
use crate::row::{self, name_of};
use crate::{Error, log, patient, read};

/// What making the projections again found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebuildReport {
    /// How many events were read.
    pub events: u64,
    /// How many encounters came out.
    pub encounters: u64,
    /// How many people came out.
    pub people: u64,
    /// How many events belong to streams whose key was deleted, and are not read any more.
    pub shredded: u64,
    /// How many events are of a kind or version that this build does not know.
    pub unknown: u64,
    /// Whether the projections differ from those that were there: then something had gone wrong, and is mended now.
    pub changed: bool,
}

/// Folds events into the tables. Keeps the encounter it is at in memory, so that a batch reads and writes it once.
pub(crate) struct Projector {
    current: Option<Current>,
}

/// An encounter under way: its record without utterances, how many utterances it has, and what of it must be written.
struct Current {
    id: EncounterId,
    record: Option<EncounterRecord>,
    utterances: u32,
    touched: Touched,
    /// The place in the log of its newest event, where one was folded.
    newest: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Touched {
    Nothing,
    /// Only what an utterance changes: time, status, count.
    Transcript,
    Record,
}

impl Projector {
    pub(crate) fn new() -> Self {
        Self { current: None }
    }

    /// Folds the event at that place in the log.
    pub(crate) fn apply(
        &mut self,
        connection: &Connection,
        position: i64,
        header: &EventHeader,
        body: &EventBody,
    ) -> Result<(), Error> {
        match header.stream {
            Stream::Facility => apply_to_facility(connection, header, body),
            Stream::Encounter(id) => {
                if self.current.as_ref().is_none_or(|current| current.id != id) {
                    self.finish(connection)?;
                    self.current = Some(Current::load(connection, id)?);
                }
                match &mut self.current {
                    Some(current) => {
                        current.newest = Some(position);
                        current.apply(connection, header, body)
                    }
                    None => Ok(()),
                }
            }
        }
    }

    /// Writes what is still in memory.
    pub(crate) fn finish(&mut self, connection: &Connection) -> Result<(), Error> {
        self.current.take().map_or(Ok(()), |current| current.save(connection))
    }
}

impl Current {
    fn load(connection: &Connection, id: EncounterId) -> Result<Self, Error> {
        let (record, utterances) = read::encounter_head(connection, id)?.unzip();
        Ok(Self { id, record, utterances: utterances.unwrap_or(0), touched: Touched::Nothing, newest: None })
    }

    /// The fold is the domain's own. The utterances stand in a table of their own, so it is shown a transcript of one or
    /// none, in which the utterance in question has place 0.
    fn apply(
        &mut self,
        connection: &Connection,
        header: &EventHeader,
        body: &EventBody,
    ) -> Result<(), Error> {
        let at = header.time.wall;
        let Some(record) = &mut self.record else {
            self.record = EncounterRecord::open(self.id, body, at);
            self.touched = Touched::Record;
            return Ok(());
        };
        let at_place_0 = |utterance: &Utterance| Utterance { index: 0, ..utterance.clone() };
        match body {
            EventBody::UtteranceHeard { utterance } => {
                let next = utterance.index == self.utterances;
                // A transcript that already has the place, or lacks the one before it, takes nothing.
                let index = u32::from(!next);
                let shown = Utterance { index, ..utterance.clone() };
                record.apply(&EventBody::UtteranceHeard { utterance: shown }, &header.actor, at);
                if record.utterances.pop().is_some() {
                    insert_utterance(connection, self.id, utterance)?;
                    self.utterances += 1;
                }
                self.touched = self.touched.max(Touched::Transcript);
            }
            EventBody::UtteranceCorrected { utterance } => {
                if utterance.index < self.utterances {
                    record.utterances.push(at_place_0(utterance));
                }
                let shown = EventBody::UtteranceCorrected { utterance: at_place_0(utterance) };
                record.apply(&shown, &header.actor, at);
                if record.utterances.pop().is_some() {
                    replace_utterance(connection, self.id, utterance)?;
                }
                self.touched = self.touched.max(Touched::Transcript);
            }
            other => {
                record.apply(other, &header.actor, at);
                self.touched = Touched::Record;
            }
        }
        Ok(())
    }

    fn save(self, connection: &Connection) -> Result<(), Error> {
        let Some(record) = self.record else { return Ok(()) };
        match self.touched {
            Touched::Nothing => {}
            Touched::Transcript => {
                connection
                    .prepare_cached(
                        "UPDATE encounter SET changed = ?2, status = ?3, utterances = ?4 WHERE id = ?1",
                    )?
                    .execute(params![
                        self.id.as_bytes(),
                        record.changed.as_millis(),
                        name_of(&record.status)?,
                        self.utterances,
                    ])?;
            }
            Touched::Record => save_record(connection, &record, self.utterances)?,
        }
        if let Some(position) = self.newest {
            connection
                .prepare_cached(
                    "INSERT INTO newest (encounter, position) VALUES (?1, ?2)
                     ON CONFLICT (encounter) DO UPDATE SET position = ?2",
                )?
                .execute(params![self.id.as_bytes(), position])?;
        }
        Ok(())
    }
}

fn save_record(connection: &Connection, record: &EncounterRecord, utterances: u32) -> Result<(), Error> {
    let open = record.flags.iter().filter(|flag| flag.acknowledged.is_none());
    // What an utterance changes stands in the columns alone, so that it need not write the record again.
    let stored =
        EncounterRecord { changed: record.opened, status: EncounterStatus::Intake, ..record.clone() };
    let severity: Option<Severity> = open.clone().map(|flag| flag.severity).max();
    connection
        .prepare_cached(
            "INSERT INTO encounter (id, opened, changed, status, origin, ticket, patient, name, birth_date,
                 verified, language, flags, unacknowledged, severity, help_requested, utterances, record, site)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (id) DO UPDATE SET changed = ?3, status = ?4, origin = ?5, ticket = ?6, patient = ?7,
                 name = ?8, birth_date = ?9, verified = ?10, language = ?11, flags = ?12,
                 unacknowledged = ?13, severity = ?14, help_requested = ?15, utterances = ?16, record = ?17,
                 site = ?18",
        )?
        .execute(params![
            record.id.as_bytes(),
            record.opened.as_millis(),
            record.changed.as_millis(),
            name_of(&record.status)?,
            name_of(&record.origin)?,
            record.ticket,
            record.patient.id.as_bytes(),
            record.patient.name.as_ref().map(|name| name.expose()),
            record.patient.birth_date.as_ref().map(|date| date.expose().as_str()),
            record.patient.verified,
            record.language.tag(),
            row::signed(record.flags.len() as u64),
            row::signed(open.count() as u64),
            severity.map(|severity| name_of(&severity)).transpose()?,
            record.help_requested.map(|at| at.as_millis()),
            utterances,
            seal::encode_canonical(&stored)?,
            record.site.as_ref().map(|site| site.as_bytes()),
        ])?;
    patient::keep_name(connection, record)
}

fn insert_utterance(connection: &Connection, id: EncounterId, utterance: &Utterance) -> Result<(), Error> {
    connection
        .prepare_cached("INSERT INTO utterance (encounter, place, text, turn) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            id.as_bytes(),
            utterance.index,
            utterance.text.expose(),
            read::encode_turn(utterance)?
        ])?;
    connection
        .prepare_cached("INSERT INTO utterance_search (rowid, text) VALUES (?1, ?2)")?
        .execute(params![connection.last_insert_rowid(), utterance.text.expose()])?;
    Ok(())
}

fn replace_utterance(connection: &Connection, id: EncounterId, utterance: &Utterance) -> Result<(), Error> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("SELECT rowid, text FROM utterance WHERE encounter = ?1 AND place = ?2")?
        .query_row(params![id.as_bytes(), utterance.index], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((rowid, old)) = row else { return Ok(()) };
    unindex(connection, rowid, &old)?;
    connection
        .prepare_cached("UPDATE utterance SET text = ?2, turn = ?3 WHERE rowid = ?1")?
        .execute(params![rowid, utterance.text.expose(), read::encode_turn(utterance)?])?;
    connection
        .prepare_cached("INSERT INTO utterance_search (rowid, text) VALUES (?1, ?2)")?
        .execute(params![rowid, utterance.text.expose()])?;
    Ok(())
}

fn unindex(connection: &Connection, rowid: i64, text: &str) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO utterance_search (utterance_search, rowid, text) VALUES ('delete', ?1, ?2)",
        )?
        .execute(params![rowid, text])?;
    Ok(())
}

/// Takes an encounter out of every projection.
pub(crate) fn forget_encounter(connection: &Connection, id: EncounterId) -> Result<(), Error> {
    let rows: Vec<(i64, String)> = connection
        .prepare("SELECT rowid, text FROM utterance WHERE encounter = ?1")?
        .query_map([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (rowid, text) in rows {
        unindex(connection, rowid, &text)?;
    }
    connection.execute("DELETE FROM utterance WHERE encounter = ?1", [id.as_bytes()])?;
    patient::forget_name(connection, id)?;
    connection.execute("DELETE FROM folded WHERE encounter = ?1", [id.as_bytes()])?;
    connection.execute("DELETE FROM newest WHERE encounter = ?1", [id.as_bytes()])?;
    connection.execute("DELETE FROM encounter WHERE id = ?1", [id.as_bytes()])?;
    Ok(())
}

fn apply_to_facility(connection: &Connection, header: &EventHeader, body: &EventBody) -> Result<(), Error> {
    match body {
        EventBody::FacilityCreated { name, language } => {
            // The facility's id is that of the event which created it. A second creation changes nothing.
            let id = FacilityId::from_bytes(*header.id.as_bytes());
            connection.execute(
                "INSERT INTO facility (id, name, language) SELECT ?1, ?2, ?3
                 WHERE NOT EXISTS (SELECT 1 FROM facility)",
                params![id.as_bytes(), name, language.tag()],
            )?;
        }
        EventBody::PersonCreated { person, login, name, role, password_hash } => {
            connection.execute(
                "INSERT INTO person (id, login, login_folded, name, role, password_hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                params![person.as_bytes(), login, fold_login(login), name, role.as_str(), password_hash],
            )?;
        }
        EventBody::PasswordChanged { person, password_hash } => {
            connection.execute(
                "UPDATE person SET password_hash = ?2 WHERE id = ?1",
                params![person.as_bytes(), password_hash],
            )?;
        }
        _ => {}
    }
    Ok(())
}

const TABLES: [&str; 7] =
    ["facility", "person", "encounter", "newest", "folded", "utterance", "patient_name"];
/// The full-text indexes, each over a table of its own.
pub(crate) const INDEXES: [&str; 2] = ["utterance_search", "patient_search"];

/// Empties the projections and folds the whole log again.
pub(crate) fn rebuild(connection: &Connection, keys: &Keys) -> Result<RebuildReport, Error> {
    let before = digest(connection)?;
    for index in INDEXES {
        connection.execute_batch(&format!("INSERT INTO {index} ({index}) VALUES ('delete-all')"))?;
    }
    for table in TABLES {
        connection.execute_batch(&format!("DELETE FROM {table}"))?;
    }
    let mut report =
        RebuildReport { events: 0, encounters: 0, people: 0, shredded: 0, unknown: 0, changed: false };
    let mut projector = Projector::new();
    let mut last_key = None;
    let sql = format!("SELECT {}, stream, position FROM event ORDER BY position", SealedEvent::COLUMNS);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        report.events += 1;
        let stream = row::stream(row, 3)?;
        if last_key.as_ref().is_none_or(|(of, _)| *of != stream) {
            last_key = Some((stream, log::stream_key(connection, keys, stream)?));
        }
        let Some((_, Some(key))) = &last_key else {
            if !log::is_shredded(connection, stream)? {
                return Err(Error::Tampered { reason: "the key of an encounter is missing".to_owned() });
            }
            report.shredded += 1;
            continue;
        };
        let event = SealedEvent::read(row)?.open(key)?;
        if matches!(event.body, EventBody::Unknown { .. }) {
            report.unknown += 1;
        }
        projector.apply(connection, row.get(4)?, &event.header, &event.body)?;
    }
    projector.finish(connection)?;
    let count = |sql: &str| connection.query_row(sql, [], |row| row::unsigned(row, 0));
    report.encounters = count("SELECT count(*) FROM encounter")?;
    report.people = count("SELECT count(*) FROM person")?;
    report.changed = digest(connection)? != before;
    Ok(report)
}

/// A digest of everything that the projections hold, whatever the order in which it came.
pub(crate) fn digest(connection: &Connection) -> Result<[u8; 32], Error> {
    let mut hash = Sha256::new();
    for sql in [
        "SELECT * FROM facility ORDER BY id",
        "SELECT * FROM person ORDER BY id",
        "SELECT * FROM encounter ORDER BY id",
        "SELECT * FROM newest ORDER BY encounter",
        "SELECT encounter, place, text, turn FROM utterance ORDER BY encounter, place",
        "SELECT encounter, name, record_number FROM patient_name ORDER BY encounter",
    ] {
        hash.update(sql);
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                use rusqlite::types::ValueRef;
                let (kind, bytes) = match row.get_ref(column)? {
                    ValueRef::Null => (0, Vec::new()),
                    ValueRef::Integer(value) => (1, value.to_be_bytes().to_vec()),
                    ValueRef::Real(value) => (2, value.to_be_bytes().to_vec()),
                    ValueRef::Text(text) => (3, text.to_vec()),
                    ValueRef::Blob(blob) => (4, blob.to_vec()),
                };
                hash.update([kind]);
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(&bytes);
            }
        }
    }
    Ok(hash.finalize().into())
}
