//! Where signed records are sent by themselves, and the queue of what is still to be sent.
//!
//! A delivery is queued in the transaction of the event that it follows from, and goes in the transaction that deletes its
//! encounter: there is no moment in which one is without the other. It names an encounter and a format and holds nothing of
//! either.

use std::fmt;

use domain::{DeliveryId, DestinationId, EncounterId, EventBody, ExportFormat, Stream, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::audit::AuditWrite;
use crate::row::{self, name_of};
use crate::writer::Posting;
use crate::{Append, Error};

/// Where signed records are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Which.
    pub id: DestinationId,
    /// Whether anything is queued for it, and sent.
    pub on: bool,
    /// As what a record is sent: one delivery each.
    pub formats: Vec<ExportFormat>,
    /// Its name and its place, as the caller wrote them.
    pub settings: Vec<u8>,
    /// Whether a secret is kept for it.
    pub has_secret: bool,
    /// How many deliveries arrived.
    pub sent: u64,
    /// When the last one did.
    pub last_sent: Option<Timestamp>,
}

/// What to do with the secret of a destination that is changed.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretChange {
    /// It stays as it is.
    Keep,
    /// It goes.
    Forget,
    /// This one takes its place.
    Set(Vec<u8>),
}

impl fmt::Debug for SecretChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keep => "Keep",
            Self::Forget => "Forget",
            Self::Set(_) => "Set(redacted)",
        })
    }
}

/// A destination as it is to be.
#[derive(Clone, Debug)]
pub struct DestinationWrite {
    /// Which: a new id adds one.
    pub id: DestinationId,
    /// Whether it is switched on.
    pub on: bool,
    /// As what a record is sent.
    pub formats: Vec<ExportFormat>,
    /// Its name and its place.
    pub settings: Vec<u8>,
    /// Its secret.
    pub secret: SecretChange,
}

/// One file that is to be sent, or was given up on by the program and waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Which. It stays the same however often it is tried.
    pub id: DeliveryId,
    /// Where to.
    pub destination: DestinationId,
    /// What of.
    pub encounter: EncounterId,
    /// As what.
    pub format: ExportFormat,
    /// The kind of the event that it follows from.
    pub cause: String,
    /// When it was queued.
    pub queued: Timestamp,
    /// Whether it is tried no more until somebody says so.
    pub failed: bool,
    /// How often it was tried.
    pub tries: u32,
    /// Before when it is not tried again.
    pub due: Timestamp,
    /// Why it has not arrived, as the caller wrote it.
    pub reason: Option<String>,
}

/// How much a destination's queue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// What waits.
    pub waiting: u64,
    /// When the oldest of it was queued.
    pub waiting_since: Option<Timestamp>,
    /// What failed.
    pub failed: u64,
}

/// What became of an attempt that did not arrive.
#[derive(Clone, Debug)]
pub struct NotArrived {
    /// Whether it is tried no more until somebody says so.
    pub failed: bool,
    /// Before when it is not tried again.
    pub due: Timestamp,
    /// Why.
    pub reason: String,
    /// An entry of the audit trail, where there is one to write.
    pub entry: Option<AuditWrite>,
}

const DESTINATION: &str = "id, switched_on, formats, settings, secret IS NOT NULL, sent, last_sent";
const DELIVERY: &str = "id, destination, encounter, format, cause, queued, failed, tries, due, reason";

