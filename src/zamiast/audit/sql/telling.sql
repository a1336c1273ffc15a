-- Tell a holder that there is something new in the account: a job, enqueued in the
-- transaction of the change, so that neither is there without the other. Every role may
-- ask for this one job and for no other; it carries an account and a kind, never content.
-- It is enqueued whether or not the holder wants to be told and has a way to be: whoever
-- asks learns nothing from it.

CREATE FUNCTION audit_tell(told_account bigint, kind text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    IF kind IS NULL OR kind NOT IN ('confirmation', 'answer', 'entry', 'access', 'look', 'receipt') THEN
        RAISE EXCEPTION 'nobody is told of this: %', kind;
    END IF;
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, priority)
    VALUES ('telling', 'tell_holder', 'tell-' || told_account,
            jsonb_build_object('account', told_account, 'kind', kind),
            CASE kind WHEN 'confirmation' THEN 10 ELSE 0 END);
END $$;
REVOKE ALL ON FUNCTION audit_tell FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_tell
    TO zamiast_portal, zamiast_desk, zamiast_worker, zamiast_importer;
