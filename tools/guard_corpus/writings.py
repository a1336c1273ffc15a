"""The twenty kinds of writing of guard.md: a number becomes a list of pieces.

A piece is ``(text, bears)``: ``bears`` tells that digits of the number are in it.
"""

from __future__ import annotations

from random import Random

from . import spoken
from .talk import fillers, turns

Piece = tuple[str, bool]

SPACES = (
    " ",
    " ",
    " ",
    "\u00a0",
    "\u2009",
    "\u202f",
    "\t",
    "  ",
    "\u2007",
    "\u3000",
    "\u2002",
    "\u200a",
    "\u205f",
)
DASHES = ("-", "-", "–", "—", "‑", "−", "‐", "‒", "―", "﹘", "﹣", "－", "⸺", " - ", " – ", " — ")
MARKS = (".", "/", ",", "|", "_", " . ", " / ", ", ", " | ", "·", "\\", ";", " _ ", "•")
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069\u061c\u180e"
SCRIPTS = {
    "fullwidth": "０１２３４５６７８９",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "double": "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "sans": "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫",
    "sansbold": "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵",
    "mono": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "black": "⓿❶❷❸❹❺❻❼❽❾",
    "super": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "sub": "₀₁₂₃₄₅₆₇₈₉",
    "segment": "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹",
}
OCR = {"0": "OoO", "1": "lI|", "2": "Z", "5": "S", "8": "B", "6": "b", "9": "g"}


def _join(groups: list[str], gap: object) -> list[Piece]:
    pieces: list[Piece] = []
    for i, group in enumerate(groups):
        if i:
            pieces.append((gap() if callable(gap) else str(gap), False))
        pieces.append((group, True))
    return pieces


def plain(_: Random, number: str) -> list[Piece]:
    return [(number, True)]


def grouped(rng: Random, number: str) -> list[Piece]:
    shapes = (
        (6, 5),
        (2, 2, 2, 5),
        (2, 2, 2, 3, 2),
        (3, 3, 3, 2),
        (4, 4, 3),
        (2,) * 5 + (1,),
        (2, 2, 2, 4, 1),
        (5, 6),
        (6, 4, 1),
        (1,) * 11,
        (3, 4, 4),
        (4, 3, 4),
        (1, 5, 5),
    )
    groups = spoken.cut(number, rng.choice(shapes))
    if rng.random() < 0.35:
        groups = spoken.split(rng, number, (1, 2, 3, 4, 5))
    style = rng.random()
    if style < 0.1:
        boxes = rng.choice(("[{}]", "({})", "|{}|", "[ {} ]", "⟦{}⟧"))
        left, right = boxes.split("{}")
        pieces: list[Piece] = [(left, False)]
        pieces += _join(list(number), right + rng.choice(("", " ")) + left)
        return [*pieces, (right, False)]
    if style < 0.2:
        return _join(list(number), rng.choice(("|", " | ", " ", "_", "/", "│", "¦")))
    one = rng.choice((SPACES, SPACES, DASHES, MARKS))
    fixed = rng.choice(one)
    if style < 0.75:
        return _join(groups, fixed)
    return _join(groups, lambda: rng.choice(rng.choice((SPACES, DASHES, MARKS))))


def broken(rng: Random, number: str) -> list[Piece]:
    breaks = (
        "\n",
        "\r\n",
        "-\n",
        "=\n",
        "=\r\n",
        "\n> ",
        "\n>> ",
        "\n>",
        "\n  ",
        "-\r\n",
        " \n",
        "\n> > ",
        "\u2028",
        "\x85",
        "\n\t",
        "\n| ",
        "‐\n",
        "\u00ad\n",
        "\r",
        "\n\n",
        "\x0b",
        "\x0c",
    )
    gap = rng.choice(breaks)
    if rng.random() < 0.6:
        at = rng.randrange(1, 11)
        return _join([number[:at], number[at:]], gap)
    groups = spoken.split(rng, number, (2, 3, 4, 5))
    return _join(groups, lambda: gap if rng.random() < 0.4 else " ")


def hidden(rng: Random, number: str) -> list[Piece]:
    pieces: list[Piece] = []
    spot = rng.choice((0.2, 0.5, 1.0))
    for i, digit in enumerate(number):
        if i and (rng.random() < spot or i == 5):
            pieces.append(("".join(rng.choices(HIDDEN, k=rng.choice((1, 1, 2)))), False))
        pieces.append((digit, True))
    return pieces


