//! The facility and the people who work there, read from the projections; and the tickets of a day.

use std::fmt;

use domain::{FacilityId, Language, PersonId, Role};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::writer::Posting;
use crate::{Error, row};

/// The clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacilityProfile {
    /// Its id: that of the event which created it.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// The language that staff screens start in.
    pub language: Language,
}

/// Somebody who works here.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What they type to sign in.
    pub login: String,
    /// Their name, as it stands under a note.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The Argon2id hash of the password, in PHC string format.
    pub password_hash: String,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// A login as it is compared: without case and without the spaces around it.
pub(crate) fn fold_login(login: &str) -> String {
    login.trim().to_lowercase()
}

pub(crate) fn facility(connection: &Connection) -> Result<Option<FacilityProfile>, Error> {
    Ok(connection
        .prepare_cached("SELECT id, name, language FROM facility")?
        .query_row([], |row| {
            Ok(FacilityProfile {
                id: FacilityId::from_bytes(row::fixed(row, 0)?),
                name: row.get(1)?,
                language: Language::new(row.get::<_, String>(2)?),
            })
        })
        .optional()?)
}

pub(crate) fn by_login(connection: &Connection, login: &str) -> Result<Option<Person>, Error> {
    Ok(connection
        .prepare_cached("SELECT id, login, name, role, password_hash FROM person WHERE login_folded = ?1")?
        .query_row([fold_login(login)], read_person)
        .optional()?)
}

pub(crate) fn by_id(connection: &Connection, id: PersonId) -> Result<Option<Person>, Error> {
    Ok(connection
        .prepare_cached("SELECT id, login, name, role, password_hash FROM person WHERE id = ?1")?
        .query_row([id.as_bytes()], read_person)
        .optional()?)
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Person>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT id, login, name, role, password_hash FROM person ORDER BY login_folded")?;
    let rows = statement.query_map([], read_person)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId::from_bytes(row::fixed(row, 0)?),
        login: row.get(1)?,
        name: row.get(2)?,
        role: row::named(row, 3)?,
        password_hash: row.get(4)?,
    })
}

impl Posting<'_> {
    /// The next ticket of a day, then B-1. Each is given out once.
    pub(crate) fn next_ticket(&mut self, day: &str) -> Result<String, Error> {
        let last: u32 = self.transaction.query_row(
            "INSERT INTO ticket (day, last) VALUES (?1, 1)
             ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last",
            [day],
            |row| row.get(0),
        )?;
        let (letter, number) = ((last - 1) / 99, (last - 1) % 99 + 1);
        let letter = char::from_u32(u32::from(b'A') + letter % 26).unwrap_or('A');
        Ok(format!("{letter}-{number}"))
    }
}
