"""What a holder does with notices."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from zamiast.audit.services import Actor, record
from zamiast.guardianship.models import Notice


def read_notices(*, account: int, by: Actor) -> int:
    """Mark all notices to this account as read; return how many were not."""
    with transaction.atomic():
        read = (
            Notice.objects.for_account(account).unread().order_by().update(read_at=timezone.now())
        )
        if read:
            record("notice.read", by=by, account=account)
        return read
