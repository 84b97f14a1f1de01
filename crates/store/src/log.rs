//! The log as it is read: opened events, the heads of the chains, and the fold of an encounter.

use std::collections::BTreeMap;

use domain::{
    Digest, EncounterId, EncounterRecord, EventBody, EventHeader, EventId, EventKind, HybridTime,
    IncarnationId, Stream,
};
use rusqlite::{Connection, OptionalExtension, Row};
use seal::{DatabaseKey, FacilityKey, LocalKey, RecordRef, StreamKey, WrappedKey};

use crate::Error;
use crate::anchor::{Head, Heads};
use crate::audit::Record;
use crate::row::{self, StreamColumn};

/// The keys of an open vault.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) local: LocalKey,
    pub(crate) database: DatabaseKey,
    pub(crate) facility: BTreeMap<u32, FacilityKey>,
}

impl Keys {
    /// The newest facility key and its epoch.
    pub(crate) fn current(&self) -> Result<(u32, &FacilityKey), Error> {
        let (epoch, key) = self.facility.last_key_value().ok_or(Error::NotFound { what: "facility key" })?;
        Ok((*epoch, key))
    }
}

/// An event with its body opened.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedEvent {
    /// What stands in clear.
    pub header: EventHeader,
    /// What happened.
    pub body: EventBody,
}

/// The record that an encounter's events make, from nothing but the events: what the projections must equal. `None` when
/// none of them opens the encounter.
pub fn fold_encounter<'a>(
    id: EncounterId,
    events: impl IntoIterator<Item = &'a LoggedEvent>,
) -> Option<EncounterRecord> {
    let mut record: Option<EncounterRecord> = None;
    for LoggedEvent { header, body } in events {
        match &mut record {
            Some(record) => record.apply(body, &header.actor, header.time.wall),
            None => record = EncounterRecord::open(id, body, header.time.wall),
        }
    }
    record
}

/// The key of a stream; `None` when it has none, because the stream does not exist or was shredded.
pub(crate) fn stream_key(
    connection: &Connection,
    keys: &Keys,
    stream: Stream,
) -> Result<Option<StreamKey>, Error> {
    let row: Option<(u32, Vec<u8>)> = connection
        .prepare_cached("SELECT epoch, wrapped FROM stream_key WHERE stream = ?1")?
        .query_row([StreamColumn(stream)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((epoch, wrapped)) = row else { return Ok(None) };
    let facility_key = keys.facility.get(&epoch).ok_or(Error::NotFound { what: "facility key" })?;
    Ok(Some(facility_key.unwrap(&WrappedKey::from_bytes(wrapped), stream)?))
}

/// Whether a stream's key was deleted on purpose.
pub(crate) fn is_shredded(connection: &Connection, stream: Stream) -> Result<bool, Error> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM shredded WHERE stream = ?1")?
        .exists([StreamColumn(stream)])?)
}

/// A row of the log, unopened.
pub(crate) struct SealedEvent {
    pub(crate) id: EventId,
    pub(crate) header: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl SealedEvent {
    pub(crate) const COLUMNS: &str = "id, header, sealed";

    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: EventId::from_bytes(row::fixed(row, 0)?), header: row.get(1)?, sealed: row.get(2)? })
    }

    pub(crate) fn open(&self, key: &StreamKey) -> Result<LoggedEvent, Error> {
        let header: EventHeader = seal::decode_canonical(&self.header)?;
        let body = key.open_event(RecordRef { id: self.id, header: &self.header }, &self.sealed)?;
        let body = seal::decode_event(&header.kind, header.version, &body)?;
        Ok(LoggedEvent { header, body })
    }
}

/// A stream's events, opened, in the order of the log. Empty when there is no such stream.
pub(crate) fn events(
    connection: &Connection,
    keys: &Keys,
    stream: Stream,
) -> Result<Vec<LoggedEvent>, Error> {
    let Some(key) = stream_key(connection, keys, stream)? else { return Ok(Vec::new()) };
    let sql = format!("SELECT {} FROM event WHERE stream = ?1 ORDER BY position", SealedEvent::COLUMNS);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([StreamColumn(stream)], SealedEvent::read)?;
    rows.map(|row| row?.open(&key)).collect()
}

