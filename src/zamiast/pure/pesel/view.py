"""A text as a reader sees it: entities, escapes, hidden characters and foreign digits resolved.

The view is a second text in which every digit is 0 to 9, and it remembers where in the
original each of its characters came from.

>>> seen = View("68&#48;3<b>17</b>")
>>> seen.text, seen.span(0, 4)
('6803 17 ', (0, 8))
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from urllib.parse import unquote

LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻА-Яа-яІіЇїЄєҐґ"
MARKS = "–—…„”’«»"
"""Beyond ASCII, what is read as it stands."""
PLAIN = r"\x00-\x7f" + LETTERS + MARKS
_SPECIAL_AT_ALL = re.compile(rf"[&<%\\=]|[^{PLAIN}]")
SPECIAL = re.compile(
    r"""
      (?P<entity> &(?:amp;)*(?:\#[0-9]{1,7};?|\#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};) )
    | (?P<tag>
        (?! (?<![^\n]) <[^\W\d_a-z]\w*(?:[ ]\w{1,12})?>[ ] )     # somebody's name in a chat
        <(?:[/!?]?[A-Za-z][^<>]{0,120}|!--[^<>]{0,120})>
      )
    | (?P<soft> =\r?\n(?:>[ ]?)* )
    | (?P<percent> (?:%[0-9A-Fa-f]{2})+ )
    | (?P<quoted> (?:=[89A-F][0-9A-F])+ | =20(?=\r?\n) | =3D )
    | (?P<escape> \\+(?:u[0-9a-fA-F]{4}|[nrt"'/]) )
    | (?P<strange> [^PLAIN] )
    """.replace("PLAIN", PLAIN),
    re.VERBOSE,
)
_MANY_DIGITS = re.compile(r"(?:[0-9][^0-9]{0,3}){9}")
_BLANKS = "\u115f\u1160\u3164\u2800\uffa0"
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)[\s/>]")
_CELLS = frozenset(("td", "th", "tr", "li", "p", "div", "table"))
_HTML = _CELLS.union(
    ("a", "b", "i", "u", "s", "q", "em", "br", "wbr", "span", "strong", "font", "sup", "sub"),
    ("big", "small", "mark", "code", "pre", "tt", "kbd", "samp", "var", "del", "ins", "abbr"),
    ("hr", "img", "ul", "ol", "dl", "dt", "dd", "tbody", "thead", "body", "html", "head"),
    ("h1", "h2", "h3", "h4", "h5", "h6", "input", "label", "form", "section", "article", "main"),
    ("nobr", "center", "blockquote", "time", "data", "bdi", "bdo", "cite", "strike", "title"),
)


class _Characters(dict[str, str]):
    """What a single unusual character reads as; worked out once for each."""

    def __missing__(self, character: str) -> str:
        if len(self) > 20_000:
            self.clear()
        reading = self[character] = _reading(character)
        return reading


def _reading(character: str) -> str:
    value = unicodedata.numeric(character, -1.0)
    if value in range(10):
        return str(int(value))
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me") or character in _BLANKS:
        return ""
    if category == "Zs":
        return " "
    if category in ("Zl", "Zp") or character == "\x85":
        return "\n"
    if category == "Pd" or character in "−⁃➖":
        return "-"
    if character == "İ":
        return "i"
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) <= 4 and plain.isascii() else character


CHARACTERS = _Characters()


def _entity(found: str) -> str:
    while found.startswith("&amp;"):
        found = "&" + found[5:]
    try:
        return _characters(html.unescape(found))
    except (ValueError, OverflowError):
        return " "


def _characters(text: str) -> str:
    return "".join(c if c.isascii() else CHARACTERS[c] for c in text)


def _tag(found: str) -> str:
    """A tag of HTML only parts; what else stands in angle brackets is read as it is."""
    name = _TAG_NAME.match(found)
    if _MANY_DIGITS.search(found):
        return found
    if name is None:
        return " "
    if name[1].lower() not in _HTML:
        return found
    if "pesel" in found.lower():
        return " pesel "
    return " | " if name[1].lower() in _CELLS else " "


def _percent(found: str) -> str:
    """Decode what a URL would escape; letters and lone digits are never written so."""
    decoded = unquote(found, errors="replace")
    if decoded.isascii() and decoded.isalnum() and len(decoded) < 3:
        return found
    return "".join(c if c.isascii() and not c.isalpha() else CHARACTERS[c] for c in decoded)


def _quoted(found: str) -> str:
    try:
        return _characters(bytes.fromhex(found.replace("=", "")).decode())
    except ValueError:
        return found


def _escape(found: str) -> str:
    letter = found.lstrip("\\")
    if letter[0] == "u" and len(letter) == 5:
        return _characters(chr(int(letter[1:], 16)))
    return {"n": "\n", "r": "\n", "t": "\t"}.get(letter, letter)


READERS = {
    "entity": _entity,
    "tag": _tag,
    "soft": lambda _: "",
    "percent": _percent,
    "quoted": _quoted,
    "escape": _escape,
    "strange": CHARACTERS.__getitem__,
}


class View:
    """A readable copy of a text, and the way back to the places in the original."""

    __slots__ = ("_ends", "_seams", "_starts", "text")

    def __init__(self, original: str, offset: int = 0) -> None:
        """Read ``original``; ``offset`` is where it stands in a larger text."""
        self._seams: list[int] = [0]
        self._starts: list[int] = [offset]
        self._ends: list[int] = [-1]
        special = _SPECIAL_AT_ALL.search(original) is not None
        self.text = self._read(original, offset) if special else original

    def _read(self, original: str, offset: int) -> str:
        pieces: list[str] = []
        at = length = 0
        for found in SPECIAL.finditer(original):
            start, end = found.span()
            reading = READERS[found.lastgroup or ""](found[0])
            if reading == found[0]:
                continue
            pieces += (original[at:start], reading)
            length += start - at
            self._seam(length, offset + start, offset + end)
            length += len(reading)
            self._seam(length, offset + end, -1)
            at = end
        pieces.append(original[at:])
        return "".join(pieces)

    def _seam(self, at: int, start: int, end: int) -> None:
        self._seams.append(at)
        self._starts.append(start)
        self._ends.append(end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of ``text[start:end]``."""
        first = bisect_right(self._seams, start) - 1
        last = bisect_right(self._seams, end - 1) - 1
        begin = self._starts[first]
        if self._ends[first] < 0:
            begin += start - self._seams[first]
        finish = self._ends[last]
        if finish < 0:
            finish = self._starts[last] + end - self._seams[last]
        return begin, finish
