-- Paper codes: numbered pairs on a sheet that the holder printed. The desk reads out the word of
-- the next pair, the caller keys its eight digits. The word shows that it is the helpline, the
-- digits that it is whoever holds the sheet. A pair serves once, whatever came of it: its word
-- was heard. Three misses in a row block the sheet. The digits are kept as an HMAC, the words
-- not at all: both keys are outside the database.

ALTER TABLE verification_limits
    ADD COLUMN sheets_per_day int NOT NULL DEFAULT 5,
    ADD COLUMN paper_misses int NOT NULL DEFAULT 3;

-- Makes sheets that are none, so that the desk cannot tell them from others.
CREATE TABLE verification_decoy (secret uuid NOT NULL);
INSERT INTO verification_decoy VALUES (gen_random_uuid());

CREATE FUNCTION verification_sheet_make(
    whose bigint, login text, new_id uuid, digests bytea[]
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    spoken text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('verification.prompt', whose));
    IF EXISTS (SELECT FROM unnest(digests) d WHERE octet_length(d) IS DISTINCT FROM 32)
       OR cardinality(digests) NOT BETWEEN 1 AND 40 THEN
        RAISE EXCEPTION 'a sheet is made of digests' USING ERRCODE = 'check_violation';
    END IF;
    SELECT p.language INTO spoken FROM registry_account a JOIN registry_person p ON p.id = a.person_id
     WHERE a.id = whose AND a.closed_at IS NULL;
    IF NOT FOUND THEN
        RETURN 'closed';
    ELSIF (SELECT count(*) FROM verification_sheet s WHERE s.account_id = whose
            AND s.made_at > now() - interval '1 day')
          >= (SELECT sheets_per_day FROM verification_limits) THEN
        RETURN 'too_many';
    END IF;
    UPDATE verification_sheet s SET ended_at = now() WHERE s.account_id = whose AND s.ended_at IS NULL;
    INSERT INTO verification_sheet (id, account_id, language, made_at)
    VALUES (new_id, whose, spoken, now());
    INSERT INTO verification_pair (sheet_id, nth, digest)
    SELECT new_id, d.nth, d.digest FROM unnest(digests) WITH ORDINALITY AS d(digest, nth);
    PERFORM audit_write('holder', login, NULL, whose, 'paper.printed', 'done', NULL, NULL, NULL,
                        NULL, NULL, NULL, 2::smallint, NULL);
    PERFORM audit_tell(whose, 'access');
    RETURN 'made';
END $$;

