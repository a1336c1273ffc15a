"""How strongly the marks between two pieces of text part them.

>>> measure("-").strength < measure(" ").strength < measure(", ").strength
True
>>> measure(" = ").hard, measure(" +").plus
(True, True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GLUED, TIGHT, SPACE, PAUSE, WORDS, SENTENCE, FOREIGN, WALL = 0, 1, 2, 3, 4, 5, 6, 9
"""Strengths, weakest first: nothing; one mark; blanks; comma or line end; fillers or a
turn of the talk; the end of a sentence; unknown words; the end of the text."""

_DASHED_TURN = re.compile(r"[\n\r]\s*[-–—*•]\s")
_HARD = re.compile(r"[=@$€£%^~{}°§]|\*\*|#{2}")
_BOLD_NAME = re.compile(r":\*\*(?=\s)|(?<=\n)[>\s-]*\*\*\Z")
"""Marks around the name of a speaker in Markdown: "**K:** osiem"."""
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n|\r\r")
_HYPHENATED = re.compile(r"[-‐]\r?\n[> ]*")
_TIGHT = frozenset("-./_|\\'·•,>‐–—")
_LONGEST_REMEMBERED = 24
_LONGEST_GAP = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two pieces: marks and blanks, no words."""

    strength: int
    hard: bool = False
    """No number goes on over this."""
    plus: bool = False
    """A plus stands before the next piece."""
    colon: bool = False
    stop: bool = False
    """A sentence may end here: the next letter tells."""
    line: bool = False
    """A line ends here."""


_memory: dict[str, Gap] = {}


def measure(marks: str) -> Gap:
    """Return how the marks part what stands on both sides."""
    known = _memory.get(marks)
    if known is None:
        known = _measure(marks)
        if len(marks) <= _LONGEST_REMEMBERED and len(_memory) < 20_000:
            _memory[marks] = known
    return known


def _measure(marks: str) -> Gap:
    if not marks:
        return Gap(GLUED)
    if len(marks) == 1 and marks in _TIGHT:
        return Gap(TIGHT)
    if marks.isspace() and not _breaks(marks):
        return Gap(SPACE)
    if _HYPHENATED.fullmatch(marks):
        return Gap(TIGHT, line=True)
    bare = marks.strip()
    lines = _breaks(marks)
    return Gap(
        strength=_strength(bare, marks, lines),
        hard=len(marks) > _LONGEST_GAP or _HARD.search(_BOLD_NAME.sub(":", marks)) is not None,
        plus=bare.rstrip("( ").endswith("+"),
        colon=":" in bare,
        stop=bare[-1:] in (".", "!", "?") and not bare.endswith("..") and not marks[-1:].strip(),
        line=lines > 0,
    )


def _breaks(marks: str) -> int:
    return sum(map(marks.count, "\n\r\x0b\x0c"))


def _strength(bare: str, marks: str, lines: int) -> int:
    if lines > (2 if "\r" in marks else 1) and _BLANK_LINE.search(marks):
        return SENTENCE
    if lines and _DASHED_TURN.search(marks):
        return WORDS
    if '"' in bare and "\n" not in marks and len(bare) > 5:
        return WORDS
    if lines or bare in (",", ";", "…", "...", "–", "—") or len(bare) > 3:
        return PAUSE
    if len(bare) == 1 and bare in _TIGHT and len(marks) <= 3:
        return PAUSE if marks != bare else TIGHT
    return PAUSE if len(marks) > 1 else TIGHT
