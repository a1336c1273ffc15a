"""Zamiast: a helpline and patient account built on an account identifier instead of PESEL."""

__version__ = "0.1.0"
