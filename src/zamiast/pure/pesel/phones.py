"""Where a number marked as a phone ends: nothing that begins inside it is a PESEL."""

from __future__ import annotations

from zamiast.pure.pesel.chains import CORRECTION, RUN, Chain
from zamiast.pure.pesel.gaps import FOREIGN, PAUSE, SENTENCE, SPACE, WORDS
from zamiast.pure.pesel.readings import readings

PHONE = 9
"""Digits of a Polish number."""
POLISH = 11
"""Digits of a Polish number with its 48."""
SHORTEST, LONGEST = 8, 15


def phone_end(chain: Chain) -> int:
    """Return the unit after the phone that the chain begins with."""
    units, at, digits = chain.units, 0, ""
    while at < len(units):
        found = readings(chain, at)
        if not found:
            at += 1
            continue
        longer = digits + found[0].digits
        if digits and len(longer) > (POLISH if digits.startswith("48") else LONGEST):
            break
        digits, at = longer, found[0].end
        if digits.startswith("48") and len(digits) >= POLISH:
            break
        widest = PAUSE if units[at - 1].code == RUN else SENTENCE
        if units[at - 1].gap >= widest and len(digits) > SHORTEST:
            break
    return at


def in_brackets(text: str, chain: Chain) -> bool:
    """Tell whether the chain begins with "(48)" or with "00 48"."""
    first = chain.units[0]
    if first.digits in ("48", "0048"):
        before = text[: first.start].rstrip()[-1:] if first.start < 3 else text[first.start - 1]
        return before == "(" and text[first.end : first.end + 1] == ")"
    return (
        first.digits in ("00", "0048")
        and len(chain.units) > 1
        and chain.units[1].digits.startswith(("48", "380"))
        and first.gap <= SPACE
    )


def phone_first(chain: Chain, first: int, end: int) -> bool:
    """Tell whether the units are a phone in threes, and what else was said of it.

    "660-419-165, nie po 20", "sześćset jeden …, najlepiej po szesnastej"
    """
    units, at, size = chain.units, first, 0
    while size < PHONE:
        found = readings(chain, at) if at < end else []
        if not found or (at > first and units[at - 1].gap >= WORDS):
            return False
        digits = found[0].digits
        starts_well = size % 3 or digits == "0" or len(digits) in (3, PHONE)
        room = PHONE if size == 0 else 3 - size % 3
        if not starts_well or len(digits) > room:
            return False
        size, at = size + len(digits), found[0].end
    last = units[at - 1]
    limits = chain.labelled or last.marks & CORRECTION > 0
    return at == end or last.gap >= FOREIGN or (last.gap >= WORDS and limits)
