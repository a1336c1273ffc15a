-- The portal decides through guardianship_facts. Of the tables it reads what people gave
-- one another, and writes invitations, what came of them, and their end.
GRANT SELECT ON guardianship_accessgrant, guardianship_authorisation, guardianship_invitation,
                guardianship_notice TO zamiast_portal;
GRANT INSERT ON guardianship_accessgrant, guardianship_authorisation, guardianship_invitation,
                guardianship_notice TO zamiast_portal;
GRANT UPDATE (ended_on, ended_at, ended_by, ended_because)
    ON guardianship_accessgrant, guardianship_authorisation TO zamiast_portal;
GRANT UPDATE (minor_agreed_on) ON guardianship_authorisation TO zamiast_portal;
GRANT UPDATE (tries, accepted_at, declined_at, cancelled_at, blocked_at)
    ON guardianship_invitation TO zamiast_portal;
GRANT UPDATE (read_at) ON guardianship_notice TO zamiast_portal;
GRANT USAGE ON SEQUENCE guardianship_accessgrant_id_seq, guardianship_authorisation_id_seq,
    guardianship_invitation_id_seq, guardianship_notice_id_seq TO zamiast_portal;

-- Specialists read the facts of a case and add and end what a ruling changes. Statements of
-- people and what insurers send they only end; invitations they do not see.
GRANT SELECT ON guardianship_insurance, guardianship_representation, guardianship_fostercare,
    guardianship_accessgrant, guardianship_owntitle, guardianship_incapacitation,
    guardianship_authorisation, guardianship_freeze, guardianship_protectedaddress,
    guardianship_circumstance, guardianship_change, guardianship_changedrow TO zamiast_desk;
GRANT INSERT ON guardianship_representation, guardianship_fostercare, guardianship_accessgrant,
    guardianship_incapacitation, guardianship_freeze, guardianship_protectedaddress,
    guardianship_insurance, guardianship_change, guardianship_changedrow, guardianship_notice
    TO zamiast_desk;
GRANT SELECT (id) ON guardianship_notice TO zamiast_desk;
GRANT UPDATE (ended_on, ended_at, ended_by, ended_because)
    ON guardianship_insurance, guardianship_representation, guardianship_fostercare,
       guardianship_accessgrant, guardianship_incapacitation, guardianship_freeze,
       guardianship_protectedaddress TO zamiast_desk;
GRANT UPDATE (reviewed_by_id, reviewed_at, review, is_kept) ON guardianship_freeze TO zamiast_desk;
GRANT UPDATE (decided_by_id, decided_at, decision, is_approved)
    ON guardianship_change TO zamiast_desk;
GRANT USAGE ON SEQUENCE guardianship_representation_id_seq, guardianship_fostercare_id_seq,
    guardianship_accessgrant_id_seq, guardianship_incapacitation_id_seq, guardianship_freeze_id_seq,
    guardianship_protectedaddress_id_seq, guardianship_insurance_id_seq, guardianship_change_id_seq,
    guardianship_changedrow_id_seq, guardianship_notice_id_seq TO zamiast_desk;

-- Imports bring facts of other systems. What people gave one another they never touch.
GRANT SELECT, INSERT ON guardianship_insurance, guardianship_owntitle, guardianship_representation,
    guardianship_fostercare, guardianship_incapacitation, guardianship_authorisation,
    guardianship_protectedaddress, guardianship_circumstance TO zamiast_importer;
GRANT UPDATE (ended_on, ended_at, ended_by, ended_because)
    ON guardianship_insurance, guardianship_owntitle, guardianship_representation,
       guardianship_fostercare, guardianship_incapacitation, guardianship_authorisation,
       guardianship_protectedaddress, guardianship_circumstance TO zamiast_importer;
GRANT UPDATE (published_on) ON guardianship_insurance TO zamiast_importer;
GRANT UPDATE (until) ON guardianship_owntitle TO zamiast_importer;
GRANT USAGE ON SEQUENCE guardianship_insurance_id_seq, guardianship_owntitle_id_seq,
    guardianship_representation_id_seq, guardianship_fostercare_id_seq,
    guardianship_incapacitation_id_seq, guardianship_authorisation_id_seq,
    guardianship_protectedaddress_id_seq, guardianship_circumstance_id_seq TO zamiast_importer;
