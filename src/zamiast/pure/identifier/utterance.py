"""Cutting an utterance into the pieces that matter: digits, number words, pauses.

>>> [piece.digits or piece.value for piece in pieces_of("to będzie 950, sto dwadzieścia", "pl")]
['950', 100, 20]

Words that say nothing about digits ("yyy", "już mówię", "it is") are passed over, as a
pause. Words that change what was said before or after ("nie", "again", "thousand") end it:
then no digits are better than wrong ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zamiast.pure.numerals import Kind, Lexicon, ascii_digits, fold, lexicon

_TOKEN = re.compile(r"(?P<digits>[0-9]+)|(?P<word>[^\W\d_]+(?:['`´’ʼ‘′][^\W\d_]+)*)")
_PAUSE = re.compile(r"[,;:.!?…\n]|\s[-–—]|[–—]\s")

LINKS = {"pl": {"i"}, "en": {"and"}, "uk": {"і", "та"}}
"""Words inside a number ("one hundred and five"): no pause."""

CORRECTIONS = {
    "pl": {"nie", "zle", "poprawka", "pomylka", "powtarzam", "powtorze", "raz"},
    "en": {"no", "not", "wrong", "correction", "repeat", "again", "scratch"},
    "uk": {"ні", "не", "помилка", "виправлення", "повторюю", "ще"},
}
"""Between two numbers these say that the one before does not hold, or comes again."""

BEYOND = {
    "pl": {"tysiac", "tysiace", "tysiecy", "milion", "miliony", "milionow", "miliard"},
    "en": {"thousand", "thousands", "million", "millions", "billion"},
    "uk": {"тисяча", "тисячі", "тисяч", "мільйон", "мільйони", "мільйонів", "мільярд"},
}
"""Numbers that nobody says an identifier with."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of digits, or one number word (its kind and value)."""

    digits: str = ""
    kind: Kind | None = None
    value: int = 0
    after_pause: bool = False


def pieces_of(text: str, language: str) -> list[Piece] | None:
    """Return the pieces of ``text`` in order; None when it cannot be told what holds.

    KeyError when the language is unknown.
    """
    words = lexicon(language)
    text = ascii_digits(text)
    pieces: list[Piece] = []
    paused, doubtful, end = False, False, 0
    for token in _TOKEN.finditer(text):
        paused = paused or bool(_PAUSE.search(text, end, token.end()))
        end = token.end()
        piece = _piece(token, words, paused)
        if piece is not None:
            if doubtful:
                return None
            pieces.append(piece)
            paused = False
            continue
        word = fold(token["word"])
        if word in BEYOND[language]:
            return None
        doubtful = doubtful or (bool(pieces) and word in CORRECTIONS[language])
        paused = paused or word not in LINKS[language]
    return pieces


def _piece(token: re.Match[str], words: Lexicon, paused: bool) -> Piece | None:
    """Return the piece that a token is; None for a word that is no number."""
    if token["digits"]:
        return Piece(digits=token["digits"], after_pause=paused)
    word = words.get(fold(token["word"]))
    if word is None:
        return None
    return Piece(kind=word.kind, value=word.value, after_pause=paused)
