"""Closing the account: the identifier is retired, the login no longer opens it.

Nothing about treatment is erased: the law forbids it. Within thirty days who logs in with
the same login can undo it; then it is forgotten which login that was. The database links a
login to an account only where a closure says so.
"""

from __future__ import annotations

import datetime

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit import retention
from zamiast.audit.services import Actor, record
from zamiast.errors import Conflict
from zamiast.portal.addresses import MailAddress
from zamiast.portal.closures import Closure
from zamiast.portal.models import PushSubscription
from zamiast.registry import services as registry
from zamiast.registry.models import Account


def undo_for() -> datetime.timedelta:
    """How long closing can be undone."""
    return retention.kept_for("closures")


def close(own: Account, login: int, *, by: Actor) -> None:
    """Close the account of a login. Raises Conflict where this login does not open it."""
    with transaction.atomic():
        registry.retire_identifier(own.pk, by=by)
        MailAddress.objects.filter(account=own.pk).delete()
        PushSubscription.objects.filter(account=own.pk).delete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_close(%s::bigint, %s::bigint)", [login, own.pk])
            if not cursor.fetchone()[0]:
                raise Conflict("portal.not_linked")
        record("account.left", by=by, account=own.pk)


def closed(login: int) -> Closure | None:
    """What this login closed and can still open again."""
    since = timezone.now() - undo_for()
    return Closure.objects.filter(user_id=login, closed_at__gt=since).first()


def reopen(login: int, *, by: Actor) -> bool:
    """Undo the closing, with a new identifier; return whether there was anything to undo."""
    with transaction.atomic():
        if closed(login) is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_reopen(%s::bigint, %s::int)", [login, undo_for().days])
            account = cursor.fetchone()[0]
        if account is None:
            return False
        registry.issue_identifier(Account.objects.get(pk=account), by=by)
        record("account.came_back", by=by, account=account)
    return True


def forget() -> int:
    """Forget which login belonged to which closed account; return how many. For the worker."""
    gone, _by_model = Closure.objects.filter(closed_at__lte=timezone.now() - undo_for()).delete()
    return gone
