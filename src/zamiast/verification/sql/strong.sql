-- Level 3: rare acts. In a confirmed call the desk asks the holder for one; the holder reads
-- what it is and shows a passkey, after the question and not before. The act itself happens in
-- the portal, in the same transaction, signed by the holder. The desk does nothing.

-- The acts of zamiast.verification.disclosure at level 3, filled by a migration.
CREATE TABLE verification_strong (act text, matter text, PRIMARY KEY (act, matter));

CREATE FUNCTION verification_act_ask(
    session_digest text, asked_call uuid, new_id uuid, asked_act text
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c verification_confirmation;
    who text;
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM FROM verification_call k WHERE k.id = asked_call FOR NO KEY UPDATE;
    SELECT * INTO c FROM verification_live(session_digest, asked_call);
    IF NOT FOUND OR c.about_id <> c.account_id
       OR NOT EXISTS (SELECT FROM verification_strong s
                       WHERE s.act = asked_act AND s.matter = c.matter) THEN
        RETURN 'not_confirmed';
    ELSIF (SELECT count(*) FROM verification_act a WHERE a.confirmation_id = c.id) >= 3 THEN
        RETURN 'used_up';
    END IF;
    SELECT u.k_number INTO who FROM login_user u WHERE u.id = c.consultant_id;
    UPDATE verification_act a SET state = 'replaced'
     WHERE a.account_id = c.account_id AND a.state = 'waiting';
    INSERT INTO verification_act (id, confirmation_id, account_id, act, state, asked_at, expires_at)
    VALUES (new_id, c.id, c.account_id, asked_act, 'waiting', moment,
            least(c.until, moment + (SELECT number_lives FROM verification_limits)));
    PERFORM audit_write('staff', who, NULL, c.account_id, 'call.act_asked', 'asked', NULL, c.matter,
                        NULL, asked_call, asked_act, NULL, 2::smallint, NULL);
    PERFORM audit_tell(c.account_id, 'confirmation');
    RETURN 'asked';
END $$;

-- Alive while its confirmation is: the end of the call ends it too.
CREATE FUNCTION verification_act_alive(a verification_act) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT a.state = 'waiting' AND verification_alive(a.asked_at, a.expires_at) AND EXISTS (
        SELECT FROM verification_confirmation c JOIN verification_call k ON k.id = c.call_id
         WHERE c.id = a.confirmation_id AND c.state = 'confirmed' AND k.ended_at IS NULL
           AND verification_alive(c.answered_at, c.until))
$$;

CREATE FUNCTION verification_act_prompt(whose bigint)
RETURNS TABLE (id uuid, act text, k_number text, matter text, asked_at timestamptz, seconds int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT a.id, a.act::text, u.k_number::text, c.matter::text, a.asked_at,
           ceil(extract(epoch FROM a.expires_at - clock_timestamp()))::int
      FROM verification_act a JOIN verification_confirmation c ON c.id = a.confirmation_id
      JOIN login_user u ON u.id = c.consultant_id
     WHERE a.account_id = whose AND verification_act_alive(a)
$$;

-- The holder agrees or does not; 'gone' says that nothing is asked any more.
CREATE FUNCTION verification_act_answer(asked uuid, whose bigint, login text, answer text)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    a verification_act;
    c verification_confirmation;
BEGIN
    SELECT v.* INTO a FROM verification_act v WHERE v.id = asked AND v.account_id = whose FOR UPDATE;
    IF NOT FOUND OR answer NOT IN ('done', 'declined') OR NOT verification_act_alive(a) THEN
        RETURN 'gone';
    END IF;
    UPDATE verification_act v SET state = answer, answered_at = clock_timestamp() WHERE v.id = a.id
    RETURNING v.* INTO a;
    SELECT v.* INTO c FROM verification_confirmation v WHERE v.id = a.confirmation_id;
    PERFORM audit_write('holder', login, NULL, whose, 'call.act_answered', answer, NULL, c.matter, NULL,
                        c.call_id, a.act, NULL,
                        (CASE answer WHEN 'done' THEN 3 ELSE 2 END)::smallint, NULL);
    RETURN answer;
END $$;

-- How the last act of a call stands, for the desk: waiting, done, or not done; why not, it is
-- not told before the time is over.
CREATE FUNCTION verification_act_state(session_digest text, asked_call uuid)
RETURNS TABLE (act text, state text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT a.act::text,
           CASE WHEN a.state = 'done' THEN 'done'
                WHEN a.state IN ('waiting', 'declined')
                 AND verification_alive(a.asked_at, a.expires_at) THEN 'waiting'
                ELSE 'not_done' END
      FROM verification_live(session_digest, asked_call) c
      JOIN verification_act a ON a.confirmation_id = c.id
     ORDER BY a.asked_at DESC LIMIT 1
$$;

REVOKE ALL ON FUNCTION verification_act_ask, verification_act_alive, verification_act_prompt,
    verification_act_answer, verification_act_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_act_ask, verification_act_state TO zamiast_desk;
GRANT EXECUTE ON FUNCTION verification_act_prompt, verification_act_answer TO zamiast_portal;
