"""Interfaces for other systems: telephone exchanges tell of their calls."""
