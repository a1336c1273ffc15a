-- The receipts: each question asked of this account, the newest first, with the case that was
-- opened in its call and matter. What was opened is read from the log, where nothing is missing.
DROP FUNCTION verification_receipts(bigint, int, uuid);
CREATE FUNCTION verification_receipts(whose bigint, at_most int, one_call uuid)
RETURNS TABLE (call_id uuid, began_at timestamptz, ended_at timestamptz, last_two text,
               k_number text, matter text, asked text, opened text, state text,
               is_about_other boolean, is_disowned boolean, case_number bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.began_at, k.ended_at, k.last_two::text, u.k_number::text, c.matter::text,
           c.fields::text,
           (SELECT string_agg(DISTINCT e.fields, ',') FROM audit_event e
             WHERE e.call = k.id AND e.account_id = c.about_id AND e.matter = c.matter
               AND e.what = 'call.field_opened'
               AND e.at BETWEEN c.answered_at AND coalesce(c.ended_at, c.until)),
           CASE WHEN c.state IN ('waiting', 'confirmed')
                  AND NOT verification_alive(coalesce(c.answered_at, c.asked_at),
                                             coalesce(c.until, c.expires_at))
                THEN CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'expired' END
                ELSE c.state END,
           coalesce(c.about_id <> c.account_id, false),
           EXISTS (SELECT FROM verification_alarm a WHERE a.kind = 'not_me'
                      AND a.call_id = k.id AND a.account_id = whose),
           (SELECT max(e.case_number) FROM audit_event e
             WHERE e.call = k.id AND e.account_id = coalesce(c.about_id, c.account_id)
               AND e.matter = c.matter AND e.what = 'case.opened')
      FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id
      JOIN login_user u ON u.id = c.consultant_id
     WHERE c.account_id = whose AND (one_call IS NULL OR k.id = one_call)
     ORDER BY c.asked_at DESC LIMIT at_most
$$;
REVOKE ALL ON FUNCTION verification_receipts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_receipts TO zamiast_portal;
