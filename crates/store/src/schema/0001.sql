-- Version 1.

-- Facts about this file that are not read from the log.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys, each sealed under the one above it. Small and mutable, apart from the log: deleting a stream's row deletes the
-- stream.
CREATE TABLE facility_key (
    epoch   INTEGER PRIMARY KEY NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE stream_key (
    stream  BLOB PRIMARY KEY NOT NULL,
    epoch   INTEGER NOT NULL REFERENCES facility_key (epoch),
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shredded (
    stream BLOB PRIMARY KEY NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The log. Rows are added and never changed.
CREATE TABLE event (
    position    INTEGER PRIMARY KEY NOT NULL,
    incarnation BLOB NOT NULL,
    sequence    INTEGER NOT NULL,
    id          BLOB NOT NULL UNIQUE,
    stream      BLOB NOT NULL,
    kind        TEXT NOT NULL,
    header      BLOB NOT NULL,
    sealed      BLOB NOT NULL,
    digest      BLOB NOT NULL,
    UNIQUE (incarnation, sequence)
) STRICT;
CREATE INDEX event_by_stream ON event (stream, position);

-- The audit chain. Rows are added and never changed. The columns beside `entry` repeat what is in it, for filters.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY NOT NULL,
    at       INTEGER NOT NULL,
    who      BLOB NOT NULL,
    action   TEXT NOT NULL,
    object   TEXT,
    outcome  TEXT NOT NULL,
    entry    BLOB NOT NULL,
    digest   BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_object ON audit (object, sequence) WHERE object IS NOT NULL;
CREATE INDEX audit_by_who ON audit (who, sequence);

-- The tickets given out on a day.
CREATE TABLE ticket (
    day  TEXT PRIMARY KEY NOT NULL,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Projections: everything below can be made again from the log.
CREATE TABLE facility (
    id       BLOB PRIMARY KEY NOT NULL,
    name     TEXT NOT NULL,
    language TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id            BLOB PRIMARY KEY NOT NULL,
    login         TEXT NOT NULL,
    login_folded  TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    password_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE encounter (
    id             BLOB NOT NULL UNIQUE,
    opened         INTEGER NOT NULL,
    changed        INTEGER NOT NULL,
    status         TEXT NOT NULL,
    origin         TEXT NOT NULL,
    ticket         TEXT NOT NULL,
    patient        BLOB NOT NULL,
    name           TEXT,
    birth_date     TEXT,
    verified       INTEGER NOT NULL,
    language       TEXT NOT NULL,
    flags          INTEGER NOT NULL,
    unacknowledged INTEGER NOT NULL,
    severity       TEXT,
    help_requested INTEGER,
    utterances     INTEGER NOT NULL,
    -- Everything but the utterances and what the columns `changed` and `status` say, in CBOR.
    record         BLOB NOT NULL
) STRICT;
CREATE INDEX encounter_by_opened ON encounter (opened DESC, id DESC);

CREATE TABLE utterance (
    rowid     INTEGER PRIMARY KEY NOT NULL,
    encounter BLOB NOT NULL,
    place     INTEGER NOT NULL,
    text      TEXT NOT NULL,
    -- Everything but the text, in CBOR.
    turn      BLOB NOT NULL,
    UNIQUE (encounter, place)
) STRICT;

CREATE VIRTUAL TABLE utterance_search USING fts5 (
    text,
    content = 'utterance',
    content_rowid = 'rowid',
    tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO utterance_search (utterance_search, rank) VALUES ('secure-delete', 1);
