"""Users of both sites, their second factors and sessions."""
