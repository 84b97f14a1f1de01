-- Version 3: patients, found by name or record number, and their visits.
CREATE TABLE patient_name (
    rowid         INTEGER PRIMARY KEY NOT NULL,
    encounter     BLOB NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    record_number TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE patient_search USING fts5 (
    name,
    record_number,
    content = 'patient_name',
    content_rowid = 'rowid',
    tokenize = "unicode61 remove_diacritics 2",
    prefix = '1 2 3'
);
INSERT INTO patient_search (patient_search, rank) VALUES ('secure-delete', 1);

INSERT INTO patient_name (encounter, name, record_number)
    SELECT id, name, '' FROM encounter WHERE name IS NOT NULL ORDER BY opened, id;
INSERT INTO patient_search (rowid, name, record_number) SELECT rowid, name, record_number FROM patient_name;

CREATE INDEX encounter_by_patient ON encounter (patient, opened DESC);
CREATE INDEX encounter_by_birth_date ON encounter (birth_date) WHERE birth_date IS NOT NULL;
