//! Values as columns.

use rusqlite::Row;
use rusqlite::types::{FromSqlError, ToSql, Type};
use serde::Serialize;
use serde::de::DeserializeOwned;

use domain::Stream;

use crate::Error;

/// A unit variant's stable name, as serde writes it.
pub(crate) fn name_of<T: Serialize>(value: &T) -> Result<String, Error> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Error::Seal(seal::Error::Encoding("not a name"))),
    }
}

/// A column that holds a stable name.
pub(crate) fn named<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    parse(row.get(column)?, column)
}

/// A column that holds a stable name or nothing.
pub(crate) fn maybe_named<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    row.get::<_, Option<String>>(column)?.map(|name| parse(name, column)).transpose()
}

/// A stable name that was read from a column.
pub(crate) fn parse<T: DeserializeOwned>(name: String, column: usize) -> rusqlite::Result<T> {
    serde_json::from_value(serde_json::Value::String(name))
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// A column that holds an id or a digest.
pub(crate) fn fixed<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    let bytes = row.get_ref(column)?.as_blob()?;
    bytes.try_into().map_err(|_| {
        let error = FromSqlError::InvalidBlobSize { expected_size: N, blob_size: bytes.len() };
        rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(error))
    })
}

/// A count, a place or a sequence number. What is stored was never negative.
pub(crate) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// SQLite's integers are signed; no log grows to 2^63.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A stream as the log stores it: an encounter's id, or nothing for the facility's own.
pub(crate) struct StreamColumn(pub(crate) Stream);

impl ToSql for StreamColumn {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Stream::Facility => b"".as_slice().into(),
            Stream::Encounter(id) => id.as_bytes().as_slice().into(),
        })
    }
}

pub(crate) fn stream(row: &Row<'_>, column: usize) -> rusqlite::Result<Stream> {
    if row.get_ref(column)?.as_blob()?.is_empty() {
        Ok(Stream::Facility)
    } else {
        fixed(row, column).map(|id| Stream::Encounter(domain::EncounterId::from_bytes(id)))
    }
}
