-- The holder's side of a confirmation. The portal's role reads no row of it: these functions
-- show and change what belongs to the account that is named. As everywhere, the database
-- believes the portal which holder logged in.

CREATE FUNCTION verification_prompt(whose bigint)
RETURNS TABLE (id uuid, call_id uuid, began_at timestamptz, last_two text, k_number text,
               matter text, fields text, nth int, seconds int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT c.id, c.call_id, k.began_at, k.last_two::text, u.k_number::text, c.matter::text,
           c.fields::text, c.nth::int,
           ceil(extract(epoch FROM c.expires_at - clock_timestamp()))::int
      FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id AND k.ended_at IS NULL
      JOIN login_user u ON u.id = c.consultant_id
     WHERE c.account_id = whose AND c.state = 'waiting'
       AND verification_alive(c.asked_at, c.expires_at)
$$;

-- Calls under way in which this account's identifier was said, and whether questions are
-- suspended: for "is it really the helpline?".
CREATE FUNCTION verification_calls_now(whose bigint)
RETURNS TABLE (call_id uuid, began_at timestamptz, last_two text, k_number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.began_at, k.last_two::text, u.k_number::text
      FROM verification_call k JOIN login_user u ON u.id = k.consultant_id
     WHERE k.account_id = whose AND k.ended_at IS NULL
       AND k.began_at BETWEEN now() - interval '4 hours' AND now() + interval '2 seconds'
     ORDER BY k.began_at
$$;

-- The holder types a number: one try. 'gone' says that nothing is asked any more.
CREATE FUNCTION verification_type(
    prompt uuid, whose bigint, about bigint, login text, code_digest bytea
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    c verification_confirmation;
    moment timestamptz;
    is_right boolean;
BEGIN
    SELECT v.* INTO c FROM verification_confirmation v
     WHERE v.id = prompt AND v.account_id = whose FOR UPDATE;
    IF NOT FOUND OR c.state <> 'waiting' OR NOT verification_alive(c.asked_at, c.expires_at)
       OR about IS NULL
       OR NOT EXISTS (SELECT FROM verification_call k WHERE k.id = c.call_id AND k.ended_at IS NULL)
       OR NOT EXISTS (SELECT FROM login_staffsession s
                       WHERE s.session_key = c.session_digest AND s.user_id = c.consultant_id
                         AND s.expire_date > now()) THEN
        RETURN 'gone';
    END IF;
    moment := clock_timestamp();
    is_right := c.digest = code_digest;
    IF is_right THEN
        UPDATE verification_confirmation v
           SET state = 'confirmed', about_id = about, answered_at = moment,
               until = moment + (SELECT confirmed_lives FROM verification_limits)
         WHERE v.id = prompt;
    ELSE
        UPDATE verification_confirmation v SET state = 'mistyped', answered_at = moment
         WHERE v.id = prompt;
    END IF;
    PERFORM audit_write('holder', login, NULL, whose, 'call.confirmation_typed',
                        CASE WHEN is_right THEN 'confirmed' ELSE 'mistyped' END, c.fields, c.matter,
                        NULL, c.call_id, NULL, NULL, (CASE WHEN is_right THEN 2 ELSE 1 END)::smallint,
                        NULL);
    IF is_right AND about <> whose THEN
        PERFORM audit_write('holder', 'other-' || whose, 'account ' || about, about,
                            'call.confirmation_typed', 'confirmed', c.fields, c.matter, NULL,
                            c.call_id, NULL, NULL, 2::smallint, NULL);
    END IF;
    RETURN CASE WHEN is_right THEN 'confirmed' ELSE 'mistyped' END;
END $$;

-- "I am not calling."
CREATE FUNCTION verification_decline(prompt uuid, whose bigint, login text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    c verification_confirmation;
    declined int;
BEGIN
    UPDATE verification_confirmation v SET state = 'declined', answered_at = clock_timestamp()
     WHERE v.id = prompt AND v.account_id = whose AND v.state = 'waiting'
    RETURNING v.* INTO c;
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    PERFORM audit_write('holder', login, NULL, whose, 'call.confirmation_declined', 'done', c.fields,
                        c.matter, NULL, c.call_id, NULL, NULL, 1::smallint, NULL);
    SELECT count(*) INTO declined FROM verification_confirmation v
     WHERE v.consultant_id = c.consultant_id AND v.state = 'declined'
       AND v.asked_at > now() - interval '1 day';
    IF declined >= (SELECT alarm_declines_per_day FROM verification_limits) THEN
        PERFORM verification_raise('declines', c.consultant_id, NULL, c.call_id, declined);
    END IF;
    RETURN 'declined';
END $$;

-- "That was not me": ends the consultant's grant, suspends questions, raises the alarm. Once.
CREATE FUNCTION verification_not_me(asked_call uuid, whose bigint, login text, security_case bigint)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('verification.prompt', whose));
    SELECT v.consultant_id, v.matter, v.fields INTO c FROM verification_confirmation v
     WHERE v.call_id = asked_call AND v.account_id = whose ORDER BY v.nth DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 'no_call';
    END IF;
    IF EXISTS (SELECT FROM verification_alarm a
                WHERE a.kind = 'not_me' AND a.call_id = asked_call AND a.account_id = whose) THEN
        RETURN 'said_already';
    END IF;
    UPDATE verification_confirmation v SET state = 'revoked', ended_at = clock_timestamp()
     WHERE v.call_id = asked_call AND v.account_id = whose
       AND v.state IN ('waiting', 'confirmed', 'over');
    INSERT INTO verification_suspension (account_id, since, call_id)
    VALUES (whose, now(), asked_call) ON CONFLICT (account_id) DO NOTHING;
    INSERT INTO verification_alarm (at, kind, consultant_id, account_id, call_id, times, case_number)
    VALUES (now(), 'not_me', c.consultant_id, whose, asked_call, 1, security_case);
    PERFORM audit_write('holder', login, NULL, whose, 'call.disowned', 'done', c.fields, c.matter,
                        security_case, asked_call, NULL, NULL, 1::smallint, NULL);
    RETURN 'done';
END $$;

CREATE FUNCTION verification_resume(whose bigint, login text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM verification_suspension s WHERE s.account_id = whose;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM audit_write('holder', login, NULL, whose, 'call.confirmation_resumed', 'done', NULL,
                        NULL, NULL, NULL, NULL, NULL, 0::smallint, NULL);
    RETURN true;
END $$;

CREATE FUNCTION verification_suspended_since(whose bigint) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT s.since FROM verification_suspension s WHERE s.account_id = whose $$;

-- The receipts: each call in which something was asked of this account, the newest first.
-- What was opened is read from what the holder is shown of the log.
CREATE FUNCTION verification_receipts(whose bigint, at_most int, one_call uuid)
RETURNS TABLE (call_id uuid, began_at timestamptz, ended_at timestamptz, last_two text,
               k_number text, matter text, asked text, opened text, state text,
               is_about_other boolean, is_disowned boolean)
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
                      AND a.call_id = k.id AND a.account_id = whose)
      FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id
      JOIN login_user u ON u.id = c.consultant_id
     WHERE c.account_id = whose AND (one_call IS NULL OR k.id = one_call)
     ORDER BY c.asked_at DESC LIMIT at_most
$$;

REVOKE ALL ON FUNCTION verification_prompt, verification_calls_now, verification_type,
    verification_decline, verification_not_me, verification_resume, verification_suspended_since,
    verification_receipts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_prompt, verification_calls_now, verification_type,
    verification_decline, verification_not_me, verification_resume, verification_suspended_since,
    verification_receipts TO zamiast_portal;
