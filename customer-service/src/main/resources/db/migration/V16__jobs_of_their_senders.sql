-- Notes of who is to be made anew never wait for each other: a correction does not stand behind
-- somebody who is at it.
ALTER TABLE purchaser_rebuild DROP CONSTRAINT purchaser_rebuild_pkey;
ALTER TABLE purchaser_rebuild ADD COLUMN note uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE purchaser_rebuild ADD PRIMARY KEY (shard, purchaser_id, note);

-- A keyed tag of who sent a job, and one of what they sent; who that is, sealed under its key.
ALTER TABLE import_job ADD COLUMN owner bytea;
ALTER TABLE import_job ADD COLUMN content bytea;
ALTER TABLE import_job ADD COLUMN submitter bytea;
-- How often it stopped, since its last batch, for a reason that nobody foresaw.
ALTER TABLE import_job ADD COLUMN failures integer NOT NULL DEFAULT 0;
CREATE INDEX import_job_of_owner ON import_job (owner) WHERE sealed_key IS NOT NULL;
