-- The desk opens and works on cases. The holder reads the own ones and can disown them.
GRANT SELECT, INSERT ON helpline_case, helpline_note, helpline_move TO zamiast_desk;
GRANT UPDATE (state, closed_at) ON helpline_case TO zamiast_desk;
GRANT USAGE ON SEQUENCE helpline_case_number_seq, helpline_note_id_seq, helpline_move_id_seq TO zamiast_desk;

GRANT SELECT (number, matter, state, account_id, is_confirmed, level, opened_by_name, opened_at,
              closed_at, language) ON helpline_case TO zamiast_portal;
GRANT UPDATE (state, closed_at) ON helpline_case TO zamiast_portal;
GRANT INSERT, SELECT (id) ON helpline_move TO zamiast_portal;
GRANT USAGE ON SEQUENCE helpline_move_id_seq TO zamiast_portal;

-- Numbers that are read out have six digits from the first one on: a lost digit is noticed.
ALTER TABLE helpline_case ALTER COLUMN number RESTART WITH 100001;
