-- The portal keeps which browsers to wake; the worker wakes them and forgets those that are gone.
GRANT SELECT, INSERT, DELETE ON portal_pushsubscription TO zamiast_portal;
GRANT UPDATE (account_id, sealed, language, on_confirmation, on_answer, on_entry, on_look)
    ON portal_pushsubscription TO zamiast_portal;
GRANT USAGE ON SEQUENCE portal_pushsubscription_id_seq TO zamiast_portal;
GRANT SELECT, DELETE ON portal_pushsubscription TO zamiast_worker;
