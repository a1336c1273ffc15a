"""Who may enter an address. Each view declares it; what declares nothing is refused.

>>> from zamiast.web import access
>>> @access.public
... def about(request): ...
>>> access.declared(about)
'public'

A test reads all addresses of both sites and holds them against a reviewed list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver

from zamiast.errors import NotAllowed
from zamiast.login.models import Kind, Role
from zamiast.web import errors

View = TypeVar("View", bound=Callable[..., Any])
Pattern = TypeVar("Pattern", URLPattern, URLResolver)

PUBLIC = "public"  # anybody
LOGIN = "login"  # the way in: logging in and setting up a second factor
HOLDER = "holder"  # a holder with a second factor, at the portal
CONSULTANT = "consultant"  # staff with a second factor who take calls (supervisors do too)
SUPERVISOR = "supervisor"  # supervisors only

_ROLES = {CONSULTANT: {Role.CONSULTANT, Role.SUPERVISOR}, SUPERVISOR: {Role.SUPERVISOR}}


def _declare(who: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.who_may_enter = who  # type: ignore[attr-defined]
        return view

    return mark


public = _declare(PUBLIC)
way_in = _declare(LOGIN)
holder = _declare(HOLDER)
consultant = _declare(CONSULTANT)
supervisor = _declare(SUPERVISOR)


def declare_all(patterns: Iterable[Pattern], who: str) -> list[Pattern]:
    """Declare who may enter addresses of another package, such as allauth's."""
    found = list(patterns)
    for pattern in found:
        if isinstance(pattern, URLResolver):
            declare_all(pattern.url_patterns, who)
        else:
            _declare(who)(pattern.callback)
    return found


def declared(view: Any) -> str | None:
    """What a view declares, or None."""
    return getattr(view, "who_may_enter", None)


class Gate:
    """The middleware that lets in or refuses, before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the decision falls in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: Any
    ) -> HttpResponseBase | None:
        """Decide by what the view declares."""
        try:
            return self._decide(request, declared(view))
        except NotAllowed as refusal:
            return errors.page(request, refusal.status, errors.sentence(refusal.code))

    def _decide(self, request: HttpRequest, who: str | None) -> HttpResponseBase | None:
        if who in (PUBLIC, LOGIN):
            return None
        if who is None:
            raise NotAllowed("web.undeclared")
        return self._person(request, who)

    def _person(self, request: HttpRequest, who: str) -> HttpResponseBase | None:
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if not _second_factor(request):
            return redirect("mfa_index")
        kind = Kind.HOLDER if who == HOLDER else Kind.STAFF
        if user.kind != kind or (who in _ROLES and user.role not in _ROLES[who]):
            raise NotAllowed("web.not_for_you")
        return None


def _second_factor(request: HttpRequest) -> bool:
    """Whether this person has a second factor; remembered in the session once it was seen.

    Who has one cannot log in without it (allauth's stage), so having one is enough.
    """
    if request.session.get("second_factor") == settings.SITE:
        return True
    if not is_mfa_enabled(request.user):
        return False
    request.session["second_factor"] = settings.SITE
    return True
