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

-- A closed account has no active or suspended identifier. The lock makes issuing and
-- closing wait for one another: whoever is second sees what the first one did.
CREATE FUNCTION registry_refuse_identifier_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM registry_account a JOIN issued i ON i.account_id = a.id
      WHERE i.state <> 'retired' FOR SHARE OF a;
    IF EXISTS (SELECT FROM issued i JOIN registry_account a ON a.id = i.account_id
                WHERE i.state <> 'retired' AND a.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a closed account has no identifier' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'registry_closed_account_has_no_identifier';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER registry_identifier_of_open AFTER INSERT ON registry_identifier
    REFERENCING NEW TABLE AS issued
    FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_identifier_of_closed();

CREATE FUNCTION registry_refuse_closing_with_identifier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM registry_identifier i
                WHERE i.account_id = NEW.id AND i.state <> 'retired') THEN
        RAISE EXCEPTION 'a closed account has no identifier' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'registry_closed_account_has_no_identifier';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER registry_closed_account_has_no_identifier
    AFTER UPDATE OF closed_at ON registry_account DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION registry_refuse_closing_with_identifier();

GRANT USAGE ON SEQUENCE registry_person_id_seq, registry_account_id_seq, registry_identifier_id_seq, registry_sourcerecord_id_seq TO zamiast_importer;
GRANT USAGE ON SEQUENCE registry_identifier_id_seq TO zamiast_portal;
