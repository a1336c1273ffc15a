-- What was not opened is not there, in no way of asking.
--
-- PostgreSQL may try what a statement asks for (code = 'I10') before a policy that costs more,
-- where that leaks nothing by itself. Whether the policy was asked at all then stood in EXPLAIN
-- ANALYZE, which so told of a diagnosis without an event. So the function that decides is the
-- cheapest of all and comes first; the comparison beside it narrows what an index reads.
--
-- An event opens where it was written only: zamiast.opened holds its key (audit_key), for its
-- number can be guessed. A report is of an entry of this very account, which is open.

-- The event, read by the functions below in their own place: no role may call this one.
CREATE FUNCTION records_opening() RETURNS SETOF audit_event
LANGUAGE sql STABLE
AS $$
    SELECT e.* FROM public.audit_event e
     WHERE e.id = substring(current_setting('zamiast.opened', true) FROM '^([0-9]{1,18})[.]')::bigint
       AND split_part(current_setting('zamiast.opened', true), '.', 2)
           = encode(sha256(e.salt || convert_to(pg_backend_pid()::text, 'UTF8')), 'hex')
       AND e.what = 'access.opened' AND e.outcome = 'done' AND e.written_by = session_user
       AND e.at > clock_timestamp() - interval '15 minutes'
       AND e.written_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
$$;

CREATE OR REPLACE FUNCTION records_opened() RETURNS TABLE (account_id bigint, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT e.account_id, o.kind
      FROM records_opening() e JOIN records_opens o ON o.want = ANY (string_to_array(e.fields, ','))
$$;

CREATE FUNCTION records_opened_account() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT e.account_id FROM records_opening() e $$;

-- The cost is what makes it come first; it is no estimate.
CREATE FUNCTION records_is_open(account bigint, of_kind text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 0.0000001 SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM records_opening() e
         WHERE e.account_id = account AND (of_kind IS NULL OR EXISTS (
             SELECT FROM records_opens o
              WHERE o.kind = of_kind AND o.want = ANY (string_to_array(e.fields, ',')))));
END $$;

CREATE FUNCTION records_may_report(entry bigint, account bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM records_entry e JOIN records_opened() o
                       ON o.account_id = e.account_id AND o.kind = e.kind
                    WHERE e.id = entry AND e.account_id = account)
$$;

REVOKE ALL ON FUNCTION records_opening, records_opened_account, records_is_open, records_may_report
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records_opened_account, records_is_open, records_may_report TO zamiast_portal;

ALTER POLICY records_opened ON records_entry
    USING (records_is_open(account_id, kind) AND account_id = records_opened_account());
ALTER POLICY records_opened ON records_formerentry
    USING (records_is_open(account_id, kind) AND account_id = records_opened_account());
ALTER POLICY records_opened ON records_dispute
    USING (records_is_open(account_id, NULL) AND account_id = records_opened_account())
    WITH CHECK (records_may_report(entry_id, account_id));
