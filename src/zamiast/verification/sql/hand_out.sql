-- A sheet of paper codes is printed by its holder in the account, or by an operator who hands
-- it out in person, for those without a phone or computer. Either way an older one stops, the
-- holder reads of it, and its digits are kept as an HMAC. No process's role may hand one out.
CREATE FUNCTION verification_sheet_put(
    whose bigint, new_id uuid, digests bytea[], kind text, who text, how text
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    spoken text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('verification.prompt', whose));
    IF EXISTS (SELECT FROM unnest(digests) d WHERE octet_length(d) IS DISTINCT FROM 32)
       OR cardinality(digests) NOT BETWEEN 1 AND 40 THEN
        RAISE EXCEPTION 'a sheet is made of digests' USING ERRCODE = 'check_violation';
    END IF;
    SELECT p.language INTO spoken FROM registry_account a JOIN registry_person p ON p.id = a.person_id
     WHERE a.id = whose AND a.closed_at IS NULL;
    IF NOT FOUND THEN
        RETURN 'closed';
    ELSIF (SELECT count(*) FROM verification_sheet s WHERE s.account_id = whose
            AND s.made_at > now() - interval '1 day')
          >= (SELECT sheets_per_day FROM verification_limits) THEN
        RETURN 'too_many';
    END IF;
    UPDATE verification_sheet s SET ended_at = now() WHERE s.account_id = whose AND s.ended_at IS NULL;
    INSERT INTO verification_sheet (id, account_id, language, made_at)
    VALUES (new_id, whose, spoken, now());
    INSERT INTO verification_pair (sheet_id, nth, digest)
    SELECT new_id, d.nth, d.digest FROM unnest(digests) WITH ORDINALITY AS d(digest, nth);
    PERFORM audit_write(kind, who, NULL, whose,
                        CASE kind WHEN 'holder' THEN 'paper.printed' ELSE 'paper.handed_out' END,
                        'done', NULL, NULL, NULL, NULL, how, NULL, 2::smallint, NULL);
    PERFORM audit_tell(whose, 'access');
    RETURN 'made';
END $$;
REVOKE ALL ON FUNCTION verification_sheet_put FROM PUBLIC;

CREATE OR REPLACE FUNCTION verification_sheet_make(
    whose bigint, login text, new_id uuid, digests bytea[]
) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT verification_sheet_put(whose, new_id, digests, 'holder', login, NULL) $$;
