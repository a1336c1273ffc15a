"""National numbers of arriving patients: into the vault, and as the way to know somebody again.

Taken are PESELs and the other numbers that the operator chose (``VAULT_NUMBERS``); they
go from the file to the vault and nowhere else. Who has a number that somebody here has is
that person, where name and birth date fit. All else is a conflict: listed by place,
without the number, and neither written nor guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from zamiast.audit import doorway
from zamiast.audit.services import Actor
from zamiast.errors import BadInput
from zamiast.records.fhir import common
from zamiast.records.fhir.reader import Refused
from zamiast.registry import intake
from zamiast.registry.vault import linking
from zamiast.registry.vault.client import Kind, Number
from zamiast.registry.vault.linking import Arrival, Given, Linking

PESEL_OID = "2.16.840.1.113883.3.4424.1.1.616"

WORDS = {
    linking.TWO_PEOPLE: "its numbers belong to different persons here",
    linking.OTHER_DETAILS: "a number of it belongs to somebody with another name or birth date",
    "number_of_another": "a number of it belongs to another person here, and was not stored",
    "another_number": "the person has another PESEL here, which nothing says is replaced",
    "not_a_number": "a number of it is not well-formed, and was not stored",
}


@dataclass(frozen=True)
class Taken:
    """The numbers of one patient for the vault, and how many were none."""

    given: tuple[Given, ...] = ()
    malformed: int = 0


@dataclass
class Outcome:
    """What became of a batch: the people, the numbers, and conflicts by place."""

    received: intake.Received
    stored: int = 0
    joined: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    conflicts: list[tuple[int, str]] = field(default_factory=list)


def take(identifiers: Sequence[common.Identifier]) -> Taken:
    """Those identifiers that belong into the vault, in their normal form."""
    given: dict[Number, Given] = {}
    malformed = 0
    for identifier in identifiers:
        sort = _sort(identifier)
        if sort is None or not identifier.value.strip():
            continue
        try:
            began, ended = _period(identifier)
            number = Number(sort[0], identifier.value, sort[1])
            one = linking.given(number, began=began, ended=ended)
        except BadInput:
            malformed += 1
        else:
            given.setdefault(one.number, one)
    return Taken(tuple(given.values()), malformed)


def _sort(identifier: common.Identifier) -> tuple[Kind, str] | None:
    """Kind and issuer of an identifier that belongs into the vault."""
    system = identifier.system.removeprefix("urn:oid:")
    types = {coding.code for coding in identifier.type.coding}
    if system == PESEL_OID or "NNPOL" in types:
        return Kind.PESEL, "PL"
    chosen: dict[str, tuple[str, str]] = getattr(settings, "VAULT_NUMBERS", {})
    if system in chosen:
        kind, issuer = chosen[system]
        return Kind(kind), issuer
    return None


def _period(identifier: common.Identifier) -> tuple[datetime.date | None, datetime.date | None]:
    """From when, and until when if it is over: by its period, or because it is called old."""
    began, ended = _day(identifier.period.start), _day(identifier.period.end)
    if ended and ended > doorway.today():
        ended = None
    if identifier.use == "old" and ended is None:
        ended = doorway.today()
    return began, ended


def _day(text: str) -> datetime.date | None:
    try:
        return common.partial_date(text, "period")[0] if text else None
    except Refused:
        return None


def receive(
    batch: Sequence[tuple[intake.Incoming, Taken]], asking: Linking, *, by: Actor
) -> Outcome:
    """Find out who arrives, write the people, store their numbers. Raises Away."""
    if not any(taken.given or taken.malformed for _, taken in batch):
        return Outcome(intake.receive([incoming for incoming, _ in batch], by=by))
    with linking.alone():
        known = intake.known([key for incoming, _ in batch for key in incoming.keys])
        arrivals = [_arrival(incoming, taken, known) for incoming, taken in batch]
        linked = asking.link(arrivals)
        kept = [place for place, one in enumerate(linked) if one.conflict is None]
        where = {place: after for after, place in enumerate(kept)}
        rows = [
            replace(
                batch[place][0],
                matched=linked[place].person,
                same_as=where.get(_earlier(linked[place])),
            )
            for place in kept
        ]
        outcome = Outcome(intake.receive(rows, by=by))
        outcome.refused = [
            (place, WORDS[one.conflict]) for place, one in enumerate(linked) if one.conflict
        ]
        outcome.joined = sum(
            linked[place].person is not None and not arrivals[place].known for place in kept
        ) + sum(linked[place].same_as is not None for place in kept)
        _store(outcome, asking, arrivals, kept)
    outcome.received.ambiguous = [kept[place] for place in outcome.received.ambiguous]
    outcome.conflicts += [
        (place, WORDS["not_a_number"]) for place, (_, taken) in enumerate(batch) if taken.malformed
    ]
    return outcome


def _earlier(linked: linking.Linked) -> int:
    return -1 if linked.same_as is None else linked.same_as


def _store(outcome: Outcome, asking: Linking, arrivals: list[Arrival], kept: list[int]) -> None:
    """Store the numbers of who was written; what could not be stored is a conflict."""
    written = [
        (place, person)
        for place, person in zip(kept, outcome.received.persons, strict=True)
        if person is not None
    ]
    done = asking.store([(person, arrivals[place]) for place, person in written])
    for (place, _), outcomes in zip(written, done, strict=True):
        outcome.stored += sum(one in {"stored", "replaced"} for one in outcomes)
        outcome.conflicts += [
            (place, WORDS[one]) for one in dict.fromkeys(outcomes) if one in WORDS
        ]


def _arrival(incoming: intake.Incoming, taken: Taken, known: dict[intake.Key, int]) -> Arrival:
    person = incoming.person
    return Arrival(
        given=taken.given,
        family_name=person.family_name,
        given_names=person.given_names,
        birth_date=person.birth_date,
        known=frozenset(known[key] for key in incoming.keys if key in known),
        keys=frozenset(incoming.keys),
    )
