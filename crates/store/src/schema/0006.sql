-- Version 6: at which of the clinic's sites a visit is.
ALTER TABLE encounter ADD COLUMN site BLOB;
