"""Polish number words as they are bent in speech: cases, ordinals, nouns, multiples.

Stems and endings are data; ``WORDS`` is every stem with every ending it takes.

>>> from zamiast.pure.numerals.folding import fold
>>> [WORDS[fold(text)].value for text in ("osiemdziesiątego", "drugiego", "dwójkę", "trzech")]
[80, 2, 2, 3]
"""

from __future__ import annotations

from collections.abc import Iterable

from zamiast.pure.numerals.words import Kind, Word, table

CASES: dict[Kind, dict[int, str]] = {
    Kind.DIGIT: {
        0: "zerem zeru zerowy zerko",
        1: "jedna jedno jedną jednego jednemu jednym jednej jedne",
        2: "dwie dwóch dwu dwóm dwom dwoma dwiema dwoje dwojga",
        3: "trzech trzem trzema trzej troje trojga",
        4: "czterech czterem czterema czterej czworo",
        5: "pięciu pięcioma pięcioro",
        6: "sześciu sześcioma sześcioro",
        7: "siedmiu siedmioma siedmioro",
        8: "ośmiu ośmioma ośmioro",
        9: "dziewięciu dziewięcioma dziewięcioro",
    },
    Kind.TEEN: {
        10: "dziesięciu dziesięcioma",
        11: "jedenastu jedenastoma",
        12: "dwunastu dwunastoma",
        13: "trzynastu trzynastoma",
        14: "czternastu czternastoma",
        15: "piętnastu piętnastoma",
        16: "szesnastu szesnastoma",
        17: "siedemnastu siedemnastoma",
        18: "osiemnastu osiemnastoma",
        19: "dziewiętnastu dziewiętnastoma",
    },
    Kind.TEN: {
        20: "dwudziestu dwudziestoma",
        30: "trzydziestu trzydziestoma",
        40: "czterdziestu czterdziestoma",
        50: "pięćdziesięciu pięćdziesięcioma",
        60: "sześćdziesięciu sześćdziesięcioma",
        70: "siedemdziesięciu siedemdziesięcioma",
        80: "osiemdziesięciu osiemdziesięcioma",
        90: "dziewięćdziesięciu dziewięćdziesięcioma",
    },
    Kind.HUNDRED: {
        100: "stu stoma setka setkę",
        200: "dwustu",
        300: "trzystu",
        400: "czterystu",
        500: "pięciuset",
        600: "sześciuset",
        700: "siedmiuset",
        800: "ośmiuset",
        900: "dziewięciuset",
    },
}
"""Forms of the cardinals besides the first case, by kind and value."""

ORDINAL_ENDINGS = "y a e ego emu ym ej ą ych ymi"
SOFT_ORDINAL_ENDINGS = "i a ia ie iego iemu im iej ą ią ich imi"
ORDINALS: dict[Kind, dict[int, str]] = {
    Kind.DIGIT: {
        0: "zerow",
        1: "pierwsz",
        4: "czwart",
        5: "piąt",
        6: "szóst",
        7: "siódm",
        8: "ósm",
        9: "dziewiąt",
    },
    Kind.TEEN: {
        10: "dziesiąt",
        11: "jedenast",
        12: "dwunast",
        13: "trzynast",
        14: "czternast",
        15: "piętnast",
        16: "szesnast",
        17: "siedemnast",
        18: "osiemnast",
        19: "dziewiętnast",
    },
    Kind.TEN: {
        20: "dwudziest",
        30: "trzydziest",
        40: "czterdziest",
        50: "pięćdziesiąt",
        60: "sześćdziesiąt",
        70: "siedemdziesiąt",
        80: "osiemdziesiąt",
        90: "dziewięćdziesiąt",
    },
    Kind.HUNDRED: {100: "setn", 200: "dwusetn", 300: "trzechsetn", 400: "czterechsetn"},
}
SOFT_ORDINALS = {2: "drug", 3: "trzec"}

NOUNS = {
    1: "jedyn",
    2: "dwój",
    3: "trój",
    4: "czwór",
    5: "piąt",
    6: "szóst",
    7: "siódem",
    8: "ósem",
    9: "dziewiąt",
}
"""The digit as a thing: ósemka, piątka."""
NOUN_ENDINGS = "ka kę ką kę ce ko"
PLURAL_ENDINGS = "ki kom kami kach"
PLURAL_GENITIVES = {
    0: "zer zera zerami zerom zerka",
    1: "jedynek",
    2: "dwójek",
    3: "trójek",
    4: "czwórek",
    5: "piątek",
    6: "szóstek",
    7: "siódemek",
    8: "ósemek",
    9: "dziewiątek",
}
MULTIPLES = {
    2: "podwójny podwójna podwójne podwójną podwójnej podwójnego podwójnym podwójnie para parę "
    "dwukrotnie",
    3: "potrójny potrójna potrójne potrójną potrójnej potrójnego potrójnym potrójnie trzykrotnie",
    4: "poczwórny poczwórna poczwórne poczwórną poczwórnej czterokrotnie",
}
TIMES = "razy kroć"


def forms(kind: Kind, texts: dict[int, str]) -> dict[str, Word]:
    """Return the words of one kind from the forms of each value."""
    return table(kind, {text: value for value, row in texts.items() for text in row.split()})


def bent(stems: dict[int, str], endings: str) -> dict[int, str]:
    """Return each stem with each of ``endings``.

    >>> bent({8: "ósem"}, "ka kę")
    {8: 'ósemka ósemkę'}
    """
    return {
        value: " ".join(stem + ending for ending in endings.split())
        for value, stem in stems.items()
    }


def _all_forms() -> Iterable[dict[str, Word]]:
    yield forms(Kind.DIGIT, bent(SOFT_ORDINALS, SOFT_ORDINAL_ENDINGS))
    for kind, stems in ORDINALS.items():
        yield forms(kind, bent(stems, ORDINAL_ENDINGS))
    for kind, texts in CASES.items():
        yield forms(kind, texts)
    yield forms(Kind.PLURAL, bent(NOUNS, PLURAL_ENDINGS))
    yield forms(Kind.PLURAL, PLURAL_GENITIVES)
    yield forms(Kind.DIGIT, bent(NOUNS, NOUN_ENDINGS))
    for kind in (Kind.TEEN, Kind.TEN):
        yield forms(kind, bent(ORDINALS[kind], NOUN_ENDINGS))
    yield forms(Kind.MULTIPLE, MULTIPLES)
    yield table(Kind.TIMES, dict.fromkeys(TIMES.split(), 0))


WORDS: dict[str, Word] = {key: word for part in _all_forms() for key, word in part.items()}
