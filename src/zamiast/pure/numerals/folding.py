"""Spelling laid flat: case, diacritics and apostrophes do not part two words.

People type "piec" for "pięć" and "п'ять" with four different apostrophes or none.
Ukrainian letters stay whole: і, ї, й and и are letters, not decorations. A Latin
letter that slipped into a Cyrillic word ("вiсiм") becomes the letter it looks like.

>>> fold("PIĘĆ"), fold("żółw"), fold("П’ЯТЬ"), fold("їй")
('piec', 'zolw', 'пять', 'їй')
>>> fold("вiсiм") == fold("вісім")
True

Folding may change the length of a text. Who needs offsets into the original folds
word by word, and keeps the offset of each word.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'`´‘’‚‛\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\u0374\uff07"
"""What is typed for the apostrophe in п'ять and дев'ять."""

_NOT_DECOMPOSED = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i"}
_LATIN_LETTERS = range(0x00C0, 0x0250)
_COMBINING_MARKS = range(0x0300, 0x0370)
_LOOK_ALIKES = str.maketrans("aceiopxy", "асеіорху")
_CYRILLIC_WORD = re.compile(r"[a-z]*[\u0400-\u04ff][a-z\u0400-\u04ff]*")


def _flat_letters() -> dict[int, str]:
    """Return the translation of letters with diacritics, marks and apostrophes."""
    flat = dict.fromkeys(_COMBINING_MARKS, "")
    flat.update({ord(mark): "" for mark in APOSTROPHES})
    for code in _LATIN_LETTERS:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            flat[code] = base
    flat.update({ord(letter): base for letter, base in _NOT_DECOMPOSED.items()})
    return flat


_FLAT = _flat_letters()


def fold(text: str) -> str:
    """Return ``text`` in lower case, without diacritics and apostrophes.

    Folding twice is the same as folding once.
    """
    if text.isascii():
        return text.lower().translate(_FLAT)
    # Apostrophes go first: compatibility forms make a space of some of them.
    folded = unicodedata.normalize("NFKC", text.translate(_FLAT)).lower()
    folded = unicodedata.normalize("NFKC", folded).translate(_FLAT)
    return _CYRILLIC_WORD.sub(_all_cyrillic, folded)


def _all_cyrillic(word: re.Match[str]) -> str:
    """Replace Latin letters inside a Cyrillic word by the ones they look like."""
    return word[0].translate(_LOOK_ALIKES)
