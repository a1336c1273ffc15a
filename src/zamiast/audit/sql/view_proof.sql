-- How the last nightly comparison of the holders' view with the log ended: no account, no
-- actor, no content. Everybody may know it: holders read it below the list, the data
-- protection officer on the own page. The index by actor and moment finds it at once.

CREATE FUNCTION audit_view_proof()
RETURNS TABLE (proved_at timestamptz, is_complete boolean, complete_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT last.at, last.outcome = 'complete',
           (SELECT good.at FROM audit_event good
             WHERE good.actor = 'prove_view_complete' AND good.actor_kind = 'machine'
               AND good.what = 'log.view_proved' AND good.outcome = 'complete'
             ORDER BY good.at DESC LIMIT 1)
      FROM audit_event last
     WHERE last.actor = 'prove_view_complete' AND last.actor_kind = 'machine'
       AND last.what = 'log.view_proved'
     ORDER BY last.at DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION audit_view_proof() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_view_proof() TO zamiast_portal, zamiast_desk, zamiast_worker;
