"""The spoken kinds of writing: words, in any form, order of talk and state of repair."""

from __future__ import annotations

from random import Random

from . import spoken
from .pieces import Piece, join
from .talk import fillers, turns


def _spoken(rng: Random, groups: list[list[str]], gaps: tuple[str, ...]) -> list[Piece]:
    inner, fixed = " ", rng.choice(gaps)
    pieces: list[Piece] = []
    for i, words in enumerate(groups):
        if i:
            pieces.append((fixed if rng.random() < 0.8 else rng.choice(gaps), False))
        pieces += join(words, inner)
    return _case(rng, pieces)


def _case(rng: Random, pieces: list[Piece]) -> list[Piece]:
    style = rng.random()
    if style < 0.75:
        return pieces
    change = rng.choice((str.upper, str.capitalize, str.title))
    return [(change(t) if b else t, b) for t, b in pieces]


def words_single(rng: Random, number: str) -> list[Piece]:
    gaps = (
        " ",
        " ",
        ", ",
        ". ",
        " - ",
        "... ",
        "\n",
        "… ",
        " – ",
        "-",
        "… ",
        ",",
        "; ",
        " / ",
        ".\n",
    )
    return _spoken(rng, [[spoken.PL_UNITS[int(d)]] for d in number], gaps)


GAPS = (" ", " ", ", ", ", ", " - ", "... ", ". ", "\n", " – ", "; ", " / ")


def words_grouped(rng: Random, number: str) -> list[Piece]:
    return _spoken(rng, [spoken.polish(rng, g) for g in spoken.split(rng, number)], GAPS)


def words_sloppy(rng: Random, number: str) -> list[Piece]:
    groups = []
    for group in spoken.split(rng, number):
        said = [spoken.slip(rng, w) for w in spoken.polish(rng, group)]
        if len(said) > 1 and rng.random() < 0.3:
            said = ["".join(said)]
        groups.append(said)
    return _spoken(rng, groups, GAPS)


def mixed(rng: Random, number: str) -> list[Piece]:
    groups, any_word = [], False
    for i, group in enumerate(spoken.split(rng, number)):
        word = rng.random() < 0.5 or (i == 2 and not any_word)
        any_word |= word
        groups.append(spoken.polish(rng, group) if word else [group])
    return _spoken(rng, groups, (" ", ", ", " ", "-", " - "))


def filled(rng: Random, number: str) -> list[Piece]:
    style = rng.random()
    groups = [
        [g] if style < 0.2 else spoken.polish(rng, g)
        for g in spoken.split(rng, number, (1, 2, 3) if style > 0.3 else (2, 3))
    ]
    pieces: list[Piece] = []
    for i, words in enumerate(groups):
        if i:
            pieces.append((fillers(rng) if rng.random() < 0.4 or i == 2 else ", ", False))
        pieces += join(words, " ")
    return pieces


def _say(rng: Random, group: str, digits: bool = False) -> list[Piece]:
    return join([group] if digits else spoken.polish(rng, group), " ")


def corrected(rng: Random, number: str) -> list[Piece]:
    groups = spoken.split(rng, number, (1, 2, 2, 3))
    at, digits, again = rng.randrange(len(groups)), rng.random() < 0.15, rng.random() < 0.4
    pieces: list[Piece] = []
    for i, group in enumerate(groups):
        if i:
            pieces.append((", ", False))
        if i == at and again:
            pieces += _say(rng, group, digits)
            pieces.append(
                (
                    rng.choice(
                        (
                            ", powtarzam, ",
                            ", jeszcze raz, ",
                            " - powtórzę - ",
                            ", tak, ",
                            ", mówię: ",
                            ", powtarzam: ",
                            ", raz jeszcze ",
                            ", powtórzę, ",
                        )
                    ),
                    False,
                )
            )
        elif i == at:
            wrong = group
            while wrong == group:
                wrong = "".join(rng.choice("0123456789") for _ in group)
            said = "".join(t for t, _ in _say(rng, wrong, digits))
            marker = rng.choice(
                (
                    ", nie, przepraszam, ",
                    ", nie, ",
                    " znaczy ",
                    ", to znaczy ",
                    ", wróć, ",
                    ", pomyłka, ",
                    ", przepraszam, ",
                    ", nie nie, ",
                    ", nie tak, ",
                    ", źle, ",
                    ", poprawka, ",
                    ", stop, ",
                    "... nie, ",
                    ", oj, ",
                    ", sorry, ",
                    ", pomyliłam się, ",
                    ", a nie, ",
                    ", cofam, ",
                    ", właściwie ",
                    " - przepraszam - ",
                    ", yyy, nie, ",
                    ", kurczę, nie, ",
                )
            )
            pieces.append((said + marker, False))
        pieces += _say(rng, group, digits)
    return pieces


