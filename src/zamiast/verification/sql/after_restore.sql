-- Who tried numbers in vain, also after a restore: rows from another cluster name
-- transactions that this one has not reached yet, and pg_xact_status raises an error on
-- those. A row that one can see and did not write oneself just now is committed.
CREATE OR REPLACE FUNCTION verification_tries(since timestamptz)
RETURNS TABLE (k_number text, calls bigint, not_active bigint, limited bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT u.k_number, count(DISTINCT n.call_id), count(*) FILTER (WHERE NOT n.was_limited),
           count(*) FILTER (WHERE n.was_limited)
      FROM verification_notactive n JOIN login_user u ON u.id = n.consultant_id
     WHERE n.at >= since AND n.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
     GROUP BY 1 ORDER BY 4 DESC, 3 DESC, 1
$$;

-- Answers likewise; a question that came with a backup is too old to be answered.
CREATE OR REPLACE FUNCTION verification_answer(session_digest text, question bigint)
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
       AND NOT q.is_answered AND q.at > now() - interval '1 minute'
       AND q.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
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

CREATE OR REPLACE FUNCTION verification_opened(session_digest text, reading bigint)
RETURNS TABLE (field text, value text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    kept verification_reading;
    c verification_confirmation;
    one text;
    found_value text;
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE verification_reading r SET is_answered = true
     WHERE r.id = reading AND r.session_digest = verification_opened.session_digest
       AND NOT r.is_answered AND r.at > now() - interval '1 minute'
       AND r.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
    RETURNING r.* INTO kept;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT v.* INTO c FROM verification_confirmation v
      JOIN verification_call k ON k.id = v.call_id AND k.ended_at IS NULL
     WHERE v.id = kept.confirmation_id AND v.state = 'confirmed'
       AND verification_alive(v.answered_at, v.until);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    FOREACH one IN ARRAY kept.fields LOOP
        EXECUTE format('SELECT %I($1)', 'disclosure_' || one) INTO found_value USING c.about_id;
        RETURN QUERY SELECT one, found_value;
    END LOOP;
END $$;
