-- The work on cases: who may write it, who sees whom, words to search by, and what the jobs do.

-- --- the desk ---------------------------------------------------------------------------
GRANT UPDATE (queue, owner_id, owner_name, due_at, overdue_at, waits_for, waits_until,
              left_seconds, merged_into_id, unread, version) ON helpline_case TO zamiast_desk;
GRANT SELECT, INSERT ON helpline_callback, helpline_message, helpline_link TO zamiast_desk;
GRANT UPDATE (state, from_at, until_at, tries, taken_by_id, taken_by_name, settled_by_name,
              settled_at) ON helpline_callback TO zamiast_desk;
GRANT UPDATE (read_at) ON helpline_message TO zamiast_desk;
GRANT DELETE ON helpline_link TO zamiast_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (text, saved_at) ON helpline_draft TO zamiast_desk;
GRANT SELECT ON helpline_membership, helpline_tally TO zamiast_desk;
GRANT USAGE ON SEQUENCE helpline_callback_id_seq, helpline_message_id_seq, helpline_link_id_seq,
    helpline_draft_id_seq TO zamiast_desk;

-- --- the portal: letters of the holder, and what became of the own cases -------------------
GRANT INSERT (queue, owner_id, owner_name, due_at, overdue_at, waits_for, waits_until,
              left_seconds, merged_into_id, unread, version) ON helpline_case TO zamiast_portal;
GRANT SELECT (queue, due_at, waits_for, waits_until, left_seconds, merged_into_id, version)
    ON helpline_case TO zamiast_portal;
GRANT UPDATE (due_at, overdue_at, waits_for, waits_until, left_seconds, unread, version)
    ON helpline_case TO zamiast_portal;
GRANT SELECT, INSERT, UPDATE (read_at) ON helpline_message TO zamiast_portal;
GRANT USAGE ON SEQUENCE helpline_message_id_seq TO zamiast_portal;
GRANT SELECT (id, case_id, state, from_at, until_at, number_kind, ending, promised_by_name,
              taken_by_name) ON helpline_callback TO zamiast_portal;

-- Each site signs its letters as its own side only.
CREATE FUNCTION helpline_letter_of_its_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF session_user = 'zamiast_portal' AND NOT (NEW.is_from_holder AND NEW.author_name = 'holder')
       OR session_user = 'zamiast_desk' AND NEW.is_from_holder THEN
        RAISE EXCEPTION 'a site signs letters as its own side only' USING
            ERRCODE = 'insufficient_privilege', CONSTRAINT = 'helpline_letter_of_its_side';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER helpline_message_of_its_side BEFORE INSERT ON helpline_message
    FOR EACH ROW EXECUTE FUNCTION helpline_letter_of_its_side();

