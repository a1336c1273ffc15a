-- A report whose case was answered ends when the holder reports the entry anew.
GRANT UPDATE (ended_at, ended_because) ON records_dispute TO zamiast_portal;
