-- All that is known about one account, as pure.access.Facts reads it: opaque numbers and
-- days, no name. Whoever may decide may execute it; the tables behind it stay closed.
--
-- viewer: the account that asks. Of the invitations that wait, only those to the viewer are
-- facts: nobody else learns from an answer whom an invitation reached.

CREATE FUNCTION guardianship_day(moment timestamptz) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (moment AT TIME ZONE 'Europe/Warsaw')::date;

CREATE FUNCTION guardianship_facts(asked bigint, viewer bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    around bigint[];
    people json;
BEGIN
    SELECT array_agg(DISTINCT t.someone) INTO around FROM (
        SELECT asked AS someone
        UNION ALL SELECT insurer_id FROM guardianship_insurance WHERE account_id = asked
        UNION ALL SELECT person_id FROM guardianship_representation WHERE account_id = asked
        UNION ALL SELECT carer_id FROM guardianship_fostercare WHERE account_id = asked
        UNION ALL SELECT unnest(ARRAY[to_id, by_id]) FROM guardianship_accessgrant
                   WHERE account_id = asked
        UNION ALL SELECT unnest(ARRAY[to_id, by_id]) FROM guardianship_authorisation
                   WHERE account_id = asked
        UNION ALL SELECT unnest(ARRAY[to_id, by_id]) FROM guardianship_invitation
                   WHERE account_id = asked AND to_id = viewer AND kind = 'guardian'
    ) t WHERE t.someone IS NOT NULL;

    SELECT json_object_agg(a.id, json_build_object(
               'ref', a.id::text,
               'born', p.birth_date,
               'first_login', guardianship_day(a.first_used_at),
               'died', CASE WHEN p.is_dead THEN
                   coalesce(p.died_on, guardianship_day(a.closed_at), p.birth_date, '1900-01-01')
                   END,
               'unable_to_log_in', EXISTS (
                   SELECT FROM guardianship_circumstance c
                    WHERE c.account_id = a.id AND c.kind = 'unable_to_log_in'
                      AND c.ended_on IS NULL)))
      INTO people
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id
     WHERE a.id = ANY (around)
       -- What the operator closed reads as if there were no such account.
       AND (a.id <> asked OR a.closed_because IS DISTINCT FROM 'operator');

    RETURN json_build_object(
        'holder', people -> asked::text,
        'others', coalesce((SELECT json_agg(e.value ORDER BY e.key::bigint)
                              FROM json_each(people) e WHERE e.key <> asked::text), '[]'),
        'insurances', coalesce((SELECT json_agg(json_build_object(
                'insurer', coalesce(insurer_id::text, 'unknown-' || id),
                'registered', since, 'published', published_on,
                'ended', least(until, ended_on), 'payer', payer,
                'ended_by', CASE ended_because WHEN 'job_change' THEN 'job_change'
                                               ELSE 'other' END) ORDER BY since, id)
            FROM guardianship_insurance
           WHERE account_id = asked AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'representations', coalesce((SELECT json_agg(json_build_object(
                'person', person_id::text, 'role', role, 'since', since,
                'until', least(until, ended_on), 'authority', authority, 'court', court,
                'file_number', file_number, 'ruled_on', ruled_on) ORDER BY since, id)
            FROM guardianship_representation
           WHERE account_id = asked AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'foster_care', coalesce((SELECT json_agg(json_build_object(
                'carer', carer_id::text, 'since', since, 'until', least(until, ended_on),
                'widened_to_health', widened_to_health, 'court', court,
                'file_number', file_number) ORDER BY since, id)
            FROM guardianship_fostercare
           WHERE account_id = asked AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'grants', coalesce((SELECT json_agg(g.one ORDER BY g.since, g.id) FROM (
                SELECT id, since, json_build_object(
                    'to', to_id::text, 'by', by_id::text, 'since', since,
                    'until', least(until, ended_on), 'accepted', accepted_on,
                    'case', coalesce(case_number::text, '')) AS one
                  FROM guardianship_accessgrant
                 WHERE account_id = asked AND ended_because IS DISTINCT FROM 'mistake'
                UNION ALL
                SELECT id, guardianship_day(created_at), json_build_object(
                    'to', to_id::text, 'by', by_id::text, 'since', guardianship_day(created_at),
                    'until', guardianship_day(expires_at) + 1)
                  FROM guardianship_invitation
                 WHERE account_id = asked AND to_id = viewer AND kind = 'guardian'
                   AND num_nonnulls(accepted_at, declined_at, cancelled_at, blocked_at) = 0
            ) g), '[]'),
        'own_titles', coalesce((SELECT json_agg(json_build_object(
                'since', since, 'until', least(until, ended_on), 'title', title)
                ORDER BY since, id)
            FROM guardianship_owntitle
           WHERE account_id = asked AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'incapacitations', coalesce((SELECT json_agg(json_build_object(
                'person', account_id::text, 'degree', degree, 'since', since,
                'until', least(until, ended_on), 'court', court, 'file_number', file_number)
                ORDER BY since, id)
            FROM guardianship_incapacitation
           WHERE account_id = ANY (around) AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'authorisations', coalesce((SELECT json_agg(json_build_object(
                'to', to_id::text, 'by', by_id::text, 'scope', scope, 'given', given_on,
                'since', since, 'until', least(until, ended_on), 'after_death', after_death,
                'minor_agreed', minor_agreed_on) ORDER BY since, id)
            FROM guardianship_authorisation
           WHERE account_id = asked AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'freezes', coalesce((SELECT json_agg(json_build_object(
                'since', since, 'until', least(until, ended_on), 'person', person_id::text,
                'case', coalesce(case_number::text, '')) ORDER BY since, id)
            FROM guardianship_freeze WHERE account_id = asked), '[]'),
        'protected_addresses', coalesce((SELECT json_agg(json_build_object(
                'person', account_id::text, 'since', since, 'until', least(until, ended_on))
                ORDER BY since, id)
            FROM guardianship_protectedaddress
           WHERE account_id = ANY (around) AND ended_because IS DISTINCT FROM 'mistake'), '[]'),
        'circumstances', coalesce((SELECT json_agg(json_build_object(
                'event', kind, 'person', person_id::text, 'since', since) ORDER BY since, id)
            FROM guardianship_circumstance
           WHERE account_id = asked AND kind <> 'unable_to_log_in'
             AND ended_because IS DISTINCT FROM 'mistake'), '[]')
    )::text;
END $$;

-- The accounts with which somebody has ever had to do, by a fact that was not a mistake.
CREATE FUNCTION guardianship_tied(asker bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT account_id FROM guardianship_insurance
     WHERE insurer_id = asker AND ended_because IS DISTINCT FROM 'mistake'
    UNION SELECT account_id FROM guardianship_representation
     WHERE person_id = asker AND ended_because IS DISTINCT FROM 'mistake'
    UNION SELECT account_id FROM guardianship_fostercare
     WHERE carer_id = asker AND ended_because IS DISTINCT FROM 'mistake'
    UNION SELECT account_id FROM guardianship_accessgrant
     WHERE asker IN (to_id, by_id) AND ended_because IS DISTINCT FROM 'mistake'
    UNION SELECT account_id FROM guardianship_authorisation
     WHERE asker IN (to_id, by_id) AND ended_because IS DISTINCT FROM 'mistake'
$$;

REVOKE ALL ON FUNCTION guardianship_facts, guardianship_tied FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guardianship_facts TO zamiast_portal, zamiast_desk;
GRANT EXECUTE ON FUNCTION guardianship_tied TO zamiast_portal, zamiast_desk;
