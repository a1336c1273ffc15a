-- Which subject of which identity provider opens which login. Of all that a provider says,
-- issuer and subject are kept. No role reads or writes the table: the function does.

CREATE FUNCTION portal_enter(p_issuer text, p_subject text, p_person bigint, p_language text)
RETURNS TABLE (user_id bigint, account_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    chosen bigint;
    whose  bigint;
BEGIN
    SELECT i.user_id INTO whose FROM portal_identity i
     WHERE i.issuer = p_issuer AND i.subject = p_subject;
    IF FOUND THEN
        RETURN QUERY SELECT u.id, a.id
          FROM login_user u JOIN portal_link l ON l.user_id = u.id
          JOIN registry_account a ON a.id = l.account_id
          JOIN registry_person p ON p.id = a.person_id
         WHERE u.id = whose AND u.is_active AND a.closed_at IS NULL AND NOT p.is_dead;
        RETURN;
    END IF;
    -- The lock lets two first logins of one person wait for one another.
    SELECT a.id INTO chosen FROM registry_account a JOIN registry_person p ON p.id = a.person_id
     WHERE p.id = p_person AND a.closed_at IS NULL AND NOT p.is_dead FOR UPDATE OF a;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT l.user_id INTO whose FROM portal_link l WHERE l.account_id = chosen;
    IF NOT FOUND THEN
        INSERT INTO login_user (username, password, kind, language, is_active, created_at)
        VALUES ('oidc-' || gen_random_uuid(), '!' || gen_random_uuid(), 'holder',
                CASE WHEN p_language IN ('pl', 'en', 'uk') THEN p_language ELSE 'pl' END, true, now())
        RETURNING id INTO whose;
        INSERT INTO portal_link (user_id, account_id, linked_at) VALUES (whose, chosen, now());
    ELSIF NOT (SELECT u.is_active FROM login_user u WHERE u.id = whose) THEN
        RETURN;
    END IF;
    INSERT INTO portal_identity (user_id, issuer, subject, linked_at)
    VALUES (whose, p_issuer, p_subject, now()) ON CONFLICT (issuer, subject) DO NOTHING;
    PERFORM audit_write('holder', 'login ' || whose, NULL, chosen, 'login.linked', 'done', NULL,
                        NULL, NULL, NULL, NULL, NULL, 0::smallint, NULL);
    RETURN QUERY SELECT whose, chosen;
END $$;
REVOKE ALL ON FUNCTION portal_enter(text, text, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_enter(text, text, bigint, text) TO zamiast_portal;
