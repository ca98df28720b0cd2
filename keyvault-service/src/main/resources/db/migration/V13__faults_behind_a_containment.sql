-- Of the audit that the keys were counted from; empty where it was not verified.
ALTER TABLE containment ADD COLUMN audit_faults bigint CHECK (audit_faults >= 0);
