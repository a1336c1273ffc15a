-- National numbers, sealed. The owner holds the tables and sees ciphertext and keyed
-- fingerprints only: the keys are with the vault's process, never in the database.

DO $$ BEGIN
    IF to_regnamespace('vault') IS NULL THEN CREATE SCHEMA vault; END IF;
END $$;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO zamiast_vault;

-- Which keys were ever used. The proof tells a wrong key under a known name from the
-- right one; it is an HMAC with the key and says nothing about it.
CREATE TABLE vault.key (
    kind       text NOT NULL CONSTRAINT vault_key_kind CHECK (kind IN ('encryption', 'fingerprint')),
    id         text NOT NULL CONSTRAINT vault_key_id CHECK (id ~ '^[a-z0-9-]{1,40}$'),
    proof      bytea NOT NULL CONSTRAINT vault_key_proof CHECK (octet_length(proof) = 32),
    first_used timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz,
    PRIMARY KEY (kind, id)
);

-- One number of one person. The row's identity (id, person, kind, issuer, key) is the
-- associated data of the ciphertext: moved to another row, it does not open.
-- The foreign key is checked with the rights of the registry's owner: the vault's role
-- needs no right to read persons, and a person whose number is kept is not deleted.
CREATE TABLE vault.number (
    id          uuid PRIMARY KEY,
    person_id   bigint NOT NULL CONSTRAINT vault_number_of_a_person REFERENCES public.registry_person (id),
    kind        text NOT NULL,
    issuer      text NOT NULL CONSTRAINT vault_number_issuer CHECK (issuer ~ '^([A-Z]{2}|urn:[!-~]{1,196})$'),
    sealed      bytea NOT NULL CONSTRAINT vault_number_sealed CHECK (octet_length(sealed) BETWEEN 29 AND 1100),
    key_id      text NOT NULL,
    valid_from  date,
    valid_to    date,
    replaced_by uuid REFERENCES vault.number (id),
    is_current  boolean NOT NULL GENERATED ALWAYS AS (valid_to IS NULL) STORED,
    stored_at   timestamptz NOT NULL DEFAULT now(),
    stored_by   text NOT NULL,
    CONSTRAINT vault_number_kind CHECK (kind IN ('pesel', 'passport', 'foreign', 'eidas')),
    CONSTRAINT vault_number_pesel_is_polish CHECK (kind <> 'pesel' OR issuer = 'PL'),
    CONSTRAINT vault_number_validity CHECK (valid_from <= valid_to),
    CONSTRAINT vault_number_replaced_is_past
        CHECK (replaced_by IS NULL OR (valid_to IS NOT NULL AND replaced_by <> id)),
    CONSTRAINT vault_number_and_state UNIQUE (id, is_current)
);
CREATE INDEX vault_number_person ON vault.number (person_id);
CREATE INDEX vault_number_key ON vault.number (key_id, id);
CREATE UNIQUE INDEX vault_one_current_pesel ON vault.number (person_id)
    WHERE kind = 'pesel' AND valid_to IS NULL;

-- Each number under each fingerprint key in use: two keys while they are rotated, so
-- that uniqueness holds under both at every moment.
CREATE TABLE vault.fingerprint (
    number_id   uuid NOT NULL,
    key_id      text NOT NULL,
    fingerprint bytea NOT NULL CONSTRAINT vault_fingerprint_size CHECK (octet_length(fingerprint) = 32),
    is_current  boolean NOT NULL,
    PRIMARY KEY (number_id, key_id),
    CONSTRAINT vault_fingerprint_of_number FOREIGN KEY (number_id, is_current)
        REFERENCES vault.number (id, is_current) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE UNIQUE INDEX vault_one_person_per_fingerprint ON vault.fingerprint (key_id, fingerprint)
    WHERE is_current;
CREATE INDEX vault_fingerprint_of_past ON vault.fingerprint (key_id, fingerprint)
    WHERE NOT is_current;

-- Who may have a number shown, and the second factor of each, sealed like a number.
CREATE TABLE vault.operator (
    id           uuid PRIMARY KEY,
    name         text NOT NULL CONSTRAINT vault_operator_name CHECK (name ~ '^[a-z][a-z0-9.-]{0,39}$'),
    role         text NOT NULL CONSTRAINT vault_operator_role CHECK (role IN ('operator', 'dpo')),
    sealed       bytea NOT NULL,
    key_id       text NOT NULL,
    enrolled_at  timestamptz NOT NULL DEFAULT now(),
    enrolled_by  text NOT NULL,
    confirmed_at timestamptz,
    revoked_at   timestamptz,
    last_counter bigint NOT NULL DEFAULT 0,
    failures     smallint NOT NULL DEFAULT 0,
    locked_until timestamptz
);
CREATE UNIQUE INDEX vault_operator_named_once ON vault.operator (name) WHERE revoked_at IS NULL;

-- What was used up of each limit, in each window.
CREATE TABLE vault.budget (
    name       text NOT NULL,
    began      timestamptz NOT NULL,
    used       bigint NOT NULL,
    is_refused boolean NOT NULL DEFAULT false,
    PRIMARY KEY (name, began)
);

-- The account of each person: the vault must name it in the log and may read nothing else.
CREATE FUNCTION vault.accounts_of(persons bigint[])
RETURNS TABLE (person_id bigint, account_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT p.id, a.id FROM registry_person p LEFT JOIN registry_account a ON a.person_id = p.id
     WHERE p.id = ANY(persons)
$$;
REVOKE ALL ON FUNCTION vault.accounts_of FROM PUBLIC;

GRANT EXECUTE ON FUNCTION vault.accounts_of TO zamiast_vault;
GRANT EXECUTE ON FUNCTION public.audit_write TO zamiast_vault;
GRANT SELECT, INSERT, UPDATE (retired_at) ON vault.key TO zamiast_vault;
GRANT SELECT, INSERT, UPDATE (sealed, key_id, valid_to, replaced_by) ON vault.number TO zamiast_vault;
GRANT SELECT, INSERT, DELETE ON vault.fingerprint TO zamiast_vault;
GRANT SELECT, INSERT, UPDATE (sealed, key_id, confirmed_at, revoked_at, last_counter, failures, locked_until)
    ON vault.operator TO zamiast_vault;
GRANT SELECT, INSERT, DELETE, UPDATE (used, is_refused) ON vault.budget TO zamiast_vault;