/// The same, of some kinds only: the others are not opened.
pub(crate) fn events_of_kinds(
    connection: &Connection,
    keys: &Keys,
    stream: Stream,
    kinds: &[EventKind],
) -> Result<Vec<LoggedEvent>, Error> {
    let Some(key) = stream_key(connection, keys, stream)? else { return Ok(Vec::new()) };
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
    let kinds = serde_json::Value::from(kinds).to_string();
    let sql = format!(
        "SELECT {} FROM event WHERE stream = ?1 AND kind IN (SELECT value FROM json_each(?2)) ORDER BY position",
        SealedEvent::COLUMNS
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map((StreamColumn(stream), kinds), SealedEvent::read)?;
    rows.map(|row| row?.open(&key)).collect()
}

/// The ends of both chains, as the database has them.
pub(crate) fn heads(connection: &Connection, incarnation: IncarnationId) -> Result<Heads, Error> {
    let log = connection
        .query_row(
            "SELECT sequence, digest FROM event WHERE incarnation = ?1 ORDER BY sequence DESC LIMIT 1",
            [incarnation.as_bytes()],
            head,
        )
        .optional()?;
    let audit = connection
        .query_row("SELECT sequence, digest FROM audit ORDER BY sequence DESC LIMIT 1", [], head)
        .optional()?;
    Ok(Heads { incarnation, log: log.unwrap_or(Head::EMPTY), audit: audit.unwrap_or(Head::EMPTY) })
}

fn head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head { length: row::unsigned(row, 0)? + 1, digest: Digest(row::fixed(row, 1)?) })
}

/// Whether the database is at least as far as it was known to be, with the same digests there.
pub(crate) fn check_anchored(connection: &Connection, own: &Heads, known: &Heads) -> Result<(), Error> {
    let incarnation = own.incarnation;
    let tampered = |reason: String| Err(Error::Tampered { reason });
    if incarnation != known.incarnation {
        return tampered("the log is of another life of this device".to_owned());
    }
    let chains = [
        ("log", own.log, known.log, "SELECT digest FROM event WHERE incarnation = ?1 AND sequence = ?2"),
        (
            "audit trail",
            own.audit,
            known.audit,
            "SELECT digest FROM audit WHERE ?1 NOTNULL AND sequence = ?2",
        ),
    ];
    for (what, own, known, sql) in chains {
        if own.length < known.length {
            return tampered(format!("the {what} has {} entries and had {}", own.length, known.length));
        }
        let Some(place) = known.length.checked_sub(1) else { continue };
        let digest: Option<[u8; 32]> = connection
            .query_row(sql, (incarnation.as_bytes(), row::signed(place)), |row| row::fixed(row, 0))
            .optional()?;
        if digest != Some(known.digest.0) {
            return tampered(format!("entry {place} of the {what} is not the one that was written"));
        }
    }
    Ok(())
}

/// The latest time in the log and in the audit trail.
pub(crate) fn latest_time(connection: &Connection, incarnation: IncarnationId) -> Result<HybridTime, Error> {
    let header: Option<Vec<u8>> = connection
        .query_row(
            "SELECT header FROM event WHERE incarnation = ?1 ORDER BY sequence DESC LIMIT 1",
            [incarnation.as_bytes()],
            |row| row.get(0),
        )
        .optional()?;
    let entry: Option<Vec<u8>> = connection
        .query_row("SELECT entry FROM audit ORDER BY sequence DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    let of_log = header.map(|header| seal::decode_canonical::<EventHeader>(&header)).transpose()?;
    let of_audit = entry.map(|entry| seal::decode_canonical::<Record>(&entry)).transpose()?;
    Ok(of_log
        .map(|header| header.time)
        .into_iter()
        .chain(of_audit.map(|record| record.time))
        .max()
        .unwrap_or_default())
}
