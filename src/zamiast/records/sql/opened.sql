-- The portal reads entries of an account only after it opened them: an event says so, which
-- the holder sees. The event is committed before it opens anything, so that nobody reads and
-- rolls the trace back, and it opens for a quarter of an hour what its fields name, and no more.
--
-- A transaction names its event in the setting zamiast.opened. Functions of the owner and the
-- import are not bound: the first write an event of their own, the second one for each batch.

CREATE TABLE records_opens (
    want text,
    kind text,
    PRIMARY KEY (want, kind)
);
INSERT INTO records_opens (want, kind) VALUES
    ('see_prescriptions', 'MedicationRequest'), ('see_prescriptions', 'MedicationDispense'),
    ('see_referrals', 'ServiceRequest'),
    ('see_documentation', 'Encounter'), ('see_documentation', 'Appointment'),
    ('see_documentation', 'Procedure'), ('see_documentation', 'ExplanationOfBenefit'),
    ('see_documentation', 'Immunization'), ('see_documentation', 'Condition'),
    ('see_documentation', 'AllergyIntolerance'), ('see_documentation', 'DocumentReference'),
    ('see_account', 'Coverage');

CREATE FUNCTION records_opened() RETURNS TABLE (account_id bigint, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT e.account_id, o.kind
      FROM audit_event e JOIN records_opens o ON o.want = ANY (string_to_array(e.fields, ','))
     WHERE e.id = nullif(current_setting('zamiast.opened', true), '')::bigint
       AND e.what = 'access.opened' AND e.outcome = 'done' AND e.written_by = session_user
       AND e.at > clock_timestamp() - interval '15 minutes'
       AND e.written_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
$$;
REVOKE ALL ON FUNCTION records_opened FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records_opened TO zamiast_portal;

ALTER TABLE records_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE records_formerentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE records_dispute ENABLE ROW LEVEL SECURITY;

CREATE POLICY records_opened ON records_entry FOR SELECT TO zamiast_portal
    USING ((account_id, kind) IN (SELECT o.account_id, o.kind FROM records_opened() o));
CREATE POLICY records_opened ON records_formerentry FOR SELECT TO zamiast_portal
    USING ((account_id, kind) IN (SELECT o.account_id, o.kind FROM records_opened() o));
CREATE POLICY records_opened ON records_dispute TO zamiast_portal
    USING (account_id IN (SELECT o.account_id FROM records_opened() o));

CREATE POLICY records_import ON records_entry TO zamiast_importer USING (true);
CREATE POLICY records_import ON records_formerentry TO zamiast_importer USING (true);
CREATE POLICY records_import ON records_dispute TO zamiast_importer USING (true);