def inflected(rng: Random, number: str) -> list[Piece]:
    pieces: list[Piece] = []
    joiners = (", ", " ", ", potem ", ", dalej ", " i ", ", następnie ", ", a potem ")
    for i, group in enumerate(spoken.split(rng, number, (2,) if rng.random() < 0.6 else (1, 2))):
        if i:
            pieces.append((rng.choice(joiners), False))
        style = rng.random()
        if len(group) == 2 and style < 0.45:
            words = spoken.ordinal(rng, group)
        elif len(group) == 2 and style < 0.75:
            words = spoken.two(group, "gen")
            pieces.append((rng.choice(("", "od ", "do ", "")), False))
        elif len(group) == 1 and style < 0.4:
            words = [spoken.GEN_UNITS[int(group)]]
        else:
            words = spoken.polish(rng, group)
        pieces += join(words, " ")
    return pieces


def colloquial(rng: Random, number: str) -> list[Piece]:
    pieces: list[Piece] = []
    table = rng.choice((spoken.NOUNS, spoken.NOUNS_ACC, spoken.NOUNS, spoken.NOUNS_INS))
    at = 0
    while at < 11:
        run = len(number[at:]) - len(number[at:].lstrip(number[at]))
        run = min(run, rng.choice((1, 2, 3, 4)) if rng.random() < 0.8 else 1)
        if pieces:
            pieces.append((rng.choice((", ", ", ", " ", ", potem ", " i ")), False))
        value = int(number[at])
        pieces += join(_times(rng, value, run, table), " ")
        at += run
    return pieces


def _times(rng: Random, value: int, run: int, table: list[str]) -> list[str]:
    if run == 1:
        return [table[value] if rng.random() < 0.85 else spoken.PL_UNITS[value]]
    form = rng.randrange(3)
    if form == 0 and run == 2:
        gender = "e" if value == 0 else "a"
        return ["podwójn" + gender, spoken.NOUNS[value]]
    if form == 1:
        noun = spoken.PL_UNITS[value] if rng.random() < 0.7 else spoken.NOUNS[value]
        return [("", "", "dwa", "trzy", "cztery")[run], "razy", noun]
    count = "dwa" if value == 0 and run == 2 else ("", "", "dwie", "trzy", "cztery")[run]
    return [count, spoken.NOUNS_PL[value]]


def transcript(rng: Random, number: str) -> list[Piece]:
    groups = spoken.split(rng, number, (1, 2, 3) if rng.random() < 0.8 else (2, 3))
    language = "pl"
    said = [spoken.SPEAKERS[language](rng, g) for g in groups]
    return turns(rng, said)


def foreign(rng: Random, number: str) -> list[Piece]:
    language = rng.choice(("uk", "en"))
    groups = spoken.split(rng, number, (1, 2, 3) if language == "uk" else (1, 1, 2))
    if rng.random() < 0.35:
        groups = list(number)
    pieces = _spoken(
        rng,
        [spoken.SPEAKERS[language](rng, g) for g in groups],
        (" ", ", ", " ", ", ", "... ", ". ", "-"),
    )
    if language == "uk" and rng.random() < 0.4:
        mark = rng.choice(("’", "ʼ", "`", ""))
        pieces = [(t.replace("'", mark), b) for t, b in pieces]
    return pieces
