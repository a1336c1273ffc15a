"""Numbers as people write and say them: the ground that other libraries stand on.

- ``words``: what a number word is (``Word``, ``Kind``); ``polish``, ``english``,
  ``ukrainian``: the words themselves, as data; ``lexicons``: all of them by language
- ``folding``: spelling laid flat, so that a word without its diacritics is the same word
- ``decimals``: digits of any script
- ``pesel``: the arithmetic of the Polish national number

>>> from zamiast.pure.numerals import fold, lexicon
>>> lexicon("pl")[fold("Pięćdziesiąt")]
Word(value=50, kind=<Kind.TEN: 'ten'>)
"""

from __future__ import annotations

from zamiast.pure.numerals.decimals import ascii_digits, digit_value
from zamiast.pure.numerals.folding import fold
from zamiast.pure.numerals.lexicons import LANGUAGES, lexicon, spoken_digits
from zamiast.pure.numerals.words import Kind, Lexicon, Word

__all__ = [
    "LANGUAGES",
    "Kind",
    "Lexicon",
    "Word",
    "ascii_digits",
    "digit_value",
    "fold",
    "lexicon",
    "spoken_digits",
]