pub(crate) fn destinations(connection: &Connection) -> Result<Vec<Destination>, Error> {
    let sql = format!("SELECT {DESTINATION} FROM destination ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read_destination)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn destination(connection: &Connection, id: DestinationId) -> Result<Option<Destination>, Error> {
    let sql = format!("SELECT {DESTINATION} FROM destination WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id.as_bytes()], read_destination).optional()?)
}

pub(crate) fn secret(connection: &Connection, id: DestinationId) -> Result<Option<Vec<u8>>, Error> {
    Ok(connection
        .prepare_cached("SELECT secret FROM destination WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?
        .flatten())
}

/// What failed first, and then what waits, each in its order.
pub(crate) fn deliveries(
    connection: &Connection,
    id: DestinationId,
    limit: u32,
) -> Result<Vec<Delivery>, Error> {
    let sql = format!(
        "SELECT {DELIVERY} FROM delivery WHERE destination = ?1 ORDER BY failed DESC, place LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![id.as_bytes(), limit], read_delivery)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is to be sent next: the first that has not failed, whether or not its time has come.
pub(crate) fn next_delivery(connection: &Connection, id: DestinationId) -> Result<Option<Delivery>, Error> {
    let sql = format!(
        "SELECT {DELIVERY} FROM delivery WHERE destination = ?1 AND failed = 0 ORDER BY place LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([id.as_bytes()], read_delivery).optional()?)
}

pub(crate) fn counts(connection: &Connection, id: DestinationId) -> Result<QueueCounts, Error> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE failed = 0), min(queued) FILTER (WHERE failed = 0),
                 count(*) FILTER (WHERE failed = 1)
             FROM delivery WHERE destination = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok(QueueCounts {
                waiting: row::unsigned(row, 0)?,
                waiting_since: row.get::<_, Option<i64>>(1)?.map(Timestamp::from_millis),
                failed: row::unsigned(row, 2)?,
            })
        })?)
}

fn read_destination(row: &Row<'_>) -> rusqlite::Result<Destination> {
    let names: String = row.get(2)?;
    Ok(Destination {
        id: DestinationId::from_bytes(row::fixed(row, 0)?),
        on: row.get(1)?,
        formats: names
            .split_whitespace()
            .map(|name| row::parse(name.to_owned(), 2))
            .collect::<Result<_, _>>()?,
        settings: row.get(3)?,
        has_secret: row.get(4)?,
        sent: row::unsigned(row, 5)?,
        last_sent: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_millis),
    })
}

fn read_delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        id: DeliveryId::from_bytes(row::fixed(row, 0)?),
        destination: DestinationId::from_bytes(row::fixed(row, 1)?),
        encounter: EncounterId::from_bytes(row::fixed(row, 2)?),
        format: row::named(row, 3)?,
        cause: row.get(4)?,
        queued: Timestamp::from_millis(row.get(5)?),
        failed: row.get(6)?,
        tries: row.get(7)?,
        due: Timestamp::from_millis(row.get(8)?),
        reason: row.get(9)?,
    })
}

/// Whether something follows from an event for whoever is sent the record.
const fn is_sent(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::NoteSigned { .. }
            | EventBody::AddendumSigned { .. }
            | EventBody::EncounterRetracted { .. }
    )
}

