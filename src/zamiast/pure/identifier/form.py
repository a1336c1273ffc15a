"""How an identifier is written: twelve digits, shown in four groups of three.

>>> compact("９５０-120.144 483")
'950120144483'
>>> format("950120144483")
'950 120 144 483'
"""

from __future__ import annotations

import re

from zamiast.pure.numerals import ascii_digits

LENGTH = 12
GROUP = 3

# The same classes stand in identifier.js; shared vectors hold the two together.
_SPACES = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = r"\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff"
_DASHES = r"\-\u058a\u05be\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u301c\ufe58\ufe63\uff0d"
_DOTS = r".\xb7\u2022\u2024-\u2027\u22c5\u3002\uff0e\uff61"
_SEPARATORS = re.compile(f"[{_SPACES}{_INVISIBLE}{_DASHES}{_DOTS}]+")


def compact(text: str) -> str:
    """Return ``text`` without spaces, dashes and dots, its digits as ``0`` to ``9``.

    Whatever else stands there stays, and makes it invalid.
    """
    text = text.replace(" ", "")
    if text.isascii() and text.isdigit():
        return text  # The usual writing, four times as fast.
    return _SEPARATORS.sub("", ascii_digits(text))


def is_digits(text: str) -> bool:
    """Tell whether ``text`` is ASCII digits and nothing else."""
    return text.isascii() and text.isdigit()


def format(text: str) -> str:
    """Return the digits of ``text`` in groups of three, also when some are still missing.

    What holds more than digits and separators comes back compact and ungrouped.

    >>> format("95012"), format("950-120-144-483-7"), format("950 x")
    ('950 12', '950 120 144 483 7', '950x')
    """
    digits = compact(text)
    return " ".join(groups(digits)) if is_digits(digits) else digits


def groups(digits: str) -> list[str]:
    """Return ``digits`` cut into groups of three, the last one maybe shorter.

    >>> groups("9501201")
    ['950', '120', '1']
    """
    return [digits[start : start + GROUP] for start in range(0, len(digits), GROUP)]
