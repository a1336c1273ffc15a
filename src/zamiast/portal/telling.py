"""Telling holders that somebody looked, by the ways they chose: mail, phone, or both.

Looks are many, so each is not told on its own: the hourly job tells once of all that came
since it told last. What else is new is told when it happens (``audit.telling``).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from zamiast.audit import telling
from zamiast.audit.models import Look
from zamiast.audit.telling import Kind
from zamiast.portal.models import MailAddress, PushSubscription

COUNTS_FOR = datetime.timedelta(days=1)  # an older look is no news


def tell_about_looks() -> int:
    """Tell those who want it that somebody looked; return how many accounts that were.

    One message for all that happened since the last one; machines do not count.
    """
    found = _with_news(MailAddress.objects.wanting(Kind.LOOK), since="confirmed_at")
    found |= _with_news(PushSubscription.objects.wanting(Kind.LOOK), since="added_at")
    for account in sorted(found):
        with transaction.atomic():
            now = timezone.now()
            MailAddress.objects.filter(account=account).update(looks_told_at=now)
            PushSubscription.objects.filter(account=account).update(looks_told_at=now)
            telling.tell(account, Kind.LOOK)
    return len(found)


def _with_news(ways: QuerySet[Any], *, since: str) -> set[int]:
    """The accounts at which somebody looked since this way was there and last told of it."""
    looked = Look.objects.by_others().filter(
        account_id=OuterRef("account_id"), at__gt=timezone.now() - COUNTS_FOR
    ).exclude(actor_kind="machine").filter(
        at__gt=Coalesce(OuterRef("looks_told_at"), OuterRef(since))
    )  # fmt: skip
    return set(ways.filter(Exists(looked)).values_list("account_id", flat=True))
