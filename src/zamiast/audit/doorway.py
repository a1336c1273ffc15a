"""The one doorway: every text that is stored or logged passes here first.

Behind it stands the PESEL guard. What it finds is cut out, and a mark stands in
its place; the rest stays as it was.

>>> cleaned("numer 44051401458, proszę dzwonić")
'numer [PESEL usunięty], proszę dzwonić'
>>> let_through("cztery cztery zero pięć jeden cztery zero jeden cztery pięć osiem").found
1
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from zamiast.pure.pesel import MARK, redact

__all__ = ["MARK", "Passed", "cleaned", "let_through", "today"]

_WARSAW = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True)
class Passed:
    """A text after the doorway: ``text`` to store, ``found`` numbers cut out."""

    text: str
    found: int


def let_through(text: str) -> Passed:
    """Cut every national number out of a text. Doing it twice changes nothing."""
    cut = redact(text, today())
    return Passed(cut, cut.count(MARK) - text.count(MARK))


def cleaned(text: str) -> str:
    """The text to store."""
    return redact(text, today())


def today() -> datetime.date:
    """The date that decides whether a birth date is possible: in Warsaw, where PESELs are born."""
    return datetime.datetime.now(_WARSAW).date()
