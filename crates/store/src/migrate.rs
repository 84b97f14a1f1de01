//! Bringing a file to the schema that this build knows: forward only, one transaction a step, a backup first.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;
use crate::folder::{sync_file, sync_folder};

/// The schema that this build writes.
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// "BEDS" in ASCII, so that `file` and others can tell what the file is once it is decrypted.
const APPLICATION_ID: i32 = 0x4245_4453;

/// `STEPS[n]` brings a file from version `n` to `n + 1`.
const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

/// What version a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// One that this build reads and writes.
    Current,
    /// An older one, which can be migrated.
    Older(u32),
    /// A newer one, which can only be read.
    Newer(u32),
}

pub(crate) fn version(connection: &Connection) -> Result<Version, Error> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(match found {
        SCHEMA_VERSION => Version::Current,
        older @ 0..SCHEMA_VERSION => Version::Older(older),
        newer => Version::Newer(newer),
    })
}

/// Brings a file to the current version. `backups` is the folder in which a copy of a file that already holds something is
/// left beforehand.
pub(crate) fn migrate(connection: &mut Connection, backups: &Path) -> Result<(), Error> {
    run(connection, backups, STEPS)
}

fn run(connection: &mut Connection, backups: &Path, steps: &[&str]) -> Result<(), Error> {
    let from: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let to = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if from >= to {
        return Ok(());
    }
    if from > 0 {
        keep_copy(connection, backups, from)?;
    }
    for (step, version) in steps.iter().zip(1..).skip(from as usize) {
        apply(connection, step, version).map_err(|error| match Error::from(error) {
            Error::Sqlite(error) => Error::Migration { from, to, reason: error.to_string() },
            other => other,
        })?;
        tracing::info!(version, "the vault was migrated");
    }
    Ok(())
}

fn apply(connection: &mut Connection, step: &str, version: u32) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(step)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()
}

/// A copy of the file as it is, under the same key. A copy from an attempt that was interrupted is replaced; a finished
/// one is kept, because it is the older.
fn keep_copy(connection: &Connection, backups: &Path, version: u32) -> Result<(), Error> {
    let kept = backups.join(format!("before-schema-{}.db", version + 1));
    if kept.exists() {
        return Ok(());
    }
    let partial = kept.with_extension("db.partial");
    if partial.exists() {
        std::fs::remove_file(&partial).map_err(Error::io(&partial))?;
    }
    connection.execute("VACUUM INTO ?1", [partial.to_string_lossy()])?;
    sync_file(&partial)?;
    std::fs::rename(&partial, &kept).map_err(Error::io(&kept))?;
    sync_folder(backups)
}
