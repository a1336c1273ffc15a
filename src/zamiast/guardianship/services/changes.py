"""Changing who has access, in a case with documents: one proposes, another decides.

Neither of the two took the call, and both are specialists: constraints of the table see
to it. A change that was made can be reversed, by two specialists again: what it added is
ended, what it ended is added anew.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.utils import timezone

from zamiast.audit.services import Purpose, record
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound
from zamiast.guardianship import selectors
from zamiast.guardianship.actors import staff
from zamiast.guardianship.models import Change, ChangeKind
from zamiast.guardianship.services.applying import NEEDS, REACHES_FURTHER, Applying
from zamiast.guardianship.services.deciding import (
    deciding,
    require_specialist,
    require_two_factors,
)
from zamiast.guardianship.telling import watched
from zamiast.login.models import User
from zamiast.pure.access.facts import Authority, Degree, Role


@dataclass(frozen=True)
class Details:
    """What the document says, as far as this kind of change needs it."""

    person: int | None = None
    role: Role | None = None
    authority: Authority | None = None
    degree: Degree | None = None
    widened_to_health: bool = False
    court: str = ""
    file_number: str = ""
    ruled_on: datetime.date | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


NO_DETAILS = Details()


def propose_change(
    *,
    case_number: int,
    account: int,
    kind: ChangeKind,
    reason: str,
    taken_by: User | None,
    by: User,
    session: str,
    details: Details = NO_DETAILS,
) -> Change:
    """The first specialist has seen the documents. Nothing changes yet.

    ``taken_by`` took the call, None where the case came in writing. ``session`` is the digest
    of the one in which a second factor was shown right before. Raises NotAllowed without it,
    and for who took the call or is no specialist, BadInput where the kind needs more details,
    NotFound without such an account.
    """
    if kind is ChangeKind.REVERSE:
        raise BadInput("guardianship.reverse_names_a_change")
    _complete(kind, details)
    values = {name: value for name, value in asdict(details).items() if value is not None}
    person = values.pop("person", None)
    return _propose(
        Change(case_number=case_number, account_id=account, kind=kind, reason=reason,
               person_id=person, taken_by=taken_by, proposed_by=by, **values), by, session,
    )  # fmt: skip


def reverse_change(
    *, change: int, reason: str, taken_by: User | None, by: User, session: str
) -> Change:
    """Propose to reverse a change that was made; another specialist decides that too.

    Raises NotFound, Conflict where it was not made or is being reversed, NotAllowed.
    """
    made = Change.objects.filter(pk=change).first()
    if made is None:
        raise NotFound("guardianship.no_change")
    if not made.is_approved:
        raise Conflict("guardianship.change_not_made")
    return _propose(
        Change(case_number=made.case_number, account_id=made.account_id, person_id=made.person_id,
               kind=ChangeKind.REVERSE, reverses=made, reason=reason, taken_by=taken_by,
               proposed_by=by), by, session,
    )  # fmt: skip


def decide_change(*, change: int, approve: bool, reason: str, by: User, session: str) -> Change:
    """The second specialist makes the change or refuses it. Of two at once, one wins.

    Raises NotAllowed for who proposed it, took the call or is no specialist, NotFound,
    Conflict where it was decided already.
    """
    found = Change.objects.filter(pk=change).first()
    if found is None:
        raise NotFound("guardianship.no_change")
    account, purpose = found.account_id, Purpose(case=found.case_number)
    with deciding(
        "access.change_decided", by=staff(by), actor=None, account=account, purpose=purpose
    ):
        who = require_specialist(by)
        require_two_factors(by, session)
        _another(found, by)
        with watched(*_reached(found), by=who, actor=None, because=_because(found),
                     case_number=found.case_number):  # fmt: skip
            waiting = Change.objects.filter(pk=change, decided_at=None)
            decided = waiting.update(
                decided_by=by, decided_at=timezone.now(), decision=reason, is_approved=approve
            )
            if not decided:
                raise Conflict("guardianship.decided_already")
            if approve:
                Applying(found, who.name).apply()
        record("access.change_decided", by=who, account=account, purpose=purpose,
               outcome="approved" if approve else "refused")  # fmt: skip
    found.refresh_from_db()
    return found


def _propose(change: Change, by: User, session: str) -> Change:
    account, purpose = change.account_id, Purpose(case=change.case_number)
    with deciding(
        "access.change_proposed", by=staff(by), actor=None, account=account, purpose=purpose
    ):
        who = require_specialist(by)
        require_two_factors(by, session)
        if change.taken_by_id == by.pk:
            raise NotAllowed("guardianship.change_not_by_who_took_the_call")
        change.save(force_insert=True)
        record("access.change_proposed", by=who, account=account, purpose=purpose,
               outcome=change.kind)  # fmt: skip
    return change


def _another(change: Change, by: User) -> None:
    """Said early and plainly; the constraints of the table say it again."""
    if by.pk == change.proposed_by_id:
        raise NotAllowed("guardianship.change_decided_by_another")
    if by.pk == change.taken_by_id:
        raise NotAllowed("guardianship.change_not_by_who_took_the_call")


def _complete(kind: ChangeKind, details: Details) -> None:
    missing = [name for name in NEEDS.get(kind, ()) if getattr(details, name) is None]
    if missing:
        raise BadInput(
            "guardianship.details_missing", f"This change also needs: {', '.join(missing)}."
        )


def _reached(change: Change) -> set[int]:
    """The accounts at which access can change: also those that the person looks into."""
    kinds = {change.kind, change.reverses.kind if change.reverses else None}
    further = selectors.tied_to(change.account_id) if kinds & REACHES_FURTHER else []
    return {change.account_id, *further}


def _because(change: Change) -> str:
    if change.kind == ChangeKind.REVERSE:
        return "reversed"
    if change.kind in (ChangeKind.PROTECT_ADDRESS, ChangeKind.END_PROTECTION):
        return "decision"  # that an address is protected is told to nobody
    return "ruling" if change.court else "decision"
