"""Showing the second factor once more, right before a rare act.

On a view, below the door and above everything else::

    @access.specialist
    @stepup.required()              # a code or a passkey, five minutes old at most
    @require_POST
    def decide(request, ...): ...

    @access.holder
    @stepup.passkey_required()      # a passkey that asked for finger, face or PIN: level 3
    @require_http_methods(["GET", "POST"])
    def confirm(request, ...): ...

Inside a view or service call, ``fresh_passkey(request)`` says when it was shown, or None.

Who has not shown it lately gets a page that asks for it. What was typed waits in that
page as hidden fields, and nowhere on the server: it may hold what must not be stored
before the doorway has seen it. With the right answer the view runs as if nothing had
come between. Files cannot wait in a page: after a form with files, and after a plain
look at a page, the browser is led back to the address. A login of this very moment
counts as showing. Each answer is an event (``login.step_up``).
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zamiast.audit.services import record, record_refusal
from zamiast.errors import NotAllowed
from zamiast.login import factors, passkeys, services
from zamiast.login.forms import CodeAgainForm, PasskeyAgainForm

View = TypeVar("View", bound=Callable[..., Any])

_LEEWAY = 1  # seconds: the page that asks is made a moment after it is known why
PREFIX = "step"  # of the fields that the page adds to those of the form
_BACK = f"{PREFIX}-back"
_CODE, _PASSKEY = f"{PREFIX}-code", f"{PREFIX}-credential"
_OURS = {"csrfmiddlewaretoken", _BACK, _CODE, _PASSKEY}


def required(within: datetime.timedelta | None = None) -> Callable[[View], View]:
    """The view runs for those who showed a code or a passkey lately (``STEP_UP_MINUTES``)."""
    return _gate(within, passkey_only=False)


def passkey_required(within: datetime.timedelta | None = None) -> Callable[[View], View]:
    """The view runs for those who used a passkey with user verification lately: level 3."""
    return _gate(within, passkey_only=True)


def fresh_factor(
    request: HttpRequest, within: datetime.timedelta | None = None
) -> datetime.datetime | None:
    """When a second factor was last shown in this session; None where that is too long ago."""
    return _last(request, within, passkey_only=False)


def fresh_passkey(
    request: HttpRequest, within: datetime.timedelta | None = None
) -> datetime.datetime | None:
    """When a passkey was last used in this session; None where that is too long ago.

    Every use of a passkey here asks for user verification (``MFA_WEBAUTHN_USER_VERIFICATION``).
    """
    return _last(request, within, passkey_only=True)


def _last(
    request: HttpRequest, within: datetime.timedelta | None, *, passkey_only: bool
) -> datetime.datetime | None:
    if not request.user.is_authenticated:
        return None
    longest = (within or datetime.timedelta(minutes=settings.STEP_UP_MINUTES)).total_seconds()
    session: Any = request.session
    at = factors.last_shown(session, request.user.pk, passkey_only=passkey_only)
    if at is None or not 0 <= time.time() - at < longest:
        return None
    return datetime.datetime.fromtimestamp(at, datetime.UTC)


def _gate(within: datetime.timedelta | None, *, passkey_only: bool) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                raise NotAllowed("web.not_for_you")
            if not _last(request, within, passkey_only=passkey_only):
                form = _answer(request, within, passkey_only=passkey_only)
                if form is None or not form.is_valid():
                    return _ask(request, form, passkey_only=passkey_only)
                _accept(request, form)
            if request.method == "POST" and _BACK in request.POST:
                return redirect(request.get_full_path())
            return view(request, *args, **kwargs)

        return cast(View, inner)

    return decorate


def _answer(request: HttpRequest, within: datetime.timedelta | None, *, passkey_only: bool) -> Any:
    """The form with the code or the passkey that was sent; None where there is none."""
    if request.method != "POST":
        return None
    values: Any = {"data": request.POST, "user": request.user, "prefix": PREFIX}
    if request.POST.get(_PASSKEY):
        longest = within or datetime.timedelta(minutes=settings.STEP_UP_MINUTES)
        since = time.time() - longest.total_seconds() - _LEEWAY
        return PasskeyAgainForm(since=since, **values)
    if _CODE in request.POST and not passkey_only:
        return CodeAgainForm(**values)
    return None


def _accept(request: HttpRequest, form: Any) -> None:
    user: Any = request.user
    with transaction.atomic():
        form.save()
        try:
            request.session.save()  # now: the act comes next, and the database asks for it
        except UpdateError as error:  # ended meanwhile, from elsewhere
            raise NotAllowed("web.not_for_you") from error
        kind = "passkey" if isinstance(form, PasskeyAgainForm) else "code"
        record("login.step_up", by=services.actor(user), outcome=kind)


def _ask(request: HttpRequest, form: Any, *, passkey_only: bool) -> HttpResponse:
    """The page that asks, with what was typed in hidden fields."""
    user: Any = request.user
    if form is not None:
        record_refusal("login.step_up", by=services.actor(user), outcome="refused")
    kinds = factors.kinds(user)
    has_passkey = Authenticator.Type.WEBAUTHN in kinds
    by_code = bool(kinds - {Authenticator.Type.WEBAUTHN}) and not passkey_only
    goes_back = request.method != "POST" or bool(request.FILES) or _BACK in request.POST
    typed = [] if goes_back else [
        (name, value) for name, values in request.POST.lists() if name not in _OURS
        for value in values
    ]  # fmt: skip
    js_data = {"request_options": auth.begin_authentication(user)} if has_passkey else None
    passkeys.asked(request, "get")
    context = {
        "form": _code_form(user, form) if by_code else None,
        "has_passkey": has_passkey,
        "passkey_only": passkey_only,
        "passkey_errors": form.errors if isinstance(form, PasskeyAgainForm) else None,
        "js_data": js_data,
        "typed": typed,
        "goes_back": goes_back,
        "lost_files": bool(request.FILES),
        "address": request.get_full_path(),
    }
    return render(request, "login/step_up.html", context, status=403)


def _code_form(user: Any, form: Any) -> Any:
    return form if isinstance(form, CodeAgainForm) else CodeAgainForm(user=user, prefix=PREFIX)
