"""Files for spreadsheets: text that no program takes for a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("K-417"), cell(-3)
    ("'=1+1", 'K-417', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
