"""Invented people for trying Zamiast out; never installed in production."""
