-- Version 2: what a clinic of many years waits for. Everything here is a projection, or an index of one.

-- The work of one state, newest first; and how many there are of each.
CREATE INDEX encounter_by_status ON encounter (status, opened DESC, id DESC);

-- The place in the log of each encounter's newest event: where it has not moved, nothing happened to the encounter.
CREATE TABLE newest (
    encounter BLOB PRIMARY KEY NOT NULL,
    position  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO newest (encounter, position)
    SELECT id, (SELECT max(position) FROM event WHERE stream = encounter.id) FROM encounter;

-- Search by the beginnings of words: those of up to three letters, which many words have, are an index of their own; longer ones
-- are looked up among the words that there are.
DROP TABLE utterance_search;
CREATE VIRTUAL TABLE utterance_search USING fts5 (
    text,
    content = 'utterance',
    content_rowid = 'rowid',
    tokenize = "unicode61 remove_diacritics 2",
    prefix = '1 2 3'
);
INSERT INTO utterance_search (utterance_search, rank) VALUES ('secure-delete', 1);
INSERT INTO utterance_search (utterance_search) VALUES ('rebuild');
CREATE VIRTUAL TABLE utterance_word USING fts5vocab ('utterance_search', 'instance');
