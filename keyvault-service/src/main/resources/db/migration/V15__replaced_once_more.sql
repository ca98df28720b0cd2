-- Exposed once more while it was being replaced: the version that it is replaced with, too.
ALTER TABLE rekey ADD COLUMN again boolean NOT NULL DEFAULT false;
