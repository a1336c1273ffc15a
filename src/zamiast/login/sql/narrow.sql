-- What the role of a site may do to logins, whatever its process was made to do.
-- Functions that run as the owner of the tables are not held back here.

CREATE FUNCTION login_is_site() RETURNS boolean LANGUAGE sql STABLE
RETURN current_user IN ('zamiast_portal', 'zamiast_desk');

-- Whether the session named in this transaction (zamiast.session) stands and is this user's,
-- logged in or on the way there. Run as the role that asks: it reads its own table only.
CREATE FUNCTION login_speaks_for(p_user bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    digest text := current_setting('zamiast.session', true);
    stands boolean := false;
BEGIN
    IF current_user = 'zamiast_desk' THEN
        SELECT true INTO stands FROM login_staffsession s
         WHERE s.session_key = digest AND s.expire_date > now()
           AND p_user IN (s.user_id, s.candidate_id);
    ELSIF current_user = 'zamiast_portal' THEN
        SELECT true INTO stands FROM login_holdersession s
         WHERE s.session_key = digest AND s.expire_date > now()
           AND p_user IN (s.user_id, s.candidate_id);
    END IF;
    RETURN coalesce(stands, false);
END $$;

-- A factor is added and removed by its owner, in a session of theirs; the last one stays.
-- Its secret never changes, and a code that was accepted is not accepted again.
CREATE FUNCTION login_keep_factor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.user_id ELSE OLD.user_id END;
BEGIN
    IF login_is_site() THEN
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.id, NEW.user_id, NEW.type, NEW.created_at)
                   IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.type, OLD.created_at)
               OR (NEW.data -> 'secret', NEW.data -> 'seed', NEW.data -> 'credential',
                   NEW.data -> 'migrated_codes')
                   IS DISTINCT FROM (OLD.data -> 'secret', OLD.data -> 'seed',
                                     OLD.data -> 'credential', OLD.data -> 'migrated_codes')
               OR coalesce((NEW.data ->> 'last_counter')::bigint, 0)
                   < coalesce((OLD.data ->> 'last_counter')::bigint, 0)
               OR coalesce((NEW.data ->> 'used_mask')::bigint, 0)
                   & coalesce((OLD.data ->> 'used_mask')::bigint, 0)
                   <> coalesce((OLD.data ->> 'used_mask')::bigint, 0) THEN
                RAISE EXCEPTION 'a second factor is not changed, only used'
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
        ELSIF NOT login_speaks_for(whose) THEN
            RAISE EXCEPTION 'a second factor is added and removed in a session of its owner'
                USING ERRCODE = 'insufficient_privilege';
        ELSIF TG_OP = 'DELETE' AND OLD.type <> 'recovery_codes' AND NOT EXISTS (
            SELECT FROM mfa_authenticator m WHERE m.user_id = OLD.user_id
               AND m.type <> 'recovery_codes' AND m.id <> OLD.id) THEN
            RAISE EXCEPTION 'the last second factor stays' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER login_factor_kept BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION login_keep_factor();

-- A password is set by its owner, in a session of theirs or with an invitation used just now.
CREATE FUNCTION login_keep_password() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF login_is_site() AND NEW.password IS DISTINCT FROM OLD.password
       AND NOT login_speaks_for(NEW.id)
       AND NOT EXISTS (SELECT FROM login_invitation i WHERE i.user_id = NEW.id
                          AND i.used_at BETWEEN now() - interval '1 minute'
                                            AND now() + interval '1 minute') THEN
        RAISE EXCEPTION 'a password is set in a session of its owner'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER login_password_kept BEFORE UPDATE OF password ON login_user
    FOR EACH ROW EXECUTE FUNCTION login_keep_password();
