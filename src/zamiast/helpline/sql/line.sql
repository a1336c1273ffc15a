-- Callers whom nobody answered yet, for the supervisor's board: how many, and how many seconds
-- the first of them has waited. NULL where no exchange tells of calls: nobody knows then.
-- A line that was forgotten by its exchange stops waiting after an hour.
CREATE FUNCTION helpline_callers_waiting(OUT callers int, OUT longest int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM verification_exchange e
                              WHERE e.revoked_at IS NULL AND e.heard_at IS NOT NULL)
                THEN count(l.id)::int END,
           CASE WHEN count(l.id) > 0
                THEN greatest(extract(epoch FROM now() - min(l.began_at)), 0)::int END
      FROM verification_line l JOIN verification_exchange e ON e.id = l.exchange_id
     WHERE l.first_heard_at > now() - interval '1 hour' AND l.began_at IS NOT NULL
       AND l.call_id IS NULL AND l.ended_at IS NULL AND l.direction IS DISTINCT FROM 'out'
       AND e.revoked_at IS NULL
$$;

REVOKE ALL ON FUNCTION helpline_callers_waiting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_callers_waiting TO zamiast_desk;
