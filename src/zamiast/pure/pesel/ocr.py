"""Digits misread by a scanner: one to three letters where a digit belongs.

>>> list(candidates("nr 44O62907l83, kod B44"))
[(3, 14, '44062907183')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zamiast.pure.numerals.pesel import LENGTH

MISREAD = {"0": "Oo", "1": "Il|", "2": "Z", "5": "S", "6": "b", "8": "B", "9": "g"}
"""What each digit is taken for."""
MOST_LETTERS = 3

_DIGIT_OF = str.maketrans({letter: d for d, letters in MISREAD.items() for letter in letters})
_LETTERS = "".join(MISREAD.values())
_HINT = re.compile(rf"[0-9][ .-]?[{_LETTERS}]|[{_LETTERS}][ .-]?[0-9]")
_SHARE = re.compile(rf"[0-9{_LETTERS}]+")
_RUN = re.compile(rf"[0-9{_LETTERS}]+(?:[ .-][0-9{_LETTERS}]+)*")
_TIGHT_RUN = re.compile(rf"[0-9{_LETTERS}]+(?:[.-][0-9{_LETTERS}]+)*")
_OWN_NUMBER = re.compile(r" [0-9]{7,9}\b")
_WORD = re.compile(r"[0-9]{2} [A-Za-z] |[0-9] [A-Za-z] [0-9]{2}")
"""A letter by itself between groups: the "o" of "11.11.2024 o 15"."""
_CLOCK_GOES_ON = re.compile(r":[0-9]")
_LONGEST_RUN = 2 * LENGTH


def candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and digits of what could be eleven digits with letters among them."""
    if _HINT.search(text) is None:
        return
    for found in _RUN.finditer(text):
        if found.end() - found.start() >= LENGTH:
            yield from _in_run(text, *found.span())


def _in_run(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the run if it reads as a whole, else what reads of its parts."""
    own = _OWN_NUMBER.search(text, start, end)
    if own and own.end() == end:
        end = own.start()
    for parts in (_RUN, _TIGHT_RUN, _SHARE):
        read = [
            reading
            for part in parts.finditer(text, start, end)
            if LENGTH <= part.end() - part.start() <= _LONGEST_RUN
            for reading in _reading(text, *part.span())
        ]
        if read:
            yield from read
            return


def _reading(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    start, end = _without_letters_of_words(text, start, end)
    written = [c for c in text[start:end] if c not in " .-"]
    letters = sum(c in _LETTERS for c in written)
    if _WORD.search(text, start, end) or _CLOCK_GOES_ON.match(text, end):
        return
    if len(written) == LENGTH and 1 <= letters <= MOST_LETTERS:
        yield start, end, "".join(written).translate(_DIGIT_OF)


def _without_letters_of_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out letters at both ends that belong to a word beside: the o of "konto 44"."""
    if text[start - 1 : start].isalpha():
        while start < end and text[start] in _LETTERS:
            start += 1
    if text[end : end + 1].isalpha():
        while start < end and text[end - 1] in _LETTERS:
            end -= 1
    while start < end and text[start] in " .-":
        start += 1
    while start < end and text[end - 1] in " .-":
        end -= 1
    return start, end
