-- Version 5: what the engine counted of each encounter, so that it need not read its events again. Made again from them at any time.
CREATE TABLE folded (
    encounter BLOB PRIMARY KEY NOT NULL,
    -- The place in the log of the newest event that is in it.
    position  INTEGER NOT NULL,
    content   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
