"""Who arrives with a number: is it somebody who is here already?

An import asks this for a batch of people before it writes them, and stores their
numbers after. The vault tells whose a number is; whether it is believed is decided here:

- the number's person is the one that the sending system's own key names: nothing to decide;
- the sending system is new to this person, and name and birth date fit: the same person;
- anything else (two numbers of two people, another birth date, another first name, a key
  that names somebody else) is a conflict: it is listed for people to decide, and neither
  written nor guessed.

A family name may differ where the birth date is known and the same: people marry.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from zamiast.pure.numerals.folding import fold
from zamiast.registry.models import Person
from zamiast.registry.vault.client import Entry, Kind, Matched, Number, Vault, normal

__all__ = ["Arrival", "Given", "Linked", "Linking", "alone"]

TWO_PEOPLE = "two_people"
OTHER_DETAILS = "other_details"


@dataclass(frozen=True)
class Given:
    """A number that somebody arrives with, in its normal form; ``ended`` for a past one."""

    number: Number
    began: datetime.date | None = None
    ended: datetime.date | None = None


@dataclass(frozen=True)
class Arrival:
    """Somebody who arrives.

    ``known`` are the persons whom the sending system's own keys name here (none, or one);
    ``keys`` are those keys, so that the same record twice in a batch is known as the same.
    """

    given: tuple[Given, ...]
    family_name: str
    given_names: str
    birth_date: datetime.date | None
    known: frozenset[int] = frozenset()
    keys: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class Linked:
    """What is believed: the person here, the earlier place in the batch, or a conflict's code."""

    person: int | None = None
    same_as: int | None = None
    conflict: str | None = None


class Linking:
    """Asks the vault for batches of people who arrive."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def link(self, arrivals: Sequence[Arrival]) -> list[Linked]:
        """For each who arrives: who it is. Call it inside ``alone``. Raises Away."""
        numbers = {one.number for arrival in arrivals for one in arrival.given}
        asked = list(numbers)
        matched = dict(zip(asked, self._vault.match_many(asked), strict=True)) if asked else {}
        here = _details({one.person for one in matched.values() if one.person})
        first: dict[Number, int] = {}  # which place brought a number first
        done: list[Linked] = []
        for place, arrival in enumerate(arrivals):
            linked = _among_persons(arrival, matched, here) or _among_batch(
                arrival, first, arrivals
            )
            if linked.conflict is None:
                for one in arrival.given:
                    first.setdefault(one.number, place)
            done.append(linked)
        return done

    def store(self, arrivals: Sequence[tuple[int, Arrival]]) -> list[list[str]]:
        """Store the numbers of persons who are written; for each what came of its numbers."""
        entries, places = [], []
        for place, (person, arrival) in enumerate(arrivals):
            has_past = any(one.ended and one.number.kind is Kind.PESEL for one in arrival.given)
            for one in sorted(arrival.given, key=lambda given: given.ended is None):
                replaces = has_past and one.ended is None and one.number.kind is Kind.PESEL
                entries.append(Entry(person, one.number, one.began, one.ended, replaces))
                places.append(place)
        done: list[list[str]] = [[] for _ in arrivals]
        for place, stored in zip(places, self._vault.store(entries), strict=True):
            done[place].append(stored.outcome)
        return done


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One import at a time between asking and storing, so that nobody is taken for new twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('zamiast.registry.linking'))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('zamiast.registry.linking'))")


def given(number: Number, *, began: datetime.date | None = None,
          ended: datetime.date | None = None) -> Given:  # fmt: skip
    """A number that arrives, in its normal form. Raises BadInput when it is none."""
    return Given(normal(number), began, ended)


def _among_persons(
    arrival: Arrival, matched: dict[Number, Matched], here: dict[int, Arrival]
) -> Linked | None:
    """What the vault's answers mean for one arrival; None where nobody has its numbers."""
    answers = [matched[one.number] for one in arrival.given]
    if any(answer.outcome == "several" for answer in answers):
        return Linked(conflict=TWO_PEOPLE)
    persons = {answer.person for answer in answers if answer.person}
    if not persons:
        return None
    if len(persons | arrival.known) > 1:
        return Linked(conflict=TWO_PEOPLE)
    person = persons.pop()
    if person in arrival.known or (person in here and is_same(here[person], arrival)):
        return Linked(person=person)
    return Linked(conflict=OTHER_DETAILS)


def _among_batch(arrival: Arrival, first: dict[Number, int], arrivals: Sequence[Arrival]) -> Linked:
    """Whether somebody earlier in the batch brought one of the numbers."""
    earlier = {first[one.number] for one in arrival.given if one.number in first}
    if not earlier:
        return Linked()
    if len(earlier) > 1:
        return Linked(conflict=TWO_PEOPLE)
    place = earlier.pop()
    other = arrivals[place]
    if other.keys & arrival.keys:
        return Linked(same_as=place)
    if other.known and arrival.known and other.known != arrival.known:
        return Linked(conflict=TWO_PEOPLE)
    return Linked(same_as=place) if is_same(other, arrival) else Linked(conflict=OTHER_DETAILS)


def is_same(one: Arrival, other: Arrival) -> bool:
    """Whether two who have the same number fit one another in name and birth date.

    >>> anna = Arrival((), "Nowak", "Anna Maria", datetime.date(1951, 3, 17))
    >>> is_same(anna, Arrival((), "KOWALSKA", "anna", datetime.date(1951, 3, 17)))
    True
    >>> is_same(anna, Arrival((), "Nowak", "Ewa", datetime.date(1951, 3, 17)))
    False
    >>> is_same(anna, Arrival((), "Kowalska", "Anna", None))
    False
    """
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    if _first(one.given_names) != _first(other.given_names):
        return False
    dated = one.birth_date is not None and other.birth_date is not None
    return dated or _folded(one.family_name) == _folded(other.family_name)


def _details(persons: set[int]) -> dict[int, Arrival]:
    rows = Person.objects.filter(pk__in=persons)
    values = rows.values_list("pk", "family_name", "given_names", "birth_date")
    return {pk: Arrival((), family, names, birth) for pk, family, names, birth in values}


def _first(names: str) -> str:
    return _folded(names).partition(" ")[0]


def _folded(text: str) -> str:
    """Small letters without marks, words apart by one space: ``Łucja-Ewa`` is ``lucja ewa``."""
    return " ".join(fold(text.replace("-", " ")).split())
