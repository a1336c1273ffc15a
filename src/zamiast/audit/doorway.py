"""The one doorway: every text that is stored or logged passes here first.

Behind it stands the PESEL guard. What it finds is cut out, and a mark stands in
its place; the rest stays as it was.

>>> cleaned("numer 44051401458, proszę dzwonić")
'numer [PESEL usunięty], proszę dzwonić'
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from zamiast.pure.numerals import pesel

MARK = "[PESEL usunięty]"
_RUN = re.compile(r"(?<![0-9])[0-9]{11}(?![0-9])")


@dataclass(frozen=True)
class Passed:
    """A text after the doorway: ``text`` to store, ``found`` numbers cut out."""

    text: str
    found: int


def let_through(text: str) -> Passed:
    """Cut every national number out of a text. Doing it twice changes nothing."""
    found = 0

    def cut(match: re.Match[str]) -> str:
        nonlocal found
        if not pesel.is_well_formed(match[0]):
            return match[0]
        found += 1
        return MARK

    return Passed(_RUN.sub(cut, text), found)


def cleaned(text: str) -> str:
    """The text to store."""
    return let_through(text).text


def today() -> datetime.date:
    """The date that decides whether a birth date is possible."""
    return datetime.datetime.now(datetime.UTC).date()
