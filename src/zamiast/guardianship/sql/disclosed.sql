-- Why other people's accounts are not open to whoever confirmed a call: the facts of each
-- account with which they have to do, as zamiast.guardianship.disclosed reads them. For
-- matters 7 to 9, after the holder confirmed that this may be seen. Facts are numbers and
-- days; the desk words of them what level 2 allows. No role executes this itself.
CREATE FUNCTION disclosure_access_reasons(whose bigint) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT json_build_object(
        'asker', whose,
        'accounts', coalesce((SELECT json_agg(json_build_object(
                'account', n, 'facts', guardianship_known(n, whose)::json) ORDER BY n)
            FROM guardianship_near(whose) n WHERE n <> whose), '[]'))::text
$$;
REVOKE ALL ON FUNCTION disclosure_access_reasons FROM PUBLIC;
