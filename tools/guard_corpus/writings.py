"""The twenty kinds of writing of guard.md: a number becomes a list of pieces."""

from __future__ import annotations

from random import Random

from . import spoken
from .pieces import Piece, join
from .spoken_writings import (
    colloquial,
    corrected,
    filled,
    foreign,
    inflected,
    mixed,
    transcript,
    words_grouped,
    words_single,
    words_sloppy,
)

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
        pieces += join(list(number), right + rng.choice(("", " ")) + left)
        return [*pieces, (right, False)]
    if style < 0.2:
        return join(list(number), rng.choice(("|", " | ", " ", "_", "/", "│", "¦")))
    one = rng.choice((SPACES, SPACES, DASHES, MARKS))
    fixed = rng.choice(one)
    if style < 0.75:
        return join(groups, fixed)
    return join(groups, lambda: rng.choice(rng.choice((SPACES, DASHES, MARKS))))


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
        return join([number[:at], number[at:]], gap)
    groups = spoken.split(rng, number, (2, 3, 4, 5))
    return join(groups, lambda: gap if rng.random() < 0.4 else " ")


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
        return join([d + "\ufe0f\u20e3" for d in number], rng.choice(("", " ")))
    if rng.random() < 0.05:
        return join([d + "\u20e3" for d in number], "")
    chosen = SCRIPTS[rng.choice(list(SCRIPTS))]
    mixed = rng.random() < 0.3

    def draw(digit: str) -> str:
        table = rng.choice([*SCRIPTS.values(), "0123456789"]) if mixed else chosen
        return table[int(digit)]

    groups = [number] if rng.random() < 0.7 else spoken.split(rng, number, (2, 3, 4))
    return join(["".join(map(draw, g)) for g in groups], rng.choice((" ", "-", " ")))


def entities(rng: Random, number: str) -> list[Piece]:
    style = rng.randrange(5)
    if style == 0:
        form = rng.choice(("&#{};", "&#x{:x};", "&#x{:X};", "&#0{};", "&#X{:x};"))
        return join([form.format(ord(d)) for d in number], "")
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
        return join(spoken.split(rng, number, (2, 3, 4, 5)), rng.choice(gaps))
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
        return join(spoken.split(rng, number, (2, 3, 4, 5)), rng.choice(tags))
    return join(
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


def ocr(rng: Random, number: str) -> list[Piece]:
    chosen = [i for i, d in enumerate(number) if d in OCR]
    slips = set(rng.sample(chosen, min(len(chosen), rng.choice((1, 1, 2, 3)))))
    text = "".join(rng.choice(OCR[d]) if i in slips else d for i, d in enumerate(number))
    if rng.random() < 0.75 or not slips:
        return [(text, True)]
    return join(
        spoken.cut(text, rng.choice(((6, 5), (2, 2, 2, 3, 2), (2, 2, 2, 5)))),
        rng.choice((" ", "-")),
    )


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
