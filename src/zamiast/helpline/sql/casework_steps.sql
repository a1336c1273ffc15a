-- Ask, which writes the events, then take the answer: as for identifiers (ADR 2).
--
-- Each question is a function of its own that checks session, role and case, writes the
-- events and keeps what it found where the desk's role cannot read it. The answer is given
-- once, to the same session, in a later transaction: a question that one can see and did
-- not ask oneself just now is committed. So nobody learns anything by asking and rolling back.

CREATE TABLE helpline_asked (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_in       xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at             timestamptz NOT NULL DEFAULT now(),
    session_digest text NOT NULL,
    case_number    bigint NOT NULL,
    what           text NOT NULL,
    outcome        text NOT NULL,
    is_answered    boolean NOT NULL DEFAULT false
);

-- What the same transaction wrote, the desk does not see before it is committed.
ALTER TABLE helpline_caseaccount
    ADD COLUMN named_in xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE helpline_namedinvain
    ADD COLUMN named_in xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE helpline_caseaccount ENABLE ROW LEVEL SECURITY;
ALTER TABLE helpline_namedinvain ENABLE ROW LEVEL SECURITY;
CREATE POLICY committed ON helpline_caseaccount FOR SELECT TO zamiast_desk
    USING (named_in IS DISTINCT FROM pg_current_xact_id_if_assigned());
CREATE POLICY committed ON helpline_namedinvain FOR SELECT TO zamiast_desk
    USING (named_in IS DISTINCT FROM pg_current_xact_id_if_assigned());

CREATE FUNCTION helpline_keep_question(session_digest text, asked_case bigint, what text, outcome text)
RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    INSERT INTO helpline_asked (session_digest, case_number, what, outcome)
    VALUES ($1, $2, $3, $4) RETURNING id
$$;

-- The question, once: NULL where there is none to answer.
CREATE FUNCTION helpline_settle(session_digest text, question bigint, asked_what text)
RETURNS helpline_asked LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    UPDATE helpline_asked q SET is_answered = true
     WHERE q.id = $2 AND q.session_digest = $1 AND q.what = $3 AND NOT q.is_answered
       AND q.at > now() - interval '1 minute'
       AND q.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
    RETURNING q
$$;

