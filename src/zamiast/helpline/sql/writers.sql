-- The public form: cases that nobody opened by name, and the way back to them.

GRANT SELECT, INSERT, UPDATE (misses, missed_at) ON helpline_writer TO zamiast_portal;
GRANT SELECT (case_id, has_identifier) ON helpline_writer TO zamiast_desk;
GRANT SELECT (case_id, sealed, language) ON helpline_writer TO zamiast_worker;
GRANT UPDATE (sealed) ON helpline_writer TO zamiast_worker;

-- The portal signs as the holder, or, for what came by the form, as the form: and that is
-- never confirmed, at level 1 at most, and opened by nobody.
CREATE OR REPLACE FUNCTION helpline_from_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    name text := CASE TG_TABLE_NAME WHEN 'helpline_case' THEN given ->> 'opened_by_name'
                                    ELSE given ->> 'author_name' END;
    by_form boolean := TG_TABLE_NAME = 'helpline_case' AND name = 'form'
        AND NOT (given ->> 'is_confirmed')::boolean AND (given ->> 'level')::int <= 1
        AND given ->> 'opened_by_id' IS NULL;
BEGIN
    IF session_user = 'zamiast_portal' AND name <> 'holder' AND NOT by_form THEN
        RAISE EXCEPTION 'the portal signs as the holder only' USING
            ERRCODE = 'insufficient_privilege', CONSTRAINT = 'helpline_from_account';
    END IF;
    RETURN NEW;
END $$;

-- A mail without content to who wrote, where there is an address; the desk learns neither
-- the address nor whether there is one.
CREATE FUNCTION helpline_tell_writer(told_case bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    SELECT 'mail', 'mail_writer', 'mail-case-' || w.case_id, jsonb_build_object('case', w.case_id)
      FROM helpline_writer w WHERE w.case_id = told_case AND w.sealed <> '';
END $$;
REVOKE ALL ON FUNCTION helpline_tell_writer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_tell_writer TO zamiast_desk;
