-- Rows are found by their keys when these are replaced after an incident.
CREATE INDEX customer_by_key ON customer (key_id);

-- The id of the key stands in the record's header, from the third byte on.
CREATE INDEX purchaser_by_key ON purchaser (substring(reidentify FROM 3 FOR 16));
