-- The holder enters an address in the portal; the worker makes the link that confirms it and
-- sends the mail. The address is encrypted by a key that does not lie in the database.
GRANT SELECT, INSERT, DELETE ON portal_mailaddress TO zamiast_portal;
GRANT UPDATE (sealed, language, on_answer, on_entry, on_access, on_look, entered_at, confirmed_at,
              link_digest, link_expires_at, links_on, links_asked, refused_at)
    ON portal_mailaddress TO zamiast_portal;
GRANT USAGE ON SEQUENCE portal_mailaddress_id_seq TO zamiast_portal;

GRANT SELECT ON portal_mailaddress TO zamiast_worker;
GRANT UPDATE (link_digest, link_expires_at, refused_at, looks_told_at)
    ON portal_mailaddress TO zamiast_worker;

-- Enqueued with the change, by the portal, for an account that has an address; nothing else
-- can be enqueued this way.
CREATE FUNCTION portal_ask_for_link(asked_account bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    SELECT 'mail', 'mail_link', 'mail-' || m.account_id, jsonb_build_object('account', m.account_id)
      FROM portal_mailaddress m WHERE m.account_id = asked_account;
END $$;
REVOKE ALL ON FUNCTION portal_ask_for_link FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_ask_for_link TO zamiast_portal;
