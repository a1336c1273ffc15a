-- The desk takes the call up: what the holder said beforehand is confirmed, once, for this
-- consultant's session. A code is keyed within ten minutes, but the caller may wait in a queue
-- afterwards: four hours, as the account shows it. A clock that jumps ends that as well.
CREATE OR REPLACE FUNCTION verification_take_intent(session_digest text, asked_call uuid) RETURNS boolean
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
       OR NOT verification_alive(i.made_at, i.made_at + interval '4 hours')
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

-- What the account shows of it: until the call ends, by the exchange's event or by the button.
CREATE OR REPLACE FUNCTION verification_intent_now(whose bigint)
RETURNS TABLE (id uuid, matter text, fields text, state text, seconds int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT i.id, i.matter::text, i.fields::text,
           CASE WHEN i.taken_at IS NOT NULL THEN 'taken' WHEN i.keyed_at IS NOT NULL THEN 'keyed'
                ELSE 'waiting' END,
           CASE WHEN i.keyed_at IS NULL
                THEN ceil(extract(epoch FROM i.expires_at - clock_timestamp()))::int ELSE 0 END
      FROM verification_intent i LEFT JOIN verification_line l ON l.id = i.line_id
      LEFT JOIN verification_call k ON k.id = l.call_id
     WHERE i.account_id = whose AND i.ended_at IS NULL AND l.ended_at IS NULL AND k.ended_at IS NULL
       AND (i.keyed_at IS NOT NULL OR verification_alive(i.made_at, i.expires_at))
       AND verification_alive(i.made_at, i.made_at + interval '4 hours')
     ORDER BY i.made_at DESC LIMIT 1
$$;
