"""A lock on the account where it is used as an app: the session stays, the pages close.

The holder switches it on for one session, so for one phone. The account then opens with a
passkey (finger, face or PIN) whenever the app is started and when nobody used it for
``APP_LOCK_MINUTES``. The server decides: a page that is closed is not sent at all, and what
is typed into a page that closed meanwhile waits in the page that asks (``stepup``).

What is public, and logging out, stays open. Without a lock nothing here asks the database.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from zamiast.audit.services import record
from zamiast.login import factors, services, stepup
from zamiast.login.doors import LOGIN, PUBLIC

LOCK, CLOSED = "app_lock", "app_closed"  # in the session: the wish, and since when it is closed
_CHANGED = "login.app_lock"


def is_on(request: HttpRequest) -> bool:
    """Whether this session has the lock."""
    return bool(request.session.get(LOCK))


def switch(request: HttpRequest, *, on: bool) -> None:
    """Switch the lock of this session on or off. The caller asks for a passkey first."""
    user: Any = request.user
    with transaction.atomic():
        record(_CHANGED, by=services.actor(user), outcome="on" if on else "off")
    request.session[LOCK] = on
    request.session.pop(CLOSED, None)


def close(request: HttpRequest) -> None:
    """Close the pages now, where there is a lock: the app was started."""
    if is_on(request):
        request.session.setdefault(CLOSED, time.time())


class AppLock:
    """The middleware behind the gate: a closed session sees only the page that asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the decision falls in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask for the passkey before a closed page; open it with the right one."""
        if getattr(request, "door", None) in (PUBLIC, LOGIN) or not is_on(request):
            return None
        if getattr(view, "asked_by_page", False):  # whether something is asked, and no more
            return None
        if _was_left(request):
            close(request)
        closed = request.session.get(CLOSED)
        if closed is None or not _has_passkey(request):
            return None

        def opened(asked: HttpRequest, *view_args: Any, **view_kwargs: Any) -> Any:
            asked.session.pop(CLOSED, None)
            return view(asked, *view_args, **view_kwargs)

        since = datetime.timedelta(seconds=max(time.time() - closed, 0))
        answer: HttpResponseBase = stepup.passkey_required(since)(opened)(request, *args, **kwargs)
        return answer


def _was_left(request: HttpRequest) -> bool:
    """Whether nobody used this session for a while, before this request."""
    seen = getattr(request.session, "seen_before", None)
    return seen is not None and timezone.now() - seen >= datetime.timedelta(
        minutes=settings.APP_LOCK_MINUTES
    )


def _has_passkey(request: HttpRequest) -> bool:
    """Without a passkey nothing could open it; taking the last one away opens it too."""
    user: Any = request.user
    return Authenticator.Type.WEBAUTHN in factors.kinds(user)
