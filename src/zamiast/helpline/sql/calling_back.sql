-- Callbacks that a holder asks for in the account, and calling back.

-- --- the portal: asks for the own account, and takes it back --------------------------------
GRANT SELECT (settled_at, tries, wish), INSERT, UPDATE (state, settled_by_name, settled_at)
    ON helpline_callback TO zamiast_portal;
GRANT USAGE ON SEQUENCE helpline_callback_id_seq TO zamiast_portal;

-- A site writes as its own side only: the portal asks as the holder, promises nothing in the
-- name of a consultant, and takes nothing back that is settled.
CREATE FUNCTION helpline_callback_of_its_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF session_user = 'zamiast_portal' AND (
           TG_OP = 'INSERT' AND (NEW.promised_by_name, NEW.state, NEW.taken_by_name)
                                <> ('holder', 'open', '')
        OR TG_OP = 'UPDATE' AND NOT (OLD.state IN ('open', 'missed') AND NEW.state = 'given_up'
                                     AND NEW.settled_by_name = 'holder'))
       OR session_user = 'zamiast_desk' AND TG_OP = 'INSERT' AND NEW.promised_by_name = 'holder' THEN
        RAISE EXCEPTION 'a site writes callbacks as its own side only' USING
            ERRCODE = 'insufficient_privilege', CONSTRAINT = 'helpline_callback_of_its_side';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER helpline_callback_of_its_side BEFORE INSERT OR UPDATE ON helpline_callback
    FOR EACH ROW EXECUTE FUNCTION helpline_callback_of_its_side();

-- --- the number: sealed, for the one who calls, until the call was made ---------------------
CREATE TABLE helpline_number_to_call (
    callback_id bigint PRIMARY KEY REFERENCES helpline_callback (id) ON DELETE CASCADE,
    sealed      text NOT NULL,
    asked_in    xid8
);
GRANT INSERT ON helpline_number_to_call TO zamiast_portal;

CREATE FUNCTION helpline_forget_number() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM helpline_number_to_call n WHERE n.callback_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER helpline_callback_settled AFTER UPDATE OF state ON helpline_callback
    FOR EACH ROW WHEN (NEW.state IN ('kept', 'given_up'))
    EXECUTE FUNCTION helpline_forget_number();

-- Begin the call of a callback that one has just taken: the event of taking it is written in
-- the same transaction. Where the case has an account, the call knows it, at level 1.
CREATE FUNCTION helpline_call_back(session_digest text, callback bigint, new_call uuid) RETURNS text
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
    END IF;
    UPDATE helpline_number_to_call n SET asked_in = pg_current_xact_id()
     WHERE n.callback_id = callback;
    RETURN verification_call_back(session_digest, new_call, whose, last_two);
END $$;

-- The callback of a consultant's call, with the number to dial. It is given only once the
-- event of taking it is committed, and only while it is to be made.
CREATE FUNCTION helpline_being_called(session_digest text, in_call uuid)
RETURNS TABLE (callback bigint, case_number bigint, number_kind text, ending text, sealed text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.case_id, k.number_kind::text, k.ending::text,
           CASE WHEN n.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned() THEN n.sealed END
      FROM login_staffsession s
      JOIN verification_call v ON v.consultant_id = s.user_id AND v.id = in_call
                              AND v.ended_at IS NULL AND v.begun_by = 'callback'
      JOIN helpline_callback k ON k.taken_by_id = s.user_id AND k.state IN ('open', 'missed')
      JOIN helpline_case c ON c.number = k.case_id AND c.account_id = v.account_id
      LEFT JOIN helpline_number_to_call n ON n.callback_id = k.id
     WHERE s.session_key = session_digest AND s.expire_date > now()
     ORDER BY k.settled_at DESC LIMIT 1
$$;

-- --- is it really the helpline? -------------------------------------------------------------
-- Who calls the holder of an account just now. A callback that was asked for in the account is
-- sure to be theirs. Another was asked for on the telephone, perhaps by somebody who only said
-- their identifier: it goes to the telephone of that caller.
CREATE FUNCTION helpline_calling(whose bigint)
RETURNS TABLE (k_number text, since timestamptz, case_number bigint, ending text, is_sure boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT k.taken_by_name::text, k.settled_at, c.number, k.ending::text,
           k.promised_by_name = 'holder'
      FROM helpline_callback k JOIN helpline_case c ON c.number = k.case_id
     WHERE c.account_id = whose AND k.state IN ('open', 'missed') AND k.taken_by_id IS NOT NULL
       AND (k.settled_at BETWEEN now() - interval '15 minutes' AND now() + interval '2 seconds'
            OR EXISTS (SELECT FROM verification_call v
                        WHERE v.consultant_id = k.taken_by_id AND v.account_id = whose
                          AND v.begun_by = 'callback' AND v.ended_at IS NULL))
     ORDER BY k.settled_at
$$;

REVOKE ALL ON FUNCTION helpline_callback_of_its_side, helpline_forget_number, helpline_call_back,
    helpline_being_called, helpline_calling FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_call_back, helpline_being_called TO zamiast_desk;
GRANT EXECUTE ON FUNCTION helpline_calling TO zamiast_portal;
