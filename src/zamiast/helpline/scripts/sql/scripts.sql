-- Runs of scripts. The desk writes them during a call; a version that was used is never
-- changed. The worker forgets, and reads nothing.

GRANT SELECT, INSERT ON scripts_scriptversion TO zamiast_desk;
GRANT SELECT, INSERT ON scripts_scriptrun TO zamiast_desk;
GRANT UPDATE (language, answers, note, is_current, began_at, ended_at, of_id, script, call_id)
    ON scripts_scriptrun TO zamiast_desk;
GRANT USAGE ON SEQUENCE scripts_scriptrun_id_seq TO zamiast_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON scripts_callernumber TO zamiast_desk;

-- A call that ended without its script (a crash, a lost browser) leaves no answers behind.
-- 90 days after its end a run goes, unless a case of its call is still open.
CREATE FUNCTION scripts_forget() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH ended AS (
        UPDATE scripts_scriptrun r SET answers = '{}', note = '', is_current = false,
               ended_at = now()
          FROM verification_call c
         WHERE r.ended_at IS NULL AND c.id = r.call_id
           AND (c.ended_at IS NOT NULL OR c.began_at < now() - interval '1 day')
        RETURNING 1),
    gone AS (
        DELETE FROM scripts_scriptrun r
         WHERE r.ended_at < now() - interval '90 days'
           AND NOT EXISTS (SELECT FROM helpline_case c
                            WHERE c.call_id = r.call_id AND c.matter = r.script
                              AND c.closed_at IS NULL)
        RETURNING 1),
    numbers AS (
        DELETE FROM scripts_callernumber n
         WHERE n.at < now() - interval '90 days'
           AND NOT EXISTS (SELECT FROM helpline_case c
                            WHERE c.call_id = n.call_id AND c.closed_at IS NULL)
        RETURNING 1)
    SELECT (SELECT count(*) FROM ended) + (SELECT count(*) FROM gone)
         + (SELECT count(*) FROM numbers)
$$;
REVOKE ALL ON FUNCTION scripts_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scripts_forget TO zamiast_worker;
