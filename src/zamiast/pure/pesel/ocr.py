"""Digits misread by a scanner: one to three letters where a digit belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zamiast.pure.numerals.pesel import LENGTH

LETTERS = str.maketrans("OoIl|ZzSsBbgq", "0011122558699")
MOST_LETTERS = 3
_SHAPE = "0-9OoIl|ZSBbg"
_HINT = re.compile(r"[0-9][ .-]?[OoIl|ZSBbg]|[OoIl|ZSBbg][ .-]?[0-9]")
_RUN = re.compile(rf"[{_SHAPE}]+(?:[ .-][{_SHAPE}]+)*")
_MOST_SHARES = 6


def candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and digits of what could be eleven digits with letters among them."""
    if _HINT.search(text) is None:
        return
    for found in _RUN.finditer(text):
        if found.end() - found.start() >= LENGTH:
            yield from _windows(text, *found.span())


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    shares = [(m.start(), m.end()) for m in re.finditer(rf"[{_SHAPE}]+", text[start:end])]
    for i, (first, _) in enumerate(shares):
        size = 0
        for _, last in shares[i : i + _MOST_SHARES]:
            size = len(re.sub(r"[ .-]", "", text[start + first : start + last]))
            if size >= LENGTH:
                yield from _trimmed(text, start + first, start + last)
                break


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the window, and the window without a letter at either end that is no digit."""
    for first, last in ((start, end), (start + 1, end), (start, end - 1), (start + 1, end - 1)):
        written = re.sub(r"[ .-]", "", text[first:last])
        letters = sum(not c.isdigit() for c in written)
        if len(written) == LENGTH and 1 <= letters <= MOST_LETTERS and _free(text, first, last):
            yield first, last, written.translate(LETTERS)


def _free(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isdigit() or text[end : end + 1].isdigit())
