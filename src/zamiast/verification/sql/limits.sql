-- Limits in all, beside those of a call, of a consultant and of an identifier, and two alarms
-- on what happens in all: many together may do what each of them may not.

ALTER TABLE verification_limits
    ADD COLUMN all_per_hour int NOT NULL DEFAULT 300,
    ADD COLUMN alarm_all_not_active_per_hour int NOT NULL DEFAULT 100,
    ADD COLUMN alarm_all_declines_per_day int NOT NULL DEFAULT 20;

CREATE OR REPLACE FUNCTION verification_is_limited(asked_call uuid, consultant bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT (SELECT count(*) FROM verification_notactive n
             WHERE n.call_id = asked_call AND NOT n.was_limited) >= l.per_call
        OR (SELECT count(*) FROM verification_notactive n
             WHERE n.consultant_id = consultant AND n.at > now() - interval '1 hour'
               AND NOT n.was_limited) >= l.per_hour
        OR (SELECT count(*) FROM verification_notactive n
             WHERE n.at > now() - interval '1 hour' AND NOT n.was_limited) >= l.all_per_hour
      FROM verification_limits l
$$;

CREATE OR REPLACE FUNCTION verification_count_not_active() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    how verification_limits;
    own int;
    everybodys int;
BEGIN
    SELECT * INTO how FROM verification_limits;
    SELECT count(*) FILTER (WHERE n.consultant_id = NEW.consultant_id), count(*)
      INTO own, everybodys
      FROM verification_notactive n WHERE n.at > now() - interval '1 hour';
    IF own >= how.alarm_not_active_per_hour THEN
        PERFORM verification_raise('not_active', NEW.consultant_id, NULL, NEW.call_id, own);
    END IF;
    IF everybodys >= how.alarm_all_not_active_per_hour THEN
        PERFORM verification_raise('all_not_active', NULL, NULL, NULL, everybodys);
    END IF;
    RETURN NULL;
END $$;

-- "I am not calling", counted wherever it is said.
CREATE FUNCTION verification_count_declines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    everybodys int;
BEGIN
    SELECT count(*) INTO everybodys FROM verification_confirmation v
     WHERE v.state = 'declined' AND v.answered_at > now() - interval '1 day';
    IF everybodys >= (SELECT alarm_all_declines_per_day FROM verification_limits) THEN
        PERFORM verification_raise('all_declines', NULL, NULL, NULL, everybodys);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_declines_counted AFTER UPDATE OF state ON verification_confirmation
    FOR EACH ROW WHEN (NEW.state = 'declined' AND OLD.state <> 'declined')
    EXECUTE FUNCTION verification_count_declines();
CREATE INDEX verification_declined ON verification_confirmation (answered_at)
    WHERE state = 'declined';

-- Calls under way in which this account has a part, and how they began: by a caller who said
-- the identifier, or by us, because somebody asked to be called back.
DROP FUNCTION verification_calls_now(bigint);
CREATE FUNCTION verification_calls_now(whose bigint)
RETURNS TABLE (call_id uuid, began_at timestamptz, last_two text, k_number text, begun_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.began_at, k.last_two::text, u.k_number::text, k.begun_by::text
      FROM verification_call k JOIN login_user u ON u.id = k.consultant_id
     WHERE k.account_id = whose AND k.ended_at IS NULL
       AND k.began_at BETWEEN now() - interval '4 hours' AND now() + interval '2 seconds'
     ORDER BY k.began_at
$$;

-- What is confirmed and open for the desk just now, because this account's holder typed a number.
CREATE FUNCTION verification_open_now(whose bigint)
RETURNS TABLE (k_number text, fields text, until timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT u.k_number::text, c.fields::text, c.until
      FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id AND k.ended_at IS NULL
      JOIN login_user u ON u.id = c.consultant_id
     WHERE c.account_id = whose AND c.state = 'confirmed'
       AND verification_alive(c.answered_at, c.until)
$$;

-- Call somebody back: a call of the consultant's that knows the account from the case. It is
-- level 1, as if the identifier had been said; the caller of this function has written the event.
CREATE FUNCTION verification_call_back(
    session_digest text, new_call uuid, whose bigint, ending text
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    who record;
BEGIN
    SELECT * INTO who FROM verification_at_work(session_digest, new_call);
    IF NOT FOUND THEN
        RETURN 'no_session';
    END IF;
    INSERT INTO verification_call (id, consultant_id, began_at, account_id, last_two, begun_by, language)
    SELECT new_call, who.user_id, now(), a.id, nullif(ending, ''), 'callback', p.language
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id
     WHERE a.id = whose AND a.closed_at IS NULL;
    IF NOT FOUND THEN
        RETURN 'no_account';
    END IF;
    PERFORM audit_write('staff', who.k_number, NULL, NULL, 'call.taken', 'done', NULL, NULL, NULL,
                        new_call, NULL, NULL, 0::smallint, NULL);
    RETURN 'done';
END $$;

REVOKE ALL ON FUNCTION verification_count_declines, verification_calls_now, verification_call_back,
    verification_open_now FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_calls_now, verification_open_now TO zamiast_portal;
GRANT SELECT (begun_by) ON verification_call TO zamiast_desk;
GRANT SELECT ON verification_limits TO zamiast_desk;
