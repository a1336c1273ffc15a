-- An event of a backup, written in a transaction that had the same number in another
-- cluster, is no trace of what happens now.
CREATE OR REPLACE FUNCTION guardianship_leaves_a_trace() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    IF session_user NOT IN ('zamiast_desk', 'zamiast_portal') THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM audit_event e WHERE e.written_in = pg_current_xact_id()
                      AND e.account_id = NEW.account_id AND e.at >= transaction_timestamp()) THEN
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
