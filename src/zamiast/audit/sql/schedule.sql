-- What the jobs do and when they ran last, for operators and supervisors. The worker notes its
-- schedule when it starts and every hour; nobody else reads its queue.

CREATE TABLE audit_schedule (
    name     text PRIMARY KEY,
    cron     text NOT NULL,
    says     text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_schedule TO zamiast_worker;

CREATE FUNCTION audit_jobs()
RETURNS TABLE (name text, cron text, says text, noted_at timestamptz, succeeded_at timestamptz,
               failed_at timestamptz, failures bigint, waiting bigint, running bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH ran AS (
        SELECT j.task_name::text AS name,
               max(e.at) FILTER (WHERE e.type = 'succeeded') AS succeeded_at,
               max(e.at) FILTER (WHERE e.type IN ('failed', 'aborted')) AS failed_at,
               count(*) FILTER (WHERE e.type IN ('failed', 'aborted')
                                  AND e.at > now() - interval '7 days') AS failures
          FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id GROUP BY 1),
    queued AS (
        SELECT j.task_name::text AS name, count(*) FILTER (WHERE j.status = 'todo') AS waiting,
               count(*) FILTER (WHERE j.status = 'doing') AS running
          FROM procrastinate_jobs j GROUP BY 1)
    SELECT n.name, coalesce(s.cron, ''), coalesce(s.says, ''), s.noted_at, r.succeeded_at,
           r.failed_at, coalesce(r.failures, 0), coalesce(q.waiting, 0), coalesce(q.running, 0)
      FROM (SELECT s.name FROM audit_schedule s UNION SELECT q.name FROM queued q) n
      LEFT JOIN audit_schedule s USING (name) LEFT JOIN ran r USING (name)
      LEFT JOIN queued q USING (name) ORDER BY 1
$$;
REVOKE ALL ON FUNCTION audit_jobs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_jobs TO zamiast_desk, zamiast_worker;
