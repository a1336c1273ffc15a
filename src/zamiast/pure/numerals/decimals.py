"""Digits of any script, read as 0 to 9.

>>> ascii_digits("９५５ ١٢٠")
'955 120'
"""

from __future__ import annotations

import re
import unicodedata

_FOREIGN_DECIMAL = re.compile(r"[^\D0-9]")


def ascii_digits(text: str) -> str:
    """Return ``text`` with each Unicode decimal digit as ``0`` to ``9``.

    The length stays: one character for one character. Everything else is untouched,
    also superscripts and circled numbers, which are no decimal digits.
    """
    if text.isascii():
        return text
    return _FOREIGN_DECIMAL.sub(_ascii_digit, text)


def _ascii_digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))


def digit_value(character: str) -> int | None:
    """Return the value of a character that is a digit in any way, or None.

    Wider than ``ascii_digits``: superscript and circled digits count as well.

    >>> digit_value("７"), digit_value("²"), digit_value("⑤"), digit_value("x")
    (7, 2, 5, None)
    """
    return unicodedata.digit(character, None)
