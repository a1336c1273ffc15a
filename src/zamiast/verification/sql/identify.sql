-- Identify a caller, in two statements of two transactions.
--
-- verification_ask checks the session and the limits, looks the number up, writes the
-- event and keeps the answer where the desk's role cannot read it; it returns only the
-- number of the question. verification_answer gives the answer, once, and only if the
-- transaction that asked was committed. So nobody learns anything by asking and rolling
-- back: no look without a trace, whatever a stolen desk process does with its connection.
--
-- What comes back for a number that is unknown, suspended, retired, closed by death:
-- the same 'not_active'. 'limited' says that no more numbers are looked up for now.

-- How many well-formed numbers that are not active one call and one consultant may try.
-- Only the owner of the tables changes them.
CREATE TABLE verification_limits (
    per_call int NOT NULL,
    per_hour int NOT NULL,
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);
INSERT INTO verification_limits VALUES (3, 20);

CREATE TABLE verification_question (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_in       xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at             timestamptz NOT NULL DEFAULT now(),
    session_digest text NOT NULL,
    call_id        uuid NOT NULL,
    outcome        text NOT NULL,
    account_id     bigint,
    language       text,
    is_answered    boolean NOT NULL DEFAULT false
);

ALTER TABLE verification_notactive
    ADD COLUMN asked_in xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE FUNCTION verification_ask(
    session_digest text, asked_call uuid, asked_number bigint, asked_hash bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    staff record;
    hit_account bigint;
    hit_language text;
    usable boolean;
    said text;
    question bigint;
BEGIN
    IF octet_length(asked_hash) IS DISTINCT FROM 32 THEN
        RAISE EXCEPTION 'what is asked must come with its keyed hash';
    END IF;
    SELECT u.id, u.k_number INTO staff
      FROM login_staffsession s JOIN login_user u ON u.id = s.user_id
     WHERE s.session_key = session_digest AND s.expire_date > now()
       AND u.is_active AND u.kind = 'staff' AND u.role IN ('consultant', 'supervisor');
    IF NOT FOUND THEN
        said := 'no_session';
    ELSE
        PERFORM FROM verification_call c
          WHERE c.id = asked_call AND c.consultant_id = staff.id AND c.ended_at IS NULL
            FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            said := 'no_call';
        ELSIF verification_is_limited(asked_call, staff.id) THEN
            said := 'limited';
        ELSE
            SELECT i.account_id, p.language, i.state = 'active' AND a.closed_at IS NULL
              INTO hit_account, hit_language, usable
              FROM registry_identifier i
              JOIN registry_account a ON a.id = i.account_id
              JOIN registry_person p ON p.id = a.person_id
             WHERE i.number = asked_number;
            said := CASE WHEN usable THEN 'identified' ELSE 'not_active' END;
        END IF;
    END IF;

    IF said IN ('not_active', 'limited') THEN
        INSERT INTO verification_notactive (call_id, consultant_id, at, was_limited)
        VALUES (asked_call, staff.id, now(), said = 'limited');
    END IF;
    -- The holder of a number that is not active any more is told of the attempt.
    PERFORM audit_write(
        CASE WHEN said = 'no_session' THEN 'anonymous' ELSE 'staff' END,
        CASE WHEN said = 'no_session' THEN 'anonymous' ELSE staff.k_number END,
        NULL, hit_account,
        'call.identify', said, NULL, NULL, NULL, asked_call, NULL, NULL,
        (CASE WHEN said = 'identified' THEN 1 ELSE 0 END)::smallint,
        CASE WHEN said = 'identified' THEN NULL ELSE asked_hash END);
    INSERT INTO verification_question (session_digest, call_id, outcome, account_id, language)
    VALUES (verification_ask.session_digest, asked_call, said,
            CASE WHEN said = 'identified' THEN hit_account END,
            CASE WHEN said = 'identified' THEN hit_language END)
    RETURNING id INTO question;
    RETURN question;
END $$;

CREATE FUNCTION verification_is_limited(asked_call uuid, consultant bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT (SELECT count(*) FROM verification_notactive n
             WHERE n.call_id = asked_call AND NOT n.was_limited) >= l.per_call
        OR (SELECT count(*) FROM verification_notactive n
             WHERE n.consultant_id = consultant AND n.at > now() - interval '1 hour'
               AND NOT n.was_limited) >= l.per_hour
      FROM verification_limits l
$$;

CREATE FUNCTION verification_answer(session_digest text, question bigint)
RETURNS TABLE (outcome text, language text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    kept record;
BEGIN
    -- Losing this write in a crash loses a screen, not a trace.
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE verification_question q SET is_answered = true
     WHERE q.id = question AND q.session_digest = verification_answer.session_digest
       AND NOT q.is_answered AND pg_xact_status(q.asked_in) = 'committed'
    RETURNING q.outcome, q.language, q.account_id, q.call_id INTO kept;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'no_call', NULL::text;
        RETURN;
    END IF;
    IF kept.outcome IN ('identified', 'not_active') THEN
        UPDATE verification_call c SET account_id = kept.account_id, language = kept.language
         WHERE c.id = kept.call_id AND c.ended_at IS NULL
           AND c.account_id IS DISTINCT FROM kept.account_id;
    END IF;
    RETURN QUERY SELECT kept.outcome, kept.language;
END $$;

-- Who tried numbers in vain, for supervisors; what is not committed is not told.
CREATE FUNCTION verification_tries(since timestamptz)
RETURNS TABLE (k_number text, calls bigint, not_active bigint, limited bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT u.k_number, count(DISTINCT n.call_id), count(*) FILTER (WHERE NOT n.was_limited),
           count(*) FILTER (WHERE n.was_limited)
      FROM verification_notactive n JOIN login_user u ON u.id = n.consultant_id
     WHERE n.at >= since AND coalesce(pg_xact_status(n.asked_in), 'committed') = 'committed'
     GROUP BY 1 ORDER BY 4 DESC, 3 DESC, 1
$$;

-- Questions are of use for seconds; the worker forgets them.
CREATE FUNCTION verification_forget_questions() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH gone AS (DELETE FROM verification_question WHERE at < now() - interval '1 hour' RETURNING 1)
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION verification_ask, verification_answer, verification_tries,
    verification_is_limited, verification_forget_questions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_ask, verification_answer, verification_tries TO zamiast_desk;
GRANT EXECUTE ON FUNCTION verification_forget_questions TO zamiast_worker;

-- The desk begins and ends calls; which account a call is about, it cannot write.
GRANT SELECT (id, consultant_id, began_at, ended_at, language, account_id)
    ON verification_call TO zamiast_desk;
GRANT INSERT (id, consultant_id, began_at) ON verification_call TO zamiast_desk;
GRANT UPDATE (ended_at) ON verification_call TO zamiast_desk;
