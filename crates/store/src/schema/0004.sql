-- Version 4: where signed records are sent by themselves, and what is still to be sent.

-- Settings of this device, and no projections: they are not in the log.
CREATE TABLE destination (
    id          BLOB PRIMARY KEY NOT NULL,
    switched_on INTEGER NOT NULL,
    -- The names of the formats, with a space between each two.
    formats     TEXT NOT NULL,
    -- Its name and its place, as the engine writes them.
    settings    BLOB NOT NULL,
    -- What is shown to the other end, where it asks for something.
    secret      BLOB,
    sent        INTEGER NOT NULL,
    last_sent   INTEGER
) STRICT, WITHOUT ROWID;

-- The queue. A row names what is to be sent and holds nothing of it: the file is made when it is sent.
CREATE TABLE delivery (
    place       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id          BLOB NOT NULL UNIQUE,
    destination BLOB NOT NULL REFERENCES destination (id),
    encounter   BLOB NOT NULL,
    format      TEXT NOT NULL,
    -- The kind of the event that it follows from.
    cause       TEXT NOT NULL,
    queued      INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    tries       INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    -- Why it has not arrived, as the engine writes it.
    reason      TEXT
) STRICT;
CREATE INDEX delivery_by_destination ON delivery (destination, failed, place);
CREATE INDEX delivery_by_encounter ON delivery (encounter);
