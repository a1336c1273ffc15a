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
from zamiast.pure.pesel.gaps import PAUSE, SENTENCE, SPACE, TIGHT, WALL
from zamiast.pure.pesel.phones import PHONE, in_brackets, phone_end, phone_first
from zamiast.pure.pesel.reader import Reader
from zamiast.pure.pesel.readings import readings
from zamiast.pure.pesel.search import Goal, Search, is_valid, may_start, usual_digits
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
    most = _most_digits(chain)
    if most < SHORTEST:
        return
    found = list(_valid(text, chain, today)) if most >= LENGTH else []
    if found:
        yield from found
    elif chain.phone_units == 0 and (chain.announced or chain.closed_by_pesel):
        yield from _suspects(chain)


def _most_digits(chain: Chain) -> int:
    """Return how many digits the chain can stand for at most."""
    return sum([len(unit.digits) or MOST_DIGITS.get(unit.code, 0) for unit in chain.units]) + sum(
        [MOST_DIGITS["P"] for unit in chain.units if unit.code in "PX"]
    )


def _valid(text: str, chain: Chain, today: datetime.date) -> Iterator[Span]:
    """Yield the valid PESELs of a chain."""
    units = chain.units
    usual = usual_digits(chain)
    if len(usual) == LENGTH:
        if is_valid(usual, today) and not (
            _is_numbered_by_year(chain)
            or (not chain.announced and phone_first(chain, 0, len(units)))
        ):
            yield from _outside_hex(text, units[0].start, units[-1].end)
        return
    if usual and len(usual) < LENGTH and not chain.announced and not _may_be_split(chain, usual):
        return
    search = Search(chain, lambda digits: is_valid(digits, today))
    windows = list(_windows(search, chain)) if _corrected_then_more(chain) else []
    if not windows:
        windows = _tiles(search, chain)
    if not windows and not (chain.announced and _reads_whole(chain)):
        windows = list(_windows(search, chain))
    for first, end in windows:
        yield from _outside_hex(text, units[first].start, units[end - 1].end)


def _reads_whole(chain: Chain) -> bool:
    """Tell whether the chain reads as eleven digits, valid or not: then no part of it counts."""
    if chain.corrected or len(chain.units) > LENGTH:
        return False
    return Search(chain, _any_digits, sieve=False).from_unit(0, Goal.LAST) is not None


def _windows(search: Search, chain: Chain) -> Iterator[tuple[int, int]]:
    """Yield the windows of a chain, and what repeats the end of each."""
    at, size = chain.phone_units, len(chain.units)
    while at < size:
        end = search.from_unit(at) if may_start(chain, at) else None
        if end is None:
            at += 1
            continue
        yield at, end
        again = search.echo(end)
        if again:
            yield end, again
        at = again or end


def _corrected_then_more(chain: Chain) -> bool:
    """Tell whether a corrected number may be over before the chain is: a sentence ends in it.

    Else the whole chain is tried first, for there are many ways to drop a group.
    """
    return chain.corrected and any(SENTENCE <= unit.gap < WALL for unit in chain.units)


def _may_be_split(chain: Chain, usual: str) -> bool:
    """Tell whether a chain that usually reads as fewer digits may yet be a PESEL.

    "dwadzieścia trzy" can be 20 and 3. Where the speaker pauses between the groups it is
    23, and a phone or a tax number does not become eleven digits by reading it oddly; nor
    does a phone that begins with a hundred.
    """
    if _begins_as_foreign_phone(chain, usual):
        return False
    if len(usual) == LENGTH - 1:
        return True
    pauses = any(PAUSE <= unit.gap < WALL for unit in chain.units)
    return not pauses and not (len(usual) == PHONE and chain.units[0].code == "H")


def _begins_as_foreign_phone(chain: Chain, usual: str) -> bool:
    """Tell whether the words are grouped as a Ukrainian phone is: 0, two digits, three digits."""
    sizes: list[int] = []
    at = 0
    while at < len(chain.units) and len(sizes) < 3:
        found = readings(chain, at)[0]
        sizes.append(len(found.digits))
        at = found.end
    return usual[0] == "0" and sizes == [1, 2, 3]


def _is_numbered_by_year(chain: Chain) -> bool:
    """Tell whether the chain is a labelled number with a year in it: "FV/2024/11/21315"."""
    return chain.labelled and any(
        len(unit.digits) == 4 and unit.digits[:2] in ("19", "20") and unit.gap == TIGHT
        for unit in chain.units
    )


def _tiles(search: Search, chain: Chain) -> list[tuple[int, int]]:
    """Return the windows of a chain that is made of whole PESELs, phones and nothing else.

    With threes all along it is one long number rather than a phone and a PESEL.
    """
    at, size = chain.phone_units, len(chain.units)
    end = search.from_unit(at, Goal.LAST)
    if end is not None:
        return [(at, end)]
    tiles: list[tuple[int, int]] = []
    phones = False
    while at < size:
        end = search.from_unit(at, Goal.ANYWHERE)
        if end is not None:
            tiles.append((at, end))
        else:
            phones = True
        at = end or search.phone_from(at)
        if not at:
            return []
    threes = phones and any(len(chain.units[first].digits) == 3 for first, _ in tiles)
    return [] if threes else tiles


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
        end = search.from_unit(first, Goal.LAST)
        if end is None and chain.announced:
            end = search.from_unit(first)
        if end is not None:
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


def _outside_hex(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the place as a PESEL, unless it stands inside a hexadecimal identifier."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if any(c in "abcdefABCDEF" for c in beside):
        left = start
        while left > max(0, start - 64) and text[left - 1] in "0123456789abcdefABCDEF-":
            left -= 1
        match = _HEX.match(text, left, end + 64)
        if match is not None and len(match[0]) >= _HEX_AT_LEAST:
            return
    yield Span(start, end, PESEL)
