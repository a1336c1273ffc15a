-- The role of the api signs in the log as a machine, or as nobody; it may not call this itself,
-- only through the function of an event.
CREATE OR REPLACE FUNCTION audit_write(
    actor_kind text, actor text, on_behalf_of text, account_id bigint, what text,
    outcome text, fields text, matter text, case_number bigint, call uuid, step text,
    purpose text, level smallint, asked bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    number bigint;
    serves text[] := CASE session_user
        WHEN 'zamiast_portal' THEN '{holder,anonymous}'
        WHEN 'zamiast_desk' THEN '{staff,anonymous}'
        WHEN 'zamiast_worker' THEN '{machine}'
        WHEN 'zamiast_importer' THEN '{machine,operator}'
        WHEN 'zamiast_api' THEN '{machine,anonymous}'
        WHEN 'zamiast_vault' THEN '{machine,operator,anonymous}'
        ELSE '{}' END;
BEGIN
    IF session_user <> current_user AND actor_kind <> ALL (serves) THEN
        RAISE EXCEPTION '% does not write as %', session_user, actor_kind
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO audit_event (actor_kind, actor, on_behalf_of, account_id, what, outcome, fields,
                             matter, case_number, call, step, purpose, level, asked)
    VALUES (actor_kind, actor, on_behalf_of, account_id, what, outcome, fields,
            matter, case_number, call, step, purpose, level, asked)
    RETURNING id INTO number;
    RETURN number;
END $$;
