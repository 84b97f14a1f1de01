//! The audit trail: who did or tried what to which object, with what outcome, in a SHA-256 chain.

use std::fmt;

use domain::{
    Action, Actor, DestinationId, DeviceId, Digest, EncounterId, ErrorCode, EventHeader, HybridTime,
    IncarnationId, PersonId, Stream, Timestamp, Who,
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::anchor::Heads;
use crate::row;
use crate::writer::Posting;
use crate::{Error, log};

/// What an action was done to. Holds ids and names of things, never PHI.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Object {
    /// A backup.
    Backup,
    /// A place where signed records are sent.
    Destination(DestinationId),
    /// An encounter.
    Encounter(EncounterId),
    /// The facility itself.
    Facility,
    /// A model, by its name in the catalog.
    Model(String),
    /// A person who works here.
    Person(PersonId),
    /// The vault as a whole: lists, searches, the audit trail.
    Vault,
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backup => f.write_str("backup"),
            Self::Destination(id) => write!(f, "destination:{id}"),
            Self::Encounter(id) => write!(f, "encounter:{id}"),
            Self::Facility => f.write_str("facility"),
            Self::Model(name) => write!(f, "model:{name}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Vault => f.write_str("vault"),
        }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done.
    Allowed,
    /// It was allowed and did not work.
    Failed(ErrorCode),
    /// It was not allowed.
    Refused(ErrorCode),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed => f.write_str("allowed"),
            Self::Failed(code) => write!(f, "failed:{code}"),
            Self::Refused(code) => write!(f, "refused:{code}"),
        }
    }
}

/// An entry to write.
#[derive(Clone, Debug)]
pub struct AuditWrite {
    /// Who.
    pub actor: Actor,
    /// Did or tried what.
    pub action: Action,
    /// To what, where it was to one thing.
    pub object: Option<Object>,
    /// How it ended.
    pub outcome: Outcome,
}

/// An entry as it stands in the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place, from 0, without gaps.
    pub sequence: u64,
    /// When.
    pub time: HybridTime,
    /// On which device.
    pub device: DeviceId,
    /// Who.
    pub actor: Actor,
    /// Did or tried what ("note.sign").
    pub action: String,
    /// To what ("encounter:0199…"), as [`Object`] shows itself.
    pub object: Option<String>,
    /// How it ended ("allowed", "refused:access.forbidden"), as [`Outcome`] shows itself.
    pub outcome: String,
    /// The digest that the next entry names.
    pub digest: Digest,
}

/// Which entries to read; newest first.
#[derive(Clone, Debug)]
pub struct AuditFilter {
    /// Only of this person or device.
    pub who: Option<Who>,
    /// Only about this object.
    pub object: Option<Object>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Only entries before this place: where the page before ended.
    pub before: Option<u64>,
    /// At most so many.
    pub limit: u32,
}

impl Default for AuditFilter {
    fn default() -> Self {
        Self { who: None, object: None, since: None, until: None, before: None, limit: 100 }
    }
}

/// What a check of both chains found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// How many entries the audit trail has.
    pub entries: u64,
    /// The digest of its last entry: note it down elsewhere, and nobody can shorten the trail unnoticed.
    pub head: Digest,
    /// How many events the log has.
    pub events: u64,
    /// What is wrong. Empty when nothing is.
    pub faults: Vec<AuditFault>,
}

impl AuditReport {
    /// Whether nothing is wrong.
    pub fn is_intact(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Something wrong in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditFault {
    /// An entry of the audit trail is altered, or entries before it are missing.
    Entry(u64),
    /// An event of the log is altered, or events before it are missing: the row in the log.
    Event(u64),
    /// The key of a stream that the log holds is missing though nobody deleted it, or there though somebody did.
    Key(Stream),
    /// A chain ends before the place that is known to have been written.
    Shortened,
}

/// An entry's content, as it is encoded and hashed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    sequence: u64,
    pub(crate) time: HybridTime,
    device: DeviceId,
    actor: Actor,
    action: String,
    object: Option<String>,
    outcome: String,
    predecessor: Digest,
}

impl Posting<'_> {
    /// Adds an entry.
    pub(crate) fn audit(&mut self, write: &AuditWrite) -> Result<(), Error> {
        let record = Record {
            sequence: self.heads.audit.length,
            time: self.tick(),
            device: self.device,
            actor: write.actor,
            action: write.action.to_string(),
            object: write.object.as_ref().map(Object::to_string),
            outcome: write.outcome.to_string(),
            predecessor: self.heads.audit.digest,
        };
        let entry = seal::encode_canonical(&record)?;
        let digest = seal::digest_link(&entry);
        self.transaction
            .prepare_cached(
                "INSERT INTO audit (sequence, at, who, action, object, outcome, entry, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                row::signed(record.sequence),
                record.time.wall.as_millis(),
                who_bytes(record.actor.who),
                record.action,
                record.object,
                record.outcome,
                entry,
                digest.0,
            ])?;
        self.heads.audit.advance(digest);
        Ok(())
    }
}

fn who_bytes(who: Who) -> Vec<u8> {
    match who {
        Who::Person(id) => [b"p".as_slice(), id.as_bytes()].concat(),
        Who::Device(id) => [b"d".as_slice(), id.as_bytes()].concat(),
    }
}

pub(crate) fn entries(connection: &Connection, filter: &AuditFilter) -> Result<Vec<AuditEntry>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT entry, digest FROM audit
         WHERE (?1 IS NULL OR who = ?1) AND (?2 IS NULL OR object = ?2)
           AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR at < ?4) AND (?5 IS NULL OR sequence < ?5)
         ORDER BY sequence DESC LIMIT ?6",
    )?;
    let rows = statement.query_map(
        params![
            filter.who.map(who_bytes),
            filter.object.as_ref().map(Object::to_string),
            filter.since.map(Timestamp::as_millis),
            filter.until.map(Timestamp::as_millis),
            filter.before.map(row::signed),
            filter.limit,
        ],
        encoded,
    )?;
    rows.map(|row| decode(row?)).collect()
}

