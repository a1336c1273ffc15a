-- A call that begins in the account. The holder says first what it is about and which fields
-- may be seen, and gets a code for the telephone's keys: random, single use, ten minutes. It
-- says nothing about whose it is. The desk takes the call up at level 2, for this matter only.

ALTER TABLE verification_limits
    ADD COLUMN intent_lives interval NOT NULL DEFAULT '10 minutes',
    ADD COLUMN intents_per_hour int NOT NULL DEFAULT 10;

CREATE FUNCTION verification_intent_make(
    whose bigint, about bigint, login text, new_id uuid, asked_matter text, asked_fields text[],
    code_digest bytea
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    how verification_limits;
    moment timestamptz := clock_timestamp();
BEGIN
    IF octet_length(code_digest) IS DISTINCT FROM 32 OR coalesce(cardinality(asked_fields), 0) = 0
       OR EXISTS (SELECT FROM unnest(asked_fields) f
                   WHERE NOT EXISTS (SELECT FROM verification_disclosure d
                                      WHERE d.field = f AND d.matter = asked_matter)) THEN
        RAISE EXCEPTION 'this matter does not open these fields' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'verification_disclosure';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('verification.prompt', whose));
    SELECT * INTO how FROM verification_limits;
    IF EXISTS (SELECT FROM verification_suspension s WHERE s.account_id = whose) THEN
        RETURN 'suspended';
    ELSIF (SELECT count(*) FROM verification_intent i WHERE i.account_id = whose
            AND i.made_at > moment - interval '1 hour') >= how.intents_per_hour THEN
        RETURN 'too_many';
    END IF;
    UPDATE verification_intent i SET ended_at = moment
     WHERE i.account_id = whose AND i.keyed_at IS NULL AND i.ended_at IS NULL;
    INSERT INTO verification_intent (id, account_id, about_id, matter, fields, digest, made_at, expires_at)
    VALUES (new_id, whose, about, asked_matter, array_to_string(asked_fields, ','), code_digest,
            moment, moment + how.intent_lives);
    PERFORM audit_write('holder', login, NULL, whose, 'call.intent_made', 'done',
                        array_to_string(asked_fields, ','), asked_matter, NULL, NULL, NULL, NULL,
                        2::smallint, NULL);
    RETURN 'made';
END $$;

-- The last one that is not given up: waiting for the keys, keyed, or taken up by the desk.
CREATE FUNCTION verification_intent_now(whose bigint)
RETURNS TABLE (id uuid, matter text, fields text, state text, seconds int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT i.id, i.matter::text, i.fields::text,
           CASE WHEN i.taken_at IS NOT NULL THEN 'taken' WHEN i.keyed_at IS NOT NULL THEN 'keyed'
                ELSE 'waiting' END,
           CASE WHEN i.keyed_at IS NULL
                THEN ceil(extract(epoch FROM i.expires_at - clock_timestamp()))::int ELSE 0 END
      FROM verification_intent i LEFT JOIN verification_line l ON l.id = i.line_id
     WHERE i.account_id = whose AND i.ended_at IS NULL AND l.ended_at IS NULL
       AND (i.keyed_at IS NOT NULL OR verification_alive(i.made_at, i.expires_at))
       AND i.made_at > clock_timestamp() - interval '4 hours'
     ORDER BY i.made_at DESC LIMIT 1
$$;

CREATE FUNCTION verification_intent_end(whose bigint, login text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    given_up text;
BEGIN
    UPDATE verification_intent i SET ended_at = clock_timestamp()
     WHERE i.account_id = whose AND i.taken_at IS NULL AND i.ended_at IS NULL
    RETURNING i.matter INTO given_up;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM audit_write('holder', login, NULL, whose, 'call.intent_ended', 'done', NULL, given_up,
                        NULL, NULL, NULL, NULL, 0::smallint, NULL);
    RETURN true;
END $$;

-- The keyed code and the answered line met: the call is about this account.
CREATE FUNCTION verification_call_begun_in_account(on_line uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    found_in record;
BEGIN
    UPDATE verification_call c SET account_id = i.account_id, language = p.language
      FROM verification_line l, verification_intent i, registry_account a, registry_person p
     WHERE l.id = on_line AND c.id = l.call_id AND c.ended_at IS NULL AND c.account_id IS NULL
       AND i.line_id = l.id AND i.taken_at IS NULL AND i.ended_at IS NULL
       AND a.id = i.account_id AND a.closed_at IS NULL AND p.id = a.person_id
    RETURNING c.id, i.account_id, i.matter INTO found_in;
    IF FOUND THEN
        PERFORM audit_write('machine', 'telephone', NULL, found_in.account_id,
                            'call.begun_in_account', 'done', NULL, found_in.matter, NULL,
                            found_in.id, NULL, NULL, 1::smallint, NULL);
    END IF;
END $$;

-- The desk takes the call up: what the holder said beforehand is confirmed, once, for this
-- consultant's session.
CREATE FUNCTION verification_take_intent(session_digest text, asked_call uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    at record;
    i verification_intent;
    so_far int;
    moment timestamptz;
BEGIN
    PERFORM FROM verification_call c WHERE c.id = asked_call FOR NO KEY UPDATE;
    SELECT * INTO at FROM verification_at_work(session_digest, asked_call);
    IF NOT FOUND OR NOT at.call_found THEN
        RETURN false;
    END IF;
    SELECT n.* INTO i FROM verification_intent n JOIN verification_line l ON l.id = n.line_id
     WHERE l.call_id = asked_call AND n.taken_at IS NULL AND n.ended_at IS NULL FOR UPDATE OF n;
    SELECT count(*) INTO so_far FROM verification_confirmation c WHERE c.call_id = asked_call;
    IF i.id IS NULL OR so_far >= 3 OR i.account_id IS DISTINCT FROM at.account_id
       OR EXISTS (SELECT FROM verification_suspension s WHERE s.account_id = i.account_id) THEN
        RETURN false;
    END IF;
    moment := clock_timestamp();
    UPDATE verification_intent n SET taken_at = moment WHERE n.id = i.id;
    UPDATE verification_confirmation c
       SET state = CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'replaced' END, ended_at = moment
     WHERE c.call_id = asked_call AND c.state IN ('waiting', 'in_vain', 'confirmed');
    INSERT INTO verification_confirmation
        (id, call_id, nth, consultant_id, session_digest, account_id, about_id, matter, fields,
         means, digest, state, asked_at, expires_at, answered_at, until)
    VALUES (i.id, asked_call, so_far + 1, at.user_id, verification_take_intent.session_digest,
            i.account_id, i.about_id, i.matter, i.fields, 'intent', i.digest, 'confirmed', moment,
            moment, moment, moment + (SELECT confirmed_lives FROM verification_limits));
    PERFORM audit_write('staff', at.k_number, NULL, i.about_id, 'call.taken_up', 'confirmed',
                        i.fields, i.matter, NULL, asked_call, NULL, NULL, 2::smallint, NULL);
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION verification_intent_make, verification_intent_now, verification_intent_end,
    verification_call_begun_in_account, verification_take_intent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_intent_make, verification_intent_now,
    verification_intent_end TO zamiast_portal;
GRANT EXECUTE ON FUNCTION verification_take_intent TO zamiast_desk;
