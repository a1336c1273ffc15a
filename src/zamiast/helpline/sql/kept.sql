-- Reminders, counts that are right at their edges, and what supervisors read by consultant.

-- Who is to write back in a case that waits is reminded once, two days before the wait ends.
CREATE FUNCTION helpline_remind(today date) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    due record;
    told bigint := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('helpline.remind', 0));  -- one run at a time
    FOR due IN
        SELECT c.number, c.account_id, c.matter FROM helpline_case c
         WHERE c.state = 'waiting' AND c.waits_for = 'holder' AND c.account_id IS NOT NULL
           AND c.waits_until <= today + 2
           AND NOT EXISTS (SELECT FROM helpline_move m
                            WHERE m.case_id = c.number AND m.name = 'remind'
                              AND m.id > (SELECT coalesce(max(p.id), 0) FROM helpline_move p
                                           WHERE p.case_id = c.number AND p.name = 'pause'))
         ORDER BY c.number FOR UPDATE OF c
    LOOP
        INSERT INTO helpline_move (case_id, name, detail, by, at)
        VALUES (due.number, 'remind', '', 'job', now());
        PERFORM audit_write('machine', 'remind_holders', NULL, due.account_id, 'case.reminded',
                            'done', NULL, due.matter, due.number, NULL, NULL, NULL, 0::smallint,
                            NULL);
        PERFORM audit_tell(due.account_id, 'answer');
        told := told + 1;
    END LOOP;
    RETURN told;
END $$;

-- Count whole hours since a moment anew; twice gives the same, and an hour that has become
-- empty (a case opened again) is empty.
CREATE OR REPLACE FUNCTION helpline_count(since timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    first timestamptz := date_trunc('hour', since, 'Europe/Warsaw');
    written bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('helpline.count', 0));
    DELETE FROM helpline_tally t
     WHERE (t.day + t.hour * interval '1 hour') >= first AT TIME ZONE 'Europe/Warsaw';
    WITH happened AS (
        SELECT c.opened_at AS at, c.matter::text, 0 AS calls, 1 AS opened, 0 AS closed, 0 AS in_time
          FROM helpline_case c WHERE c.opened_at >= first
        UNION ALL
        SELECT c.closed_at, c.matter, 0, 0, 1, (c.closed_at <= c.due_at)::int
          FROM helpline_case c WHERE c.closed_at >= first AND c.state = 'closed'
        UNION ALL
        SELECT k.began_at, '', 1, 0, 0, 0 FROM verification_call k WHERE k.began_at >= first)
    INSERT INTO helpline_tally (day, hour, matter, calls, opened, closed, in_time)
    SELECT (at AT TIME ZONE 'Europe/Warsaw')::date,
           extract(hour FROM at AT TIME ZONE 'Europe/Warsaw')::smallint, matter,
           sum(calls), sum(opened), sum(closed), sum(in_time)
      FROM happened GROUP BY 1, 2, 3;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;

-- Numbers that were not active and confirmations that were declined, by consultant. A question
-- counts when it is a quarter of an hour old: nobody learns from a count what a caller did now.
CREATE FUNCTION helpline_by_consultant(since timestamptz)
RETURNS TABLE (k_number text, calls bigint, not_active bigint, limited bigint, asked bigint,
               declined bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH called AS (
        SELECT k.consultant_id AS who, count(*) AS calls FROM verification_call k
         WHERE k.began_at >= since GROUP BY 1),
    tried AS (
        SELECT n.consultant_id AS who, count(*) FILTER (WHERE NOT n.was_limited) AS not_active,
               count(*) FILTER (WHERE n.was_limited) AS limited
          FROM verification_notactive n WHERE n.at >= since GROUP BY 1),
    asked AS (
        SELECT v.consultant_id AS who, count(*) AS asked,
               count(*) FILTER (WHERE v.state IN ('declined', 'revoked')) AS declined
          FROM verification_confirmation v
         WHERE v.asked_at >= since AND v.asked_at < now() - interval '15 minutes' GROUP BY 1)
    SELECT u.k_number::text, coalesce(c.calls, 0), coalesce(t.not_active, 0),
           coalesce(t.limited, 0), coalesce(a.asked, 0), coalesce(a.declined, 0)
      FROM login_user u LEFT JOIN called c ON c.who = u.id LEFT JOIN tried t ON t.who = u.id
      LEFT JOIN asked a ON a.who = u.id
     WHERE c.who IS NOT NULL OR t.who IS NOT NULL OR a.who IS NOT NULL
     ORDER BY coalesce(t.not_active, 0) + coalesce(t.limited, 0) + coalesce(a.declined, 0) DESC,
              u.k_number
$$;

-- As before, and with who wrote by the public form.
CREATE OR REPLACE FUNCTION helpline_forget_cases(before timestamptz, most int)
RETURNS TABLE (case_number bigint, document uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    old bigint[];
BEGIN
    -- What was merged into a case goes with it, not before.
    SELECT array_agg(o.number) INTO old FROM (
        SELECT c.number FROM helpline_case c
         WHERE c.state IN ('closed', 'disowned') AND c.closed_at < before
         ORDER BY c.closed_at LIMIT most FOR UPDATE SKIP LOCKED) o;
    IF old IS NULL THEN
        RETURN;
    END IF;
    SELECT old || coalesce(array_agg(m.number), '{}') INTO old
      FROM helpline_case m WHERE m.merged_into_id = ANY (old);
    PERFORM audit_write('machine', 'forget_cases', NULL, c.account_id, 'case.deleted', 'done', NULL,
                        c.matter, c.number, NULL, NULL, NULL, 0::smallint, NULL)
       FROM helpline_case c WHERE c.number = ANY (old);
    RETURN QUERY SELECT o.number, d.id FROM unnest(old) o(number)
                   LEFT JOIN helpline_document d ON d.case_id = o.number;
    DELETE FROM helpline_document d WHERE d.case_id = ANY (old);
    DELETE FROM helpline_caseaccount a WHERE a.case_id = ANY (old);
    DELETE FROM helpline_namedinvain n WHERE n.case_id = ANY (old);
    DELETE FROM helpline_writer w WHERE w.case_id = ANY (old);
    DELETE FROM helpline_words w WHERE w.case_number = ANY (old);
    DELETE FROM helpline_presence p WHERE p.case_number = ANY (old);
    DELETE FROM helpline_draft d WHERE d.case_id = ANY (old);
    DELETE FROM helpline_link l WHERE l.case_id = ANY (old) OR l.other_id = ANY (old);
    DELETE FROM helpline_callback k WHERE k.case_id = ANY (old);
    DELETE FROM helpline_message m WHERE m.case_id = ANY (old);
    DELETE FROM helpline_note n WHERE n.case_id = ANY (old);
    DELETE FROM helpline_move m WHERE m.case_id = ANY (old);
    DELETE FROM helpline_case c WHERE c.number = ANY (old) AND c.merged_into_id IS NOT NULL;
    DELETE FROM helpline_case c WHERE c.number = ANY (old);
END $$;

REVOKE ALL ON FUNCTION helpline_remind, helpline_by_consultant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_remind TO zamiast_worker;
GRANT EXECUTE ON FUNCTION helpline_by_consultant TO zamiast_desk;
