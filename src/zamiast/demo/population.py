"""Inventing a population, household by household.

A household begins with an adult; age decides how that adult lives; partners, children
and grandparents follow. Children are as much younger than their mothers as children
are. The shares aim at the population of Poland at the beginning of 2026: that day is
"today" here, so that the same seed gives the same people for ever.

>>> somebody = next(invent(7))
>>> somebody == next(invent(7)), somebody == next(invent(8))
(True, False)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import NamedTuple

from zamiast.demo import names, places

TODAY = datetime.date(2026, 1, 1)
_PORTAL_OPENED = datetime.date(2018, 5, 1)  # when Poland's Internet patient account opened

# Heads of households: the youngest age of each band and its weight (in ten thousands).
_BANDS = (
    *((20, 70), (25, 150), (30, 215), (35, 270), (40, 290), (45, 270), (50, 245), (55, 225)),
    *((60, 235), (65, 250), (70, 215), (75, 150), (80, 90), (85, 62), (90, 25), (95, 6)),
)
_BAND_SUMS = tuple(accumulate(weight for _, weight in _BANDS))
_BAND_STARTS = tuple(start for start, _ in _BANDS)

# How people live, by age: single, couple, couple with children, lone parent.
_WAYS = (
    (30, (50, 75, 95, 100)),
    (55, (17, 31, 85, 100)),
    (70, (26, 64, 96, 100)),
    (80, (46, 96, 99, 100)),
    (199, (68, 97, 99, 100)),
)
_CITY_SUMS = tuple(accumulate(size for _, size, _ in places.CITIES))
_CITIES = tuple((name, tuple(codes.split())) for name, _, codes in places.CITIES)


class Invented(NamedTuple):
    """One person with the dates of the account; texts hold neither tabs nor backslashes."""

    family_name: str
    given_names: str
    birth_date: datetime.date
    gender: str
    died_on: datetime.date | None
    address_line: str
    postal_code: str
    city: str
    language: str
    opened_on: datetime.date
    first_used_on: datetime.date | None


class _Origin(NamedTuple):
    """Where a household comes from: its names and language."""

    language: str
    women: tuple[tuple[str, ...], ...]
    men: tuple[tuple[str, ...], ...]
    families: tuple[str, ...]
    second_names: bool


_POLISH = _Origin("pl", names.WOMEN, names.MEN, names.FAMILIES, True)
_UKRAINIAN = _Origin(
    "uk",
    (names.UKRAINIAN_WOMEN,) * 5,
    (names.UKRAINIAN_MEN,) * 5,
    names.UKRAINIAN_FAMILIES,
    False,
)
_OTHERS = tuple(
    _Origin("en", (names.words(women),) * 5, (names.words(men),) * 5, names.words(families), False)
    for women, men, families in names.OTHERS
)


def invent(seed: int) -> Iterator[Invented]:
    """Yield people without end, one household after the other; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - invented people need no secrets
    while True:
        yield from _Household(random).members


class _Household:
    """People who share an address, and mostly a name."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.members: list[Invented] = []
        self.origin = _origin(random)
        self.family = random.choice(self.origin.families)
        self.address = _address(random)
        self._fill(random.choices(_BAND_STARTS, cum_weights=_BAND_SUMS)[0] + random.randrange(5))

    def _fill(self, age: int) -> None:
        """Let an adult of this age live in one of the usual ways."""
        random = self.random
        single, couple, with_children, _ = next(ways for end, ways in _WAYS if age < end)
        way = random.randrange(100)
        if way < single:
            woman = random.random() < (0.5 if age < 60 else 0.79)
            self._add(woman, age)
            if age >= 68 and random.random() < 0.18:
                self._add(not woman, age + random.randrange(-3, 7), dead=True)
            return
        if way < with_children:
            mother = max(20, age - random.randrange(-1, 6))
            self._add(False, age)
            self._add(True, mother, hers=age < 60 and random.random() < 0.12)
        else:
            woman = random.random() < 0.85
            mother = age if woman else max(20, age - 2)
            self._add(woman, age)
        if way >= couple:
            self._children(mother)
        if age < 60 and random.random() < 0.03:
            self._add(random.random() < 0.8, mother + random.randrange(24, 33))

    def _children(self, mother: int) -> None:
        """Children who still live at home; the grown-up ones have mostly left."""
        random = self.random
        for _ in range(random.choices((1, 2, 3, 4), (42, 42, 13, 3))[0]):
            age = mother - min(43, max(19, round(random.gauss(29, 5))))
            if 0 <= age < 19 or (19 <= age < 32 and random.random() < 0.62):
                self._add(random.random() < 0.487, age)

    def _add(self, woman: bool, age: int, *, dead: bool = False, hers: bool = False) -> None:
        """Add a person; ``hers``: a woman who kept a name of her own."""
        random = self.random
        age = min(age, 103)
        birth = TODAY - datetime.timedelta(days=1 + int((age + random.random()) * 365.2425))
        died = TODAY - datetime.timedelta(days=random.randrange(20, 2800)) if dead else None
        self.members.append(
            Invented(
                self._surname(woman=woman, hers=hers),
                self._given(woman=woman, year=birth.year),
                birth,
                "female" if woman else "male",
                died,
                *self.address,
                self._language(),
                *self._account(birth, died),
            )
        )

    def _surname(self, *, woman: bool, hers: bool) -> str:
        family = self.random.choice(self.origin.families) if hers else self.family
        own = names.feminine(family) if woman else family
        if hers and family != self.family and self.random.random() < 0.4:
            return f"{own}-{names.feminine(self.family)}"
        return own

    def _given(self, *, woman: bool, year: int) -> str:
        lists = self.origin.women if woman else self.origin.men
        choices = lists[names.cohort(year)]
        first = self.random.choice(choices)
        second = self.random.choice(choices)
        two = self.origin.second_names and second != first and self.random.random() < 0.3
        return f"{first} {second}" if two else first

    def _language(self) -> str:
        """Some who came from abroad have learnt Polish."""
        return "pl" if self.random.random() < 0.15 else self.origin.language

    def _account(
        self, birth: datetime.date, died: datetime.date | None
    ) -> tuple[datetime.date, datetime.date | None]:
        """When the account was opened, and when it was first used, if ever."""
        random = self.random
        opened = max(birth, _PORTAL_OPENED)
        days = ((died or TODAY) - opened).days
        age = (TODAY - birth).days // 365
        uses = random.random() < (0.66 if 18 <= age < 65 else 0.36 if age >= 65 else 0.0)
        if not uses or days < 2:
            return opened, None
        return opened, opened + datetime.timedelta(days=random.randrange(1, days))


def _origin(random: Random) -> _Origin:
    drawn = random.random()
    if drawn < 0.952:
        return _POLISH
    return _UKRAINIAN if drawn < 0.989 else random.choice(_OTHERS)


def _address(random: Random) -> tuple[str, str, str]:
    """Line, postal code and city; four of ten households live in a village."""
    if random.random() < 0.4:
        village, region = random.choice(places.VILLAGES), random.choice(places.REGIONS)
        code = f"{region}-{random.randrange(100, 700)}"
        return f"{village} {random.randrange(1, 180)}", code, village
    city, codes = random.choices(_CITIES, cum_weights=_CITY_SUMS)[0]
    line = f"ul. {random.choice(places.STREETS)} {random.randrange(1, 120)}"
    if random.random() < 0.75:
        line += f"/{random.randrange(1, 90)}"
    return line, f"{random.choice(codes)}-{random.randrange(1000):03}", city
