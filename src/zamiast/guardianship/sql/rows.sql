-- Facts are added and ended, never rewritten; whoever changes one holds the account alone
-- until the commit. Both are the database's doing, so that no code can forget them.

-- One lock for each account. Who changes facts takes it alone; who opens or uses an
-- account takes it together with others: see guardianship/locks.py.
CREATE FUNCTION guardianship_key(account bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended('zamiast.guardianship', account);

CREATE FUNCTION guardianship_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(guardianship_key(NEW.account_id));
    RETURN NEW;
END $$;

-- Only the columns that the trigger names may change, each once, from nothing to something.
CREATE FUNCTION guardianship_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    changed record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are ended, never deleted', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'guardianship_rows_are_kept';
    END IF;
    FOR changed IN SELECT key, value FROM jsonb_each(to_jsonb(NEW)) LOOP
        IF changed.value IS DISTINCT FROM before -> changed.key
           AND NOT (changed.key = ANY (TG_ARGV) AND before -> changed.key = 'null'::jsonb) THEN
            RAISE EXCEPTION 'rows of % are ended once, never rewritten', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'guardianship_rows_are_kept';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- Tries are counted up, one at a time, and what ended an invitation stays.
CREATE FUNCTION guardianship_keep_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR to_jsonb(NEW) - '{tries,accepted_at,declined_at,cancelled_at,blocked_at}'::text[]
          IS DISTINCT FROM
          to_jsonb(OLD) - '{tries,accepted_at,declined_at,cancelled_at,blocked_at}'::text[]
       OR NEW.tries NOT IN (OLD.tries, OLD.tries + 1)
       OR num_nonnulls(OLD.accepted_at, OLD.declined_at, OLD.cancelled_at, OLD.blocked_at) > 0
    THEN
        RAISE EXCEPTION 'an invitation is answered once, never rewritten'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'guardianship_rows_are_kept';
    END IF;
    RETURN NEW;
END $$;

-- Freezes and changes are the work of specialists: whoever writes the row.
CREATE FUNCTION guardianship_specialists_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    someone bigint;
    row jsonb := to_jsonb(NEW);
    col text;
BEGIN
    FOREACH col IN ARRAY TG_ARGV LOOP
        someone := (row ->> col)::bigint;
        IF someone IS NOT NULL
           AND (TG_OP = 'INSERT' OR to_jsonb(OLD) ->> col IS DISTINCT FROM row ->> col)
           AND NOT EXISTS (SELECT FROM login_user u WHERE u.id = someone AND u.kind = 'staff'
                              AND u.role = 'specialist' AND u.is_active) THEN
            RAISE EXCEPTION 'only a specialist does this' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'guardianship_specialists_only';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

DO $$
DECLARE
    ending text := '''ended_on'', ''ended_at'', ''ended_by'', ''ended_because''';
    kept record;
BEGIN
    FOR kept IN SELECT * FROM (VALUES
        ('insurance', ending || ', ''published_on'''),
        ('representation', ending),
        ('fostercare', ending),
        ('accessgrant', ending),
        ('owntitle', ending || ', ''until'''),
        ('incapacitation', ending),
        ('authorisation', ending || ', ''minor_agreed_on'''),
        ('freeze', ending || ', ''reviewed_by_id'', ''reviewed_at'', ''review'', ''is_kept'''),
        ('protectedaddress', ending),
        ('circumstance', ending)
    ) AS t (name, once) LOOP
        EXECUTE format(
            'CREATE TRIGGER guardianship_%1$s_hold BEFORE INSERT OR UPDATE ON guardianship_%1$s'
            ' FOR EACH ROW EXECUTE FUNCTION guardianship_hold()', kept.name);
        EXECUTE format(
            'CREATE TRIGGER guardianship_%1$s_kept BEFORE UPDATE OR DELETE ON guardianship_%1$s'
            ' FOR EACH ROW EXECUTE FUNCTION guardianship_keep(%2$s)', kept.name, kept.once);
    END LOOP;
END $$;

CREATE TRIGGER guardianship_invitation_kept BEFORE UPDATE OR DELETE ON guardianship_invitation
    FOR EACH ROW EXECUTE FUNCTION guardianship_keep_invitation();
CREATE TRIGGER guardianship_change_kept BEFORE UPDATE OR DELETE ON guardianship_change
    FOR EACH ROW EXECUTE FUNCTION
    guardianship_keep('decided_by_id', 'decided_at', 'decision', 'is_approved');
CREATE TRIGGER guardianship_changedrow_kept BEFORE UPDATE OR DELETE ON guardianship_changedrow
    FOR EACH ROW EXECUTE FUNCTION guardianship_keep();
CREATE TRIGGER guardianship_notice_kept BEFORE UPDATE OR DELETE ON guardianship_notice
    FOR EACH ROW EXECUTE FUNCTION guardianship_keep('read_at');

CREATE TRIGGER guardianship_freeze_by_specialists BEFORE INSERT OR UPDATE ON guardianship_freeze
    FOR EACH ROW EXECUTE FUNCTION guardianship_specialists_only('placed_by_id', 'reviewed_by_id');
CREATE TRIGGER guardianship_change_by_specialists BEFORE INSERT OR UPDATE ON guardianship_change
    FOR EACH ROW EXECUTE FUNCTION guardianship_specialists_only('proposed_by_id', 'decided_by_id');
