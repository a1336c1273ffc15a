"""A call and its confirmation, from the holder's side: whom it may be about, and "not me".

The security case, the end of the consultant's grant, the suspension and the alarm are one
transaction: all of it happens, or none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from zamiast.audit.services import Actor
from zamiast.errors import Conflict, NotFound, TooMany
from zamiast.guardianship import services as guardianship
from zamiast.helpline import asked
from zamiast.helpline import services as helpline
from zamiast.helpline.models import Case
from zamiast.helpline.moves import WORKING
from zamiast.login.models import User
from zamiast.portal import around
from zamiast.pure.access import Want
from zamiast.verification import answering, disclosure, strong

SECURITY_MATTER = "was_it_you"
SEEN = Want.SEE_ACCOUNT


@dataclass(frozen=True)
class Choice:
    """An account that the call may be about."""

    account: int
    name: str


def choices(own: int, fields: Iterable[str] = ()) -> list[Choice]:
    """The other accounts that are open to somebody: children, wards.

    None where a field is asked for that is about the caller alone.
    """
    if disclosure.OF_CALLER & set(fields):
        return []
    return [Choice(tie.account, tie.name) for tie in around.of(own) if tie.may(SEEN) and tie.name]


def is_asked(user_id: int) -> bool:
    """Whether the holder with this login is asked something now: one statement for every page."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM portal_link l, verification_prompt(l.account_id)"
            " WHERE l.user_id = %s::bigint) OR EXISTS (SELECT FROM portal_link l,"
            " verification_act_prompt(l.account_id) WHERE l.user_id = %s::bigint)",
            [user_id] * 2,
        )
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Line:
    """Somebody of the helpline on the telephone now.

    ``kind`` is ``callback`` where the account asked to be called, ``other_number`` where
    somebody asked on the telephone, ``said`` where a caller said the identifier.
    """

    kind: str
    k_number: str
    since: datetime.datetime
    case_number: int | None
    ending: str


def lines(account: int) -> list[Line]:
    """Who of the helpline calls the holder, or talks to somebody who said the identifier."""
    found = [
        Line("callback" if row.is_sure else "other_number", row.k_number, row.since,
             row.case_number, row.ending)
        for row in asked.calling(account)
    ]  # fmt: skip
    calling = {line.k_number for line in found}
    for row in answering.calls_now(account):
        if row.begun_by != "callback":
            found.append(Line("said", row.k_number, row.began_at, None, row.last_two or ""))
        elif row.k_number not in calling:  # what was promised is settled, the call goes on
            found.append(Line("other_number", row.k_number, row.began_at, None, row.last_two or ""))
    return found


def mark(found: list[Line], opened: list[answering.OpenNow]) -> str:
    """A short text that changes with who calls and what is open: for a page that waits."""
    calling = (f"{line.kind}:{line.k_number}" for line in found)
    return " ".join([*calling, *(f"open:{row.k_number}" for row in opened)])


def receipt(account: int, call: UUID) -> answering.Receipt:
    """The last question of one call. Raises NotFound for a call of somebody else."""
    found = answering.receipts(account, call)
    if not found:
        raise NotFound("web.not_found")
    return found[0]


def do_act(asked: strong.Asked, account: int, *, by: Actor) -> bool:
    """Level 3: the holder does what the helpline asked for; whether it was still asked.

    The answer and the act are one transaction. The caller has seen a passkey that was shown
    after the question.
    """
    act = {"end_access": guardianship.end_everything}[asked.act]

    def still_asked() -> None:
        if strong.answer(asked.id, account, "done", by=by) != "done":
            raise Conflict("verification.over")

    try:
        act(account=account, by=by, provided=still_asked)
    except Conflict:
        return False
    return True


def not_me(account: int, call: UUID, *, login: Any, by: Actor, language: str) -> int | None:
    """“That was not me”: everything that follows, at once; the number of the security case.

    Raises NotFound for a call of somebody else, Conflict where it was said already.
    """
    said = receipt(account, call)
    with transaction.atomic():
        case = _security_case(account, said, login, by, language)
        outcome = answering.not_me(call, account, case_number=case, by=by)
        if outcome != "done":
            raise Conflict("verification.said_already")
    return case


def _security_case(
    account: int, said: answering.Receipt, login: User, by: Actor, language: str
) -> int | None:
    note = _(
        "The holder says of a call that they confirmed or were asked about: that was not me."
        " Consultant %(who)s, call of %(when)s. Questions to this account are suspended."
    ) % {"who": said.k_number, "when": f"{said.began_at:%Y-%m-%d %H:%M} UTC"}
    try:
        return helpline.open_case_from_account(
            SECURITY_MATTER, account_id=account, login=login, by=by, note=note, language=language
        )
    except (Conflict, TooMany):  # one that is open already serves
        standing = Case.objects.for_account(account).filter(
            matter=SECURITY_MATTER, state__in=WORKING
        )
        return standing.values_list("number", flat=True).first()
