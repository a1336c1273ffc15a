-- Cases with documents. The specialist names accounts by identifiers that stand in the
-- documents, or takes in those tied by a fact to an account of the case; there is no search.
-- Each of these functions checks the session, the role and the case, and writes the event of
-- every look in the same statement. The desk's role writes none of these rows itself.

CREATE FUNCTION helpline_at_work(session_digest text, asked_case bigint)
RETURNS TABLE (user_id bigint, k_number text, matter text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT u.id, u.k_number, c.matter
      FROM login_staffsession s JOIN login_user u ON u.id = s.user_id, helpline_case c
     WHERE s.session_key = session_digest AND s.expire_date > now()
       AND u.is_active AND u.kind = 'staff' AND u.role = 'specialist'
       AND c.number = asked_case AND c.matter IN ('child_account', 'ward_account', 'after_divorce')
$$;
REVOKE ALL ON FUNCTION helpline_at_work FROM PUBLIC;

CREATE FUNCTION helpline_take_in(who text, asked_case bigint, its_matter text, asked bigint, via text)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    free text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('helpline.case_accounts', asked_case));
    IF EXISTS (SELECT FROM helpline_caseaccount a WHERE a.case_id = asked_case
                  AND a.account_id = asked) THEN
        RETURN true;
    END IF;
    SELECT min(l.letter) INTO free FROM unnest(string_to_array('A,B,C,D,E,F,G,H', ',')) l(letter)
     WHERE NOT EXISTS (SELECT FROM helpline_caseaccount a
                        WHERE a.case_id = asked_case AND a.letter = l.letter);
    IF free IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO helpline_caseaccount (case_id, letter, account_id, how, named_by_name, named_at)
    VALUES (asked_case, free, asked, via, who, now());
    PERFORM audit_write('staff', who, NULL, asked, 'case.account_named', via, NULL, its_matter,
                        asked_case, NULL, NULL, NULL, 0::smallint, NULL);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION helpline_take_in FROM PUBLIC;

-- Open the file: every account of the case is told that it was read, and gets its letter.
CREATE FUNCTION helpline_open_file(session_digest text, asked_case bigint)
RETURNS TABLE (letter text, account bigint, how text, facts text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
    own bigint;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF NOT FOUND THEN
        RETURN;
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
    RETURN QUERY SELECT a.letter::text, a.account_id, a.how::text,
                        guardianship_facts(a.account_id, NULL)
                   FROM helpline_caseaccount a WHERE a.case_id = asked_case ORDER BY a.letter;
END $$;

CREATE FUNCTION helpline_name_account(
    session_digest text, asked_case bigint, asked_number bigint, asked_hash bytea, limit_per_hour int
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
    hit bigint;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF NOT FOUND THEN
        RETURN 'no_case';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('helpline.named_in_vain', at.user_id));
    IF (SELECT count(*) FROM helpline_namedinvain n
         WHERE n.by_id = at.user_id AND n.at > now() - interval '1 hour') >= limit_per_hour THEN
        PERFORM audit_write('staff', at.k_number, NULL, NULL, 'case.account_named', 'limited', NULL,
                            at.matter, asked_case, NULL, NULL, NULL, 0::smallint, asked_hash);
        RETURN 'limited';
    END IF;
    SELECT i.account_id INTO hit
      FROM registry_identifier i JOIN registry_account a ON a.id = i.account_id
     WHERE i.number = asked_number AND i.state = 'active' AND a.closed_at IS NULL;
    IF hit IS NULL THEN
        INSERT INTO helpline_namedinvain (case_id, by_id, at) VALUES (asked_case, at.user_id, now());
        PERFORM audit_write('staff', at.k_number, NULL, NULL, 'case.account_named', 'not_active',
                            NULL, at.matter, asked_case, NULL, NULL, NULL, 0::smallint, asked_hash);
        RETURN 'not_active';
    END IF;
    RETURN CASE WHEN helpline_take_in(at.k_number, asked_case, at.matter, hit, 'identifier')
                THEN 'named' ELSE 'full' END;
END $$;

-- Take in who is tied by a fact to one account of the case, both ways.
CREATE FUNCTION helpline_take_in_tied(session_digest text, asked_case bigint, asked_letter text)
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
        SELECT t FROM guardianship_tied(around.account_id) t WHERE t <> around.account_id
        UNION
        SELECT (p ->> 'ref')::bigint
          FROM json_array_elements(guardianship_facts(around.account_id, NULL)::json -> 'others') p
        ORDER BY 1
    LOOP
        found_any := true;
        room := room AND helpline_take_in(at.k_number, asked_case, at.matter, one, 'tied');
    END LOOP;
    RETURN CASE WHEN NOT found_any THEN 'nobody' WHEN room THEN 'named' ELSE 'full' END;
END $$;

-- The names, to compare them with the documents: shown once, an event at every account.
CREATE FUNCTION helpline_names(session_digest text, asked_case bigint)
RETURNS TABLE (letter text, family_name text, given_names text, birth_date date)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    at record;
BEGIN
    SELECT * INTO at FROM helpline_at_work(session_digest, asked_case);
    IF NOT FOUND OR NOT EXISTS (SELECT FROM helpline_document d WHERE d.case_id = asked_case) THEN
        RETURN;
    END IF;
    PERFORM audit_write('staff', at.k_number, NULL, a.account_id, 'case.names_read', 'done',
                        'name,birth_date', at.matter, asked_case, NULL, NULL, NULL, 0::smallint, NULL)
       FROM helpline_caseaccount a WHERE a.case_id = asked_case;
    RETURN QUERY SELECT a.letter::text, p.family_name::text, p.given_names::text, p.birth_date
                   FROM helpline_caseaccount a JOIN registry_account r ON r.id = a.account_id
                   JOIN registry_person p ON p.id = r.person_id
                  WHERE a.case_id = asked_case ORDER BY a.letter;
END $$;

REVOKE ALL ON FUNCTION helpline_open_file, helpline_name_account, helpline_take_in_tied,
    helpline_names FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_open_file, helpline_name_account, helpline_take_in_tied,
    helpline_names TO zamiast_desk;

GRANT SELECT, INSERT ON helpline_document TO zamiast_desk;
GRANT SELECT ON helpline_caseaccount TO zamiast_desk;
GRANT SELECT ON helpline_namedinvain TO zamiast_desk;
