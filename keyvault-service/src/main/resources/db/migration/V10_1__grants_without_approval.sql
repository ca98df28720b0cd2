-- Which grants nobody but their person decided on: what they ask for counts for a day.
ALTER TABLE job_grant
  ADD COLUMN alone        boolean NOT NULL DEFAULT false,
  ADD COLUMN one_customer boolean NOT NULL DEFAULT false;
UPDATE job_grant SET alone = true WHERE approved_by IS NULL AND state <> 'pending';
CREATE INDEX job_grant_alone ON job_grant (person, given_at) WHERE alone;
