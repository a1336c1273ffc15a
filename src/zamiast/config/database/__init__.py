"""Where the database is, who logs in to it, and the server that comes along."""
