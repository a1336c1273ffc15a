-- Imports write entries and keep what they were. Nobody deletes one.
GRANT SELECT, INSERT, UPDATE ON records_entry, records_location, records_role TO zamiast_importer;
GRANT INSERT ON records_formerentry TO zamiast_importer;
GRANT SELECT, INSERT ON records_source TO zamiast_importer;
GRANT SELECT ON records_dispute TO zamiast_importer;
GRANT UPDATE (ended_at, ended_because) ON records_dispute TO zamiast_importer;
GRANT USAGE ON SEQUENCE records_entry_id_seq, records_formerentry_id_seq, records_location_id_seq,
    records_role_id_seq, records_source_id_seq TO zamiast_importer;

-- The portal reads, person by person by its grants, and writes that somebody reported an entry.
GRANT SELECT ON records_entry, records_formerentry, records_source, records_practitioner,
    records_organization, records_location, records_role, records_dispute TO zamiast_portal;
GRANT INSERT ON records_dispute TO zamiast_portal;
GRANT USAGE ON SEQUENCE records_dispute_id_seq TO zamiast_portal;
