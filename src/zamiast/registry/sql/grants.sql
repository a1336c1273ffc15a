-- The portal reads and replaces; the desk reads nothing here: it identifies through
-- the function of the call, and opens nobody's data before a call is confirmed.

GRANT SELECT ON registry_person, registry_account, registry_identifier TO zamiast_portal;
GRANT UPDATE (first_used_at) ON registry_account TO zamiast_portal;
GRANT INSERT (number, account_id, state, issued_at, suspended_at, retired_at) ON registry_identifier TO zamiast_portal;
GRANT UPDATE (state, suspended_at, retired_at) ON registry_identifier TO zamiast_portal;

GRANT SELECT, INSERT, UPDATE ON registry_person, registry_account, registry_sourcerecord TO zamiast_importer;
GRANT SELECT, INSERT ON registry_identifier TO zamiast_importer;
GRANT UPDATE (state, retired_at) ON registry_identifier TO zamiast_importer;

-- Nobody deletes an identifier: a retired number is never issued again.
CREATE FUNCTION registry_keep_identifier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an identifier is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.number <> OLD.number OR NEW.account_id <> OLD.account_id OR OLD.state = 'retired' THEN
        RAISE EXCEPTION 'an identifier keeps its number and account, and stays retired'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registry_identifier_kept BEFORE UPDATE OR DELETE ON registry_identifier
    FOR EACH ROW EXECUTE FUNCTION registry_keep_identifier();

GRANT USAGE ON SEQUENCE registry_person_id_seq, registry_account_id_seq, registry_identifier_id_seq, registry_sourcerecord_id_seq TO zamiast_importer;
GRANT USAGE ON SEQUENCE registry_identifier_id_seq TO zamiast_portal;
