"""A specialist's file made ready to print: what stands at each account, what may be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zamiast.guardianship import selectors as guardianship
from zamiast.guardianship.models import Change, ChangeKind, Freeze
from zamiast.helpline.casework import Account
from zamiast.helpline.desk import wording_access as wording
from zamiast.helpline.desk.forms import FIELDS, USUAL
from zamiast.login.models import User
from zamiast.pure.access import Facts, Want, warsaw_day
from zamiast.pure.access.view import Audience, View, worded


@dataclass(frozen=True)
class Tie:
    """What one person may do at an account today, worded for the specialist."""

    letter: str
    view: View


@dataclass(frozen=True)
class Shown:
    """An account of the case with what stands there."""

    letter: str
    how: str
    uses_account: bool
    lines: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class ChangeShown:
    """A change: what, for whom, and what this specialist may do with it."""

    id: int
    kind: str
    account: str
    person: str
    details: tuple[str, ...]
    reason: str
    proposed_by: str
    proposed_at: Any
    decision: str
    decided_by: str
    decided_at: Any
    state: str  # waiting, made, refused
    is_mine: bool
    can_reverse: bool


@dataclass(frozen=True)
class KindOffered:
    """A kind of change in the list of what can be proposed."""

    code: str
    name: str


def accounts(found: list[Account], language: str) -> list[Shown]:
    """The accounts of a case with their facts, people named by letter."""
    letters = {str(one.account): one.letter for one in found}
    return [
        Shown(
            one.letter, str(wording.HOW[one.how]),
            bool(one.facts.holder and one.facts.holder.first_login),
            tuple(_lines(one.facts, letters)), tuple(_ties(one, found, language)),
        )
        for one in found
    ]  # fmt: skip


def _ties(one: Account, found: list[Account], language: str) -> Iterator[Tie]:
    around = {person.ref for person in one.facts.others}
    for other in found:
        if str(other.account) in around:
            decision = guardianship.decide_on(
                one.facts, other.account, Want.SEE_ACCOUNT, one.account
            )
            view = worded(decision, language, audience=Audience.CONSULTANT, level=3)
            yield Tie(other.letter, view)


def _lines(facts: Facts, letters: dict[str, str]) -> Iterator[str]:
    """What stands at an account, one line for each fact that was not ended before today."""

    def who(ref: str | None) -> str:
        return letters.get(ref or "", _("somebody outside this case"))

    today = warsaw_day(timezone.now())
    for row in facts.representations:
        if _holds(row.until, today):
            role = dict(wording.ROLES)[row.role.value]
            authority = dict(wording.AUTHORITIES)[row.authority.value]
            yield _("%(who)s represents: %(role)s, authority %(authority)s, since %(day)s") % {
                "who": who(row.person), "role": role, "authority": authority,
                "day": _day(row.since),
            }  # fmt: skip
    for insurance in facts.insurances:
        if _holds(insurance.ended, today):
            yield _("%(who)s registered this person for insurance, since %(day)s") % {
                "who": who(insurance.insurer), "day": _day(insurance.registered),
            }  # fmt: skip
    for care in facts.foster_care:
        if _holds(care.until, today):
            yield _("%(who)s is foster carer, since %(day)s") % {
                "who": who(care.carer), "day": _day(care.since),
            }  # fmt: skip
    for grant in facts.grants:
        if _holds(grant.until, today):
            giver = who(grant.by) if grant.by else _("the operator, after a case")
            yield _("%(who)s was given access by %(giver)s, since %(day)s") % {
                "who": who(grant.to), "giver": giver, "day": _day(grant.since),
            }  # fmt: skip
    for court in facts.incapacitations:
        if letters.get(court.person) and _holds(court.until, today):
            degree = dict(wording.DEGREES)[court.degree.value]
            yield _("%(who)s is incapacitated: %(degree)s, since %(day)s") % {
                "who": who(court.person), "degree": degree, "day": _day(court.since),
            }  # fmt: skip
    for freeze in facts.freezes:
        if _holds(freeze.until, today):
            whom = who(freeze.person) if freeze.person else _("everybody but the holder")
            yield _("Access is stopped for: %(who)s") % {"who": whom}
    if facts.own_titles:
        yield _("Insured on its own ground")


def _holds(until: date | None, today: date) -> bool:
    return until is None or until > today


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def changes(rows: list[Change], found: list[Account], user: User) -> list[ChangeShown]:
    """The changes of a case, the newest first."""
    letters = {one.account: one.letter for one in found}
    reversed_by = {
        row.reverses_id for row in rows if row.reverses_id and row.is_approved is not False
    }
    return [_change(row, letters, user, row.pk in reversed_by) for row in reversed(rows)]


def _change(row: Change, letters: dict[int, str], user: User, is_reversed: bool) -> ChangeShown:
    state = {None: "waiting", True: "made", False: "refused"}[row.is_approved]
    taken = row.taken_by_id == user.pk
    return ChangeShown(
        id=row.pk,
        kind=str(wording.KINDS[ChangeKind(row.kind)]),
        account=letters.get(row.account_id, "?"),
        person=letters.get(row.person_id or 0, ""),
        details=tuple(_details(row)),
        reason=row.reason,
        proposed_by=row.proposed_by.k_number or "",
        proposed_at=row.proposed_at,
        decision=row.decision or "",
        decided_by=(row.decided_by.k_number or "") if row.decided_by else "",
        decided_at=row.decided_at,
        state=state,
        is_mine=row.proposed_by_id == user.pk or taken,
        can_reverse=state == "made" and not is_reversed and not taken
        and row.kind != ChangeKind.REVERSE,
    )  # fmt: skip


def _details(row: Change) -> Iterator[str]:
    for value, names in (
        (row.role, wording.ROLES), (row.authority, wording.AUTHORITIES),
        (row.degree, wording.DEGREES),
    ):  # fmt: skip
        if value:
            yield str(dict(names)[value])
    if row.widened_to_health:
        yield _("widened to health")
    if row.court or row.file_number:
        yield " ".join(part for part in (row.court, row.file_number) if part)
    if row.ruled_on:
        yield _("ruling of %(day)s") % {"day": _day(row.ruled_on)}
    if row.since:
        yield _("from %(day)s") % {"day": _day(row.since)}
    if row.until:
        yield _("until %(day)s") % {"day": _day(row.until)}
    if row.reverses_id:
        yield _("change no. %(number)s") % {"number": row.reverses_id}


def kinds(matter: str) -> tuple[list[KindOffered], list[KindOffered]]:
    """The kinds of change that are usual in a matter, and the others."""
    usual = USUAL.get(matter, ())
    others = [kind for kind in FIELDS if kind not in usual]
    return _offered(usual), _offered(others)


def _offered(found: Any) -> list[KindOffered]:
    return [KindOffered(kind.value, str(wording.KINDS[kind])) for kind in found]


def freezes(rows: list[Freeze], found: list[Account], user: User) -> list[dict[str, Any]]:
    """Freezes as the file shows them."""
    letters = {one.account: one.letter for one in found}
    return [
        {
            "id": row.pk, "account": letters[row.account_id],
            "person": letters.get(row.person_id or 0, "") if row.person_id else "",
            "reason": row.reason, "placed_by": row.placed_by.k_number,
            "placed_at": row.placed_at, "review_by": row.review_by,
            "is_reviewed": row.reviewed_at is not None, "is_mine": row.placed_by_id == user.pk,
        }
        for row in rows
    ]  # fmt: skip
