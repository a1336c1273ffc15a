-- The desk opens a case for whom its call is about, at the level that the call has reached, or
-- for the account of a case that is there already, at most at the same level (a split). Else a
-- stolen process could write a case of any account, and a specialist's file would then give it
-- the names and birth dates of everybody, one after the other.
CREATE FUNCTION helpline_case_of_a_call() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF session_user <> 'zamiast_desk' OR NEW.account_id IS NULL AND NOT NEW.is_confirmed
       OR NEW.level <= 1 AND NOT NEW.is_confirmed
          AND EXISTS (SELECT FROM verification_call k
                       WHERE k.id = NEW.call_id AND k.account_id = NEW.account_id)
       OR EXISTS (SELECT FROM verification_level(NEW.call_id, NEW.matter) l
                   WHERE l.account_id = NEW.account_id AND l.level >= NEW.level)
       OR EXISTS (SELECT FROM helpline_case o
                   WHERE o.account_id = NEW.account_id AND o.level >= NEW.level
                     AND (o.is_confirmed OR NOT NEW.is_confirmed)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the desk opens a case for whom its call is about' USING
        ERRCODE = 'insufficient_privilege', CONSTRAINT = 'helpline_case_of_a_call';
END $$;
CREATE TRIGGER helpline_case_of_a_call BEFORE INSERT ON helpline_case
    FOR EACH ROW EXECUTE FUNCTION helpline_case_of_a_call();
REVOKE ALL ON FUNCTION helpline_case_of_a_call FROM PUBLIC;
