"""The PESEL guard: where a text holds a Polish national number, in whatever writing.

>>> import datetime
>>> scan("pesel: osiem osiem jeden zero zero pięć trzy trzy dziewięć zero dziewięć",
...      datetime.date(2026, 1, 1))
[Span(start=7, end=72, kind='PESEL')]
"""

from __future__ import annotations

from zamiast.pure.pesel.guard import PESEL, PESEL_SUSPECT, Span, scan
from zamiast.pure.pesel.redact import MARK, redact

__all__ = ["MARK", "PESEL", "PESEL_SUSPECT", "Span", "redact", "scan"]
