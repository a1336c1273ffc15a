"""What another system may state about an account, and the row that each statement becomes.

Days are whole days in Warsaw. ``key`` names the statement for good (the system and its
number there); ``ended`` is the first day on which it no longer holds; ``mistaken`` takes
the statement back, as if it had never been made.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from zamiast.guardianship.models import (
    Authorisation,
    Because,
    FosterCare,
    Insurance,
    OwnTitle,
    Representation,
    Row,
    Source,
)
from zamiast.pure.access import facts


class Unusable(Exception):
    """A statement that cannot be used; the text says why, without what stood in it."""


@dataclass(frozen=True, kw_only=True)
class _Statement:
    key: str
    account: int
    since: datetime.date
    until: datetime.date | None = None
    ended: datetime.date | None = None
    mistaken: bool = False


@dataclass(frozen=True, kw_only=True)
class Covered(_Statement):
    """A child is insured: by somebody, or on its own ground (``title``).

    An insurer whom the registry does not know is named by ``insurer_ref``.
    """

    insurer: int | None = None
    insurer_ref: str = ""
    payer: facts.Payer = facts.Payer.OTHER
    payer_nip: str = ""
    published: datetime.date | None = None
    ended_by: facts.InsuranceEnd = facts.InsuranceEnd.OTHER
    title: facts.Title | None = None

    @property
    def table(self) -> type[Row]:
        """Where it is kept."""
        return Insurance if self.title is None else OwnTitle

    TABLES: ClassVar[tuple[type[Row], ...]] = (Insurance, OwnTitle)


@dataclass(frozen=True, kw_only=True)
class Related(_Statement):
    """Somebody represents the holder in law, or (``role`` None) is a foster carer."""

    person: int
    role: facts.Role | None
    authority: facts.Authority = facts.Authority.FULL
    widened_to_health: bool = False
    court: str = ""
    file_number: str = ""
    ruled_on: datetime.date | None = None

    @property
    def table(self) -> type[Row]:
        """Where it is kept."""
        return FosterCare if self.role is None else Representation

    TABLES: ClassVar[tuple[type[Row], ...]] = (Representation, FosterCare)


@dataclass(frozen=True, kw_only=True)
class Consented(_Statement):
    """One statement that authorises one person for one scope; one key for each scope."""

    to: int
    by: int
    scope: facts.Scope
    given: datetime.date
    after_death: bool = False
    minor_agreed: datetime.date | None = None

    @property
    def table(self) -> type[Row]:
        """Where it is kept."""
        return Authorisation

    TABLES: ClassVar[tuple[type[Row], ...]] = (Authorisation,)


Stated = Covered | Related | Consented

_SAME: dict[type[Row], tuple[str, ...]] = {
    Insurance: ("insurer_id", "insurer_ref", "payer", "payer_nip", "since", "until"),
    OwnTitle: ("title", "since", "until"),
    Representation: ("person_id", "role", "authority", "court", "file_number", "ruled_on",
                     "since", "until"),
    FosterCare: ("carer_id", "widened_to_health", "court", "file_number", "since", "until"),
    Authorisation: ("to_id", "by_id", "scope", "given_on", "after_death", "since", "until"),
}  # fmt: skip
# What makes two rows the same fact, told by two systems: not how each of them words it.
_FACT: dict[type[Row], tuple[str, ...]] = {
    **_SAME,
    Representation: ("person_id", "role", "authority"),
    FosterCare: ("carer_id", "widened_to_health"),
}


def same(one: Row, other: Row, *, but: tuple[str, ...] = ()) -> bool:
    """Whether two rows of one table state the same."""
    return type(one) is type(other) and all(
        getattr(one, name) == getattr(other, name) for name in _SAME[type(one)] if name not in but
    )


def same_fact(one: Row, other: Row) -> bool:
    """Whether two rows of one account are one fact, told by two systems."""
    return all(getattr(one, name) == getattr(other, name) for name in _FACT[type(one)])


def concerned(stated: Stated) -> set[int]:
    """The accounts of everybody whom the statement names."""
    if isinstance(stated, Covered):
        people = {stated.account, stated.insurer}
    elif isinstance(stated, Related):
        people = {stated.account, stated.person}
    else:
        people = {stated.account, stated.to, stated.by}
    return {pk for pk in people if pk is not None}


def as_row(stated: Stated, *, by: str, at: datetime.datetime) -> Row:
    """The row that states this. Raises Unusable for what no row may say."""
    _check(stated)
    values: dict[str, Any] = {
        "account_id": stated.account, "since": stated.since, "until": stated.until,
        "source": Source.IMPORT, "source_key": stated.key, "entered_by": by, "entered_at": at,
    }  # fmt: skip
    if stated.ended is not None:
        values |= {"ended_on": stated.ended, "ended_at": at, "ended_by": by,
                   "ended_because": _because(stated)}  # fmt: skip
    if isinstance(stated, Covered):
        return stated.table(**values, **_covered(stated))
    if isinstance(stated, Related):
        return stated.table(**values, **_related(stated))
    return Authorisation(
        **values, to_id=stated.to, by_id=stated.by, scope=stated.scope.value,
        given_on=stated.given, after_death=stated.after_death, minor_agreed_on=stated.minor_agreed,
    )  # fmt: skip


def _covered(stated: Covered) -> dict[str, Any]:
    if stated.title is not None:
        return {"title": stated.title.value}
    return {
        "insurer_id": stated.insurer, "insurer_ref": stated.insurer_ref,
        "payer": stated.payer.value, "payer_nip": stated.payer_nip,
        "published_on": stated.published,
    }  # fmt: skip


def _related(stated: Related) -> dict[str, Any]:
    ruling = {"court": stated.court, "file_number": stated.file_number}
    if stated.role is None:
        return {"carer_id": stated.person, "widened_to_health": stated.widened_to_health, **ruling}
    return {
        "person_id": stated.person, "role": stated.role.value, "ruled_on": stated.ruled_on,
        "authority": stated.authority.value, **ruling,
    }  # fmt: skip


def _because(stated: Stated) -> Because:
    if isinstance(stated, Covered) and stated.ended_by is facts.InsuranceEnd.JOB_CHANGE:
        return Because.JOB_CHANGE
    return Because.OTHER


def _check(stated: Stated) -> None:
    """Say in words what the database's constraints would refuse."""
    if not stated.key:
        raise Unusable("without a key it could not be known again")
    if stated.until is not None and stated.until < stated.since:
        raise Unusable("it ends before it begins")
    if isinstance(stated, Covered):
        _check_cover(stated)
    elif isinstance(stated, Related) and stated.person == stated.account:
        raise Unusable("nobody represents themselves")
    elif isinstance(stated, Consented):
        _check_consent(stated)


def _check_cover(stated: Covered) -> None:
    named = (stated.insurer is not None) + bool(stated.insurer_ref)
    if stated.title is None and named != 1:
        raise Unusable("one insurer is named, by account or by reference")
    if stated.title is not None and named:
        raise Unusable("on an own ground nobody else insures")
    if stated.insurer == stated.account:
        raise Unusable("nobody insures themselves as a child")
    if stated.payer_nip and not (len(stated.payer_nip) == 10 and stated.payer_nip.isdigit()):
        raise Unusable("the payer's NIP has ten digits")


def _check_consent(stated: Consented) -> None:
    if stated.to in (stated.account, stated.by):
        raise Unusable("an authorisation goes to another person")
    if stated.since < stated.given:
        raise Unusable("an authorisation begins on the day it is given or later")
