-- Whether the session named in this transaction (zamiast.session) is this member of staff's and
-- showed a code or a passkey at most five minutes ago (STEP_UP_MINUTES). Run as the role that
-- asks: it reads its own table only.
CREATE FUNCTION login_showed_factor(p_user bigint) RETURNS boolean LANGUAGE sql VOLATILE
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM login_staffsession s
         WHERE s.session_key = current_setting('zamiast.session', true) AND s.user_id = p_user
           AND s.expire_date > now()
           AND s.factor_at > clock_timestamp() - interval '5 minutes'
           AND s.factor_at <= clock_timestamp() + interval '2 seconds')
$$;
REVOKE ALL ON FUNCTION login_showed_factor FROM PUBLIC;
GRANT EXECUTE ON FUNCTION login_showed_factor TO zamiast_desk;
