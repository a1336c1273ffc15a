"""The words of decisions: one file for each language, keyed by the stable codes.

A text may hold ``{date}``, the day that belongs to a reason, and a part in square brackets
that is left out when there is no such day.

>>> words("en").fill("Paused[ until {date}].", date(2026, 12, 14))
'Paused until 14 December 2026.'
>>> words("pl").fill("Wstrzymane[ do {date}].", None)
'Wstrzymane.'
>>> words("pl").fill("Wstrzymane[ do {date}].", date(2026, 12, 14))
'Wstrzymane do 14 grudnia 2026 r.'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("pl", "en", "uk")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language."""

    texts: Mapping[str, Any]

    @classmethod
    def parse(cls, text: str) -> Words:
        """Read the texts of a language from TOML."""
        return cls(tomllib.loads(text))

    def of(self, table: str, key: str) -> str:
        """Return a text; KeyError when the language does not have it."""
        return str(self.texts[table][key])

    def fill(self, text: str, day: date | None) -> str:
        """Put the day into a text, or leave out the part that needs one."""
        before, _, rest = text.partition("[")
        optional, _, after = rest.partition("]")
        whole = before + (optional if day else "") + after
        # A date may end in an abbreviation ("2026 r."), which takes no second full stop.
        return whole.replace("{date}", self.day(day) if day else "…").replace("..", ".")

    def day(self, day: date) -> str:
        """Write a day as one writes it in this language."""
        month = self.texts["months"][day.month - 1]
        return str(self.texts["date"]).format(day=day.day, month=month, year=day.year)


@cache
def words(language: str) -> Words:
    """Return the shipped texts of a language; ValueError for a language there is none of."""
    if language not in LANGUAGES:
        raise ValueError("no texts in this language")
    folder = resources.files("zamiast.pure.access") / "words"
    return Words.parse((folder / f"{language}.toml").read_text(encoding="utf-8"))