CREATE FUNCTION verification_sheet_now(whose bigint)
RETURNS TABLE (made_at timestamptz, unused int, next_one int, is_blocked boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT s.made_at, count(p.id) FILTER (WHERE p.asked_at IS NULL)::int,
           (min(p.nth) FILTER (WHERE p.asked_at IS NULL))::int, s.blocked_at IS NOT NULL
      FROM verification_sheet s JOIN verification_pair p ON p.sheet_id = s.id
     WHERE s.account_id = whose AND s.ended_at IS NULL GROUP BY s.id
$$;

CREATE FUNCTION verification_sheet_end(whose bigint, login text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE verification_sheet s SET ended_at = now() WHERE s.account_id = whose AND s.ended_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM audit_write('holder', login, NULL, whose, 'paper.ended', 'done', NULL, NULL, NULL,
                        NULL, NULL, NULL, 0::smallint, NULL);
    RETURN true;
END $$;

-- The next pair of an account, spent by this. Nothing where there is none.
CREATE FUNCTION verification_next_pair(whose bigint) RETURNS SETOF verification_pair
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    UPDATE verification_pair p SET asked_at = clock_timestamp()
     WHERE p.id = (SELECT n.id FROM verification_pair n JOIN verification_sheet s ON s.id = n.sheet_id
                    WHERE s.account_id = whose AND s.ended_at IS NULL AND s.blocked_at IS NULL
                      AND n.asked_at IS NULL ORDER BY n.nth LIMIT 1 FOR UPDATE OF n)
    RETURNING p.*
$$;

-- The desk asks, by the account or by paper. What it gets back is the same whether the holder
-- can be asked or not: for paper, the sheet and number of a pair, or of none.
CREATE FUNCTION verification_ask_by(
    session_digest text, asked_call uuid, new_id uuid, asked_matter text, asked_fields text[],
    code_digest bytea, by_means text
) RETURNS TABLE (outcome text, sheet uuid, nth int, language text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    at record;
    how verification_limits;
    so_far int;
    first_state text := 'in_vain';
    moment timestamptz := clock_timestamp();
    one verification_pair;
    spoken text;
BEGIN
    SELECT c.language INTO spoken FROM verification_call c WHERE c.id = asked_call FOR NO KEY UPDATE;
    SELECT * INTO at FROM verification_at_work(session_digest, asked_call);
    IF NOT FOUND OR NOT at.call_found THEN
        RETURN QUERY SELECT CASE WHEN at IS NULL THEN 'no_session' ELSE 'no_call' END,
                            NULL::uuid, NULL::int, NULL::text;
        RETURN;
    END IF;
    PERFORM verification_check_asked(asked_matter, asked_fields, code_digest);
    SELECT count(*) INTO so_far FROM verification_confirmation c WHERE c.call_id = asked_call;
    IF so_far >= 3 THEN
        RETURN QUERY SELECT 'used_up', NULL::uuid, NULL::int, NULL::text;
        RETURN;
    END IF;
    SELECT * INTO how FROM verification_limits;
    IF at.account_id IS NOT NULL THEN  -- before any row, as "that was not me" does
        PERFORM pg_advisory_xact_lock(hashtextextended('verification.prompt', at.account_id));
    END IF;
    UPDATE verification_confirmation c
       SET state = CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'replaced' END, ended_at = moment
     WHERE c.call_id = asked_call AND c.state IN ('waiting', 'in_vain', 'confirmed');
    IF at.account_id IS NOT NULL THEN
        first_state := verification_deliver(at.user_id, at.account_id, asked_call, how.prompts_per_hour);
    END IF;
    IF by_means = 'paper' AND first_state = 'waiting' THEN
        SELECT * INTO one FROM verification_next_pair(at.account_id);
        first_state := CASE WHEN FOUND THEN 'waiting' ELSE 'in_vain' END;
    END IF;
    INSERT INTO verification_confirmation
        (id, call_id, nth, consultant_id, session_digest, account_id, matter, fields, means, pair_id,
         digest, state, asked_at, expires_at)
    VALUES (new_id, asked_call, so_far + 1, at.user_id, verification_ask_by.session_digest,
            at.account_id, asked_matter, array_to_string(asked_fields, ','), by_means, one.id,
            coalesce(one.digest, code_digest), first_state, moment, moment + how.number_lives);
    PERFORM audit_write('staff', at.k_number, NULL, at.account_id, 'call.confirmation_asked',
                        CASE first_state WHEN 'waiting' THEN 'asked' ELSE 'in_vain' END,
                        array_to_string(asked_fields, ','), asked_matter, NULL, asked_call, by_means,
                        NULL, 1::smallint, NULL);
    IF first_state = 'waiting' THEN
        PERFORM audit_tell(at.account_id, 'confirmation');
    END IF;
    RETURN QUERY SELECT 'asked', coalesce(one.sheet_id, md5((SELECT secret FROM verification_decoy) || asked_call::text)::uuid),
        coalesce(one.nth, 1 + (hashtext(asked_call::text) & 7) + so_far)::int, coalesce(spoken, 'pl')::text;
END $$;

CREATE FUNCTION verification_check_asked(asked_matter text, asked_fields text[], code_digest bytea)
RETURNS void LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
AS $$
BEGIN
    IF octet_length(code_digest) IS DISTINCT FROM 32 OR coalesce(cardinality(asked_fields), 0) = 0
       OR EXISTS (SELECT FROM unnest(asked_fields) f
                   WHERE NOT EXISTS (SELECT FROM verification_disclosure d
                                      WHERE d.field = f AND d.matter = asked_matter)) THEN
        RAISE EXCEPTION 'this matter does not open these fields' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'verification_disclosure';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION verification_confirm_ask(
    session_digest text, asked_call uuid, new_id uuid, asked_matter text, asked_fields text[],
    code_digest bytea
) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT a.outcome FROM verification_ask_by(session_digest, asked_call, new_id, asked_matter,
                                              asked_fields, code_digest, 'app') a
$$;

CREATE FUNCTION verification_paper_ask(
    session_digest text, asked_call uuid, new_id uuid, asked_matter text, asked_fields text[],
    code_digest bytea
) RETURNS TABLE (outcome text, sheet uuid, nth int, language text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT * FROM verification_ask_by(session_digest, asked_call, new_id, asked_matter,
                                      asked_fields, code_digest, 'paper')
$$;

-- Eight digits were keyed in a call: one try for the pair that was read out.
CREATE FUNCTION verification_paper_keyed(in_call uuid, code_digest bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    c verification_confirmation;
    is_right boolean;
    said text;
    missed int;
BEGIN
    PERFORM FROM verification_call k WHERE k.id = in_call AND k.ended_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT v.* INTO c FROM verification_confirmation v JOIN login_staffsession s
        ON s.session_key = v.session_digest AND s.user_id = v.consultant_id AND s.expire_date > now()
     WHERE v.call_id = in_call AND v.state = 'waiting' AND v.means = 'paper'
       AND verification_alive(v.asked_at, v.expires_at) FOR UPDATE OF v;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    is_right := c.digest = code_digest;
    said := CASE WHEN is_right THEN 'confirmed' ELSE 'mistyped' END;
    UPDATE verification_confirmation v
       SET state = said, answered_at = clock_timestamp(),
           about_id = CASE WHEN is_right THEN c.account_id END,
           until = CASE WHEN is_right THEN clock_timestamp()
                                           + (SELECT confirmed_lives FROM verification_limits) END
     WHERE v.id = c.id;
    UPDATE verification_sheet s SET misses = CASE WHEN is_right THEN 0 ELSE s.misses + 1 END
      FROM verification_pair p WHERE p.id = c.pair_id AND s.id = p.sheet_id
    RETURNING s.misses INTO missed;
    PERFORM audit_write('machine', 'telephone', NULL, c.account_id, 'call.paper_keyed', said,
                        c.fields, c.matter, NULL, in_call, NULL, NULL,
                        (CASE WHEN is_right THEN 2 ELSE 1 END)::smallint, NULL);
    IF missed >= (SELECT paper_misses FROM verification_limits) THEN
        UPDATE verification_sheet s SET blocked_at = clock_timestamp() FROM verification_pair p
         WHERE p.id = c.pair_id AND s.id = p.sheet_id AND s.blocked_at IS NULL;
        PERFORM audit_write('machine', 'telephone', NULL, c.account_id, 'paper.blocked', 'done', NULL,
                            c.matter, NULL, in_call, NULL, NULL, 1::smallint, NULL);
    END IF;
    IF NOT is_right THEN  -- of a right one the end of the call tells
        PERFORM audit_tell(c.account_id, 'receipt');
    END IF;
END $$;

REVOKE ALL ON FUNCTION verification_sheet_make, verification_sheet_now, verification_sheet_end,
    verification_next_pair, verification_ask_by, verification_check_asked, verification_paper_ask,
    verification_paper_keyed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_sheet_make, verification_sheet_now, verification_sheet_end
    TO zamiast_portal;
GRANT EXECUTE ON FUNCTION verification_paper_ask TO zamiast_desk;
