-- Suspended: handed out no more, and kept as long as a backup may need it.
ALTER TABLE dataset_key DROP CONSTRAINT dataset_key_state_check;
ALTER TABLE dataset_key ADD CONSTRAINT dataset_key_state_check
  CHECK (state IN ('active', 'deactivated', 'suspended', 'compromised', 'destroyed'));
