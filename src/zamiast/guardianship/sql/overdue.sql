-- A freeze that nobody reviewed in time is told once: an event at its account, by the
-- worker, who cannot read a freeze. The desk's pages count for themselves what is overdue;
-- they need no job to be right.
CREATE TABLE guardianship_overdue (
    freeze_id bigint PRIMARY KEY REFERENCES guardianship_freeze (id),
    told_at   timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION guardianship_tell_overdue() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH late AS (
        INSERT INTO guardianship_overdue (freeze_id)
        SELECT f.id FROM guardianship_freeze f
         WHERE f.reviewed_at IS NULL AND f.ended_on IS NULL AND f.review_by <= now()
           AND NOT EXISTS (SELECT FROM guardianship_overdue o WHERE o.freeze_id = f.id)
        ON CONFLICT (freeze_id) DO NOTHING
        RETURNING freeze_id)
    SELECT count(audit_write('machine', 'raise_overdue_freezes', NULL, f.account_id,
                             'access.freeze_overdue', 'raised', NULL, NULL, f.case_number,
                             NULL, NULL, NULL, 0::smallint, NULL))
      FROM late JOIN guardianship_freeze f ON f.id = late.freeze_id
$$;

REVOKE ALL ON FUNCTION guardianship_tell_overdue FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guardianship_tell_overdue TO zamiast_worker;
