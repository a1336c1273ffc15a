-- The portal finds the account of who logged in.
GRANT SELECT ON portal_link TO zamiast_portal;
