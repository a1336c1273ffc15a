"""The account of the patient on the web."""
