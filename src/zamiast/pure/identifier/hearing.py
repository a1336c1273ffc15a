"""Understanding an identifier that was said or typed: one utterance, twelve digits or nothing.

>>> hear("dziewięćset pięćdziesiąt, sto dwadzieścia, yyy, 144, cztery osiem trzy")
'950120144483'
>>> hear("nine five oh, one two oh, one double four, four eight three", "en")
'950120144483'
>>> hear("dziewięć pięć zero") is None
True

Number words can often be cut in several ways: "dwadzieścia trzy" is 23, or 20 and 3. A
pause, written as a comma or a filler, speaks for cutting. Of the readings with twelve
digits those with right check digits come first, then those that keep to the pauses;
when that does not settle it, nothing was heard. What was heard is not yet valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from zamiast.pure.identifier.code import is_valid
from zamiast.pure.identifier.form import LENGTH
from zamiast.pure.identifier.utterance import Piece, pieces_of
from zamiast.pure.numerals import Kind

_MOST_PIECES = 3 * LENGTH
"""No number of twelve digits has more pieces: nine hundred and fifty-five is four for three."""

Step: TypeAlias = tuple[int, str]
"""Where reading goes on, and the digits read so far."""


def hear(text: str, language: str = "pl") -> str | None:
    """Return the twelve digits that ``text`` says in ``language`` (pl, en, uk), or None.

    KeyError when the language is unknown.
    """
    costs = spoken_as(text, language, LENGTH)
    likely = {digits: cost for digits, cost in costs.items() if is_valid(digits)} or costs
    lowest = min(likely.values(), default=0)
    best = [digits for digits, cost in likely.items() if cost == lowest]
    return best[0] if len(best) == 1 else None


def spoken_as(text: str, language: str, length: int) -> dict[str, int]:
    """Return all readings of ``text`` with ``length`` digits, each with its cost.

    The cost is the number of places where it cuts against, or joins across, a pause.
    """
    pieces = pieces_of(text, language)
    if pieces is None or len(pieces) > _MOST_PIECES:
        return {}
    costs: dict[str, int] = {}
    for digits, cost in _readings(pieces, 0, length):
        costs[digits] = min(cost, costs.get(digits, cost))
    return costs


def _readings(pieces: Sequence[Piece], start: int, length: int) -> Iterator[tuple[str, int]]:
    """Yield each reading of the pieces from ``start`` on that has ``length`` digits."""
    if start == len(pieces):
        if length == 0:
            yield "", 0
        return
    steps = list(_steps(pieces, start))
    natural = max((end for end, _ in steps if not _pause_between(pieces, start, end)), default=0)
    for end, digits in steps:
        if len(digits) <= length:
            for rest, cost in _readings(pieces, end, length - len(digits)):
                yield digits + rest, cost + (end != natural)


def _pause_between(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a pause was made inside the pieces from ``start`` to ``end``."""
    return any(piece.after_pause for piece in pieces[start + 1 : end])


def _steps(pieces: Sequence[Piece], start: int) -> Iterator[Step]:
    """Yield each way to read one number that begins at ``start``."""
    piece = pieces[start]
    if piece.digits:
        yield start + 1, piece.digits
        return
    yield from _repeated(pieces, start)
    for end, value in _numbers(pieces, start, 1000):
        yield end, str(value)


def _kind(pieces: Sequence[Piece], place: int) -> Kind | None:
    """Return the kind of the number word at ``place``; None for digits and beyond the end."""
    return pieces[place].kind if place < len(pieces) else None


def _repeated(pieces: Sequence[Piece], start: int) -> Iterator[Step]:
    """Yield "double five" and "dwa razy pięć" as 55."""
    if _kind(pieces, start) is Kind.MULTIPLE:
        repeated = start + 1
    elif _kind(pieces, start) is Kind.DIGIT and _kind(pieces, start + 1) is Kind.TIMES:
        repeated = start + 2
    else:
        return
    if _kind(pieces, repeated) is Kind.DIGIT:
        yield repeated + 1, str(pieces[repeated].value) * pieces[start].value


def _numbers(pieces: Sequence[Piece], start: int, below: int) -> Iterator[tuple[int, int]]:
    """Yield each whole number less than ``below`` that begins at ``start``, and where it ends."""
    kind = _kind(pieces, start)
    value = pieces[start].value if kind else 0
    if below == 1000:
        if kind is Kind.HUNDRED:
            yield from _with_tail(pieces, start + 1, value, 100)
        if kind is Kind.DIGIT and value and _kind(pieces, start + 1) is Kind.SCALE:
            yield from _with_tail(pieces, start + 2, 100 * value, 100)
        if kind is Kind.SCALE:
            yield from _with_tail(pieces, start + 1, 100, 100)
    if below >= 100:
        if kind is Kind.TEN:
            yield from _with_tail(pieces, start + 1, value, 10)
        if kind is Kind.TEEN:
            yield start + 1, value
    if kind is Kind.DIGIT and (value or below == 1000):
        yield start + 1, value


def _with_tail(
    pieces: Sequence[Piece], start: int, value: int, below: int
) -> Iterator[tuple[int, int]]:
    """Yield ``value`` alone, and with each lesser number that follows it."""
    yield start, value
    for end, tail in _numbers(pieces, start, below):
        yield end, value + tail
