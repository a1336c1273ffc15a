"""Number words as they are mistyped and slurred.

Two ways, both data-driven: common forms by name (``NAMED``), and any word one letter
away from a number word (``near``). Short words are left out of the second, for too
many honest words stand near them.

>>> near("siedemdziesiont", sieve({"siedemdziesiat": "seventy"}))
'seventy'
>>> near("bardzo", sieve({"siedemdziesiat": "seventy"})) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from zamiast.pure.numerals.polish_forms import forms
from zamiast.pure.numerals.words import Kind, Word

T = TypeVar("T")

NAMED: dict[str, Word] = {
    **forms(
        Kind.DIGIT,
        {
            0: "żero dzero zeo zeero zerro",
            1: "jedyn jedn jeen jedeen",
            2: "dwaa dfa dfie",
            3: "tszy trzi trzyy tsy trze",
            4: "sztery cztyry cztry czteri cztyr sztyry štyri",
            5: "pińć pienć pinć pięsc pieńć piąć",
            6: "szejść szeć szejś szeźć sześ szeszcz",
            7: "siedm śedem siedym sidem sedem siedę",
            8: "osim ośem osjem ośm osm",
            9: "dziewińć dziwięć dziewieńć dzieweć dziewinć",
        },
    ),
    **forms(
        Kind.TEEN,
        {
            10: "dziesińć dziesieńć dzieść",
            11: "jedynaście jedenaśce jedynascie",
            12: "dwanaśce dwanajście",
            14: "sztyrnaście czternaśce",
            15: "pientnaście pitnaście piętnaśce",
            16: "szesnaśce szestnaście",
            19: "dziewientnaście dziewitnaście",
        },
    ),
    **forms(
        Kind.TEN,
        {
            20: "dwajścia dwadzieśca dwaścia dwajsta",
            30: "trzydzieśca czydzieści trzyjści",
            40: "szterdzieści cztedzieści sztyrdzieści czterdzieśca",
            50: "pindziesiąt pińdziesiąt pieńdziesiąt pienćdziesiąt pidziesiąt piędziesiąt",
            60: "szejdziesiąt szejsiąt szejsiont szesiąt sześdziesiąt szeździesiąt",
            70: "siemdziesiąt siedymdziesiąt siedziesiąt",
            80: "osimdziesiąt osiemdziesiąd ośdziesiąt",
            90: "dziewiedziesiąt dziewieńdziesiąt dziewiendziesiąt dziewindziesiąt",
        },
    ),
    **forms(Kind.HUNDRED, {200: "dwieśce dwiesta", 500: "pińcet pincet pięcet", 600: "szejset"}),
}
"""Slips that people are known to make, also where many letters differ."""

SHORTEST = 5


def holes(word: str) -> Iterator[str]:
    """Yield ``word`` and each way of leaving one letter out."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def sieve(lexicon: Mapping[str, T]) -> dict[str, T]:
    """Return the long words of ``lexicon`` by every spelling with one letter left out.

    Two words that are one letter apart share such a spelling, so a look-up needs no
    comparison with every word.
    """
    found: dict[str, T] = {}
    for word, value in lexicon.items():
        if len(word) >= SHORTEST:
            for hole in holes(word):
                found.setdefault(hole, value)
    return found


def near(word: str, sifted: Mapping[str, T]) -> T | None:
    """Return what the nearest word of a ``sieve`` stands for, or None.

    Doubled letters and the sound of ą and ę written out ("on", "en") are undone first.
    """
    if not SHORTEST <= len(word) <= 24:
        return None
    for spelling in (word, word.replace("siont", "siat").replace("wien", "wie")):
        for hole in holes(spelling):
            if len(hole) >= SHORTEST - 1 and hole in sifted:
                return sifted[hole]
    return None
