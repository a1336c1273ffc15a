"""What a number word is: a value, and the part it plays in a spoken number.

A table of words is a plain mapping from the folded spelling to a ``Word``. Further
tables (inflected forms, colloquial nouns, misspellings) are made with ``table`` and
joined with ``|``; nothing here needs to know of them.

>>> sloppy = table(Kind.DIGIT, {"pińć": 5})
>>> sloppy
{'pinc': Word(value=5, kind=<Kind.DIGIT: 'digit'>)}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from zamiast.pure.numerals.folding import fold


class Kind(StrEnum):
    """The part that a word plays in a spoken number."""

    DIGIT = "digit"
    """0 to 9: stands alone, or ends a longer number."""
    TEEN = "teen"
    """10 to 19: stands alone, or ends a number of three digits."""
    TEN = "ten"
    """20 to 90: a digit may follow."""
    HUNDRED = "hundred"
    """100 to 900 in one word: a ten, teen or digit may follow."""
    SCALE = "scale"
    """The English "hundred": multiplies the digit before it."""
    MULTIPLE = "multiple"
    """"double", "triple": repeats the digit after it, ``value`` times."""
    PLURAL = "plural"
    """"zera", "piątki": as many of this digit as the number before says; alone, one of it."""
    TIMES = "times"
    """"razy", "times": repeats the digit after it as often as the digit before it says."""


@dataclass(frozen=True, slots=True)
class Word:
    """One number word: its value and its kind."""

    value: int
    kind: Kind


Lexicon: TypeAlias = Mapping[str, Word]
"""Number words by folded spelling."""


def table(kind: Kind, values: Mapping[str, int]) -> dict[str, Word]:
    """Return words of one kind by folded spelling."""
    return {fold(text): Word(value, kind) for text, value in values.items()}


def numbered(kind: Kind, first: int, step: int, texts: str) -> dict[str, Word]:
    """Return words of one kind whose values go up evenly.

    >>> numbered(Kind.TEN, 20, 10, "twenty thirty")["thirty"].value
    30
    """
    return table(kind, {text: first + step * rank for rank, text in enumerate(texts.split())})
