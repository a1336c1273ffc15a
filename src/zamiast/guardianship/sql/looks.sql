-- The desk reads facts only of accounts that a specialist has just looked at in a case.
--
-- A look is a row that functions of the owner write together with the event at the account;
-- no role writes one itself. Facts are given out for five minutes after it, and only when
-- the look is committed: a row that one can see and did not write oneself is. So a stolen
-- process of the desk learns nothing of accounts that stand in no case, and leaves a trace
-- at those that do.
--
-- guardianship_known and guardianship_near answer without asking: for functions of the owner.

CREATE TABLE guardianship_look (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    looked_in  xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX guardianship_look_account ON guardianship_look (account_id, at);

ALTER FUNCTION guardianship_facts RENAME TO guardianship_known;
ALTER FUNCTION guardianship_tied RENAME TO guardianship_near;
REVOKE ALL ON FUNCTION guardianship_known, guardianship_near FROM zamiast_portal, zamiast_desk;

CREATE FUNCTION guardianship_may_know(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    IF session_user <> 'zamiast_desk' THEN
        RETURN true;
    END IF;
    IF NOT EXISTS (SELECT FROM guardianship_look l
                    WHERE l.account_id = asked AND l.at > now() - interval '5 minutes'
                      AND l.looked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()) THEN
        RAISE EXCEPTION 'the desk reads facts only of accounts looked at in a case'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION guardianship_facts(asked bigint, viewer bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT CASE WHEN guardianship_may_know($1) THEN guardianship_known($1, $2) END
$$;

CREATE FUNCTION guardianship_tied(asker bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT n FROM guardianship_near($1) n WHERE guardianship_may_know($1)
$$;

CREATE FUNCTION guardianship_forget_looks() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH gone AS (DELETE FROM guardianship_look WHERE at < now() - interval '1 hour' RETURNING 1)
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION guardianship_may_know, guardianship_facts, guardianship_tied,
    guardianship_forget_looks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guardianship_facts, guardianship_tied TO zamiast_portal, zamiast_desk;
