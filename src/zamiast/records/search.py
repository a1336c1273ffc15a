"""Finding own entries by words, in any Polish form: in Python, for the database knows no Polish.

A word is folded (no accents, small letters) and stands for every stem that is left when one
of the Polish endings is cut off. Consonants that change before an ending are made alike
(ręka, ręce), and an e that comes and goes is left out (cukier, cukru). Two words match when
they have a stem in common, or when the typed one begins the other.

>>> matches("szczepienia na grypę", "Szczepionka na grypę, sezonowa")
True
>>> matches("ręce", "złamanie ręki"), matches("serce", "Recepta: Ramipryl")
(True, False)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = frozenset(
    """a ach ami e ego ej em emu i ia iach iami ie iego iej iem iemu im imi io iom iu
    o ow owa owe owego owej owi owy owych owym u y ych ym ymi
    ienia ienie ieniem ieniu ien enia enie eniem eniu en ania anie aniem aniu an
    ionka ionki ionke ionek ionce ionk owanie owania owan ka ki ke ek ce kach kami
    я ї ю у е и і а о ам ами ах ою ів ої ий ого ому их им ення ень ння s es""".split()  # noqa: SIM905
)
_PAIRS = (("dz", "g"), ("cz", "k"), ("sz", "s"), ("rz", "r"), ("ch", "s"))
_ALIKE = str.maketrans({"c": "k", "t": "k", "z": "g", "d": "g", "h": "s"})
_COMES_AND_GOES = re.compile(r"i?e(?=[bcdfghjklmnprstwz]$)")
SHORTEST = 3
LONGEST = 60


@lru_cache(50_000)
def stems(word: str) -> frozenset[str]:
    """Every stem that a word may have.

    >>> bool(stems("skierowanie") & stems("skierowań")), bool(stems("krew") & stems("krwi"))
    (True, True)
    """
    plain = unicodedata.normalize("NFD", word[:LONGEST].lower().replace("ł", "l"))
    plain = "".join(one for one in plain if not unicodedata.combining(one) or one == "\u0306")
    cut = [plain[:-size] for size in range(1, len(plain) - SHORTEST + 1)
           if plain[-size:] in _ENDINGS]  # fmt: skip
    found = [plain, *cut]
    return frozenset(_alike(one) for one in [*found, *map(_without_e, found)])


def _without_e(stem: str) -> str:
    """A stem without the e that comes and goes."""
    if len(stem) > SHORTEST:
        return _COMES_AND_GOES.sub("", stem)
    return stem[:1] + stem[1:].replace("e", "")


def _alike(stem: str) -> str:
    """A stem with its last consonant as it is before any ending."""
    for written, same in _PAIRS:
        if stem.endswith(written):
            stem = stem[: -len(written)] + same
    return stem[:-1] + stem[-1:].translate(_ALIKE)


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def matches(query: str, text: str) -> bool:
    """Whether every word of the query stands in the text, in some form."""
    there = words(text.lower())
    known = frozenset().union(*(stems(word) for word in there))
    return all(
        stems(word) & known or (len(word) > SHORTEST and _begins(word, there))
        for word in words(query.lower())
    )


def _begins(word: str, there: list[str]) -> bool:
    return any(other.startswith(word) for other in there)
