"""Words without their endings, so that “recept” finds “recepta”: simple, and made for search.

Polish and Ukrainian change the end of nearly every word, and sometimes the consonant before
it. An ending is cut where enough of the word stays; two stems then count as one when they
agree but for the last letter (``alike``).

>>> [stem(word, "pl") for word in ("recepta", "receptę", "receptami", "rozwodzie")]
['recept', 'recept', 'recept', 'rozwodz']
>>> alike(stem("dziecka", "pl"), stem("dzieci", "pl")), alike("konto", "kontakt")
(True, False)
>>> words("Nie mogę się zalogować!", "pl")
['mog', 'zalog']
"""

from __future__ import annotations

import re
import unicodedata

SHORTEST = 3  # letters that stay of a word
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_STROKED = str.maketrans({"ł": "l", "ґ": "г", "’": "", "'": "", "ʼ": ""})

_ENDINGS = {
    "pl": (
        "owalismy owaniem owania owaniu owanie owac owal owala uje ujesz uja ujac ieniem aniem "
        "eniem ania aniu anie enia eniu enie ego emu ymi imi ami ach owi owie iej iem iom iami "
        "iach ych ich ej ow om em im ym ac ec ic yc al ala ali il ila ili asz esz isz ysz amy emy "
        "imy ymy cie ie ia iu io a e i o u y"
    ),
    "en": "ations ation ingly ings ing ments ment ities ity ness edly ies ied ers er ed es s e y",
    "uk": (
        "уватися увати ювати уванням ування анням анню ання енням енню ення ень ань "
        "ями ами ові еві ого ому ими їми ість ості істю "
        "ах ях ий ій ої ою ею ів їв ам ям ом ем им їм их їх ити ати яти ує ють уть ать ять "
        "еш иш ємо емо ння а я е є и і ї о у ю ь й"
    ),
}  # fmt: skip
_BY_LENGTH = {
    language: sorted(endings.split(), key=len, reverse=True)
    for language, endings in _ENDINGS.items()
}
_IDLE = {
    "pl": "i w we z ze na do nie sie to jest czy jak co o a za po od dla przez mi moj moja moje "
          "mam mnie ja jestem ktory ktora",
    "en": "a an the i my me is are to of in on for and or not do does how what it with by am",
    "uk": "і й та у в з із на до не це як що чи о за по від для мій моя моє мене я мені є",
}  # fmt: skip
_IDLE_WORDS = {language: frozenset(listed.split()) for language, listed in _IDLE.items()}


def words(text: str, language: str) -> list[str]:
    """The stems of the words that say something, in order."""
    found = _WORD.findall(folded(text))
    return [stem(word, language) for word in found if word not in _IDLE_WORDS[language]]


def stem(word: str, language: str) -> str:
    """The word without its ending."""
    word = folded(word)
    for ending in _BY_LENGTH[language]:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def folded(text: str) -> str:
    """Small letters without marks: people leave them out when they search.

    >>> folded("Żółć – Їжа")
    'zolc – їжа'
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(
        character
        for character, before in zip(decomposed, " " + decomposed, strict=False)
        if not unicodedata.combining(character) or before >= "Ѐ"
    )
    return unicodedata.normalize("NFC", kept).translate(_STROKED)


def alike(one: str, other: str) -> bool:
    """Whether two stems stand for the same word: equal, or equal but for the last letter."""
    if one == other:
        return True
    shared = len(one) if one == other[: len(one)] else next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )  # fmt: skip
    return shared >= 4 and shared >= max(len(one), len(other)) - 1
