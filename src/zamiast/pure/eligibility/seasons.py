"""Seasons and cohorts: dated data with their sources, read from TOML.

>>> book().season_on(date(2025, 10, 1)).id, book().season_on(date(2026, 11, 23)).known
('2025/26', False)
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Season:
    """A season with the days for which its rules count; ``known`` says whether there are any."""

    id: str
    since: date
    until: date
    known: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who gets a central referral, after what, and when; with its source and grade."""

    id: str
    season: str
    document: str
    address: str
    grade: str
    follows: str
    issued_from: date
    issued_to: date | None = None
    booking_from: date | None = None
    shots_from: date | None = None
    min_age: int | None = None
    max_age: int | None = None
    min_age_months: int | None = None
    born_from: int | None = None
    born_to: int | None = None
    group: str | None = None
    interval_days: int | None = None
    interval_months: int | None = None
    recovery_days: int | None = None
    batch: str | None = None
    batch_after: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """All seasons and cohorts of one version of the data."""

    version: str
    seasons: tuple[Season, ...]
    cohorts: tuple[Cohort, ...]

    @classmethod
    def parse(cls, text: str) -> Book:
        """Read a book from TOML; KeyError or TypeError when the file is not of the right shape."""
        data = tomllib.loads(text)
        seasons = (
            Season(row["id"], row["from"], row["until"], row["known"]) for row in data["season"]
        )
        cohorts = (_cohort(row, data["source"]) for row in data["cohort"])
        return cls(data["version"], tuple(seasons), tuple(cohorts))

    def season_on(self, day: date) -> Season | None:
        """Return the season of a day, known or not; None before the first and after the last."""
        return next((s for s in self.seasons if s.since <= day < s.until), None)

    def season_before(self, day: date) -> Season | None:
        """Return the last season that had ended by this day."""
        return max((s for s in self.seasons if s.until <= day), key=lambda s: s.until, default=None)

    def of(self, season: Season) -> tuple[Cohort, ...]:
        """Return the cohorts of a season."""
        return tuple(cohort for cohort in self.cohorts if cohort.season == season.id)


def _cohort(row: dict[str, Any], sources: dict[str, dict[str, str]]) -> Cohort:
    fields: dict[str, Any] = {**row, **sources[row["source"]]}
    del fields["source"]
    return Cohort(**fields)


@cache
def book() -> Book:
    """Return the shipped book."""
    file = resources.files("zamiast.pure.eligibility") / "data" / "seasons.toml"
    return Book.parse(file.read_text(encoding="utf-8"))
