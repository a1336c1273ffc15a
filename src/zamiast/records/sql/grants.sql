GRANT SELECT, INSERT, UPDATE ON records_practitioner, records_organization TO zamiast_importer;
GRANT USAGE ON SEQUENCE records_practitioner_id_seq, records_organization_id_seq TO zamiast_importer;
