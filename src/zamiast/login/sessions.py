"""Sessions in the database, one table for each site, keys stored as digests.

Every request asks the database whether its session and its user still stand, so a
logout or a deactivation takes effect at once, in every process. The one exception
is a view marked ``session_checked_in_sql``: its SQL function asks, in the statement
that does the work, and ``recall`` spares it the queries before.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.cache import caches
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import base36_to_int

from zamiast.login import factors, models

BEGAN, DEVICE = "began", "device"  # in the session: when and where somebody logged in
_REMEMBERED = 60  # seconds
_SEEN_EVERY = datetime.timedelta(minutes=1)
_CHANGED = ["session_data", "expire_date", "last_seen_at", "user", "candidate", "device",
            "factor_at"]  # fmt: skip


def digest(key: str) -> str:
    """What is stored of a session key: 40 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """The session of a request."""

    recalled = False
    is_used = True  # not where an open page asks by itself
    seen_before: datetime.datetime | None = None  # when it was used before this request

    @classmethod
    def get_model_class(cls) -> type[Any]:
        """The table of the site that this process serves."""
        return models.StaffSession if settings.SITE == "desk" else models.HolderSession

    @property
    def digest(self) -> str:
        """The stored form of this session's key."""
        return digest(self.session_key or "")

    def load(self) -> dict[str, Any]:
        """Read the session where it stands; a key that opens nothing is forgotten."""
        found = self._standing()
        if found is None:
            self._session_key = None
            return {}
        self.seen_before = found.last_seen_at
        if self.is_used:
            self._touch(found)
        return dict(self.decode(found.session_data))

    def use(self) -> None:
        """Somebody is there after all, though the page asked by itself: they type."""
        found = self._standing()
        if found is not None:
            self._touch(found)

    def _touch(self, found: Any) -> None:
        """Note that it is used: once a minute, not at every request."""
        now = timezone.now()
        if now - found.last_seen_at >= _SEEN_EVERY:
            table: Any = self.model
            table.objects.filter(pk=found.pk).update(
                last_seen_at=now, expire_date=found.end_from(now)
            )

    def _standing(self) -> Any:
        """The row, unless it expired, grew too old or belongs to somebody deactivated."""
        now = timezone.now()
        longest = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        table: Any = self.model
        return table.objects.filter(
            Q(user=None) | Q(user__is_active=True),
            Q(candidate=None) | Q(candidate__is_active=True),
            session_key=self.digest,
            expire_date__gt=now,
            created_at__gt=now - longest,
        ).first()

    def save(self, must_create: bool = False) -> None:
        """Write the session. A session that was ended meanwhile stays ended."""
        if self.recalled:
            raise RuntimeError("a view with session_checked_in_sql cannot write to its session")
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = self.create_model_instance(data)
        changed = None if must_create else _CHANGED
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, update_fields=changed)
                if not must_create:  # a shift that ends stays ended, whatever is written
                    table: Any = self.model
                    table.objects.filter(pk=row.pk, ends_at__lt=F("expire_date")).update(
                        expire_date=F("ends_at")
                    )
        except IntegrityError as error:
            if must_create:
                raise CreateError from error
            raise
        except DatabaseError as error:
            if must_create:
                raise
            raise UpdateError from error
        caches["local"].delete(_place(self.digest))

    def delete(self, session_key: str | None = None) -> None:
        """End the session."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()
            caches["local"].delete(_place(digest(key)))

    def exists(self, session_key: str) -> bool:
        """Whether a session with this key stands."""
        return self.model.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to write, with whose it is beside the encoded data."""
        user, candidate = _whose(data)
        table: Any = self.model
        now = timezone.now()
        shown_at = factors.last_shown(data, user) if user else None
        began = data.get(BEGAN)  # a session that gets a new key is not younger for that
        row = table(
            session_key=self.digest,
            session_data=self.encode(data),
            user_id=user,
            candidate_id=candidate,
            created_at=_moment(began) if began else now,
            last_seen_at=now,
            device=data.get(DEVICE, ""),
            factor_at=_moment(shown_at) if shown_at else None,
        )
        row.expire_date = row.end_from(now)
        return row


def _whose(data: dict[str, Any]) -> tuple[int | None, int | None]:
    """The user who logged in completely, or who is still on the way there."""
    logged_in = data.get(SESSION_KEY)
    if logged_in:
        user = int(logged_in)
        return (user, None) if data.get(factors.SHOWN) else (None, user)
    waiting = data.get(LOGIN_SESSION_KEY) or {}
    return None, base36_to_int(waiting["user_pk"]) if waiting.get("user_pk") else None


def _moment(seconds: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def recall(request: HttpRequest) -> None:
    """Take session and user from this process's memory, or put them there.

    Only for views whose SQL function asks itself whether both still stand.
    """
    session: Any = request.session
    if not session.session_key:
        return
    remembered = caches["local"].get(_place(session.digest))
    if remembered is not None:
        session._session_cache, request._cached_user = remembered  # type: ignore[attr-defined]
        session.recalled = True
    elif request.user.is_authenticated and factors.shown(request):
        found = (dict(session.items()), request._cached_user)  # type: ignore[attr-defined]
        caches["local"].set(_place(session.digest), found, _REMEMBERED)


def _place(session_digest: str) -> str:
    return f"session:{session_digest}"


__all__ = ["CreateError", "SessionStore", "digest", "recall"]
