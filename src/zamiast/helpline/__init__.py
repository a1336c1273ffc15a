"""Cases and matters of the helpline."""
