"""Noticing a PESEL where an identifier was asked for, so that it is not repeated.

This is the small watch at the identifier's own door. What people write in free text
is for the PESEL guard (``zamiast.pure.pesel``). All numbers here are made up.

>>> looks_like_pesel("440514-01458"), looks_like_pesel("PESEL 44 05 14 01458")
(True, True)
>>> looks_like_pesel("950 120 144 483")
False
"""

from __future__ import annotations

import re
from itertools import accumulate

from zamiast.pure.identifier.form import LENGTH as IDENTIFIER_LENGTH
from zamiast.pure.identifier.form import compact, is_digits
from zamiast.pure.identifier.hearing import spoken_as
from zamiast.pure.numerals import LANGUAGES, ascii_digits, fold
from zamiast.pure.numerals.pesel import LENGTH, is_well_formed

_DIGITS = re.compile("[0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_THE_WORD = re.compile("pesel|песел")
_SUSPECT = LENGTH - 1
"""Digits beside the word PESEL from which on they are taken for one, mistyped or not."""


def looks_like_pesel(text: str) -> bool:
    """Tell whether ``text`` holds eleven digits that are a well-formed PESEL.

    They may be split in any way, and other words may stand around them, but they are
    whole groups of digits: a window inside a longer number is no PESEL, nor is one that
    falls across the single digits of a number of twelve.
    """
    numbers = _DIGITS.findall(ascii_digits(text))
    if any(is_well_formed(number) for number in numbers):
        return True
    plain = compact(text)
    if len(plain) == IDENTIFIER_LENGTH and is_digits(plain):
        return False
    return any(
        is_well_formed(digits)
        for start in range(len(numbers))
        for digits in accumulate(numbers[start : start + LENGTH])
    )


def is_repeatable(text: str) -> bool:
    """Tell whether ``text`` may be shown again, or written down: no PESEL was noticed in it.

    Stricter than ``looks_like_pesel``: the word PESEL with ten digits or more is enough,
    and so are number words that make one.

    >>> is_repeatable("950 12"), is_repeatable("pesel: 4405140145")
    (True, False)
    """
    if looks_like_pesel(text):
        return False
    if not _LETTER.search(text):
        return True
    digits = sum(map(len, _DIGITS.findall(ascii_digits(text))))
    if digits >= _SUSPECT and _THE_WORD.search(fold(text)):
        return False
    return not any(
        is_well_formed(heard)
        for language in LANGUAGES
        for heard in spoken_as(text, language, LENGTH)
    )
