-- What telephone exchanges tell: a call came, somebody answered, somebody hung up, keys were
-- pressed. The role of the api has this one function and nothing else; without the token of an
-- exchange it does nothing.
--
-- Events come twice, late and in any order. What was told once stays; the time that the
-- exchange names decides which answer is the newer one; a call that ended begins no more. An
-- event that is older than a quarter of an hour is not heard, so that nothing recorded can be
-- played again after its line was forgotten.

-- Forged events are counted by the minute, so that they fill neither table nor log.
CREATE TABLE verification_forged (minute timestamptz PRIMARY KEY, times int NOT NULL);

CREATE FUNCTION verification_count_forged() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    many int;
BEGIN
    INSERT INTO verification_forged VALUES (date_trunc('minute', now()), 1)
        ON CONFLICT (minute) DO UPDATE SET times = verification_forged.times + 1
    RETURNING times INTO many;
    IF many = 1 THEN
        PERFORM audit_write('anonymous', 'anonymous', NULL, NULL, 'telephone.event', 'no_token',
                            NULL, NULL, NULL, NULL, NULL, NULL, 0::smallint, NULL);
    END IF;
END $$;

CREATE FUNCTION verification_exchange_event(
    token bytea, call_digest bytea, event text, told_at timestamptz, told_direction text,
    told_queue text, told_last_two text, agent text, intents bytea[], papers bytea[]
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    who bigint;
    l verification_line;
    said text := 'accepted';
BEGIN
    SELECT e.id INTO who FROM verification_exchange e
     WHERE e.digest = token AND e.revoked_at IS NULL;
    IF NOT FOUND THEN
        PERFORM verification_count_forged();
        RETURN 'no_token';
    END IF;
    IF told_at IS NULL OR octet_length(call_digest) IS DISTINCT FROM 32
       OR told_at NOT BETWEEN now() - interval '15 minutes' AND now() + interval '1 minute' THEN
        RETURN 'stale';
    END IF;
    UPDATE verification_exchange e SET heard_at = now()
     WHERE e.id = who AND (e.heard_at IS NULL OR e.heard_at < now() - interval '1 minute');
    INSERT INTO verification_line (id, exchange_id, digest, first_heard_at)
    VALUES (gen_random_uuid(), who, call_digest, now()) ON CONFLICT DO NOTHING;
    UPDATE verification_line v
       SET direction = coalesce(v.direction, told_direction), queue = coalesce(v.queue, told_queue),
           last_two = coalesce(v.last_two, told_last_two),
           began_at = CASE event WHEN 'newCall' THEN coalesce(v.began_at, told_at) ELSE v.began_at END
     WHERE v.exchange_id = who AND v.digest = call_digest RETURNING v.* INTO l;
    IF l.ended_at IS NOT NULL THEN
        RETURN CASE event WHEN 'answer' THEN 'over' ELSE 'repeated' END;
    END IF;
    IF event = 'answer' THEN
        said := verification_line_answered(l, agent, told_at);
    ELSIF event = 'hangup' THEN
        UPDATE verification_line v SET ended_at = told_at WHERE v.id = l.id;
        PERFORM verification_end_call(l.call_id, 'telephone');
        RETURN said;
    ELSIF l.call_id IS NOT NULL THEN
        UPDATE verification_call c SET last_two = l.last_two
         WHERE c.id = l.call_id AND c.last_two IS NULL AND l.last_two IS NOT NULL;
    END IF;
    PERFORM verification_keyed(l.id, intents, papers);
    RETURN said;
END $$;

-- End a call, with its event; once.
CREATE FUNCTION verification_end_call(ended uuid, because text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE verification_call c SET ended_at = clock_timestamp()
     WHERE c.id = ended AND c.ended_at IS NULL;
    IF FOUND THEN
        PERFORM audit_write('machine', 'telephone', NULL, NULL, 'call.ended', 'done', NULL, NULL,
                            NULL, ended, because, NULL, 0::smallint, NULL);
    END IF;
END $$;

-- Somebody answered: their call begins. A call that the same person began by the button a
-- moment ago is this one; any other that they still have is over, for they have one telephone.
-- Where somebody else had the line, it was passed on: their call ends.
CREATE FUNCTION verification_line_answered(l verification_line, agent text, told_at timestamptz)
RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    who record;
    mine record;
    begun uuid;
BEGIN
    IF told_at <= l.answered_at THEN
        RETURN 'repeated';
    END IF;
    SELECT u.id, u.k_number INTO who FROM login_user u
     WHERE u.k_number = agent AND u.is_active AND u.kind = 'staff'
       AND u.role IN ('consultant', 'supervisor');
    IF NOT FOUND THEN
        RETURN 'unknown_agent';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('verification.agent', who.id));
    SELECT c.id, c.begun_by, c.began_at INTO mine FROM verification_call c
     WHERE c.consultant_id = who.id AND c.ended_at IS NULL FOR NO KEY UPDATE;
    IF mine.id = l.call_id THEN
        UPDATE verification_line v SET answered_at = told_at WHERE v.id = l.id;
        RETURN 'repeated';
    END IF;
    PERFORM verification_end_call(l.call_id, 'passed_on');
    IF mine.begun_by IN ('button', 'callback') AND mine.began_at > now() - interval '2 minutes'
       AND NOT EXISTS (SELECT FROM verification_line v WHERE v.call_id = mine.id) THEN
        begun := mine.id;
        UPDATE verification_call c
           SET begun_by = CASE c.begun_by WHEN 'button' THEN 'exchange' ELSE c.begun_by END,
               last_two = coalesce(c.last_two, l.last_two)
         WHERE c.id = begun;
    ELSE
        PERFORM verification_end_call(mine.id, 'next_call');
        begun := gen_random_uuid();
        INSERT INTO verification_call (id, consultant_id, began_at, begun_by, last_two)
        VALUES (begun, who.id, clock_timestamp(), 'exchange', l.last_two);
        PERFORM audit_write('machine', 'telephone', who.k_number, NULL, 'call.taken', 'done', NULL,
                            NULL, NULL, begun, NULL, NULL, 0::smallint, NULL);
    END IF;
    UPDATE verification_line v SET call_id = begun, answered_at = told_at WHERE v.id = l.id;
    PERFORM verification_call_begun_in_account(l.id);
    RETURN 'accepted';
END $$;

-- Keys were pressed. Five codes on one line; whether any of them fits, the exchange is not told.
CREATE FUNCTION verification_keyed(on_line uuid, intents bytea[], papers bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    talk uuid;
BEGIN
    IF coalesce(cardinality(intents), 0) + coalesce(cardinality(papers), 0) = 0 THEN
        RETURN;
    END IF;
    UPDATE verification_line v SET tries = v.tries + 1 WHERE v.id = on_line AND v.tries < 5
    RETURNING v.call_id INTO talk;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE verification_intent i SET keyed_at = clock_timestamp(), line_id = on_line
     WHERE i.digest = intents[1] AND i.keyed_at IS NULL AND i.ended_at IS NULL
       AND verification_alive(i.made_at, i.expires_at)
       AND NOT EXISTS (SELECT FROM verification_intent o WHERE o.line_id = on_line);
    IF FOUND THEN
        PERFORM verification_call_begun_in_account(on_line);
    END IF;
    IF talk IS NOT NULL AND cardinality(papers) > 0 THEN
        PERFORM verification_paper_keyed(talk, papers[1]);
    END IF;
END $$;

-- The consultant's call under way, for a start page that waits for one: one cheap statement.
CREATE FUNCTION verification_call_now(session_digest text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT c.id FROM login_staffsession s JOIN login_user u ON u.id = s.user_id
      JOIN verification_call c ON c.consultant_id = u.id AND c.ended_at IS NULL
     WHERE s.session_key = session_digest AND s.expire_date > now() AND u.is_active
$$;

CREATE OR REPLACE FUNCTION verification_tidy_all() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    DELETE FROM verification_reading r WHERE r.at < now() - interval '1 hour';
    DELETE FROM verification_forged f WHERE f.minute < now() - interval '1 day';
    DELETE FROM verification_intent i WHERE i.made_at < now() - interval '1 day';
    DELETE FROM verification_line l WHERE l.first_heard_at < now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM verification_intent i WHERE i.line_id = l.id)
       AND NOT EXISTS (SELECT FROM verification_call c WHERE c.id = l.call_id AND c.ended_at IS NULL);
    SELECT verification_tidy(NULL);
$$;

REVOKE ALL ON FUNCTION verification_count_forged, verification_exchange_event,
    verification_end_call, verification_line_answered, verification_keyed, verification_call_now
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_exchange_event TO zamiast_api;
GRANT EXECUTE ON FUNCTION verification_call_now TO zamiast_desk;
