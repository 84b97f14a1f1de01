//! Bringing a file to the schema that this build knows: forward only, one transaction a step, a backup first.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;
use crate::folder::{as_text, sync_file, sync_folder};

/// The schema that this build writes.
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// "BEDS" in ASCII, so that `file` and others can tell what the file is once it is decrypted.
const APPLICATION_ID: i32 = 0x4245_4453;

/// `STEPS[n]` brings a file from version `n` to `n + 1`.
const STEPS: &[&str] = &[
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
    include_str!("schema/0006.sql"),
];

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
    connection.execute("VACUUM INTO ?1", [as_text(&partial)?])?;
    sync_file(&partial)?;
    std::fs::rename(&partial, &kept).map_err(Error::io(&kept))?;
    sync_folder(backups)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::path::PathBuf;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use domain::{Coded, ErrorCode};
    use seal::{DatabaseKey, LocalKey};

    use super::*;
    use crate::connection::{Purpose, connect};
    use crate::folder::create_private_file;

    const FOLDER: &str = "BEDSIDE_TEST_MIGRATION";
    /// A second step that takes long enough to be killed in the middle.
    const SLOW: &str = "CREATE TABLE later (number INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
         WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 60000)
         INSERT INTO later SELECT n, hex(randomblob(40)) FROM count;
         CREATE INDEX later_by_text ON later (text);";

    struct Zero;
    impl domain::Random for Zero {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn key() -> DatabaseKey {
        LocalKey::make(&Zero).database_key()
    }

    /// A file of version 1 that holds something.
    fn version_1() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault.db");
        create_private_file(&file).unwrap();
        let mut connection = connect(&file, &key(), Purpose::Create).unwrap();
        run(&mut connection, folder.path(), &STEPS[..1]).unwrap();
        connection.execute("INSERT INTO ticket (day, last) VALUES ('kept', 7)", []).unwrap();
        assert!(!folder.path().join("before-schema-1.db").exists(), "there was nothing to keep");
        (folder, file)
    }

    fn last_ticket(connection: &Connection) -> i64 {
        connection.query_row("SELECT last FROM ticket WHERE day = 'kept'", [], |row| row.get(0)).unwrap()
    }

    fn user_version(connection: &Connection) -> u32 {
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_step_is_taken_once_after_a_copy_was_kept() {
        let (folder, file) = version_1();
        let mut connection = connect(&file, &key(), Purpose::Write).unwrap();
        let steps = [STEPS[0], "CREATE TABLE later (number INTEGER) STRICT"];
        run(&mut connection, folder.path(), &steps).unwrap();
        run(&mut connection, folder.path(), &steps).unwrap();
        assert_eq!((user_version(&connection), last_ticket(&connection)), (2, 7));
        let kept = connect(&folder.path().join("before-schema-2.db"), &key(), Purpose::Read).unwrap();
        assert_eq!((user_version(&kept), last_ticket(&kept)), (1, 7));
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let (folder, file) = version_1();
        let mut connection = connect(&file, &key(), Purpose::Write).unwrap();
        let steps = [STEPS[0], "DELETE FROM ticket; CREATE TABLE audit (again TEXT)"];
        let error = run(&mut connection, folder.path(), &steps).unwrap_err();
        assert_eq!(error.code(), ErrorCode::VaultMigrationFailed);
        assert_eq!((user_version(&connection), last_ticket(&connection)), (1, 7));
        assert_eq!(version(&connection).unwrap(), Version::Older(1));
    }

    #[test]
    #[ignore = "the child of the test below"]
    fn migrating_child() {
        let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
        let mut connection = connect(&folder.join("vault.db"), &key(), Purpose::Write).unwrap();
        let mut output = std::io::stdout();
        writeln!(output, "@begun").and_then(|()| output.flush()).unwrap();
        run(&mut connection, &folder, &[STEPS[0], SLOW]).unwrap();
        writeln!(output, "@done").and_then(|()| output.flush()).unwrap();
        std::thread::sleep(Duration::from_secs(60));
    }

    #[test]
    fn a_migration_that_is_killed_has_happened_or_has_not() {
        let rounds =
            std::env::var("BEDSIDE_CRASH_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(200) / 20;
        let (mut before, mut after) = (0, 0);
        for round in 0..rounds {
            let (folder, file) = version_1();
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "migrate::tests::migrating_child", "--ignored", "--nocapture", "--quiet"])
                .env(FOLDER, folder.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let output = BufReader::new(child.stdout.take().unwrap());
            assert!(output.lines().any(|line| line.unwrap().contains("@begun")));
            std::thread::sleep(Duration::from_millis(round * 700 / rounds));
            child.kill().unwrap();
            child.wait().unwrap();
            let mut connection = connect(&file, &key(), Purpose::Write).unwrap();
            match user_version(&connection) {
                1 => before += 1,
                2 => after += 1,
                other => panic!("round {round}: version {other}"),
            }
            assert_eq!(last_ticket(&connection), 7);
            run(&mut connection, folder.path(), &[STEPS[0], SLOW]).unwrap();
            let rows: i64 = connection.query_row("SELECT count(*) FROM later", [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 60_000, "round {round}: the second attempt is a whole one");
            let kept = connect(&folder.path().join("before-schema-2.db"), &key(), Purpose::Read).unwrap();
            assert_eq!((user_version(&kept), last_ticket(&kept)), (1, 7));
            let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(sound, "ok");
        }
        println!("killed while migrating: {before} before, {after} after the step");
    }
}
