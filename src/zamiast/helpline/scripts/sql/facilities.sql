-- The register of facilities: imported from FHIR Organization, with its telephone numbers.
-- The desk finds a facility by a public number, one at a time, and lists nothing.

CREATE FUNCTION scripts_telephone_of(content jsonb) RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT t.value ->> 'value'
      FROM jsonb_array_elements(CASE jsonb_typeof(content -> 'telecom')
                                WHEN 'array' THEN content -> 'telecom' ELSE '[]' END)
           WITH ORDINALITY t (value, at)
     WHERE t.value ->> 'system' = 'phone' AND coalesce(t.value ->> 'use', '') NOT IN ('old', 'home')
       AND length(regexp_replace(coalesce(t.value ->> 'value', ''), '[^0-9]', '', 'g')) BETWEEN 7 AND 15
       AND coalesce(t.value -> 'period' ->> 'end', '9999') > to_char(now(), 'YYYY-MM-DD')
     ORDER BY t.value ->> 'use' IS DISTINCT FROM 'work',
              CASE WHEN t.value ->> 'rank' ~ '^[0-9]{1,4}$' THEN (t.value ->> 'rank')::int END NULLS LAST, t.at
     LIMIT 1
$$;

CREATE FUNCTION scripts_facility(named text[])
RETURNS TABLE (id bigint, name text, city text, ending text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT o.id, o.name::text, o.city::text,
           coalesce(right(regexp_replace(scripts_telephone_of(o.content), '[^0-9]', '', 'g'), 2), '')
      FROM records_organization o
     WHERE o.numbers && named AND o.is_active ORDER BY o.id LIMIT 1
$$;

-- For whoever keeps a promised callback by hand: what the register says now.
CREATE FUNCTION scripts_telephone(asked bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT scripts_telephone_of(o.content) FROM records_organization o
     WHERE o.id = asked AND o.is_active
$$;

REVOKE ALL ON FUNCTION scripts_facility, scripts_telephone, scripts_telephone_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scripts_facility, scripts_telephone TO zamiast_desk;