/// The newest entry of each action that was done.
pub(crate) fn latest(connection: &Connection) -> Result<Vec<AuditEntry>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT entry, digest FROM audit WHERE sequence IN
             (SELECT max(sequence) FROM audit WHERE outcome = ?1 GROUP BY action)
         ORDER BY sequence",
    )?;
    let rows = statement.query_map([Outcome::Allowed.to_string()], encoded)?;
    rows.map(|row| decode(row?)).collect()
}

fn encoded(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Vec<u8>, Digest)> {
    Ok((row.get(0)?, Digest(row::fixed(row, 1)?)))
}

fn decode((entry, digest): (Vec<u8>, Digest)) -> Result<AuditEntry, Error> {
    let record: Record = seal::decode_canonical(&entry)?;
    Ok(AuditEntry {
        sequence: record.sequence,
        time: record.time,
        device: record.device,
        actor: record.actor,
        action: record.action,
        object: record.object,
        outcome: record.outcome,
        digest,
    })
}

/// How often each action ended how, since a time.
pub(crate) fn counts(connection: &Connection, since: Timestamp) -> Result<Vec<(String, String, u64)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT action, outcome, count(*) FROM audit WHERE at >= ?1 GROUP BY action, outcome",
    )?;
    let rows = statement
        .query_map([since.as_millis()], |row| Ok((row.get(0)?, row.get(1)?, row::unsigned(row, 2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Walks both chains from their beginnings. `known` are the heads that were written last.
pub(crate) fn verify(connection: &Connection, known: &Heads) -> Result<AuditReport, Error> {
    let mut faults = Vec::new();
    let (entries, head) = verify_entries(connection, &mut faults)?;
    let events = verify_events(connection, &mut faults)?;
    verify_keys(connection, &mut faults)?;
    match log::check_anchored(connection, &log::heads(connection, known.incarnation)?, known) {
        Ok(()) => {}
        Err(Error::Tampered { .. }) => faults.push(AuditFault::Shortened),
        Err(error) => return Err(error),
    }
    Ok(AuditReport { entries, head, events, faults })
}

fn verify_entries(connection: &Connection, faults: &mut Vec<AuditFault>) -> Result<(u64, Digest), Error> {
    let mut statement = connection.prepare(
        "SELECT sequence, entry, digest, at, who, action, object, outcome FROM audit ORDER BY sequence",
    )?;
    let mut rows = statement.query([])?;
    let (mut count, mut predecessor) = (0, Digest::ZERO);
    while let Some(row) = rows.next()? {
        let sequence = row::unsigned(row, 0)?;
        let entry = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let digest = Digest(row::fixed(row, 2)?);
        let intact = seal::digest_link(entry) == digest
            && seal::decode_canonical::<Record>(entry).is_ok_and(|record| {
                record.sequence == count
                    && record.sequence == sequence
                    && record.predecessor == predecessor
                    && row.get(3) == Ok(record.time.wall.as_millis())
                    && row.get(4) == Ok(who_bytes(record.actor.who))
                    && row.get(5) == Ok(record.action)
                    && row.get(6) == Ok(record.object)
                    && row.get(7) == Ok(record.outcome)
            });
        if !intact {
            faults.push(AuditFault::Entry(sequence));
        }
        (count, predecessor) = (sequence + 1, digest);
    }
    Ok((count, predecessor))
}

fn verify_events(connection: &Connection, faults: &mut Vec<AuditFault>) -> Result<u64, Error> {
    let mut statement = connection.prepare(
        "SELECT position, incarnation, sequence, header, sealed, digest, stream, id, kind
         FROM event ORDER BY incarnation, sequence",
    )?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    let mut last: Option<(IncarnationId, u64, Digest)> = None;
    while let Some(row) = rows.next()? {
        let position = row::unsigned(row, 0)?;
        let incarnation = IncarnationId::from_bytes(row::fixed(row, 1)?);
        let sequence = row::unsigned(row, 2)?;
        let header = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        let sealed = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
        let digest = Digest(row::fixed(row, 5)?);
        let (expected, predecessor) = match last {
            Some((same, sequence, digest)) if same == incarnation => (sequence + 1, digest),
            _ => (0, Digest::ZERO),
        };
        let intact = seal::digest_event(header, sealed) == digest
            && seal::decode_canonical::<EventHeader>(header).is_ok_and(|header| {
                header.incarnation == incarnation
                    && header.sequence == sequence
                    && sequence == expected
                    && header.predecessor == predecessor
                    && row::stream(row, 6) == Ok(header.stream)
                    && row::fixed(row, 7) == Ok(*header.id.as_bytes())
                    && row.get(8) == Ok(header.kind)
            });
        if !intact {
            faults.push(AuditFault::Event(position));
        }
        last = Some((incarnation, sequence, digest));
        count += 1;
    }
    Ok(count)
}

/// Each stream has its key, or was shredded, and never both.
fn verify_keys(connection: &Connection, faults: &mut Vec<AuditFault>) -> Result<(), Error> {
    let mut statement = connection.prepare(
        "SELECT stream FROM (SELECT DISTINCT stream FROM event)
         WHERE (stream IN (SELECT stream FROM stream_key)) = (stream IN (SELECT stream FROM shredded))",
    )?;
    let streams = statement.query_map([], |row| row::stream(row, 0))?;
    for stream in streams {
        faults.push(AuditFault::Key(stream?));
    }
    Ok(())
}
