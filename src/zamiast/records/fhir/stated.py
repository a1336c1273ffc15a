"""Coverage, RelatedPerson, Consent → facts about who may see whose account.

What these resources cannot say in FHIR's own words stands in extensions and codes of the
system ``urn:zamiast:`` (docs/how-to/import.md). A resource that says nothing about access,
such as an adult's own insurance, states nothing here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from django.utils import timezone

from zamiast.audit.services import Actor
from zamiast.guardianship.services import Consented, Covered, Related, take_in
from zamiast.guardianship.services.stated import Stated
from zamiast.pure.access import facts
from zamiast.pure.access.calendar import warsaw_day
from zamiast.records.fhir import common, entry
from zamiast.records.fhir.common import CodeableConcept, Coding, Identifier, Period, Reference
from zamiast.records.fhir.reader import Found, Refused
from zamiast.records.receiving import Accounts
from zamiast.registry.intake import Key

Choice = TypeVar("Choice", bound=StrEnum)
OURS = "urn:zamiast:"
PARENTS = frozenset({"PRN", "MTH", "FTH", "NMTH", "NFTH", "ADOPTM", "ADOPTF", "ADOPTP"})
FOSTER = frozenset({"PRNFOST", "MTHFOST", "FTHFOST"})
GUARDIAN = "GUARD"


class Extension(msgspec.Struct):
    """One value beside FHIR's own fields."""

    url: str = ""
    valueDate: str = ""
    valueCode: str = ""
    valueString: str = ""
    valueBoolean: bool = False
    valueReference: Reference = msgspec.field(default_factory=Reference)


class Coverage(msgspec.Struct):
    """Who insures whom."""

    status: str = ""
    type: CodeableConcept = msgspec.field(default_factory=CodeableConcept)
    subscriber: Reference = msgspec.field(default_factory=Reference)
    policyHolder: Reference = msgspec.field(default_factory=Reference)
    beneficiary: Reference = msgspec.field(default_factory=Reference)
    period: Period = msgspec.field(default_factory=Period)
    extension: list[Extension] = []


class RelatedPerson(msgspec.Struct):
    """Who represents somebody in law, or fosters them."""

    active: bool = True
    patient: Reference = msgspec.field(default_factory=Reference)
    identifier: list[Identifier] = []
    relationship: list[CodeableConcept] = []
    period: Period = msgspec.field(default_factory=Period)
    extension: list[Extension] = []


class Recipient(msgspec.Struct):
    """Whom a consent is for."""

    reference: Reference = msgspec.field(default_factory=Reference)


class Provision(msgspec.Struct):
    """What is permitted, to whom, on which days."""

    type: str = "permit"
    period: Period = msgspec.field(default_factory=Period)
    actor: list[Recipient] = []
    action: list[CodeableConcept] = []


class Consent(msgspec.Struct):
    """An authorisation of one person."""

    status: str = ""
    patient: Reference = msgspec.field(default_factory=Reference)
    dateTime: str = ""
    performer: list[Reference] = []
    provision: Provision = msgspec.field(default_factory=Provision)
    extension: list[Extension] = []


@dataclass(frozen=True)
class Statement:
    """A fact whose people are still keys: the holder first, then those whom it names."""

    people: tuple[tuple[Key, ...], ...]
    make: Callable[..., Stated]


@dataclass(frozen=True)
class _Named:
    """Keys in the shape in which accounts are looked up."""

    patient: tuple[Key, ...]


