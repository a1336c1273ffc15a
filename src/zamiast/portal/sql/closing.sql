-- The portal unlinks a login from the account that it opens, and links it again only by the
-- closure that this made: it can link no login to an account of its choice.
GRANT SELECT ON portal_closure TO zamiast_portal;
GRANT SELECT (id, user_id, account_id, closed_at), DELETE ON portal_closure TO zamiast_worker;

CREATE FUNCTION portal_close(login bigint, closed_account bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM portal_link l WHERE l.user_id = login AND l.account_id = closed_account;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO portal_closure (user_id, account_id, closed_at) VALUES (login, closed_account, now())
    ON CONFLICT (user_id) DO UPDATE SET account_id = EXCLUDED.account_id, closed_at = now();
    RETURN true;
END $$;

CREATE FUNCTION portal_reopen(login bigint, within_days int) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    closed bigint;
BEGIN
    DELETE FROM portal_closure c
     WHERE c.user_id = login AND c.closed_at > now() - make_interval(days => least(within_days, 30))
    RETURNING c.account_id INTO closed;
    IF closed IS NULL OR EXISTS (SELECT FROM portal_link l WHERE l.account_id = closed OR l.user_id = login)
       OR EXISTS (SELECT FROM registry_account a WHERE a.id = closed AND a.closed_at IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO portal_link (user_id, account_id, linked_at) VALUES (login, closed, now());
    RETURN closed;
END $$;
REVOKE ALL ON FUNCTION portal_close, portal_reopen FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_close, portal_reopen TO zamiast_portal;
