-- The key to an event, for what only an event opens. Numbers of events can be guessed; the key
-- cannot: it is made of the event's salt, told in the transaction that writes the event and to
-- who writes it, and fits in this one connection to the database.

CREATE FUNCTION audit_key(event bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT e.id || '.' || encode(sha256(e.salt || convert_to(pg_backend_pid()::text, 'UTF8')), 'hex')
      FROM audit_event e
     WHERE e.id = event AND e.written_by = session_user
       AND e.written_in = pg_current_xact_id_if_assigned()
$$;
REVOKE ALL ON FUNCTION audit_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_key TO zamiast_portal, zamiast_desk;
