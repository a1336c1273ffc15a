-- Portal and desk change facts only with an event that the holder sees, in the same
-- transaction; and the desk adds one only as part of a change that two specialists approved.
-- Checked at the commit, so that the order within a transaction does not matter. A stolen
-- process can thus still lie about who decided, but not act in silence.
CREATE FUNCTION guardianship_leaves_a_trace() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    IF session_user NOT IN ('zamiast_desk', 'zamiast_portal') THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM audit_event e WHERE e.written_in = pg_current_xact_id()
                      AND e.account_id = NEW.account_id) THEN
        RAISE EXCEPTION 'a fact changes only with an event that its holder sees'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF session_user = 'zamiast_desk' AND TG_OP = 'INSERT'
       AND NOT EXISTS (SELECT FROM guardianship_changedrow r
                         JOIN guardianship_change c ON c.id = r.change_id
                        WHERE r."row" = NEW.id AND r.was_added AND c.is_approved
                          AND 'guardianship_' || lower(r."table") = TG_TABLE_NAME
                          AND c.decided_by_id <> c.proposed_by_id) THEN
        RAISE EXCEPTION 'the desk adds a fact only by a change that two specialists approved'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION guardianship_leaves_a_trace FROM PUBLIC;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['insurance', 'representation', 'fostercare', 'accessgrant',
        'owntitle', 'incapacitation', 'authorisation', 'protectedaddress', 'circumstance'] LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER guardianship_%1$s_trace AFTER INSERT OR UPDATE'
            ' ON guardianship_%1$s DEFERRABLE INITIALLY DEFERRED'
            ' FOR EACH ROW EXECUTE FUNCTION guardianship_leaves_a_trace()', kept);
    END LOOP;
END $$;
-- A freeze only closes; ending one opens.
CREATE CONSTRAINT TRIGGER guardianship_freeze_trace AFTER UPDATE ON guardianship_freeze
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guardianship_leaves_a_trace();