def scripts(rng: Random, number: str) -> list[Piece]:
    if rng.random() < 0.12:
        return _join([d + "\ufe0f\u20e3" for d in number], rng.choice(("", " ")))
    if rng.random() < 0.05:
        return _join([d + "\u20e3" for d in number], "")
    chosen = SCRIPTS[rng.choice(list(SCRIPTS))]
    mixed = rng.random() < 0.3

    def draw(digit: str) -> str:
        table = rng.choice([*SCRIPTS.values(), "0123456789"]) if mixed else chosen
        return table[int(digit)]

    groups = [number] if rng.random() < 0.7 else spoken.split(rng, number, (2, 3, 4))
    return _join(["".join(map(draw, g)) for g in groups], rng.choice((" ", "-", " ")))


def entities(rng: Random, number: str) -> list[Piece]:
    style = rng.randrange(5)
    if style == 0:
        form = rng.choice(("&#{};", "&#x{:x};", "&#x{:X};", "&#0{};", "&#X{:x};"))
        return _join([form.format(ord(d)) for d in number], "")
    if style == 1:

        def some(digit: str) -> str:
            code = ord(digit)
            return rng.choice((digit, digit, f"&#{code};", f"&#x{code:x};", f"&#00{code};"))

        return [("".join(some(d) for d in number), True)]
    gaps = (
        "&nbsp;",
        "&shy;",
        "&ndash;",
        "&mdash;",
        "&thinsp;",
        "&#160;",
        "&#xA0;",
        "&zwnj;",
        "&#8203;",
        "&ensp;",
        "&emsp;",
        "&minus;",
        "&#45;",
        "&middot;",
        "&zwj;",
        "&#173;",
        "&sol;",
        "&period;",
        "&hyphen;",
        "&NoBreak;",
        "&#x2009;",
        "&bull;",
        "&numsp;",
    )
    if style == 2:
        return _join(spoken.split(rng, number, (2, 3, 4, 5)), rng.choice(gaps))
    tags = (
        "<b>",
        "</b>",
        "<wbr>",
        "<wbr/>",
        "<br>",
        "<br/>",
        "</span><span>",
        "<i></i>",
        '<span class="n">',
        "<!-- -->",
        "</td><td>",
        "</td>\n<td>",
        "<em>",
        "<font color=red>",
        "</b>-<b>",
        "<sup></sup>",
        '</span><span style="color:#c00">',
    )
    if style == 3:
        return _join(spoken.split(rng, number, (2, 3, 4, 5)), rng.choice(tags))
    return _join(
        list(number),
        rng.choice(
            (
                "</td><td>",
                "<wbr>",
                "</span><span>",
                "</b><b>",
                "</td> <td>",
                '</td><td class="box">',
            )
        ),
    )


def _spoken(rng: Random, groups: list[list[str]], gaps: tuple[str, ...]) -> list[Piece]:
    inner, fixed = " ", rng.choice(gaps)
    pieces: list[Piece] = []
    for i, words in enumerate(groups):
        if i:
            pieces.append((fixed if rng.random() < 0.8 else rng.choice(gaps), False))
        pieces += _join(words, inner)
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
        pieces += _join(words, " ")
    return pieces


def _say(rng: Random, group: str, digits: bool = False) -> list[Piece]:
    return _join([group] if digits else spoken.polish(rng, group), " ")


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
        pieces += _join(words, " ")
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
        pieces += _join(_times(rng, value, run, table), " ")
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


def ocr(rng: Random, number: str) -> list[Piece]:
    chosen = [i for i, d in enumerate(number) if d in OCR]
    slips = set(rng.sample(chosen, min(len(chosen), rng.choice((1, 1, 2, 3)))))
    text = "".join(rng.choice(OCR[d]) if i in slips else d for i, d in enumerate(number))
    if rng.random() < 0.75 or not slips:
        return [(text, True)]
    return _join(
        spoken.cut(text, rng.choice(((6, 5), (2, 2, 2, 3, 2), (2, 2, 2, 5)))),
        rng.choice((" ", "-")),
    )


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


WRITINGS = {
    "01 plain": plain,
    "02 grouped": grouped,
    "03 broken": broken,
    "04 hidden": hidden,
    "05 scripts": scripts,
    "06 html": entities,
    "07 words": words_single,
    "08 number words": words_grouped,
    "09 sloppy": words_sloppy,
    "10 mixed": mixed,
    "11 fillers": filled,
    "12 corrected": corrected,
    "13 inflected": inflected,
    "14 colloquial": colloquial,
    "15 transcript": transcript,
    "16 glued": plain,
    "17 structured": plain,
    "18 ocr": ocr,
    "19 foreign": foreign,
}
