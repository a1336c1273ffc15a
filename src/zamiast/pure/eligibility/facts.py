"""What is known about one person for the question of a COVID-19 referral.

What is not stated is not so: an empty ``Facts`` is nobody in the register, without a birth
date, who has not even said whether they ask for a vaccination or a test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Asks(StrEnum):
    """What the person asks for: the two referrals have nothing to do with each other."""

    VACCINATION = "vaccination"
    TEST = "test"


class DoseKind(StrEnum):
    """What a dose completed."""

    FIRST = "first"
    COURSE = "course"
    BOOSTER = "booster"
    SEASONAL = "seasonal"


class Group(StrEnum):
    """A group with dates of its own."""

    MEDIC = "medic"
    IMMUNOCOMPROMISED = "immunocompromised"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose given: is it recorded, is the record right, and which facility wrote it."""

    day: date
    kind: DoseKind = DoseKind.COURSE
    recorded: bool = True
    correct: bool = True
    facility: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral: ``expires`` is the first day on which it is no longer valid."""

    issued: date
    expires: date
    booked: date | None = None
    used: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known; ``for_child`` says that a parent asks for a child."""

    asks: Asks | None = None
    in_register: bool = False
    born: date | None = None
    doses: tuple[Dose, ...] = field(default=())
    positive_tests: tuple[date, ...] = field(default=())
    referrals: tuple[Referral, ...] = field(default=())
    groups: tuple[Group, ...] = field(default=())
    wants_further_dose: bool = False
    for_child: bool = False
    child_account_open: bool = False