@dataclass
class Outcome:
    """What became of a batch; ``refused`` by place in it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def coverage(found: Found, source: str) -> list[Statement]:
    """A child that somebody else insures, or an own ground. Raises Refused."""
    read, _ = entry.read(found, Coverage)
    holder = entry.patient_keys(read.beneficiary, source)
    title = _choice(read.type.coding, "own-title", facts.Title)
    named = next((one for one in (read.subscriber, read.policyHolder) if _is_patient(one)), None)
    insurer = entry.patient_keys(named, source) if named and not title else ()
    if read.status == "draft" or (not title and (not insurer or set(insurer) & set(holder))):
        return []
    more: dict[str, Any] = {
        **_when(read.period), "key": _key(found, source),
        "mistaken": read.status == "entered-in-error", "title": title,
    }  # fmt: skip
    if title is None:
        if more.get("until", datetime.date.max) <= warsaw_day(timezone.now()):
            more["ended"] = more.pop("until")
        more |= {
            "payer": _choice(read.type.coding, "payer", facts.Payer) or facts.Payer.OTHER,
            "published": _date_in(read.extension, "published"),
            "ended_by": _coded(read.extension, "ended-by", facts.InsuranceEnd,
                               facts.InsuranceEnd.OTHER),
        }  # fmt: skip
        return [Statement((holder, insurer), lambda account, insurer: Covered(
            account=account, insurer=insurer, **more))]  # fmt: skip
    return [Statement((holder,), lambda account: Covered(account=account, **more))]


def related_person(found: Found, source: str) -> list[Statement]:
    """A parent, guardian, curator or foster carer. Raises Refused."""
    read, _ = entry.read(found, RelatedPerson)
    codes = [one for concept in read.relationship for one in concept.coding]
    ours = _choice(codes, "relation", facts.Role)
    plain = {one.code for one in codes if not one.system.startswith(OURS)}
    if ours is None and plain & PARENTS:
        ours = facts.Role.PARENT
    elif ours is None and GUARDIAN in plain:
        ours = facts.Role.GUARDIAN
    if ours is None and not plain & FOSTER:
        return []
    holder = entry.patient_keys(read.patient, source)
    person = _themselves(read, source)
    when = _when(read.period)
    if not read.active and "until" not in when:
        raise Refused("period.end: until when it held")
    more = {
        **when, "key": _key(found, source), "role": ours,
        "authority": _coded(read.extension, "authority", facts.Authority, facts.Authority.FULL),
        "widened_to_health": any(one.valueBoolean for one in read.extension
                                 if one.url == f"{OURS}widened-to-health"),
        "court": _text_in(read.extension, "court", 200),
        "file_number": _text_in(read.extension, "file-number", 60),
        "ruled_on": _date_in(read.extension, "ruled-on"),
    }  # fmt: skip
    return [Statement((holder, person), lambda account, person: Related(
        account=account, person=person, **more))]  # fmt: skip


def consent(found: Found, source: str) -> list[Statement]:
    """Authorisations, one for each kind of information. Raises Refused."""
    read, _ = entry.read(found, Consent)
    codes = [one for concept in read.provision.action for one in concept.coding]
    scopes = [
        scope
        for scope in facts.Scope
        if any((one.system, one.code) == (f"{OURS}scope", scope.value) for one in codes)
    ]
    if not scopes or read.status in ("draft", "proposed") or read.provision.type != "permit":
        return []
    if len(read.provision.actor) != 1:
        raise Refused("provision.actor: one person for each Consent")
    holder = entry.patient_keys(read.patient, source)
    to = entry.patient_keys(read.provision.actor[0].reference, source)
    by = entry.patient_keys(read.performer[0], source) if read.performer else holder
    given = _day(read.dateTime, "dateTime")
    when = _when(read.provision.period, begins=given)
    if read.status in ("rejected", "inactive") and "until" not in when:
        raise Refused("provision.period.end: until when it held")
    after_death = any(one.valueBoolean for one in read.extension
                      if one.url == f"{OURS}after-death")  # fmt: skip
    more = {**when, "given": given, "after_death": after_death,
            "minor_agreed": _date_in(read.extension, "minor-agreed"),
            "mistaken": read.status == "entered-in-error"}  # fmt: skip
    return [
        Statement((holder, to, by), lambda account, to, by, scope=scope: Consented(
            account=account, to=to, by=by, scope=scope,
            key=f"{_key(found, source)}/{scope.value}", **more))
        for scope in scopes
    ]  # fmt: skip


STATED: dict[str, Callable[[Found, str], list[Statement]]] = {
    "Coverage": coverage,
    "RelatedPerson": related_person,
    "Consent": consent,
}


def receive(rows: Sequence[Statement], *, by: Actor, accounts: Accounts) -> Outcome:
    """Find the people of these statements, and take in those whose people are all known."""
    done, made, places = Outcome(), [], {}
    for place, row in enumerate(rows):
        people = accounts.find([_Named(keys) for keys in row.people])
        if any(one is None for one in people):
            done.refused.append((place, "somebody whom it names is not known here"))
            continue
        stated = row.make(*people)
        places[stated.key] = place
        made.append(stated)
    taken = take_in(made, by=by)
    done.new, done.changed = taken.new, taken.changed
    done.unchanged = taken.unchanged + taken.kept_ended
    done.refused += [(places[key], reason) for key, reason in taken.refused]
    return done


def _key(found: Found, source: str) -> str:
    return f"{source}/{found.type}/{common.resource_id(found.id)}"


def _themselves(read: RelatedPerson, source: str) -> tuple[Key, ...]:
    """Under which keys this person may be known here as a patient. Raises Refused."""
    said = next((one.valueReference for one in read.extension if one.url == f"{OURS}patient"), None)
    keys = entry.patient_keys(said, source) if said else ()
    keys += tuple(key for one in read.identifier for key in _keys_of(one))
    if not keys:
        raise Refused(f"{OURS}patient: the Patient who is this person")
    return keys


def _keys_of(one: Identifier) -> tuple[Key, ...]:
    usable = one.system and one.value and not common.holds_pesel(one.value)
    return ((one.system, one.value),) if usable else ()


def _is_patient(one: Reference) -> bool:
    """Whether a person is named: an employer or a fund insures too."""
    kind = entry.target(one).partition("/")[0]
    return (
        kind == "Patient"
        or "Patient?identifier=" in one.reference
        or bool(one.reference.startswith("urn:uuid:") or (not kind and one.identifier.value))
    )


def _when(period: Period, *, begins: datetime.date | None = None) -> dict[str, Any]:
    """The days as facts have them: the first that holds, and the first that no longer does."""
    if not period.start and begins is None:
        raise Refused("period.start: from which day it holds")
    since = _day(period.start, "period.start") if period.start else begins
    days = {"since": since or datetime.date.min}
    if period.end:
        days["until"] = _day(period.end, "period.end") + datetime.timedelta(days=1)
    return days


def _day(value: str, what: str) -> datetime.date:
    """A whole day in Warsaw. Raises Refused for a year or a month: no day is made up."""
    try:
        moment = entry.moment(value, what) if len(value) >= 10 else None
    except Refused:
        moment = None
    if moment is None:
        raise Refused(f"{what}: a whole day")
    return moment.astimezone(entry.WARSAW).date()


def _choice(codes: Sequence[Coding], system: str, kind: type[Choice]) -> Choice | None:
    """The first code of our own system. Raises Refused for one that means nothing here."""
    ours = next((one.code for one in codes if one.system == OURS + system), None)
    return None if ours is None else _of(ours, system, kind)


def _coded(rows: Sequence[Extension], name: str, kind: type[Choice], usual: Choice) -> Choice:
    said = next((one.valueCode for one in rows if one.url == OURS + name), "")
    return _of(said, name, kind) if said else usual


def _of(code: str, what: str, kind: type[Choice]) -> Choice:
    try:
        return kind(code)
    except ValueError:
        raise Refused(f"{OURS}{what}: none of {', '.join(kind)}") from None


def _date_in(rows: Sequence[Extension], name: str) -> datetime.date | None:
    said = next((one.valueDate for one in rows if one.url == OURS + name), "")
    return _day(said, OURS + name) if said else None


def _text_in(rows: Sequence[Extension], name: str, longest: int) -> str:
    said = next((one.valueString for one in rows if one.url == OURS + name), "")
    return common.text(said, OURS + name, longest).text
