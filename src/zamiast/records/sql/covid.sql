-- What the records say for the question of a COVID-19 referral, as zamiast.records.covid
-- reads it: the birth date, and each dose with who wrote it and whether somebody reported it
-- as wrong. For matter 10, after the holder confirmed that this may be seen.
CREATE FUNCTION disclosure_covid_record(whose bigint) RETURNS text LANGUAGE sql STABLE
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
             AND (e.code LIKE 'J07BN%' OR e.display ~* 'covid|sars-cov-2')), '[]'))::text
      FROM registry_account a JOIN registry_person p ON p.id = a.person_id WHERE a.id = whose
$$;
REVOKE ALL ON FUNCTION disclosure_covid_record FROM PUBLIC;