impl Posting<'_> {
    /// Queues a delivery to each destination, in each of its formats, where the event is one that is sent.
    pub(crate) fn queue(&mut self, stream: Stream, body: &EventBody, at: Timestamp) -> Result<(), Error> {
        let Stream::Encounter(encounter) = stream else { return Ok(()) };
        if !is_sent(body) {
            return Ok(());
        }
        for destination in destinations(&self.transaction)?.iter().filter(|destination| destination.on) {
            for format in &destination.formats {
                self.transaction
                    .prepare_cached(
                        "INSERT INTO delivery (id, destination, encounter, format, cause, queued, failed, tries, due)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?6)",
                    )?
                    .execute(params![
                        DeliveryId::make(at, self.random).as_bytes(),
                        destination.id.as_bytes(),
                        encounter.as_bytes(),
                        name_of(format)?,
                        body.kind(),
                        at.as_millis(),
                    ])?;
            }
        }
        Ok(())
    }

    pub(crate) fn save_destination(
        &mut self,
        write: &DestinationWrite,
        entry: &AuditWrite,
    ) -> Result<(), Error> {
        let names = write.formats.iter().map(name_of).collect::<Result<Vec<_>, _>>()?.join(" ");
        self.transaction.execute(
            "INSERT INTO destination (id, switched_on, formats, settings, sent) VALUES (?1, ?2, ?3, ?4, 0)
             ON CONFLICT (id) DO UPDATE SET switched_on = ?2, formats = ?3, settings = ?4",
            params![write.id.as_bytes(), write.on, names, write.settings],
        )?;
        let secret = match &write.secret {
            SecretChange::Keep => return self.audit(entry),
            SecretChange::Forget => None,
            SecretChange::Set(secret) => Some(secret),
        };
        self.transaction.execute(
            "UPDATE destination SET secret = ?2 WHERE id = ?1",
            params![write.id.as_bytes(), secret],
        )?;
        self.audit(entry)
    }

    pub(crate) fn remove_destination(&mut self, id: DestinationId, entry: &AuditWrite) -> Result<(), Error> {
        self.transaction.execute("DELETE FROM delivery WHERE destination = ?1", [id.as_bytes()])?;
        let gone = self.transaction.execute("DELETE FROM destination WHERE id = ?1", [id.as_bytes()])?;
        if gone == 0 {
            return Err(Error::NotFound { what: "destination" });
        }
        self.audit(entry)
    }

    /// A delivery arrived: what left stands in the encounter, where to in the entry, and the delivery goes. Where the encounter
    /// was deleted while its file was on its way, the entry alone says so.
    pub(crate) fn arrived(
        &mut self,
        delivery: &Delivery,
        append: &Append,
        entry: &AuditWrite,
    ) -> Result<(), Error> {
        self.transaction.execute("DELETE FROM delivery WHERE id = ?1", [delivery.id.as_bytes()])?;
        let at = self.tick().wall;
        self.transaction.execute(
            "UPDATE destination SET sent = sent + 1, last_sent = ?2 WHERE id = ?1",
            params![delivery.destination.as_bytes(), at.as_millis()],
        )?;
        if crate::log::stream_key(&self.transaction, self.keys, append.stream)?.is_some() {
            self.append(append)?;
        }
        self.audit(entry)
    }

    /// An attempt did not arrive. Nothing where the delivery was given up or its encounter deleted meanwhile.
    pub(crate) fn not_arrived(&mut self, id: DeliveryId, became: &NotArrived) -> Result<(), Error> {
        let changed = self.transaction.execute(
            "UPDATE delivery SET tries = tries + 1, failed = ?2, due = ?3, reason = ?4 WHERE id = ?1",
            params![id.as_bytes(), became.failed, became.due.as_millis(), became.reason],
        )?;
        match &became.entry {
            Some(entry) if changed > 0 => self.audit(entry),
            _ => Ok(()),
        }
    }

    /// Takes what failed and what waits up again, at once and as if it had never been tried: one delivery, or all of a
    /// destination.
    pub(crate) fn try_again(
        &mut self,
        destination: DestinationId,
        one: Option<DeliveryId>,
        entry: &AuditWrite,
    ) -> Result<(), Error> {
        let now = self.tick().wall;
        let changed = self.transaction.execute(
            "UPDATE delivery SET failed = 0, tries = 0, due = ?3
             WHERE destination = ?1 AND (?2 IS NULL OR id = ?2)",
            params![destination.as_bytes(), one.as_ref().map(|id| id.as_bytes().as_slice()), now.as_millis()],
        )?;
        if changed == 0 && one.is_some() {
            return Err(Error::NotFound { what: "delivery" });
        }
        self.audit(entry)
    }

    /// Takes a delivery out of the queue, or everything of a destination that failed. Answers how many it was.
    pub(crate) fn give_up(
        &mut self,
        destination: DestinationId,
        one: Option<DeliveryId>,
        entry: &AuditWrite,
    ) -> Result<(), Error> {
        let given_up: Vec<EncounterId> = self
            .transaction
            .prepare(
                "DELETE FROM delivery WHERE destination = ?1 AND (id = ?2 OR (?2 IS NULL AND failed = 1))
                 RETURNING encounter",
            )?
            .query_map(
                params![destination.as_bytes(), one.as_ref().map(|id| id.as_bytes().as_slice())],
                |row| row::fixed(row, 0).map(EncounterId::from_bytes),
            )?
            .collect::<Result<_, _>>()?;
        if given_up.is_empty() {
            return Err(Error::NotFound { what: "delivery" });
        }
        for encounter in given_up {
            // One entry each, so that the trail of an encounter says that its record did not arrive.
            let object = Some(crate::audit::Object::Encounter(encounter));
            self.audit(&AuditWrite { object, ..entry.clone() })?;
        }
        Ok(())
    }

    pub(crate) fn forget_deliveries(&mut self, encounter: EncounterId) -> Result<(), Error> {
        self.transaction.execute("DELETE FROM delivery WHERE encounter = ?1", [encounter.as_bytes()])?;
        Ok(())
    }
}
