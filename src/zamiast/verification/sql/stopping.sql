-- The consultant waits no longer. A question that was declined, mistyped or disowned keeps its
-- state, but its time ends here as well: what still "waits" after this click would tell that
-- the holder is there and answered.
CREATE OR REPLACE FUNCTION verification_stop_waiting(session_digest text, asked_call uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM FROM verification_at_work(session_digest, asked_call) w WHERE w.call_found;
    IF FOUND THEN
        UPDATE verification_confirmation c
           SET state = CASE c.state WHEN 'waiting' THEN 'replaced' WHEN 'in_vain' THEN 'replaced'
                                    WHEN 'confirmed' THEN 'over' ELSE c.state END,
               ended_at = CASE WHEN c.state IN ('waiting', 'in_vain', 'confirmed') THEN moment
                               ELSE c.ended_at END,
               expires_at = CASE WHEN c.state IN ('declined', 'mistyped', 'revoked')
                                 THEN least(c.expires_at, moment) ELSE c.expires_at END
         WHERE c.call_id = asked_call
           AND c.state IN ('waiting', 'in_vain', 'confirmed', 'declined', 'mistyped', 'revoked');
    END IF;
END $$;
