"""Persons, accounts and their identifiers."""
