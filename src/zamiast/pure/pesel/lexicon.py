"""What a word of a text means to the guard, looked up once for each spelling.

>>> meaning("Dwójkę").numbers
((0, 6, Word(value=2, kind=<Kind.DIGIT: 'digit'>)),)
>>> [(start, end) for start, end, _ in meaning("osiemdziesiątdwa").numbers]
[(0, 13), (13, 16)]
>>> meaning("telefonu").role.value, meaning("PESELem").role.value
('label', 'pesel')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from zamiast.pure.numerals import Word, fold, lexicon
from zamiast.pure.numerals.foreign_forms import ENGLISH, UKRAINIAN
from zamiast.pure.numerals.polish_forms import WORDS as POLISH_FORMS
from zamiast.pure.numerals.slips import NAMED, near, sieve
from zamiast.pure.pesel.vocabulary import DENIES, PESEL_STEMS, PRETEXTS, WEAK, Role, roles

NUMBERS: dict[str, Word] = {
    **ENGLISH,
    **UKRAINIAN,
    **lexicon("en"),
    **lexicon("uk"),
    **NAMED,
    **POLISH_FORMS,
    **lexicon("pl"),
}
"""Every number word by folded spelling; where two languages meet, Polish wins."""

ROLES = {word: role for word, role in roles().items() if word not in NUMBERS}
ENGLISH_WORDS = frozenset((*lexicon("en"), *ENGLISH)) - frozenset((*lexicon("pl"), *POLISH_FORMS))
SECOND_HALVES = frozenset(("dziesiat", "dziesci", "dziescia"))
LONGEST = max(map(len, NUMBERS))
LONGEST_GLUED = 400
LONGEST_SLIPPED = 60
SLIP_PRICE, DEAR = 4, 1_000_000
KNOWN_AT_ONCE = 50_000

NUMBERS_IN_PLACE = tuple[tuple[int, int, Word], ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word is: its role, and the number words in it with their places."""

    role: Role
    numbers: NUMBERS_IN_PLACE = ()
    weak: bool = False
    english: bool = False
    denies: bool = False
    benign: bool = False
    second_half: bool = False
    """The end of a number word, if one stands right before: "osiem dziesiąt"."""


_OTHER = Meaning(Role.OTHER)
_SIFTED = sieve({word: number for word, number in NUMBERS.items() if word not in NAMED})
_DOUBLED = re.compile(r"(.)\1+")
_memory: dict[str, Meaning] = {}


def meaning(word: str) -> Meaning:
    """Return what ``word``, as it stands in the text, means."""
    known = _memory.get(word)
    if known is None:
        if len(_memory) > KNOWN_AT_ONCE:
            _memory.clear()
        known = _find(word)
        if len(word) <= 40:
            _memory[word] = known
    return known


def _find(word: str) -> Meaning:
    flat = fold(word) if len(word) <= LONGEST_GLUED * 2 else word[: LONGEST_GLUED * 2].lower()
    number = NUMBERS.get(flat)
    if flat in SECOND_HALVES:
        return Meaning(Role.OTHER, second_half=True)
    if number is not None:
        return Meaning(Role.NUMBER, ((0, len(word), number),), flat in WEAK, flat in ENGLISH_WORDS)
    if any(stem in flat for stem in PESEL_STEMS):
        return Meaning(Role.PESEL)
    role = ROLES.get(flat)
    if role is not None or flat in PRETEXTS:
        return Meaning(
            role or Role.OTHER,
            denies=flat in DENIES,
            benign=flat in PRETEXTS or role in (Role.FILLER, Role.REPEAT, Role.NUMBERED),
        )
    return _guess(word, flat)


def _guess(word: str, flat: str) -> Meaning:
    single = _DOUBLED.sub(r"\1", flat)
    if ROLES.get(single) is Role.FILLER:
        return Meaning(Role.FILLER, benign=True)
    glued = unglue(flat)
    slipped = None if glued else NUMBERS.get(single) or near(flat, _SIFTED)
    if slipped is not None:
        return Meaning(Role.NUMBER, ((0, len(word), slipped),))
    glued = glued or unglue(single) or unglue(flat, slips=True)
    return Meaning(Role.NUMBER, _places(word, flat, glued)) if glued else _OTHER


def _places(word: str, flat: str, parts: list[str]) -> NUMBERS_IN_PLACE:
    """Return the words glued into one, each with its place; all of it where that is unsure."""
    if sum(map(len, parts)) != len(word) or len(flat) != len(word):
        return tuple((0, len(word), _number(part)) for part in parts)
    ends = list(accumulate(map(len, parts)))
    return tuple(
        (end - len(part), end, _number(part)) for part, end in zip(parts, ends, strict=True)
    )


def _number(part: str) -> Word:
    found = NUMBERS.get(part) or near(part, _SIFTED)
    assert found is not None
    return found


def unglue(flat: str, slips: bool = False) -> list[str]:
    """Return the number words that ``flat`` is made of end to end, or nothing.

    With ``slips``, words one letter away count too, if the first or the last is right.

    >>> unglue("osiemset"), unglue("zeropiecsto"), unglue("zerosiedemm")
    (['osiemset'], ['zero', 'piec', 'sto'], [])
    >>> unglue("zerosziedem", slips=True)
    ['zero', 'sziedem']
    """
    size = len(flat)
    if not 6 <= size <= (LONGEST_SLIPPED if slips else LONGEST_GLUED):
        return []
    if slips and not any(flat[:n] in NUMBERS or flat[-n:] in NUMBERS for n in range(3, LONGEST)):
        return []
    best: list[tuple[int, int]] = [(0, 0)] * size + [(1, size)]
    for start in range(size - 3, -1, -1):
        for end in range(start + 3, min(size, start + LONGEST) + 1):
            price = best[end][0] and best[end][0] + _price(flat[start:end], slips)
            if price and price < (best[start][0] or DEAR):
                best[start] = price, end
    parts, start = [], 0
    while start < size and best[start][0]:
        parts.append(flat[start : best[start][1]])
        start = best[start][1]
    return parts if start == size else []


def _price(part: str, slips: bool) -> int:
    """Return how unlikely a glued part is: fewer and right words go first."""
    if part in NUMBERS:
        return 1
    return SLIP_PRICE if slips and near(part, _SIFTED) is not None else DEAR
