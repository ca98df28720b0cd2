-- Of the audit that the keys were counted from.
ALTER TABLE containment ADD COLUMN audit_faults bigint NOT NULL DEFAULT 0 CHECK (audit_faults >= 0);
