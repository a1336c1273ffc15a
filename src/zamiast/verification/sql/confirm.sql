-- Confirming a call, both ways. The desk asks, the holder types the number that is read out,
-- the desk opens the fields that were listed to the holder. All of it happens here: no role
-- of a process writes these tables, and each function checks who asks.
--
-- Time is the database's. What was asked is alive from a moment to a moment: a clock that
-- jumps forward ends it, one that jumps backward ends it too, and so does a restart that
-- takes long. Nothing waits for a job to be closed; the job only tidies up.

-- The moves of zamiast.verification.moves, and the fields of zamiast.verification.disclosure:
-- filled by a migration, compared by a test.
CREATE TABLE verification_move (source text, target text, PRIMARY KEY (source, target));
CREATE TABLE verification_disclosure (field text, matter text, PRIMARY KEY (field, matter));

ALTER TABLE verification_limits
    ADD COLUMN number_lives interval NOT NULL DEFAULT '5 minutes',
    ADD COLUMN confirmed_lives interval NOT NULL DEFAULT '15 minutes',
    ADD COLUMN prompts_per_hour int NOT NULL DEFAULT 6,
    ADD COLUMN alarm_not_active_per_hour int NOT NULL DEFAULT 5,
    ADD COLUMN alarm_declines_per_day int NOT NULL DEFAULT 3,
    ADD COLUMN alarm_consultants_per_day int NOT NULL DEFAULT 3;

-- What is opened is kept here between the event and the answer, as at identifying.
CREATE TABLE verification_reading (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_in        xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at              timestamptz NOT NULL DEFAULT now(),
    session_digest  text NOT NULL,
    confirmation_id uuid NOT NULL,
    fields          text[] NOT NULL,
    is_answered     boolean NOT NULL DEFAULT false
);

CREATE FUNCTION verification_keep_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a confirmation is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('waiting', 'in_vain') THEN
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
        NEW.matter, NEW.fields, NEW.digest)
       IS DISTINCT FROM
       (OLD.id, OLD.call_id, OLD.nth, OLD.consultant_id, OLD.session_digest, OLD.account_id,
        OLD.matter, OLD.fields, OLD.digest) THEN
        RAISE EXCEPTION 'what a confirmation is bound to does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verification_bound';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verification_confirmation_moves
    BEFORE INSERT OR UPDATE OR DELETE ON verification_confirmation
    FOR EACH ROW EXECUTE FUNCTION verification_keep_moves();

-- The end of a call ends everything that was open in it, whoever ends it.
CREATE FUNCTION verification_end_with_call() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    UPDATE verification_confirmation c
       SET state = CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'ended' END,
           ended_at = clock_timestamp()
     WHERE c.call_id = NEW.id AND c.state IN ('waiting', 'in_vain', 'confirmed');
    DELETE FROM verification_reading r USING verification_confirmation c
     WHERE r.confirmation_id = c.id AND c.call_id = NEW.id;
    FOR one IN SELECT DISTINCT c.account_id FROM verification_confirmation c
                WHERE c.call_id = NEW.id AND c.account_id IS NOT NULL AND c.state = 'over' LOOP
        PERFORM audit_tell(one.account_id, 'receipt');
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_call_ends AFTER UPDATE OF ended_at ON verification_call
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION verification_end_with_call();

-- A call that ended does not begin again.
CREATE FUNCTION verification_call_stays_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a call that ended stays ended' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER verification_call_stays_ended BEFORE UPDATE OF ended_at ON verification_call
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
    EXECUTE FUNCTION verification_call_stays_ended();

