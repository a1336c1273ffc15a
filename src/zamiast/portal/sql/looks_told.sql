-- The worker marks when a phone was last told that somebody looked.
GRANT UPDATE (looks_told_at) ON portal_pushsubscription TO zamiast_worker;
