-- The level of a call in a matter is told to the session that it was confirmed for, and to
-- nobody else: whoever stole the desk's role learns nothing of the calls of others by asking.
-- The function that asks for no session is for triggers of the owner.
REVOKE ALL ON FUNCTION verification_level(uuid, text) FROM zamiast_desk;
CREATE FUNCTION verification_level_in(session_digest text, asked_call uuid, asked_matter text)
RETURNS TABLE (level int, account_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT 2, c.about_id FROM verification_live(session_digest, asked_call) c
     WHERE c.matter = asked_matter
$$;
REVOKE ALL ON FUNCTION verification_level_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verification_level_in TO zamiast_desk;

-- One account looked up by several consultants in a day, without a call. A call that the
-- telephone exchange knows of is one. A call that a button began is one where the holder took
-- part: they confirmed it, and did not say afterwards that it was not them. So a holder who
-- calls three times on a day raises nothing, and three consultants who only looked do.
CREATE OR REPLACE FUNCTION verification_count_consultants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    several int;
BEGIN
    SELECT count(DISTINCT c.consultant_id) INTO several FROM verification_call c
     WHERE c.account_id = NEW.account_id AND c.began_at > now() - interval '1 day'
       AND c.begun_by = 'button'
       AND NOT EXISTS (SELECT FROM verification_confirmation v
                        WHERE v.call_id = c.id AND v.account_id = NEW.account_id
                          AND v.state IN ('confirmed', 'over'));
    IF several >= (SELECT alarm_consultants_per_day FROM verification_limits) THEN
        PERFORM verification_raise('three_consultants', NULL, NEW.account_id, NEW.id, several);
    END IF;
    RETURN NULL;
END $$;
