//! What the engine folded from the events of an encounter, kept so that it need not read them again after a start.
//!
//! The content is the engine's. It goes when the encounter is shredded, and when the projections are made again.

use std::ops::Range;

use domain::{EncounterId, Timestamp};
use rusqlite::{Connection, params};

use crate::meter::first_id;
use crate::writer::Posting;
use crate::{Error, Vault, row};

/// What was folded from one encounter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Which.
    pub encounter: EncounterId,
    /// The place in the log of the newest event that is in it: where the encounter's newest has moved on, it is old.
    pub position: u64,
    /// What the engine makes of it. No name of a person, no word that anybody said.
    pub content: Vec<u8>,
}

impl Vault {
    /// What is kept of the encounters that were begun in a time, oldest first; what has become old is not among it.
    ///
    /// # Errors
    /// As every read.
    pub fn folded(&self, time: &Range<Timestamp>) -> Result<Vec<Folded>, Error> {
        self.read(|connection| folded(connection, time))
    }

    /// Encounters of which nothing is kept as they are now, the newest first, each with the place of its newest event; so many at
    /// most.
    ///
    /// # Errors
    /// As every read.
    pub fn not_folded(&self, limit: u32) -> Result<Vec<(EncounterId, u64)>, Error> {
        self.read(|connection| not_folded(connection, limit))
    }

    /// Keeps what was folded, in place of what was. What belongs to an encounter that is not there any more is left out.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn keep_folded(&self, all: Vec<Folded>) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.keep_folded(&all)))
    }
}

fn folded(connection: &Connection, time: &Range<Timestamp>) -> Result<Vec<Folded>, Error> {
    let (first, end) = (first_id(time.start), first_id(time.end));
    let mut statement = connection.prepare_cached(
        "SELECT encounter, position, content FROM folded JOIN newest USING (encounter, position)
         WHERE encounter >= ?1 AND encounter < ?2 ORDER BY encounter",
    )?;
    let rows = statement.query_map([first.as_bytes(), end.as_bytes()], |row| {
        Ok(Folded {
            encounter: EncounterId::from_bytes(row::fixed(row, 0)?),
            position: row::unsigned(row, 1)?,
            content: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn not_folded(connection: &Connection, limit: u32) -> Result<Vec<(EncounterId, u64)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT newest.encounter, newest.position FROM newest LEFT JOIN folded USING (encounter, position)
         WHERE folded.content IS NULL ORDER BY newest.encounter DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([limit], |row| {
        Ok((EncounterId::from_bytes(row::fixed(row, 0)?), row::unsigned(row, 1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Posting<'_> {
    fn keep_folded(&mut self, all: &[Folded]) -> Result<(), Error> {
        let mut keep = self.transaction.prepare_cached(
            "INSERT INTO folded (encounter, position, content)
             SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM newest WHERE encounter = ?1)
             ON CONFLICT (encounter) DO UPDATE SET position = ?2, content = ?3",
        )?;
        for Folded { encounter, position, content } in all {
            keep.execute(params![encounter.as_bytes(), row::signed(*position), content])?;
        }
        Ok(())
    }
}