CREATE FUNCTION helpline_ask_file(session_digest text, asked_case bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
    own bigint;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF NOT FOUND THEN
        RETURN helpline_keep_question(session_digest, asked_case, 'file', 'no_case');
    END IF;
    SELECT c.account_id INTO own FROM helpline_case c WHERE c.number = asked_case;
    IF own IS NOT NULL THEN
        PERFORM helpline_take_in(at.k_number, asked_case, at.matter, own, 'caller');
    END IF;
    -- The case's own account has its event from the reading of the case itself.
    PERFORM audit_write('staff', at.k_number, NULL, a.account_id, 'case.read', 'done',
                        'facts', at.matter, asked_case, NULL, NULL, NULL, 0::smallint, NULL)
       FROM helpline_caseaccount a
      WHERE a.case_id = asked_case AND a.account_id IS DISTINCT FROM own;
    -- For the minutes of this look the desk may weigh the facts itself.
    INSERT INTO guardianship_look (account_id)
    SELECT a.account_id FROM helpline_caseaccount a WHERE a.case_id = asked_case;
    RETURN helpline_keep_question(session_digest, asked_case, 'file', 'done');
END $$;

CREATE FUNCTION helpline_answer_file(session_digest text, question bigint)
RETURNS TABLE (letter text, account bigint, how text, facts text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    asked helpline_asked := helpline_settle(session_digest, question, 'file');
BEGIN
    RETURN QUERY SELECT a.letter::text, a.account_id, a.how::text,
                        guardianship_known(a.account_id, NULL)
                   FROM helpline_caseaccount a
                  WHERE a.case_id = asked.case_number AND asked.outcome = 'done'
                    AND a.named_at <= asked.at ORDER BY a.letter;
END $$;

-- Before a change is decided: some kinds also change what its account may do at other
-- accounts. Those are looked at too, and each has its event.
CREATE FUNCTION helpline_ask_change(session_digest text, asked_case bigint, asked_change bigint)
RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
    whose bigint;
    one bigint;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF FOUND THEN
        SELECT c.account_id INTO whose FROM guardianship_change c
          JOIN helpline_caseaccount a ON a.case_id = asked_case AND a.account_id = c.account_id
         WHERE c.id = asked_change AND c.case_number = asked_case AND c.decided_at IS NULL;
    END IF;
    IF whose IS NULL THEN
        RETURN helpline_keep_question(session_digest, asked_case, 'change', 'no_case');
    END IF;
    FOR one IN SELECT n FROM guardianship_near(whose) n WHERE n <> whose
    LOOP
        PERFORM audit_write('staff', at.k_number, NULL, one, 'case.read', 'done', 'facts',
                            at.matter, asked_case, NULL, NULL, NULL, 0::smallint, NULL);
        INSERT INTO guardianship_look (account_id) VALUES (one);
    END LOOP;
    RETURN helpline_keep_question(session_digest, asked_case, 'change', 'done');
END $$;

CREATE FUNCTION helpline_ask_names(session_digest text, asked_case bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF NOT FOUND OR NOT EXISTS (SELECT FROM helpline_document d WHERE d.case_id = asked_case) THEN
        RETURN helpline_keep_question(session_digest, asked_case, 'names', 'no_case');
    END IF;
    PERFORM audit_write('staff', at.k_number, NULL, a.account_id, 'case.names_read', 'done',
                        'name,birth_date', at.matter, asked_case, NULL, NULL, NULL, 0::smallint, NULL)
       FROM helpline_caseaccount a WHERE a.case_id = asked_case;
    RETURN helpline_keep_question(session_digest, asked_case, 'names', 'done');
END $$;

CREATE FUNCTION helpline_answer_names(session_digest text, question bigint)
RETURNS TABLE (letter text, family_name text, given_names text, birth_date date)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    asked helpline_asked := helpline_settle(session_digest, question, 'names');
BEGIN
    RETURN QUERY SELECT a.letter::text, p.family_name::text, p.given_names::text, p.birth_date
                   FROM helpline_caseaccount a JOIN registry_account r ON r.id = a.account_id
                   JOIN registry_person p ON p.id = r.person_id
                  WHERE a.case_id = asked.case_number AND asked.outcome = 'done'
                    AND a.named_at <= asked.at ORDER BY a.letter;
END $$;

CREATE FUNCTION helpline_ask_to_name(
    session_digest text, asked_case bigint, asked_number bigint, asked_hash bytea, limit_per_hour int
) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT helpline_keep_question($1, $2, 'name', helpline_name_account($1, $2, $3, $4,
           (SELECT least($5, l.per_hour) FROM verification_limits l)))
$$;

CREATE FUNCTION helpline_ask_tied(session_digest text, asked_case bigint, asked_letter text)
RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT helpline_keep_question($1, $2, 'name', helpline_take_in_tied($1, $2, $3))
$$;

CREATE FUNCTION helpline_answer_name(session_digest text, question bigint) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT coalesce((helpline_settle($1, $2, 'name')).outcome, 'no_case')
$$;

-- Questions are of use for seconds; the worker forgets them.
CREATE FUNCTION helpline_forget_questions() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH gone AS (DELETE FROM helpline_asked WHERE at < now() - interval '1 hour' RETURNING 1)
    SELECT count(*) + guardianship_forget_looks() FROM gone
$$;

-- Take in who is tied by a fact to one account of the case, both ways.
CREATE OR REPLACE FUNCTION helpline_take_in_tied(session_digest text, asked_case bigint, asked_letter text)
RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
    around record;
    one bigint;
    room boolean := true;
    found_any boolean := false;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF NOT FOUND THEN
        RETURN 'no_case';
    END IF;
    SELECT a.account_id INTO around FROM helpline_caseaccount a
     WHERE a.case_id = asked_case AND a.letter = asked_letter;
    IF NOT FOUND THEN
        RETURN 'no_case';
    END IF;
    FOR one IN
        SELECT t FROM guardianship_near(around.account_id) t WHERE t <> around.account_id
        UNION
        SELECT (p ->> 'ref')::bigint
          FROM json_array_elements(guardianship_known(around.account_id, NULL)::json -> 'others') p
        ORDER BY 1
    LOOP
        found_any := true;
        room := room AND helpline_take_in(at.k_number, asked_case, at.matter, one, 'tied');
    END LOOP;
    RETURN CASE WHEN NOT found_any THEN 'nobody' WHEN room THEN 'named' ELSE 'full' END;
END $$;

DROP FUNCTION helpline_open_file, helpline_names;
REVOKE ALL ON FUNCTION helpline_name_account, helpline_take_in_tied FROM zamiast_desk;
REVOKE ALL ON FUNCTION helpline_keep_question, helpline_settle, helpline_ask_file,
    helpline_answer_file, helpline_ask_change, helpline_ask_names, helpline_answer_names, helpline_ask_to_name,
    helpline_ask_tied, helpline_answer_name, helpline_forget_questions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_ask_file, helpline_answer_file, helpline_ask_change,
    helpline_ask_names, helpline_answer_names, helpline_ask_to_name, helpline_ask_tied, helpline_answer_name
    TO zamiast_desk;
GRANT EXECUTE ON FUNCTION helpline_forget_questions TO zamiast_worker;
