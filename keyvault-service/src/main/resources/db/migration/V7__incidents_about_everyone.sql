-- Incidents about a purpose or a time, whoever asked.
ALTER TABLE incident DROP CONSTRAINT incident_principal_check,
  ADD CONSTRAINT incident_principal_check CHECK (principal IN ('person', 'credential', 'everyone'));
ALTER TABLE principal_freeze DROP CONSTRAINT principal_freeze_principal_check,
  ADD CONSTRAINT principal_freeze_principal_check
    CHECK (principal IN ('person', 'credential', 'everyone'));
