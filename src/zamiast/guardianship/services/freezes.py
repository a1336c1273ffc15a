"""Stopping access in an emergency: one specialist at once, another reviews it.

Without a review a freeze does not end. It becomes overdue, and the supervisor and the
data protection officer see it (``selectors.overdue_freezes``).
"""

from __future__ import annotations

from django.utils import timezone

from zamiast.audit.services import Purpose, record
from zamiast.errors import Conflict, NotAllowed, NotFound
from zamiast.guardianship.actors import staff
from zamiast.guardianship.models import Because, Freeze, Source
from zamiast.guardianship.services.deciding import (
    deciding,
    require_specialist,
    require_two_factors,
)
from zamiast.guardianship.telling import watched
from zamiast.login.models import User
from zamiast.pure.access.calendar import warsaw_day


def freeze(
    *, account: int, person: int | None, case_number: int, reason: str, by: User, session: str
) -> Freeze:
    """Stop one person, or everybody but the holder (``person`` None), at once.

    Raises NotAllowed for anybody but a specialist who showed a second factor in this session
    right before, NotFound without such an account,
    Conflict where the same is stopped already.
    """
    purpose = Purpose(case=case_number)
    with deciding("access.frozen", by=staff(by), actor=None, account=account, purpose=purpose):
        who = require_specialist(by)
        require_two_factors(by, session)
        with watched(account, by=who, actor=None, because="freeze", case_number=case_number):
            same = Freeze.objects.filter(account=account, person=person).standing()
            if same.exists():
                raise Conflict("guardianship.frozen_already")
            now = timezone.now()
            placed = Freeze.objects.create(
                account_id=account, person_id=person, since=warsaw_day(now), reason=reason,
                source=Source.CASE, case_number=case_number, entered_by=who.name,
                placed_by=by, placed_at=now, review_by=now + Freeze.REVIEW_WITHIN,
            )  # fmt: skip
        record("access.frozen", by=who, account=account, purpose=purpose)
        return placed


def review_freeze(*, freeze: int, keep: bool, reason: str, by: User, session: str) -> None:
    """Another specialist keeps the freeze, or lifts it. Two at once: one wins, one Conflict.

    Raises NotAllowed for who placed it and for anybody but a specialist, NotFound. A freeze
    that was kept ends by a change that two specialists decide.
    """
    found = Freeze.objects.filter(pk=freeze).first()
    if found is None:
        raise NotFound("guardianship.no_freeze")
    purpose = Purpose(case=found.case_number)
    account = found.account_id
    with deciding(
        "access.freeze_reviewed", by=staff(by), actor=None, account=account, purpose=purpose
    ):
        who = require_specialist(by)
        require_two_factors(by, session)
        if by.pk == found.placed_by_id:
            raise NotAllowed("guardianship.freeze_reviewed_by_another")
        with watched(account, by=who, actor=None, because="review", case_number=found.case_number):
            waiting = Freeze.objects.filter(pk=freeze, reviewed_at=None)
            done = waiting.update(
                reviewed_by=by, reviewed_at=timezone.now(), review=reason, is_kept=keep
            )
            if not done:
                raise Conflict("guardianship.reviewed_already")
            if not keep:
                Freeze.objects.filter(pk=freeze).end(by=who.name, because=Because.REVIEW)
        record("access.freeze_reviewed", by=who, account=account, purpose=purpose,
               outcome="kept" if keep else "lifted")  # fmt: skip
