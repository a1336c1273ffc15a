-- Begin the call of a callback that one has just taken. The event of taking it stands at the
-- account, written in this very transaction: whoever leaves it out is given no number to dial.
CREATE OR REPLACE FUNCTION helpline_call_back(session_digest text, callback bigint, new_call uuid)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    whose bigint;
    last_two text;
BEGIN
    SELECT c.account_id, k.ending INTO whose, last_two
      FROM helpline_callback k
      JOIN helpline_case c ON c.number = k.case_id
      JOIN login_staffsession s ON s.session_key = session_digest AND s.user_id = k.taken_by_id
     WHERE k.id = callback AND k.state IN ('open', 'missed') AND s.expire_date > now();
    IF whose IS NULL THEN
        RETURN 'no_account';
    ELSIF NOT EXISTS (SELECT FROM audit_event e WHERE e.written_in = pg_current_xact_id()
                         AND e.account_id = whose AND e.what = 'callback.taken'
                         AND e.at >= transaction_timestamp()) THEN
        RAISE EXCEPTION 'a callback is taken with an event that its holder sees'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE helpline_number_to_call n SET asked_in = pg_current_xact_id()
     WHERE n.callback_id = callback;
    RETURN verification_call_back(session_digest, new_call, whose, last_two);
END $$;
