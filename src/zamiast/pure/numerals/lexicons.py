"""The number words of each language that Zamiast speaks."""

from __future__ import annotations

from typing import Final

from zamiast.pure.numerals import english, polish, ukrainian
from zamiast.pure.numerals.words import Lexicon

LANGUAGES: Final = ("pl", "en", "uk")

_WORDS: dict[str, Lexicon] = {"pl": polish.WORDS, "en": english.WORDS, "uk": ukrainian.WORDS}
_DIGITS = {"pl": polish.DIGITS, "en": english.DIGITS, "uk": ukrainian.DIGITS}


def lexicon(language: str) -> Lexicon:
    """Return the number words of ``language`` by folded spelling; KeyError if unknown.

    >>> lexicon("uk")["пять"].value
    5
    """
    return _WORDS[language]


def spoken_digits(language: str) -> tuple[str, ...]:
    """Return how 0 to 9 are said in ``language``, properly spelled; KeyError if unknown.

    >>> spoken_digits("pl")[5]
    'pięć'
    """
    return _DIGITS[language]
