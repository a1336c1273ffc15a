"""Health records as the patient sees them: the sections, a line of a list, one entry."""
