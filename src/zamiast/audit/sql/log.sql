-- The log of record: append-only by trigger and by grants, each row salted and
-- committed to, so that batches can be sealed later without touching old rows.

CREATE TABLE audit_event (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_kind   text NOT NULL,
    actor        text NOT NULL,
    on_behalf_of text,
    account_id   bigint,
    what         text NOT NULL,
    outcome      text NOT NULL,
    fields       text,
    matter       text,
    case_number  bigint,
    call         uuid,
    step         text,
    purpose      text,
    level        smallint NOT NULL,
    asked        bytea,
    written_by   text NOT NULL DEFAULT session_user,
    written_in   xid8 NOT NULL DEFAULT pg_current_xact_id(),
    salt         bytea NOT NULL,
    commitment   bytea NOT NULL,
    CONSTRAINT audit_event_actor_kind
        CHECK (actor_kind IN ('holder', 'staff', 'operator', 'machine', 'anonymous')),
    CONSTRAINT audit_event_staff_by_number
        CHECK (actor_kind <> 'staff' OR actor ~ '^K-[0-9A-Za-z-]{1,12}$'),
    CONSTRAINT audit_event_lengths
        CHECK (greatest(length(actor), length(on_behalf_of), length(what), length(outcome)) <= 64
               AND coalesce(length(matter), 0) <= 32
               -- A step of a batch counts each kind of answer.
               AND greatest(length(step), length(purpose), 0) <= 200),
    CONSTRAINT audit_event_case_number
        CHECK (case_number >= 0 AND case_number < 10000000000),
    CONSTRAINT audit_event_level CHECK (level BETWEEN 0 AND 3),
    CONSTRAINT audit_event_salt CHECK (octet_length(salt) = 32)
);

CREATE INDEX audit_event_account ON audit_event (account_id, at) WHERE account_id IS NOT NULL;
CREATE INDEX audit_event_actor ON audit_event (actor, at);
CREATE INDEX audit_event_sealing ON audit_event (written_in);

-- What the holder is shown. Written by the same trigger, so nothing can be missing;
-- a daily job proves it all the same.
CREATE TABLE audit_look (
    event_id    bigint PRIMARY KEY,
    account_id  bigint NOT NULL,
    at          timestamptz NOT NULL,
    actor_kind  text NOT NULL,
    actor       text NOT NULL,
    what        text NOT NULL,
    outcome     text NOT NULL,
    fields      text,
    matter      text,
    case_number bigint,
    level       smallint NOT NULL,
    written_by  text NOT NULL
);
CREATE INDEX audit_look_account ON audit_look (account_id, at DESC);

-- One value of the canonical encoding: its length in bytes, a colon, the value, a
-- line feed; a missing value is a dash. No value can pretend to be two.
CREATE FUNCTION audit_netstring(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value IS NULL THEN E'-\n'
            ELSE octet_length(value) || ':' || value || E'\n' END;

-- The canonical encoding, version 1: the fields in this order, for ever.
CREATE FUNCTION audit_canonical(e audit_event) RETURNS bytea
LANGUAGE sql STABLE
RETURN convert_to(
    E'zamiast-event-1\n'
    || audit_netstring(e.id::text)
    || audit_netstring(to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || audit_netstring(e.actor_kind) || audit_netstring(e.actor)
    || audit_netstring(e.on_behalf_of) || audit_netstring(e.account_id::text)
    || audit_netstring(e.what) || audit_netstring(e.outcome) || audit_netstring(e.fields)
    || audit_netstring(e.matter) || audit_netstring(e.case_number::text)
    || audit_netstring(e.call::text) || audit_netstring(e.step)
    || audit_netstring(e.purpose) || audit_netstring(e.level::text)
    || audit_netstring(encode(e.asked, 'hex')) || audit_netstring(e.written_by), 'UTF8');

CREATE FUNCTION audit_commit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    NEW.commitment := sha256(NEW.salt || audit_canonical(NEW));
    IF NEW.account_id IS NOT NULL THEN
        INSERT INTO audit_look VALUES (
            NEW.id, NEW.account_id, NEW.at, NEW.actor_kind, NEW.actor, NEW.what,
            NEW.outcome, NEW.fields, NEW.matter, NEW.case_number, NEW.level,
            NEW.written_by);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_commit BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_commit();

CREATE FUNCTION audit_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_look
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

-- The only way in. The role that really logged in is written down by the table's
-- default, and signs only as the kinds of actor that it serves: the portal never as
-- staff, the desk never as a holder. Within a kind the database believes the process:
-- it cannot know which holder or which member of staff stands behind a request.
CREATE FUNCTION audit_write(
    actor_kind text, actor text, on_behalf_of text, account_id bigint, what text,
    outcome text, fields text, matter text, case_number bigint, call uuid, step text,
    purpose text, level smallint, asked bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    number bigint;
    serves text[] := CASE session_user
        WHEN 'zamiast_portal' THEN '{holder,anonymous}'
        WHEN 'zamiast_desk' THEN '{staff,anonymous}'
        WHEN 'zamiast_worker' THEN '{machine}'
        WHEN 'zamiast_importer' THEN '{machine,operator}'
        WHEN 'zamiast_vault' THEN '{machine,operator,anonymous}'
        ELSE '{}' END;
BEGIN
    IF session_user <> current_user AND actor_kind <> ALL (serves) THEN
        RAISE EXCEPTION '% does not write as %', session_user, actor_kind
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO audit_event (actor_kind, actor, on_behalf_of, account_id, what, outcome, fields,
                             matter, case_number, call, step, purpose, level, asked)
    VALUES (actor_kind, actor, on_behalf_of, account_id, what, outcome, fields,
            matter, case_number, call, step, purpose, level, asked)
    RETURNING id INTO number;
    RETURN number;
END $$;

REVOKE ALL ON FUNCTION audit_write FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_write
    TO zamiast_portal, zamiast_desk, zamiast_worker, zamiast_importer;
GRANT SELECT ON audit_look TO zamiast_portal, zamiast_worker;
GRANT SELECT (id, account_id, at, what) ON audit_event TO zamiast_worker;
