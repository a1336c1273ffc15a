-- A supervisor lets one consultant go on after the limit of numbers in an hour: wrong callers,
-- one after another, must not close a desk. The count of that consultant begins anew, for an
-- hour, then everything is as before by itself. The limits of a call and of all stay; it is
-- never for oneself, three times a day at most, and the data protection officer is told.

ALTER TABLE verification_limits ADD COLUMN lifts_per_day int NOT NULL DEFAULT 3;

CREATE FUNCTION verification_lift(session_digest text, for_k_number text, because text)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    who record;
    whom bigint;
    so_far int;
BEGIN
    SELECT u.id, u.k_number INTO who
      FROM login_staffsession s JOIN login_user u ON u.id = s.user_id
     WHERE s.session_key = session_digest AND s.expire_date > now()
       AND u.is_active AND u.kind = 'staff' AND u.role = 'supervisor';
    IF NOT FOUND THEN
        RETURN 'no_session';
    END IF;
    -- Two supervisors at once wait for each other here.
    SELECT u.id INTO whom FROM login_user u
     WHERE u.k_number = for_k_number AND u.kind = 'staff' AND u.is_active FOR NO KEY UPDATE;
    IF NOT FOUND OR whom = who.id THEN
        RETURN 'not_for_them';
    ELSIF coalesce(btrim(because), '') = '' THEN
        RETURN 'no_reason';
    END IF;
    SELECT count(*) INTO so_far FROM verification_lift l
     WHERE l.consultant_id = whom AND l.at > now() - interval '1 day';
    IF EXISTS (SELECT FROM verification_lift l WHERE l.consultant_id = whom AND l.until > now()) THEN
        RETURN 'lifted_already';
    ELSIF so_far >= (SELECT lifts_per_day FROM verification_limits) THEN
        RETURN 'enough_today';
    END IF;
    INSERT INTO verification_lift (consultant_id, by_id, reason, at, until)
    VALUES (whom, who.id, because, clock_timestamp(), clock_timestamp() + interval '1 hour');
    PERFORM verification_raise('lifted', whom, NULL, NULL, so_far + 1);
    PERFORM audit_write('staff', who.k_number, NULL, NULL, 'limit.lifted', 'done', NULL, NULL, NULL,
                        NULL, 'for ' || for_k_number, NULL, 0::smallint, NULL);
    RETURN 'done';
END $$;

CREATE OR REPLACE FUNCTION verification_is_limited(asked_call uuid, consultant bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT (SELECT count(*) FROM verification_notactive n
             WHERE n.call_id = asked_call AND NOT n.was_limited) >= l.per_call
        OR (SELECT count(*) FROM verification_notactive n
             WHERE n.consultant_id = consultant AND n.at > now() - interval '1 hour'
               AND NOT n.was_limited
               AND NOT EXISTS (SELECT FROM verification_lift f
                                WHERE f.consultant_id = consultant AND f.until > now()
                                  AND n.at <= f.at)) >= l.per_hour
        OR (SELECT count(*) FROM verification_notactive n
             WHERE n.at > now() - interval '1 hour' AND NOT n.was_limited) >= l.all_per_hour
      FROM verification_limits l
$$;

-- Whom the limit stops now, and for whom it is lifted: for the supervisor's page.
CREATE FUNCTION verification_stopped()
RETURNS TABLE (k_number text, lifted_by text, reason text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT u.k_number::text, b.k_number::text, f.reason::text, f.until
      FROM login_user u
      LEFT JOIN verification_lift f ON f.consultant_id = u.id AND f.until > now()
      LEFT JOIN login_user b ON b.id = f.by_id
     WHERE u.kind = 'staff'
       AND (f.id IS NOT NULL
            OR u.id IN (SELECT n.consultant_id FROM verification_notactive n
                         WHERE n.at > now() - interval '1 hour' AND NOT n.was_limited
                         GROUP BY n.consultant_id
                        HAVING count(*) >= (SELECT per_hour FROM verification_limits)))
     ORDER BY 1
$$;

REVOKE ALL ON FUNCTION verification_lift, verification_stopped FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_lift, verification_stopped TO zamiast_desk;
