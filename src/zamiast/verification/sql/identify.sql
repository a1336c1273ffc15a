-- Identify a caller: check the session, look the number up, write the event and note
-- it on the call: one function, one statement, one transaction. The desk's role may
-- execute it and read none of the tables behind it, so no look-up is without an event.
--
-- What comes back for a number that is unknown, suspended, retired, closed by death:
-- the same 'not_active'. 'limited' says that no more numbers are looked up for now.

CREATE FUNCTION verification_identify(
    session_digest text, asked_call uuid, asked_number bigint, asked_hash bytea,
    limit_per_call int, limit_per_hour int
) RETURNS TABLE (outcome text, language text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    staff record;
    the_call record;
    hit record;
    recent int;
BEGIN
    SELECT u.id, u.k_number INTO staff
      FROM login_staffsession s JOIN login_user u ON u.id = s.user_id
     WHERE s.session_key = session_digest AND s.expire_date > now()
       AND u.is_active AND u.kind = 'staff' AND u.role IN ('consultant', 'supervisor');
    IF NOT FOUND THEN
        PERFORM audit_write('anonymous', 'anonymous', NULL, NULL, 'call.identify', 'no_session',
                            NULL, NULL, NULL, asked_call, NULL, NULL, 0::smallint, asked_hash);
        RETURN QUERY SELECT 'no_session', NULL::text;
        RETURN;
    END IF;

    SELECT c.not_active INTO the_call FROM verification_call c
     WHERE c.id = asked_call AND c.consultant_id = staff.id AND c.ended_at IS NULL
       FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM audit_write('staff', staff.k_number, NULL, NULL, 'call.identify', 'no_call',
                            NULL, NULL, NULL, asked_call, NULL, NULL, 0::smallint, asked_hash);
        RETURN QUERY SELECT 'no_call', NULL::text;
        RETURN;
    END IF;

    SELECT count(*) INTO recent FROM verification_notactive n
     WHERE n.consultant_id = staff.id AND n.at > now() - interval '1 hour' AND NOT n.was_limited;
    IF the_call.not_active >= limit_per_call OR recent >= limit_per_hour THEN
        INSERT INTO verification_notactive (call_id, consultant_id, at, was_limited)
        VALUES (asked_call, staff.id, now(), true);
        PERFORM audit_write('staff', staff.k_number, NULL, NULL, 'call.identify', 'limited',
                            NULL, NULL, NULL, asked_call, NULL, NULL, 0::smallint, asked_hash);
        RETURN QUERY SELECT 'limited', NULL::text;
        RETURN;
    END IF;

    SELECT i.account_id, p.language,
           (i.state = 'active' AND a.closed_at IS NULL) AS usable INTO hit
      FROM registry_identifier i
      JOIN registry_account a ON a.id = i.account_id
      JOIN registry_person p ON p.id = a.person_id
     WHERE i.number = asked_number;

    IF hit.usable THEN
        UPDATE verification_call c SET account_id = hit.account_id, language = hit.language
         WHERE c.id = asked_call;
        PERFORM audit_write('staff', staff.k_number, NULL, hit.account_id, 'call.identify',
                            'identified', NULL, NULL, NULL, asked_call, NULL, NULL, 1::smallint, NULL);
        RETURN QUERY SELECT 'identified', hit.language::text;
        RETURN;
    END IF;

    -- The holder of a number that is not active any more is told of the attempt.
    UPDATE verification_call c SET not_active = c.not_active + 1, account_id = NULL, language = NULL
     WHERE c.id = asked_call;
    INSERT INTO verification_notactive (call_id, consultant_id, at, was_limited)
    VALUES (asked_call, staff.id, now(), false);
    PERFORM audit_write('staff', staff.k_number, NULL, hit.account_id, 'call.identify',
                        'not_active', NULL, NULL, NULL, asked_call, NULL, NULL, 0::smallint, asked_hash);
    RETURN QUERY SELECT 'not_active', NULL::text;
END $$;

REVOKE ALL ON FUNCTION verification_identify FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_identify TO zamiast_desk;

-- The desk begins and ends calls; which account a call is about, it cannot write.
GRANT SELECT (id, consultant_id, began_at, ended_at, language, not_active, account_id)
    ON verification_call TO zamiast_desk;
GRANT INSERT (id, consultant_id, began_at) ON verification_call TO zamiast_desk;
GRANT UPDATE (ended_at) ON verification_call TO zamiast_desk;
GRANT SELECT ON verification_notactive TO zamiast_desk;
