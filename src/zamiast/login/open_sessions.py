"""The sessions of somebody, listed and ended: by themselves, or by a supervisor for staff.

A session ends when nobody used it for a while, when it is too old, at the end of the
shift, at the logout, and here. Its row is gone then: every process asks for it at every
request, so it is over at once and everywhere.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from zamiast.audit.services import Purpose, keyed_hash, record
from zamiast.errors import BadInput, NotFound
from zamiast.login.models import HolderSession, Kind, Role, StaffSession, User
from zamiast.login.services import actor, end_sessions, lock


@dataclass(frozen=True)
class Open:
    """An open session. ``handle`` names it in a form and opens nothing."""

    handle: str
    device: str
    since: datetime.datetime
    last_seen: datetime.datetime
    is_this: bool


@dataclass(frozen=True)
class AtWork:
    """A member of staff with open sessions."""

    k_number: str
    role: str
    sessions: int
    last_seen: datetime.datetime


def of(user: User, *, this: str) -> list[Open]:
    """The open sessions of somebody, this one first, then by use."""
    found = [
        Open(_handle(row.pk), row.device, row.created_at, row.last_seen_at, row.pk == this)
        for row in _table(user).objects.filter(user=user, expire_date__gt=timezone.now())
    ]
    newest_first = sorted(found, key=lambda one: one.last_seen, reverse=True)
    return sorted(newest_first, key=lambda one: not one.is_this)


def end_one(user: User, handle: str) -> None:
    """End one of the own sessions; nothing where it is over already."""
    with transaction.atomic():
        rows = _table(user).objects.filter(user=user)
        for row in rows:
            if _handle(row.pk) == handle:
                row.delete()
                record("login.session_ended", by=actor(user), outcome="one")


def end_others(user: User, *, keep: str) -> int:
    """End all own sessions but this one; return how many."""
    with transaction.atomic():
        lock(user)
        ended = end_sessions(user, but=keep)
        record("login.session_ended", by=actor(user), outcome="others")
        return ended


def set_end_of_shift(user: User, ends_at: datetime.datetime, *, this: str) -> None:
    """Let this session end at a moment. Raises BadInput where that is past or too far away."""
    with transaction.atomic():
        row = StaffSession.objects.select_for_update().get(user=user, pk=this)
        if not timezone.now() < ends_at <= row.latest_end():
            raise BadInput("login.end_of_shift")
        row.ends_at = ends_at
        row.expire_date = min(row.expire_date, ends_at)
        row.save(update_fields=["ends_at", "expire_date"])
        record("login.end_of_shift", by=actor(user))


def staff_at_work() -> list[AtWork]:
    """Who has sessions open at the desk, by K-number."""
    rows = (
        User.objects.filter(kind=Kind.STAFF, is_active=True)
        .filter(pk__in=StaffSession.objects.filter(expire_date__gt=timezone.now()).values("user"))
        .order_by("k_number")
    )
    counted: dict[int, Any] = {
        row["user"]: row
        for row in StaffSession.objects.filter(user__isnull=False, expire_date__gt=timezone.now())
        .values("user")
        .annotate(count=Count("pk"), seen=Max("last_seen_at"))
    }
    return [
        AtWork(user.k_number or "", user.role or "", counted[user.pk]["count"],
               counted[user.pk]["seen"])
        for user in rows if user.pk in counted
    ]  # fmt: skip


def end_all_of(k_number: str, *, by: User) -> int:
    """End all sessions of a member of staff, as a supervisor. Raises NotFound."""
    if by.role != Role.SUPERVISOR:
        raise NotFound("login.nobody")
    with transaction.atomic():
        user = User.objects.filter(kind=Kind.STAFF, k_number=k_number).first()
        if user is None:
            raise NotFound("login.nobody")
        ended = end_sessions(lock(user))
        record("login.sessions_ended_by_supervisor", by=actor(by), purpose=Purpose(reason=k_number))
        return ended


def _table(user: User) -> Any:
    return StaffSession if user.kind == Kind.STAFF else HolderSession


def _handle(digest: str) -> str:
    return keyed_hash(f"session:{digest}").hex()[:20]
