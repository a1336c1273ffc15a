-- Each of the two who change access shows a code or a passkey right before: the session named
-- in the transaction must be theirs and have shown one in the last five minutes. The page asks
-- for it; this holds where a page forgets to.
CREATE FUNCTION guardianship_showed_factor() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF session_user = 'zamiast_desk'
       AND NOT login_showed_factor((to_jsonb(NEW) ->> TG_ARGV[0])::bigint) THEN
        RAISE EXCEPTION 'whoever changes access shows a second factor right before'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'guardianship_second_factor';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION guardianship_showed_factor FROM PUBLIC;

CREATE TRIGGER guardianship_proposed_by_two_factors AFTER INSERT ON guardianship_change
    FOR EACH ROW EXECUTE FUNCTION guardianship_showed_factor('proposed_by_id');
CREATE TRIGGER guardianship_decided_by_two_factors AFTER UPDATE ON guardianship_change
    FOR EACH ROW WHEN (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id)
    EXECUTE FUNCTION guardianship_showed_factor('decided_by_id');
CREATE TRIGGER guardianship_placed_by_two_factors AFTER INSERT ON guardianship_freeze
    FOR EACH ROW EXECUTE FUNCTION guardianship_showed_factor('placed_by_id');
CREATE TRIGGER guardianship_reviewed_by_two_factors AFTER UPDATE ON guardianship_freeze
    FOR EACH ROW WHEN (NEW.reviewed_by_id IS DISTINCT FROM OLD.reviewed_by_id)
    EXECUTE FUNCTION guardianship_showed_factor('reviewed_by_id');
