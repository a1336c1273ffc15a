-- Two kinds of people share the login tables: each site's role sees its own kind only.

ALTER TABLE login_user ENABLE ROW LEVEL SECURITY;
CREATE POLICY holders ON login_user TO zamiast_portal USING (kind = 'holder') WITH CHECK (kind = 'holder');
CREATE POLICY staff ON login_user TO zamiast_desk USING (kind = 'staff') WITH CHECK (kind = 'staff');

ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_kind ON mfa_authenticator TO zamiast_portal, zamiast_desk
    USING (EXISTS (SELECT FROM login_user u WHERE u.id = user_id))
    WITH CHECK (EXISTS (SELECT FROM login_user u WHERE u.id = user_id));

ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_kind ON account_emailaddress TO zamiast_portal, zamiast_desk
    USING (EXISTS (SELECT FROM login_user u WHERE u.id = user_id))
    WITH CHECK (EXISTS (SELECT FROM login_user u WHERE u.id = user_id));

ALTER TABLE login_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_kind ON login_invitation TO zamiast_portal, zamiast_desk
    USING (EXISTS (SELECT FROM login_user u WHERE u.id = user_id))
    WITH CHECK (EXISTS (SELECT FROM login_user u WHERE u.id = user_id));

GRANT SELECT ON login_user TO zamiast_portal, zamiast_desk;
GRANT UPDATE (password, last_login, language) ON login_user TO zamiast_portal, zamiast_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO zamiast_portal, zamiast_desk;
GRANT SELECT ON account_emailaddress TO zamiast_portal, zamiast_desk;
GRANT SELECT, UPDATE (used_at) ON login_invitation TO zamiast_portal, zamiast_desk;

-- Sessions and shared caches: one table for each site, unknown to the other.
GRANT SELECT, INSERT, UPDATE, DELETE ON login_holdersession TO zamiast_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_staffsession TO zamiast_desk;
GRANT SELECT (session_key, expire_date), DELETE ON login_holdersession, login_staffsession TO zamiast_worker;

CREATE UNLOGGED TABLE login_cache_portal (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX login_cache_portal_expires ON login_cache_portal (expires);
CREATE UNLOGGED TABLE login_cache_desk (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX login_cache_desk_expires ON login_cache_desk (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON login_cache_portal TO zamiast_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_cache_desk TO zamiast_desk;

-- Sequences of tables with identity columns that the roles insert into.
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq TO zamiast_portal, zamiast_desk;