-- --- who is at a case now: lost in a crash, and of no use after one -------------------------
CREATE UNLOGGED TABLE helpline_presence (
    case_number bigint NOT NULL,
    user_id     bigint NOT NULL,
    k_number    text NOT NULL,
    is_writing  boolean NOT NULL,
    seen_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_number, user_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON helpline_presence TO zamiast_desk;

-- --- words of notes and letters, reduced to their stems by the program ----------------------
CREATE TABLE helpline_words (
    case_number bigint PRIMARY KEY REFERENCES helpline_case (number),
    words       tsvector NOT NULL
);
CREATE INDEX helpline_words_search ON helpline_words USING gin (words);
GRANT SELECT ON helpline_words TO zamiast_desk;

-- Positions are left out: nobody can put a note together again from its words.
CREATE FUNCTION helpline_add_words(to_case bigint, stems text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    INSERT INTO helpline_words VALUES (to_case, array_to_tsvector(stems))
    ON CONFLICT (case_number) DO UPDATE SET words = helpline_words.words || EXCLUDED.words
$$;

-- --- the jobs: the worker reads no case; it calls these -------------------------------------

-- Cases that wait until a day that has come: number, queue and what is left of the deadline.
CREATE FUNCTION helpline_asleep(today date)
RETURNS TABLE (number bigint, queue text, left_seconds int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT c.number, c.queue::text, c.left_seconds FROM helpline_case c
     WHERE c.state = 'waiting' AND c.waits_until <= today ORDER BY c.number
$$;

CREATE FUNCTION helpline_wake(asked bigint, due timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    woken record;
BEGIN
    UPDATE helpline_case c
       SET state = 'open', due_at = due, waits_for = '', waits_until = NULL, left_seconds = NULL,
           version = version + 1
     WHERE c.number = asked AND c.state = 'waiting'
    RETURNING c.account_id, c.matter INTO woken;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO helpline_move (case_id, name, detail, by, at)
    VALUES (asked, 'resume', '', 'job', now());
    PERFORM audit_write('machine', 'wake_cases', NULL, woken.account_id, 'case.resumed', 'done',
                        NULL, woken.matter, asked, NULL, NULL, NULL, 0::smallint, NULL);
    RETURN true;
END $$;

-- Mark what became late; each case once for each deadline. No look: the holder sees the date.
CREATE FUNCTION helpline_mark_overdue() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH late AS (
        UPDATE helpline_case c SET overdue_at = now()
         WHERE c.state = 'open' AND c.due_at < now() AND c.overdue_at IS NULL
        RETURNING c.number, c.matter),
    moves AS (
        INSERT INTO helpline_move (case_id, name, detail, by, at)
        SELECT number, 'overdue', '', 'job', now() FROM late),
    events AS (
        SELECT audit_write('machine', 'mark_overdue', NULL, NULL, 'case.overdue', 'done', NULL,
                           matter, number, NULL, NULL, NULL, 0::smallint, NULL) FROM late)
    SELECT count(*) FROM events
$$;

CREATE FUNCTION helpline_mark_missed() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH missed AS (
        UPDATE helpline_callback k SET state = 'missed'
         WHERE k.state = 'open' AND k.until_at < now()
        RETURNING k.case_id),
    moves AS (
        INSERT INTO helpline_move (case_id, name, detail, by, at)
        SELECT case_id, 'missed', '', 'job', now() FROM missed),
    events AS (
        SELECT audit_write('machine', 'mark_missed', NULL, c.account_id, 'callback.missed', 'done',
                           NULL, c.matter, c.number, NULL, NULL, NULL, 0::smallint, NULL)
          FROM missed JOIN helpline_case c ON c.number = missed.case_id)
    SELECT count(*) FROM events
$$;

-- Count the hours since a moment anew; twice gives the same.
CREATE FUNCTION helpline_count(since timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH happened AS (
        SELECT date_trunc('hour', c.opened_at, 'Europe/Warsaw') AS at, c.matter::text,
               0 AS calls, 1 AS opened, 0 AS closed, 0 AS in_time
          FROM helpline_case c WHERE c.opened_at >= since
        UNION ALL
        SELECT date_trunc('hour', c.closed_at, 'Europe/Warsaw'), c.matter, 0, 0, 1,
               (c.closed_at <= c.due_at)::int
          FROM helpline_case c WHERE c.closed_at >= since AND c.state = 'closed'
        UNION ALL
        SELECT date_trunc('hour', k.began_at, 'Europe/Warsaw'), '', 1, 0, 0, 0
          FROM verification_call k WHERE k.began_at >= since),
    hours AS (
        SELECT (at AT TIME ZONE 'Europe/Warsaw')::date AS day,
               extract(hour FROM at AT TIME ZONE 'Europe/Warsaw')::smallint AS hour, matter,
               sum(calls) AS calls, sum(opened) AS opened, sum(closed) AS closed,
               sum(in_time) AS in_time
          FROM happened GROUP BY 1, 2, 3),
    written AS (
        INSERT INTO helpline_tally (day, hour, matter, calls, opened, closed, in_time)
        SELECT day, hour, matter, calls, opened, closed, in_time FROM hours
        ON CONFLICT (day, hour, matter) DO UPDATE
           SET calls = EXCLUDED.calls, opened = EXCLUDED.opened, closed = EXCLUDED.closed,
               in_time = EXCLUDED.in_time
        RETURNING 1)
    SELECT count(*) FROM written
$$;
-- They lie in the order of time, so these cost nothing to keep.
CREATE INDEX helpline_case_opened_at ON helpline_case USING brin (opened_at);
CREATE INDEX helpline_case_closed_at ON helpline_case USING brin (closed_at);
CREATE INDEX verification_call_began_at ON verification_call USING brin (began_at);

CREATE FUNCTION helpline_forget_drafts(before timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH seen AS (DELETE FROM helpline_presence WHERE seen_at < now() - interval '1 day'),
    gone AS (DELETE FROM helpline_draft WHERE saved_at < before RETURNING 1)
    SELECT count(*) FROM gone
$$;

-- Delete cases that ended before a moment, with all that was written in them; the deletion is
-- the last event of each. Gives back the documents whose files are to be deleted too.
CREATE FUNCTION helpline_forget_cases(before timestamptz, most int)
RETURNS TABLE (case_number bigint, document uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    old bigint[];
BEGIN
    -- What was merged into a case goes with it, not before.
    SELECT array_agg(o.number) INTO old FROM (
        SELECT c.number FROM helpline_case c
         WHERE c.state IN ('closed', 'disowned') AND c.closed_at < before
         ORDER BY c.closed_at LIMIT most FOR UPDATE SKIP LOCKED) o;
    IF old IS NULL THEN
        RETURN;
    END IF;
    SELECT old || coalesce(array_agg(m.number), '{}') INTO old
      FROM helpline_case m WHERE m.merged_into_id = ANY (old);
    PERFORM audit_write('machine', 'forget_cases', NULL, c.account_id, 'case.deleted', 'done', NULL,
                        c.matter, c.number, NULL, NULL, NULL, 0::smallint, NULL)
       FROM helpline_case c WHERE c.number = ANY (old);
    RETURN QUERY SELECT o.number, d.id FROM unnest(old) o(number)
                   LEFT JOIN helpline_document d ON d.case_id = o.number;
    DELETE FROM helpline_document d WHERE d.case_id = ANY (old);
    DELETE FROM helpline_caseaccount a WHERE a.case_id = ANY (old);
    DELETE FROM helpline_namedinvain n WHERE n.case_id = ANY (old);
    DELETE FROM helpline_words w WHERE w.case_number = ANY (old);
    DELETE FROM helpline_presence p WHERE p.case_number = ANY (old);
    DELETE FROM helpline_draft d WHERE d.case_id = ANY (old);
    DELETE FROM helpline_link l WHERE l.case_id = ANY (old) OR l.other_id = ANY (old);
    DELETE FROM helpline_callback k WHERE k.case_id = ANY (old);
    DELETE FROM helpline_message m WHERE m.case_id = ANY (old);
    DELETE FROM helpline_note n WHERE n.case_id = ANY (old);
    DELETE FROM helpline_move m WHERE m.case_id = ANY (old);
    DELETE FROM helpline_case c WHERE c.number = ANY (old) AND c.merged_into_id IS NOT NULL;
    DELETE FROM helpline_case c WHERE c.number = ANY (old);
END $$;

REVOKE ALL ON FUNCTION helpline_add_words, helpline_asleep, helpline_wake, helpline_mark_overdue,
    helpline_mark_missed, helpline_count, helpline_forget_drafts, helpline_forget_cases
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION helpline_add_words TO zamiast_desk, zamiast_portal;
GRANT EXECUTE ON FUNCTION helpline_asleep, helpline_wake, helpline_mark_overdue,
    helpline_mark_missed, helpline_count, helpline_forget_drafts, helpline_forget_cases
    TO zamiast_worker;
