-- A case can begin in the logged-in account. The portal writes the holder's words and
-- reads no note back; it signs with no consultant's name.
GRANT INSERT (matter, state, account_id, is_confirmed, level, call_id, opened_by_id,
              opened_by_name, opened_at, closed_at, language) ON helpline_case TO zamiast_portal;
GRANT INSERT (case_id, author_id, author_name, text, cut, written_at), SELECT (id)
    ON helpline_note TO zamiast_portal;
GRANT USAGE ON SEQUENCE helpline_case_number_seq, helpline_note_id_seq TO zamiast_portal;

CREATE FUNCTION helpline_from_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    name text := CASE TG_TABLE_NAME WHEN 'helpline_case' THEN to_jsonb(NEW) ->> 'opened_by_name'
                                    ELSE to_jsonb(NEW) ->> 'author_name' END;
BEGIN
    IF session_user = 'zamiast_portal' AND name <> 'holder' THEN
        RAISE EXCEPTION 'the portal signs as the holder only' USING
            ERRCODE = 'insufficient_privilege', CONSTRAINT = 'helpline_from_account';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER helpline_case_from_account BEFORE INSERT ON helpline_case
    FOR EACH ROW EXECUTE FUNCTION helpline_from_account();
CREATE TRIGGER helpline_note_from_account BEFORE INSERT ON helpline_note
    FOR EACH ROW EXECUTE FUNCTION helpline_from_account();
