//! What is wrong with a file. Always asked on a fresh connection: after one damaged page SQLCipher refuses every later read.

use std::path::Path;

use rusqlite::Connection;
use seal::DatabaseKey;

use crate::connection::{Purpose, connect};
use crate::{Error, projection};

/// SQLCipher's default, which this vault uses.
const PAGE_SIZE: u64 = 4096;

/// What a check of the file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrityReport {
    /// How many pages the file has.
    pub pages: u32,
    /// The pages whose authentication code is wrong, from 1.
    pub bad_pages: Vec<u32>,
    /// What SQLite says about the structure, where the pages are good.
    pub problems: Vec<String>,
}

impl IntegrityReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.bad_pages.is_empty() && self.problems.is_empty()
    }
}

pub(crate) fn check(path: &Path, key: &DatabaseKey) -> Result<IntegrityReport, Error> {
    let length = std::fs::metadata(path).map_err(Error::io(path))?.len();
    let pages = u32::try_from(length.div_ceil(PAGE_SIZE)).unwrap_or(u32::MAX);
    let connection = connect(path, key, Purpose::Inspect)?;
    let bad_pages = bad_pages(&connection, length)?;
    // The structure is only worth a look where every page can be read; and then on a connection that read no bad one.
    let problems = if bad_pages.is_empty() {
        match connect(path, key, Purpose::Read).and_then(|connection| problems(&connection)) {
            Ok(problems) => problems,
            Err(Error::Corrupt { .. }) => vec!["the file cannot be read through".to_owned()],
            Err(error) => return Err(error),
        }
    } else {
        Vec::new()
    };
    Ok(IntegrityReport { pages, bad_pages, problems })
}

/// Why a file did not open: another key, or damage.
pub(crate) fn diagnose(path: &Path, key: &DatabaseKey) -> Error {
    match check(path, key) {
        Ok(report) if report.pages > 1 && report.bad_pages.len() as u64 >= u64::from(report.pages) => {
            Error::KeyMismatch { path: path.parent().unwrap_or(path).to_owned() }
        }
        Ok(report) => Error::Corrupt { pages: report.bad_pages },
        Err(error) => error,
    }
}

fn bad_pages(connection: &Connection, length: u64) -> Result<Vec<u32>, Error> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    // "HMAC verification failed for page 7", or "page 7 has an invalid size of 100 bytes".
    let mut pages: Vec<u32> = lines
        .iter()
        .filter_map(|line| {
            line.split_whitespace()
                .skip_while(|word| *word != "page")
                .nth(1)
                .and_then(|word| word.parse().ok())
        })
        .collect();
    if pages.is_empty() && (!lines.is_empty() || length == 0) {
        pages.push(1);
    }
    pages.sort_unstable();
    pages.dedup();
    Ok(pages)
}

fn problems(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("PRAGMA integrity_check(100)")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// Segments of a search index that its directory does not know, and entries of the directory that lead nowhere: what an
/// old page put back leaves, and SQLite's own check does not look for. (FTS5's file format: a leaf's id is its segment's
/// number above bit 37 and its place below, and a directory entry's place is shifted by one.)
fn astray(index: &str) -> String {
    format!(
        "SELECT (SELECT count(*) FROM (SELECT DISTINCT id >> 37 AS segment FROM {index}_data WHERE id >> 37 > 0)
                WHERE segment NOT IN (SELECT segid FROM {index}_idx))
             + (SELECT count(*) FROM {index}_idx
                WHERE (segid << 37) + (pgno >> 1) NOT IN (SELECT id FROM {index}_data))"
    )
}

/// Whether the search indexes are those of these transcripts and names. Asked of a writing connection, because SQLite asks
/// by an `INSERT`; nothing is changed.
pub(crate) fn search_problem(connection: &Connection) -> Result<Option<String>, Error> {
    for index in projection::INDEXES {
        let problem = Some(format!("the search index {index} does not fit what it is made of"));
        if connection.query_row(&astray(index), [], |row| row.get::<_, i64>(0))? > 0 {
            return Ok(problem);
        }
        let ask = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        match connection.execute(&ask, []) {
            Ok(_) => {}
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                return Ok(problem);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}
