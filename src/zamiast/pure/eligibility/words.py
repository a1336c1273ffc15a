"""The explanation in words, for the patient in full and for a consultant as the level allows.

>>> from zamiast.pure.eligibility.engine import explain
>>> from zamiast.pure.eligibility.facts import Facts
>>> worded(explain(Facts(), date(2026, 11, 23)), "en").reasons[0].text
'First tell us: do you ask for a vaccination, or for a test? They are different referrals.'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from zamiast.pure.eligibility.engine import Explanation, Reason

LANGUAGES = ("pl", "en", "uk")
CONFIRMED = 2
NOT_LAW = ("W", "I", "K")


class Audience(StrEnum):
    """Who reads the words."""

    PATIENT = "patient"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class Line:
    """One reason in words, and who can act."""

    text: str
    code: str | None = None
    day: date | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """An explanation as one audience may read it, with the rule and its source."""

    reasons: tuple[Line, ...]
    reached_on: date | None = None
    next_batch: date | None = None
    changes_on: date | None = None
    rule: str | None = None
    source: str | None = None
    address: str | None = None
    law: bool | None = None
    version: str | None = None


def parse(text: str) -> Mapping[str, Any]:
    """Read the texts of a language from TOML."""
    return tomllib.loads(text)


@cache
def texts(language: str) -> Mapping[str, Any]:
    """Return the shipped texts of a language; ValueError for a language there is none of."""
    if language not in LANGUAGES:
        raise ValueError("no texts in this language")
    folder = resources.files("zamiast.pure.eligibility") / "words"
    return parse((folder / f"{language}.toml").read_text(encoding="utf-8"))


def worded(
    explanation: Explanation,
    language: str,
    *,
    audience: Audience = Audience.PATIENT,
    level: int = 3,
) -> View:
    """Word an explanation; ``level`` counts for the consultant only.

    Below level 2 a consultant reads the same whatever is known of the person. ValueError
    for a language without texts.
    """
    if audience is Audience.CONSULTANT and level < CONFIRMED:
        return View((Line(texts(language)["locked"]),))
    cohort = explanation.cohort
    return View(
        reasons=tuple(_line(reason, language, audience) for reason in explanation.reasons),
        reached_on=explanation.reached_on,
        next_batch=explanation.next_batch,
        changes_on=explanation.changes_on,
        rule=cohort.id if cohort else None,
        source=cohort.document if cohort else None,
        address=cohort.address if cohort else None,
        law=cohort.grade not in NOT_LAW if cohort else None,
        version=explanation.version,
    )


def _line(reason: Reason, language: str, audience: Audience) -> Line:
    words = texts(language)
    text = fill(words["reasons"][reason.code][audience], reason, language)
    return Line(text, reason.code.value, reason.day, words["who"][reason.who])


def fill(text: str, reason: Reason, language: str) -> str:
    """Put day and facility into a text, or leave out the part that needs the facility."""
    before, _, rest = text.partition("[")
    optional, _, after = rest.partition("]")
    whole = before + (optional if reason.facility else "") + after
    day = written(reason.day, language) if reason.day else "…"
    # A date may end in an abbreviation ("2026 r."), which takes no second full stop.
    return whole.replace("{date}", day).replace("..", ".").replace("{facility}", reason.facility)


def written(day: date, language: str) -> str:
    """Write a day as one writes it in this language."""
    words = texts(language)
    month = words["months"][day.month - 1]
    return str(words["date"]).format(day=day.day, month=month, year=day.year)
