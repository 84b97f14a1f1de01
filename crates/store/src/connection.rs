//! Opening the database file, in the one order and with the one set of settings.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use seal::DatabaseKey;

use crate::Error;

/// Below SQLite 3.51.3 lies a bug that corrupts a database in WAL mode.
const SQLITE_FLOOR: i32 = 3_051_003;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To make a new file.
    Create,
    /// To write an existing file.
    Write,
    /// To read.
    Read,
    /// To find out what is wrong with a file: nothing is read from it yet.
    Inspect,
}

/// Opens the file: key, a read that proves it, settings. The proof fails with [`Error::Corrupt`] both when the key is wrong
/// and when page 1 is damaged; [`crate::integrity`] tells them apart.
pub(crate) fn connect(path: &Path, key: &DatabaseKey, purpose: Purpose) -> Result<Connection, Error> {
    if rusqlite::version_number() < SQLITE_FLOOR {
        return Err(Error::Migration {
            from: 0,
            to: 0,
            reason: format!("SQLite {} is too old to be safe", rusqlite::version()),
        });
    }
    let access = match purpose {
        Purpose::Create | Purpose::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Purpose::Read | Purpose::Inspect => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| could_not_open(path, error))?;
    connection.busy_timeout(Duration::from_millis(5000))?;
    // The default, too: it is what the file that `VACUUM INTO` writes is made with.
    connection.execute_batch(
        "PRAGMA cipher_log_level = NONE; PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256;",
    )?;
    // The statement holds the key: it goes to SQLite and nowhere else.
    connection.execute_batch(&key.pragma())?;
    connection.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256")?;
    if purpose == Purpose::Inspect {
        // Some of the settings below read the schema, which may be what is damaged.
        connection.execute_batch("PRAGMA query_only = ON")?;
        return Ok(connection);
    }
    if matches!(purpose, Purpose::Write | Purpose::Read) {
        connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
            .map_err(|error| could_not_open(path, error))?;
    }
    connection.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;",
    )?;
    if purpose == Purpose::Read {
        connection.execute_batch("PRAGMA query_only = ON")?;
    } else {
        connection
            .query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))
            .map_err(|error| could_not_open(path, error))?;
        connection.execute_batch(
            "PRAGMA synchronous = FULL;
             PRAGMA secure_delete = ON;
             PRAGMA checkpoint_fullfsync = ON;
             PRAGMA journal_size_limit = 67108864;",
        )?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn could_not_open(path: &Path, error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly) => {
            Error::ReadOnly { path: path.parent().unwrap_or(path).to_owned() }
        }
        _ => error.into(),
    }
}
