-- The same question with the referrals to a vaccination that stand in the records: whoever has
-- one already is told so, at the desk as in the account.
CREATE OR REPLACE FUNCTION disclosure_covid_record(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT json_build_object(
        'born', p.birth_date,
        'doses', coalesce((SELECT json_agg(json_build_object(
                'day', (e.at AT TIME ZONE 'Europe/Warsaw')::date,
                'facility', e.performer,
                'protocol', e.content -> 'protocolApplied' -> 0,
                'disputed', EXISTS (SELECT FROM records_dispute d
                                     WHERE d.entry_id = e.id AND d.ended_at IS NULL))
                ORDER BY e.at, e.id)
            FROM records_entry e
           WHERE e.account_id = whose AND e.kind = 'Immunization' AND e.status = 'completed'
             AND e.at IS NOT NULL
             AND (e.code LIKE 'J07BN%' OR e.display ~* 'covid|sars-cov-2')), '[]'),
        'referrals', coalesce((SELECT json_agg(json_build_object(
                'issued', (e.at AT TIME ZONE 'Europe/Warsaw')::date,
                'last_day', e.ends_on,
                'is_used', e.status = 'completed')
                ORDER BY e.at, e.id)
            FROM records_entry e
           WHERE e.account_id = whose AND e.kind = 'ServiceRequest'
             AND e.status IN ('active', 'completed')
             AND e.at IS NOT NULL AND e.ends_on IS NOT NULL
             AND e.display ~* 'covid|sars-cov-2' AND e.display ~* 'szczep|vaccin|щеплен'), '[]'))::text
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id WHERE a.id = whose
$$;
REVOKE ALL ON FUNCTION disclosure_covid_record FROM PUBLIC;
