//! Deleting an encounter: its key goes, and with it everything that was sealed under it.

use domain::{Action, Actor, EncounterId, EventBody, WhyDeleted};
use rusqlite::params;

use crate::projection::forget_encounter;
use crate::writer::Ledger;
use crate::{Append, Error};

/// Deletes the key and the projections, in one transaction with the event and the audit entry that say so, and then empties
/// the write-ahead log, in which the key still stood. The sealed events stay in the log, where nothing opens them any more.
pub(crate) fn shred(
    ledger: &mut Ledger,
    id: EncounterId,
    actor: Actor,
    why: WhyDeleted,
) -> Result<(), Error> {
    ledger.transact(|posting| {
        let deleted =
            posting.transaction.execute("DELETE FROM stream_key WHERE stream = ?1", [id.as_bytes()])?;
        if deleted == 0 {
            return Err(Error::NotFound { what: "encounter" });
        }
        forget_encounter(&posting.transaction, id)?;
        posting.forget_deliveries(id)?;
        let at = posting.tick().wall;
        posting.transaction.execute(
            "INSERT INTO shredded (stream, at) VALUES (?1, ?2)",
            params![id.as_bytes(), at.as_millis()],
        )?;
        let deleted = EventBody::EncounterDeleted { encounter: id, why };
        posting.append(&Append::to_facility(actor, Action("encounter.shred"), deleted))?;
        Ok(())
    })?;
    ledger.connection()?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
