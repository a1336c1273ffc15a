-- A confirmation has means: typed in the account, keyed from paper, or begun in the account.
-- What was there before learns of it.

-- Begun in the account is confirmed from the start; everything else begins as a question.
CREATE OR REPLACE FUNCTION verification_keep_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a confirmation is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('waiting', 'in_vain')
           AND NOT (NEW.state = 'confirmed' AND NEW.means = 'intent') THEN
            RAISE EXCEPTION 'a confirmation begins as a question' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (
            SELECT FROM verification_move m WHERE m.source = OLD.state AND m.target = NEW.state) THEN
        RAISE EXCEPTION 'no move from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verification_moves';
    END IF;
    IF (NEW.id, NEW.call_id, NEW.nth, NEW.consultant_id, NEW.session_digest, NEW.account_id,
        NEW.matter, NEW.fields, NEW.means, NEW.pair_id, NEW.digest)
       IS DISTINCT FROM
       (OLD.id, OLD.call_id, OLD.nth, OLD.consultant_id, OLD.session_digest, OLD.account_id,
        OLD.matter, OLD.fields, OLD.means, OLD.pair_id, OLD.digest) THEN
        RAISE EXCEPTION 'what a confirmation is bound to does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verification_bound';
    END IF;
    RETURN NEW;
END $$;

-- A question that is answered on paper is seen in the account too, and can be declined there.
DROP FUNCTION verification_prompt(bigint);
CREATE FUNCTION verification_prompt(whose bigint)
RETURNS TABLE (id uuid, call_id uuid, began_at timestamptz, last_two text, k_number text,
               matter text, fields text, nth int, seconds int, means text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT c.id, c.call_id, k.began_at, k.last_two::text, u.k_number::text, c.matter::text,
           c.fields::text, c.nth::int,
           ceil(extract(epoch FROM c.expires_at - clock_timestamp()))::int, c.means::text
      FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id AND k.ended_at IS NULL
      JOIN login_user u ON u.id = c.consultant_id
     WHERE c.account_id = whose AND c.state = 'waiting'
       AND verification_alive(c.asked_at, c.expires_at)
$$;

-- A number is typed for a question of the account only.
CREATE OR REPLACE FUNCTION verification_type(
    prompt uuid, whose bigint, about bigint, login text, code_digest bytea
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    c verification_confirmation;
    moment timestamptz;
    is_right boolean;
BEGIN
    SELECT v.* INTO c FROM verification_confirmation v
     WHERE v.id = prompt AND v.account_id = whose AND v.means = 'app' FOR UPDATE;
    IF NOT FOUND OR c.state <> 'waiting' OR NOT verification_alive(c.asked_at, c.expires_at)
       OR about IS NULL
       OR NOT EXISTS (SELECT FROM verification_call k WHERE k.id = c.call_id AND k.ended_at IS NULL)
       OR NOT EXISTS (SELECT FROM login_staffsession s
                       WHERE s.session_key = c.session_digest AND s.user_id = c.consultant_id
                         AND s.expire_date > now()) THEN
        RETURN 'gone';
    END IF;
    moment := clock_timestamp();
    is_right := c.digest = code_digest;
    IF is_right THEN
        UPDATE verification_confirmation v
           SET state = 'confirmed', about_id = about, answered_at = moment,
               until = moment + (SELECT confirmed_lives FROM verification_limits)
         WHERE v.id = prompt;
    ELSE
        UPDATE verification_confirmation v SET state = 'mistyped', answered_at = moment
         WHERE v.id = prompt;
    END IF;
    PERFORM audit_write('holder', login, NULL, whose, 'call.confirmation_typed',
                        CASE WHEN is_right THEN 'confirmed' ELSE 'mistyped' END, c.fields, c.matter,
                        NULL, c.call_id, NULL, NULL, (CASE WHEN is_right THEN 2 ELSE 1 END)::smallint,
                        NULL);
    IF is_right AND about <> whose THEN
        PERFORM audit_write('holder', 'other-' || whose, 'account ' || about, about,
                            'call.confirmation_typed', 'confirmed', c.fields, c.matter, NULL,
                            c.call_id, NULL, NULL, 2::smallint, NULL);
    END IF;
    RETURN CASE WHEN is_right THEN 'confirmed' ELSE 'mistyped' END;
END $$;

-- The receipts, with the means: each question asked of this account, the newest first, with the case that was
-- opened in its call and matter. What was opened is read from the log, where nothing is missing.
DROP FUNCTION verification_receipts(bigint, int, uuid);
CREATE FUNCTION verification_receipts(whose bigint, at_most int, one_call uuid)
RETURNS TABLE (call_id uuid, began_at timestamptz, ended_at timestamptz, last_two text,
               k_number text, matter text, asked text, opened text, state text,
               is_about_other boolean, is_disowned boolean, case_number bigint, means text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.began_at, k.ended_at, k.last_two::text, u.k_number::text, c.matter::text,
           c.fields::text,
           (SELECT string_agg(DISTINCT e.fields, ',') FROM audit_event e
             WHERE e.call = k.id AND e.account_id = c.about_id AND e.matter = c.matter
               AND e.what = 'call.field_opened'
               AND e.at BETWEEN c.answered_at AND coalesce(c.ended_at, c.until)),
           CASE WHEN c.state IN ('waiting', 'confirmed')
                  AND NOT verification_alive(coalesce(c.answered_at, c.asked_at),
                                             coalesce(c.until, c.expires_at))
                THEN CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'expired' END
                ELSE c.state END,
           coalesce(c.about_id <> c.account_id, false),
           EXISTS (SELECT FROM verification_alarm a WHERE a.kind = 'not_me'
                      AND a.call_id = k.id AND a.account_id = whose),
           (SELECT max(e.case_number) FROM audit_event e
             WHERE e.call = k.id AND e.account_id = coalesce(c.about_id, c.account_id)
               AND e.matter = c.matter AND e.what = 'case.opened'),
           c.means::text
      FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id
      JOIN login_user u ON u.id = c.consultant_id
     WHERE c.account_id = whose AND (one_call IS NULL OR k.id = one_call)
     ORDER BY c.asked_at DESC LIMIT at_most
$$;
REVOKE ALL ON FUNCTION verification_receipts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_receipts TO zamiast_portal;

REVOKE ALL ON FUNCTION verification_prompt FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_prompt TO zamiast_portal;
