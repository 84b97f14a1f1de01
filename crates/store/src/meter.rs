//! What the licence's meter reads, and the few facts that are kept beside the log.

use std::ops::Range;

use domain::{EncounterId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::row;
use crate::writer::Posting;
use crate::{Error, open};

/// The first encounter's id that a time can have. The time that an encounter began stands in its id (UUIDv7), where no
/// later change of the machine's clock reaches it: the hybrid time of an event's header stays in the year 2040 for good
/// once the clock was there.
pub(crate) fn first_id(time: Timestamp) -> EncounterId {
    let millis = u64::try_from(time.as_millis()).unwrap_or(0).min((1 << 48) - 1);
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    EncounterId::from_bytes(bytes)
}

/// How many encounters were begun in a time. Each has its key, or the mark that it was shredded, so that no event need be
/// read; [`opened_in_log`] counts the same the long way.
pub(crate) fn opened(connection: &Connection, time: &Range<Timestamp>) -> Result<u64, Error> {
    let (first, end) = (first_id(time.start), first_id(time.end));
    Ok(connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM stream_key WHERE stream >= ?1 AND stream < ?2)
                  + (SELECT count(*) FROM shredded WHERE stream >= ?1 AND stream < ?2)",
        )?
        .query_row([first.as_bytes(), end.as_bytes()], |row| row::unsigned(row, 0))?)
}

/// How many `EncounterOpened` events the log has of encounters that were begun in a time.
pub(crate) fn opened_in_log(connection: &Connection, time: &Range<Timestamp>) -> Result<u64, Error> {
    let (first, end) = (first_id(time.start), first_id(time.end));
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM event WHERE stream >= ?1 AND stream < ?2 AND kind = 'encounter-opened'",
        )?
        .query_row([first.as_bytes(), end.as_bytes()], |row| row::unsigned(row, 0))?)
}

/// The encounters that were begun in a time, oldest first, each with the place in the log of its newest event: where that
/// has not moved, nothing happened to the encounter. Those that were shredded are not among them.
pub(crate) fn begun(
    connection: &Connection,
    time: &Range<Timestamp>,
) -> Result<Vec<(EncounterId, u64)>, Error> {
    let (first, end) = (first_id(time.start), first_id(time.end));
    let mut statement = connection.prepare_cached(
        "SELECT encounter, position FROM newest WHERE encounter >= ?1 AND encounter < ?2 ORDER BY encounter",
    )?;
    let rows = statement.query_map([first.as_bytes(), end.as_bytes()], |row| {
        Ok((EncounterId::from_bytes(row::fixed(row, 0)?), row::unsigned(row, 1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Names of kept facts are apart from the vault's own.
fn kept(name: &str) -> String {
    format!("kept/{name}")
}

pub(crate) fn recall(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(connection
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([kept(name)], |row| row.get(0))
        .optional()?)
}

impl Posting<'_> {
    pub(crate) fn remember(&mut self, name: &str, value: &[u8]) -> Result<(), Error> {
        self.transaction
            .prepare_cached(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            )?
            .execute(params![kept(name), value])?;
        Ok(())
    }
}

/// The facility's signing seed: of its first key, so that it stays when the key is renewed.
pub(crate) fn signing_seed(keys: &crate::log::Keys) -> Result<seal::Secret<32>, Error> {
    let first = keys.facility.get(&open::FIRST_EPOCH).ok_or(Error::NotFound { what: "facility key" })?;
    Ok(first.signing_seed())
}