CREATE FUNCTION verification_alive(since timestamptz, until timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE
RETURN clock_timestamp() >= since - interval '2 seconds' AND clock_timestamp() < until;

-- Whose session asks, in which of the own calls under way.
CREATE FUNCTION verification_at_work(session_digest text, asked_call uuid)
RETURNS TABLE (user_id bigint, k_number text, account_id bigint, call_found boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT u.id, u.k_number, c.account_id, c.id IS NOT NULL
      FROM login_staffsession s JOIN login_user u ON u.id = s.user_id
      LEFT JOIN verification_call c
             ON c.id = asked_call AND c.consultant_id = u.id AND c.ended_at IS NULL
     WHERE s.session_key = session_digest AND s.expire_date > now()
       AND u.is_active AND u.kind = 'staff' AND u.role IN ('consultant', 'supervisor')
$$;

-- Tell supervisor and data protection officer, once in an hour for one thing.
CREATE FUNCTION verification_raise(what text, who bigint, whose bigint, in_call uuid, many int)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE verification_alarm a SET times = greatest(a.times, many)
     WHERE a.kind = what AND a.consultant_id IS NOT DISTINCT FROM who
       AND a.account_id IS NOT DISTINCT FROM whose AND a.at > now() - interval '1 hour'
       AND a.supervisor_at IS NULL AND a.dpo_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO verification_alarm (at, kind, consultant_id, account_id, call_id, times)
        VALUES (now(), what, who, whose, in_call, many);
    END IF;
END $$;

CREATE FUNCTION verification_count_not_active() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tried int;
BEGIN
    SELECT count(*) INTO tried FROM verification_notactive n
     WHERE n.consultant_id = NEW.consultant_id AND n.at > now() - interval '1 hour';
    IF tried >= (SELECT alarm_not_active_per_hour FROM verification_limits) THEN
        PERFORM verification_raise('not_active', NEW.consultant_id, NULL, NEW.call_id, tried);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_notactive_counted AFTER INSERT ON verification_notactive
    FOR EACH ROW EXECUTE FUNCTION verification_count_not_active();

-- One account looked up by several consultants in a day, in calls that no telephone exchange
-- knows of.
CREATE FUNCTION verification_count_consultants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    several int;
BEGIN
    SELECT count(DISTINCT c.consultant_id) INTO several FROM verification_call c
     WHERE c.account_id = NEW.account_id AND c.began_at > now() - interval '1 day'
       AND c.begun_by = 'button';
    IF several >= (SELECT alarm_consultants_per_day FROM verification_limits) THEN
        PERFORM verification_raise('three_consultants', NULL, NEW.account_id, NEW.id, several);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER verification_call_counted AFTER UPDATE OF account_id ON verification_call
    FOR EACH ROW WHEN (NEW.account_id IS NOT NULL AND NEW.begun_by = 'button')
    EXECUTE FUNCTION verification_count_consultants();

-- What ran out, of one account or of all.
CREATE FUNCTION verification_tidy(whose bigint) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH closed AS (
        UPDATE verification_confirmation c
           SET state = CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'expired' END,
               ended_at = clock_timestamp()
         WHERE c.state IN ('waiting', 'in_vain', 'confirmed')
           AND (whose IS NULL OR c.account_id = whose)
           AND NOT verification_alive(coalesce(c.answered_at, c.asked_at),
                                      coalesce(c.until, c.expires_at))
        RETURNING 1)
    SELECT count(*) FROM closed
$$;

-- The desk asks. What it gets back is the same whether the holder can be asked or not.
CREATE FUNCTION verification_confirm_ask(
    session_digest text, asked_call uuid, new_id uuid, asked_matter text, asked_fields text[],
    code_digest bytea
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    at record;
    how verification_limits;
    so_far int;
    first_state text := 'waiting';
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM FROM verification_call c WHERE c.id = asked_call FOR NO KEY UPDATE;
    SELECT * INTO at FROM verification_at_work(session_digest, asked_call);
    IF NOT FOUND THEN
        RETURN 'no_session';
    ELSIF NOT at.call_found THEN
        RETURN 'no_call';
    END IF;
    IF octet_length(code_digest) IS DISTINCT FROM 32 OR coalesce(cardinality(asked_fields), 0) = 0
       OR EXISTS (SELECT FROM unnest(asked_fields) f
                   WHERE NOT EXISTS (SELECT FROM verification_disclosure d
                                      WHERE d.field = f AND d.matter = asked_matter)) THEN
        RAISE EXCEPTION 'this matter does not open these fields' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'verification_disclosure';
    END IF;
    SELECT count(*) INTO so_far FROM verification_confirmation c WHERE c.call_id = asked_call;
    IF so_far >= 3 THEN
        RETURN 'used_up';
    END IF;
    SELECT * INTO how FROM verification_limits;
    IF at.account_id IS NOT NULL THEN  -- before any row, as "that was not me" does
        PERFORM pg_advisory_xact_lock(hashtextextended('verification.prompt', at.account_id));
    END IF;
    UPDATE verification_confirmation c
       SET state = CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'replaced' END, ended_at = moment
     WHERE c.call_id = asked_call AND c.state IN ('waiting', 'in_vain', 'confirmed');
    IF at.account_id IS NULL THEN
        first_state := 'in_vain';
    ELSE
        first_state := verification_deliver(at.user_id, at.account_id, asked_call, how.prompts_per_hour);
    END IF;
    INSERT INTO verification_confirmation
        (id, call_id, nth, consultant_id, session_digest, account_id, matter, fields, digest,
         state, asked_at, expires_at)
    VALUES (new_id, asked_call, so_far + 1, at.user_id, verification_confirm_ask.session_digest,
            at.account_id, asked_matter, array_to_string(asked_fields, ','), code_digest,
            first_state, moment, moment + how.number_lives);
    PERFORM audit_write('staff', at.k_number, NULL, at.account_id, 'call.confirmation_asked',
                        CASE first_state WHEN 'waiting' THEN 'asked' ELSE 'in_vain' END,
                        array_to_string(asked_fields, ','), asked_matter, NULL, asked_call, NULL,
                        NULL, 1::smallint, NULL);
    IF first_state = 'waiting' THEN
        PERFORM audit_tell(at.account_id, 'confirmation');
    END IF;
    RETURN 'asked';
END $$;

-- Whether the holder is asked: not while they are asked in another call, not too often, not
-- when they wished to be left alone. The caller holds the lock of the account's prompts.
CREATE FUNCTION verification_deliver(who bigint, whose bigint, in_call uuid, at_most int)
RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    lately int;
BEGIN
    PERFORM verification_tidy(whose);
    IF NOT EXISTS (SELECT FROM registry_account a WHERE a.id = whose AND a.closed_at IS NULL)
       OR EXISTS (SELECT FROM verification_suspension s WHERE s.account_id = whose) THEN
        RETURN 'in_vain';
    END IF;
    IF EXISTS (SELECT FROM verification_confirmation c
                WHERE c.account_id = whose AND c.state = 'waiting') THEN
        PERFORM verification_raise('two_calls', NULL, whose, in_call, 2);
        RETURN 'in_vain';
    END IF;
    SELECT count(*) INTO lately FROM verification_confirmation c
     WHERE c.account_id = whose AND c.asked_at > now() - interval '1 hour'
       AND c.state NOT IN ('confirmed', 'over', 'in_vain');
    IF lately >= at_most THEN
        PERFORM verification_raise('many_prompts', who, whose, in_call, lately + 1);
        RETURN 'in_vain';
    END IF;
    RETURN 'waiting';
END $$;

-- How it stands, for the desk's waiting screen. Until the deadline 'waiting' is all there is,
-- after it 'not_confirmed': declined, mistyped, nobody there, all the same.
CREATE FUNCTION verification_state(session_digest text, asked_call uuid)
RETURNS TABLE (state text, matter text, fields text, seconds int, numbers int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    at record;
    c verification_confirmation;
    said text;
BEGIN
    SELECT * INTO at FROM verification_at_work(session_digest, asked_call);
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'no_session', NULL::text, NULL::text, 0, 0;
        RETURN;
    ELSIF NOT at.call_found THEN
        RETURN QUERY SELECT 'no_call', NULL::text, NULL::text, 0, 0;
        RETURN;
    END IF;
    SELECT * INTO c FROM verification_confirmation v
     WHERE v.call_id = asked_call ORDER BY v.nth DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'none', NULL::text, NULL::text, 0, 0;
        RETURN;
    END IF;
    said := CASE
        WHEN c.state IN ('over', 'revoked') AND c.answered_at IS NOT NULL THEN 'over'
        WHEN c.state = 'confirmed' THEN
            CASE WHEN c.session_digest <> verification_state.session_digest
                   OR NOT verification_alive(c.answered_at, c.until) THEN 'over'
                 ELSE 'confirmed' END
        WHEN c.state = 'replaced' OR NOT verification_alive(c.asked_at, c.expires_at)
            THEN 'not_confirmed'
        ELSE 'waiting' END;
    RETURN QUERY SELECT said, c.matter::text, c.fields::text,
        CASE said WHEN 'waiting' THEN ceil(extract(epoch FROM c.expires_at - clock_timestamp()))::int
                  WHEN 'confirmed' THEN ceil(extract(epoch FROM c.until - clock_timestamp()))::int
                  ELSE 0 END,
        c.nth::int;
END $$;

-- The consultant waits no longer.
CREATE FUNCTION verification_stop_waiting(session_digest text, asked_call uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    PERFORM FROM verification_at_work(session_digest, asked_call) w WHERE w.call_found;
    IF FOUND THEN
        UPDATE verification_confirmation c
           SET state = CASE c.state WHEN 'confirmed' THEN 'over' ELSE 'replaced' END,
               ended_at = clock_timestamp()
         WHERE c.call_id = asked_call AND c.state IN ('waiting', 'in_vain', 'confirmed');
    END IF;
END $$;

-- The confirmation of a call that is alive for this session; nothing otherwise.
CREATE FUNCTION verification_live(session_digest text, asked_call uuid)
RETURNS SETOF verification_confirmation
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT c.* FROM verification_at_work(session_digest, asked_call) w
      JOIN verification_confirmation c ON c.call_id = asked_call AND c.consultant_id = w.user_id
     WHERE w.call_found AND c.session_digest = verification_live.session_digest
       AND c.state = 'confirmed' AND verification_alive(c.answered_at, c.until)
$$;

-- Open fields: write the event, keep what is opened, return the number of the reading only.
CREATE FUNCTION verification_open(session_digest text, asked_call uuid, asked_fields text[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c verification_confirmation;
    reading bigint;
BEGIN
    SELECT * INTO c FROM verification_live(session_digest, asked_call);
    IF NOT FOUND OR coalesce(cardinality(asked_fields), 0) = 0
       OR NOT asked_fields <@ string_to_array(c.fields, ',') THEN
        RETURN NULL;
    END IF;
    PERFORM FROM verification_confirmation v WHERE v.id = c.id AND v.state = 'confirmed' FOR SHARE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM audit_write('staff', u.k_number, NULL, c.about_id, 'call.field_opened', 'done', f,
                        c.matter, NULL, asked_call, NULL, NULL, 2::smallint, NULL)
       FROM unnest(asked_fields) f, login_user u WHERE u.id = c.consultant_id;
    INSERT INTO verification_reading (session_digest, confirmation_id, fields)
    VALUES (verification_open.session_digest, c.id, asked_fields) RETURNING id INTO reading;
    RETURN reading;
END $$;

-- The values, once, if the event is committed and the confirmation still stands. A field is
-- read by the function disclosure_<field>, which the app that owns the data makes.
CREATE FUNCTION verification_opened(session_digest text, reading bigint)
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
       AND NOT r.is_answered AND pg_xact_status(r.asked_in) = 'committed'
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

-- The level of a call in a matter, and whose account a confirmed case belongs to.
CREATE FUNCTION verification_level(asked_call uuid, asked_matter text)
RETURNS TABLE (level int, account_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT 2, c.about_id FROM verification_confirmation c
      JOIN verification_call k ON k.id = c.call_id AND k.ended_at IS NULL
     WHERE c.call_id = asked_call AND c.matter = asked_matter AND c.state = 'confirmed'
       AND verification_alive(c.answered_at, c.until)
$$;

-- Fields of the registry.
CREATE FUNCTION disclosure_name(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT p.given_names || ' ' || p.family_name
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id WHERE a.id = whose $$;
CREATE FUNCTION disclosure_birth_date(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(p.birth_date::text, p.birth_partial)
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id WHERE a.id = whose $$;
CREATE FUNCTION disclosure_address(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT trim(both ', ' from concat_ws(', ', nullif(p.address_line, ''),
                nullif(trim(p.postal_code || ' ' || p.city), '')))
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id WHERE a.id = whose $$;
CREATE FUNCTION disclosure_account_used(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce((a.first_used_at AT TIME ZONE 'Europe/Warsaw')::date::text, '')
      FROM registry_account a WHERE a.id = whose $$;
CREATE FUNCTION disclosure_identifier_issued(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT (i.issued_at AT TIME ZONE 'Europe/Warsaw')::date::text
      FROM registry_identifier i WHERE i.account_id = whose AND i.state <> 'retired' $$;

CREATE FUNCTION verification_tidy_all() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    DELETE FROM verification_reading r WHERE r.at < now() - interval '1 hour';
    SELECT verification_tidy(NULL);
$$;

-- Alarms: whoever watches sees what and who, never which account; and says so once.
CREATE FUNCTION verification_alarm_seen(session_digest text, alarm bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    who record;
BEGIN
    SELECT u.id, u.k_number, u.role INTO who
      FROM login_staffsession s JOIN login_user u ON u.id = s.user_id
     WHERE s.session_key = session_digest AND s.expire_date > now()
       AND u.is_active AND u.kind = 'staff' AND u.role IN ('supervisor', 'dpo');
    IF NOT FOUND THEN
        RETURN false;
    ELSIF who.role = 'supervisor' THEN
        UPDATE verification_alarm a SET supervisor_id = who.id, supervisor_at = now()
         WHERE a.id = alarm AND a.supervisor_at IS NULL;
    ELSE
        UPDATE verification_alarm a SET dpo_id = who.id, dpo_at = now()
         WHERE a.id = alarm AND a.dpo_at IS NULL;
    END IF;
    IF FOUND THEN
        PERFORM audit_write('staff', who.k_number, NULL, NULL, 'alarm.seen', 'done', NULL, NULL, NULL,
                            NULL, 'alarm ' || alarm, NULL, 0::smallint, NULL);
    END IF;
    RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION verification_keep_moves, verification_end_with_call,
    verification_call_stays_ended, verification_alive, verification_at_work, verification_raise,
    verification_count_not_active, verification_count_consultants, verification_tidy,
    verification_tidy_all, verification_confirm_ask, verification_deliver, verification_state,
    verification_stop_waiting, verification_live, verification_open, verification_opened,
    verification_level, verification_alarm_seen, disclosure_name, disclosure_birth_date,
    disclosure_address, disclosure_account_used, disclosure_identifier_issued FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_confirm_ask, verification_state, verification_stop_waiting,
    verification_open, verification_opened, verification_level, verification_alarm_seen
    TO zamiast_desk;
GRANT EXECUTE ON FUNCTION verification_tidy_all TO zamiast_worker;
GRANT SELECT (id, at, kind, consultant_id, times, case_number, supervisor_id, supervisor_at, dpo_id,
              dpo_at) ON verification_alarm TO zamiast_desk;
