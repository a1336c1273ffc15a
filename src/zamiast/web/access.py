"""Who may enter an address. Each view declares it; what declares nothing is refused.

>>> from zamiast.web import access
>>> @access.public
... def about(request): ...
>>> access.declared(about)
'public'

The declarations themselves stand in ``zamiast.login.doors``. A test reads all
addresses of both sites and holds them against a reviewed list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.cache import add_never_cache_headers

from zamiast.errors import NotAllowed
from zamiast.login import factors
from zamiast.login.backends import kind_of_site
from zamiast.login.doors import (
    CASEWORKER,
    CONSULTANT,
    DPO,
    HOLDER,
    LOGIN,
    MACHINE,
    PERSON,
    PUBLIC,
    SETUP,
    SPECIALIST,
    SUPERVISOR,
    caseworker,
    consultant,
    declare,
    declared,
    dpo,
    holder,
    machine,
    person,
    public,
    setup,
    specialist,
    supervisor,
    way_in,
)
from zamiast.login.models import Kind, Role
from zamiast.web import errors

__all__ = [
    "CASEWORKER",
    "CONSULTANT",
    "DPO",
    "HOLDER",
    "LOGIN",
    "MACHINE",
    "PERSON",
    "PUBLIC",
    "SETUP",
    "SPECIALIST",
    "SUPERVISOR",
    "Gate",
    "caseworker",
    "consultant",
    "declare",
    "declare_all",
    "declared",
    "dpo",
    "holder",
    "machine",
    "person",
    "public",
    "setup",
    "specialist",
    "supervisor",
    "way_in",
]

Pattern = TypeVar("Pattern", URLPattern, URLResolver)

LARGEST = 2**63 - 1  # of a bigint: what an address can name

_ROLES = {
    CONSULTANT: {Role.CONSULTANT, Role.SUPERVISOR},
    CASEWORKER: {Role.CONSULTANT, Role.SUPERVISOR, Role.SPECIALIST},
    SUPERVISOR: {Role.SUPERVISOR},
    SPECIALIST: {Role.SPECIALIST},
    DPO: {Role.DPO},
}
_KINDS = {HOLDER: Kind.HOLDER, **dict.fromkeys(_ROLES, Kind.STAFF)}


def declare_all(patterns: Iterable[Pattern], who: str) -> list[Pattern]:
    """Declare who may enter addresses of another package, such as allauth's."""
    found = list(patterns)
    for pattern in found:
        if isinstance(pattern, URLResolver):
            declare_all(list[Any](pattern.url_patterns), who)
        else:
            declare(who)(pattern.callback)
    return found


class Gate:
    """The middleware that lets in or refuses, before any view runs.

    What is not public is not kept by the browser, nor is a public page while somebody has
    a session: it may name them. On a shared computer, "back" after the logout shows nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the decision falls in ``process_view``."""
        response = self.get_response(request)
        kept = (
            getattr(request, "door", None) == PUBLIC
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        )
        if not kept and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Decide by what the view declares; a number that no column holds names nothing."""
        request.door = declared(view)  # type: ignore[attr-defined]
        try:
            answer = self._decide(request, declared(view))
        except NotAllowed as refusal:
            return errors.page(request, refusal.status, errors.sentence(refusal.code))
        if answer is None and any(isinstance(one, int) and one > LARGEST for one in named.values()):
            raise Http404
        return answer

    def _decide(self, request: HttpRequest, who: str | None) -> HttpResponseBase | None:
        if who in (PUBLIC, LOGIN) or (who == MACHINE and settings.SITE == "api"):
            return None
        if who in (None, MACHINE):  # a door for machines is at the api only
            raise NotAllowed("web.undeclared")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if not factors.shown(request):
            return self._without_second_factor(request, who)
        return self._person(request, who)

    def _without_second_factor(self, request: HttpRequest, who: str) -> HttpResponseBase | None:
        """Only the set-up pages are open, and only while there is no factor at all.

        Somebody who has one, but did not show it in this session, must log in again:
        the session is from before the factor was set up, and may be a thief's.
        """
        if factors.has_one(request.user):  # type: ignore[arg-type]
            request.session.flush()
            return redirect("account_login")
        return None if who == SETUP else redirect("mfa_index")

    def _person(self, request: HttpRequest, who: str) -> HttpResponseBase | None:
        user: Any = request.user
        kind = _KINDS.get(who, kind_of_site())
        if user.kind != kind or (who in _ROLES and user.role not in _ROLES[who]):
            raise NotAllowed("web.not_for_you")
        return None
