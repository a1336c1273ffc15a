"""The pieces that a text is read in: times, dates, digit runs and words.

>>> [(atom.lastgroup, atom[0]) for atom in ATOM.finditer("12.05.2026 9:34, tel. 605")]
[('stamp', '12.05.2026 9:34'), ('word', 'tel'), ('digits', '605')]
"""

from __future__ import annotations

import re

_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?"
_DAY = (
    r"(?:(?:0?[1-9]|[12][0-9]|3[01])(?P<%s>[./-])(?:0?[1-9]|1[0-2])(?P=%s)(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?P<%s>[./-])(?:0[1-9]|1[0-2])(?P=%s)[0-3][0-9])"
)
ATOM = re.compile(
    rf"""
      (?P<word> [^\W\d_]+ (?:['’`ʼ][^\W\d_]+)* )
    | (?=[0-9\[(]) (?:
      (?P<stamp>
        (?<![0-9:.,])
        (?: (?:(?<=\n)|(?<!.)) [0-9]{{1,5}}\n (?=[0-9:.,]+[ ]-->) )?  # the number of a subtitle
        [\[(]? (?: {_DAY % ("s", "s", "t", "t")} [ T,]{{1,2}} )? {_CLOCK}
        (?: [\])] (?![0-9]) | (?![:0-9]) )
        (?: \s*-->\s*[0-9:.,]+ )?
      )
    | (?P<date> (?<![0-9]) (?<![0-9][./_-]) {_DAY % ("u", "u", "v", "v")} (?![0-9]|[./_-][0-9]) )
    | (?P<version> (?<=[^\W\d_]/) (?<!(?i:pesel)/) [0-9]{{1,3}} (?:\.[0-9]+){{3}} (?![0-9]) )
    | (?P<postcode>
        (?: (?<=,[ ]) | (?<=\n) | (?<=[^\W\d_][ ]) )
        [0-9]{{2}}-[0-9]{{3}} (?=[ ] (?: [A-ZĆŁŚŹŻ][^\W\d_]+ | (?:[0-9][ ]?){{11}} (?![0-9-]) ))
      )
    | (?P<digits> [0-9]+ ) )
    """,
    re.VERBOSE,
)

OPEN_BRACKET = re.compile(r"\([^()]*\Z")
ITEM_BRACKET = re.compile(r"\)\s")
ITEM_DOT = re.compile(r"\.\s(?!\s*[0-9]{1,3}\.\s)")
"""After the digits that number an item of a list; no bracket is open before them."""

SPEAKER = re.compile(r"\s*[\[(<*]?(?:[^\W\d_]{1,20}\.? )?[^\W\d_]{1,20}[ _]?[0-9]{0,2}\s?[:>\])*]")
"""Somebody's name at the start of a turn of a talk."""

LINE_START = re.compile(rf"(?:^|[\n\r])[\s>*\[(<#-]*(?:{_CLOCK}[\])]?\s)?[\s*\[(<#]*\Z")
SPEAKER_NUMBER = re.compile(r"[^\W\d_]{1,20}[ _]?\Z")
SPEAKER_TAIL = re.compile(
    rf"(?:[ _]?[0-9]{{1,2}})?[\])*]*\s?(?:[\[(]{_CLOCK}[\])])?\*{{0,2}}(?::(?![0-9])|>\s)"
)
"""What stands before and after the name of a speaker, or the number after the name:
"S2 (07:01): ", "[02:14:00] SPEAKER_01: ", "Agent> "."""

BY_PHONE = re.compile(r"(?:przez|via|over(?: the)?|by|через|по)\s\Z", re.IGNORECASE)
"""Before a word that then tells how somebody spoke, and names no number."""

QUERY = re.compile(r"[?&]?\w+=[^\s=&]*\Z")
"""The value of a form field in a URL, up to a place in it: a plus there is a blank."""

DENIAL = re.compile(r"\W*(?:nie|brak|not|none|ні|niezn|odm[oó]w)", re.IGNORECASE)
NO_VALUE = re.compile(r"""["']?\s*[:=]\s*(?:""|''|null|None)|\s*/>""", re.IGNORECASE)
OWN_NUMBER = re.compile(r"\s*(?:\w{1,10}\s*)?[:=]|\W*(?:nr|numer|to|is)?\W*[0-9]", re.IGNORECASE)
"""After the word PESEL: its number is denied, left empty, or stands after it."""


def at_line_start(text: str, at: int) -> bool:
    """Tell whether only blanks and quoting stand before ``at`` in its line."""
    before = text[max(0, at - 6) : at].rstrip(" \t>")
    return before.endswith("\n") or (not before and at <= 6)
