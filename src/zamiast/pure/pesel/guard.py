"""Where PESELs stand in a text: the guard itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from zamiast.pure.numerals.identifier import is_identifier
from zamiast.pure.numerals.pesel import LENGTH
from zamiast.pure.pesel import ocr
from zamiast.pure.pesel.chains import RUN, Chain
from zamiast.pure.pesel.gaps import SPACE, TIGHT
from zamiast.pure.pesel.phones import in_brackets, phone_end
from zamiast.pure.pesel.reader import Reader
from zamiast.pure.pesel.search import Search, is_valid, may_start, usual_digits
from zamiast.pure.pesel.view import View
from zamiast.pure.pesel.zones import zones

PESEL = "PESEL"
PESEL_SUSPECT = "PESEL_SUSPECT"

_KEYCAPS = ("\ufe0f", "\u20e3")
SHORTEST = 10
MOST_DIGITS = {"M": 9, "X": 9, "P": 9, "S": 3}
"""How many digits words can stand for that have none of their own."""
SUSPECT_REACH = 2
"""Words between the word PESEL and a number of ten or twelve digits."""
_HEX = re.compile(r"[0-9a-fA-F-]+")
_HEX_AT_LEAST = 16


class Span(NamedTuple):
    """A place in the text, end exclusive, and what stands there."""

    start: int
    end: int
    kind: str


def scan(text: str, today: datetime.date) -> list[Span]:
    """Return where PESELs stand in ``text``, in order and without overlaps.

    >>> scan("mój PESEL: 68 03 17 45121", datetime.date(2026, 1, 1))
    [Span(start=11, end=25, kind='PESEL')]
    """
    found: list[Span] = []
    for start, end in zones(text):
        view = View(text[start:end], start)
        for span in sorted(_in_view(view.text, today)):
            first, last = view.span(span.start, span.end)
            while text[last : last + 1] in _KEYCAPS:
                last += 1
            if not found or first >= found[-1].end:
                found.append(Span(first, last, span.kind))
    return found


def _in_view(text: str, today: datetime.date) -> list[Span]:
    spans = [span for chain in Reader(text).chains() for span in _in_chain(text, chain, today)]
    for start, end, digits in ocr.candidates(text):
        if is_valid(digits, today):
            beside = [span for span in spans if span.start < end and start < span.end]
            if all(span.kind == PESEL_SUSPECT for span in beside):
                spans = [span for span in spans if span not in beside]
                spans.append(Span(start, end, PESEL))
    return spans


def _in_chain(text: str, chain: Chain, today: datetime.date) -> Iterator[Span]:
    chain.settle()
    units = chain.units
    if not units:
        return
    if chain.phone or in_brackets(text, chain):
        chain.phone_units = phone_end(chain)
    if sum(MOST_DIGITS.get(unit.code) or len(unit.digits) for unit in units) < SHORTEST:
        return
    found = list(_valid(text, chain, today))
    if found:
        yield from found
    elif chain.phone_units == 0 and (chain.announced or chain.closed_by_pesel):
        yield from _suspects(chain)


def _valid(text: str, chain: Chain, today: datetime.date) -> Iterator[Span]:
    """Yield the valid PESELs of a chain."""
    units, at = chain.units, chain.phone_units
    usual = usual_digits(chain)
    if usual is not None and (not is_valid(usual, today) or _is_numbered_by_year(chain)):
        return
    search = Search(chain, lambda digits: is_valid(digits, today))
    tiles = _tiles(search, at, len(units))
    if tiles:
        yield from (Span(units[i].start, units[j - 1].end, PESEL) for i, j in tiles)
        return
    while at < len(units):
        end = search.from_unit(at) if may_start(chain, at) else None
        if end is None or _in_hex(text, units[at].start, units[end - 1].end):
            at += 1
            continue
        yield Span(units[at].start, units[end - 1].end, PESEL)
        again = search.echo(end)
        if again:
            yield Span(units[end].start, units[again - 1].end, PESEL)
        at = again or end


def _is_numbered_by_year(chain: Chain) -> bool:
    """Tell whether the chain is a labelled number with a year in it: "FV/2024/11/21315"."""
    return chain.labelled and any(
        len(unit.digits) == 4 and unit.digits[:2] in ("19", "20") and unit.gap == TIGHT
        for unit in chain.units
    )


def _tiles(search: Search, at: int, size: int) -> list[tuple[int, int]]:
    """Return the windows that a chain of several whole PESELs, and nothing else, is made of."""
    tiles = []
    while at < size:
        end = search.from_unit(at, anywhere=True)
        if end is None:
            return []
        tiles.append((at, end))
        at = end
    return tiles if len(tiles) > 1 else []


def _suspects(chain: Chain) -> Iterator[Span]:
    units = chain.units
    edge = units[0] if chain.announced else units[-1]
    if edge.code == RUN and len(edge.digits) in (10, 11, 12):
        if len(edge.digits) == LENGTH or _slipped(chain, edge.digits):
            yield Span(edge.start, edge.end, PESEL_SUSPECT)
        return
    search = Search(chain, _any_digits, sieve=False)
    starts = [0] if chain.announced else [i for i in range(len(units)) if may_start(chain, i)][-12:]
    for first in starts:
        end = search.from_unit(first)
        if end is not None and (chain.announced or end == len(units)):
            yield Span(units[first].start, units[end - 1].end, PESEL_SUSPECT)
            return


def _any_digits(_: str) -> bool:
    return True


def _slipped(chain: Chain, digits: str) -> bool:
    """Tell whether ten or twelve digits just after the word PESEL are a mistyped one."""
    return (
        chain.announced
        and chain.distance <= SUSPECT_REACH
        and chain.units[0].gap >= SPACE
        and not is_identifier(digits)
    )


def _in_hex(text: str, start: int, end: int) -> bool:
    """Tell whether the digits stand inside a hexadecimal identifier."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if not any(c in "abcdefABCDEF" for c in beside):
        return False
    left = max(0, start - 64)
    while start > left and text[start - 1] in "0123456789abcdefABCDEF-":
        start -= 1
    match = _HEX.match(text, start, end + 64)
    return match is not None and len(match[0]) >= _HEX_AT_LEAST
