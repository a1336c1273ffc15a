"""From a login to an account: the decorators that every page of a holder stands behind.

``with_own`` is for pages about oneself, ``with_subject`` for pages about the account that
is open just now: the own one, or another's while acting for somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from zamiast.guardianship.grants import Refused
from zamiast.portal import acting, closing, explaining, selectors
from zamiast.portal.acting import holder
from zamiast.pure.access import Want
from zamiast.registry.models import Account

__all__ = ["holder", "with_caller", "with_own", "with_subject"]

View = Callable[..., HttpResponse]


def with_own(view: View) -> View:
    """Give the view the own account; not while acting for somebody else."""

    @wraps(view)
    def find(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = selectors.account_of(request.user.pk or 0)
        answer = closed(request, own)
        if own is None or answer is not None:
            return answer or closed_page(request, own)
        if acting.subject(request) is not None:
            return render(request, "portal/come_back.html", status=409)
        return _explained(request, view, own, *args, **kwargs)

    return never_cache(find)


def with_caller(view: View) -> View:
    """Give the view the own account, while acting for somebody else too.

    For what cannot wait until somebody comes back to the own account: the telephone.
    """

    @wraps(view)
    def find(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = selectors.account_of(request.user.pk or 0)
        answer = closed(request, own)
        if own is None or answer is not None:
            return answer or closed_page(request, own)
        return _explained(request, view, own, *args, **kwargs)

    return never_cache(find)


def with_subject(want: Want) -> Callable[[View], View]:
    """Give the view whose account is open, and read or write under its grant."""

    def decorate(view: View) -> View:
        @wraps(view)
        def find(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            own = selectors.account_of(request.user.pk or 0)
            answer = closed(request, own)
            if own is None or answer is not None:
                return answer or closed_page(request, own)
            try:
                return _under_grant(view, request, own, want, *args, **kwargs)
            except Refused as refused:
                return no_longer(request, own, refused)

        return never_cache(find)

    return decorate


def _under_grant(
    view: View, request: HttpRequest, own: Account, want: Want, *args: Any, **kwargs: Any
) -> HttpResponse:
    whose = acting.whose(request, own, want)
    if whose.grant is None:
        return view(request, whose, *args, **kwargs)
    with whose.grant.acting() if request.method == "POST" else whose.grant.reading():
        return view(request, whose, *args, **kwargs)


def _explained(
    request: HttpRequest, view: View, own: Account, *args: Any, **kwargs: Any
) -> HttpResponse:
    """What the services refuse comes back in words."""
    try:
        return view(request, own, *args, **kwargs)
    except Refused as refused:
        shown = explaining.shown(refused.decision)
        return render(request, "portal/refused.html", {"shown": shown}, status=403)


def no_longer(request: HttpRequest, own: Account, refused: Refused) -> HttpResponse:
    """End acting where the account is closed; a single act that is not allowed ends nothing."""
    account = acting.subject(request)
    sees = account is not None and selectors.way_in(own.pk, account) is not None
    if not sees:
        acting.end(request)
    shown = explaining.shown(refused.decision)
    return render(request, "portal/refused.html", {"shown": shown, "is_over": not sees}, status=403)


def closed(request: HttpRequest, own: Account | None) -> HttpResponse | None:
    """What somebody reads whose login opens no account, or opens one that is closed to them."""
    left = closing.closed(request.user.pk or 0) if own is None else None
    if left is not None:
        until = left.closed_at + closing.undo_for()
        return render(request, "portal/left.html", {"until": until}, status=403)
    if own is None:
        return render(request, "portal/no_account.html", status=404)
    if not own.is_open:
        return closed_page(request, own)
    if acting.subject(request) is not None:
        return None  # the decision on the other account looks at who acts as well
    decision = selectors.may_log_in(own)
    if not decision.allowed and not selectors.age_unknown(own, decision):
        shown = explaining.shown(decision)
        return render(request, "portal/refused.html", {"shown": shown, "is_own": True}, status=403)
    return None


def closed_page(request: HttpRequest, own: Account | None) -> HttpResponse:
    died = own is not None and own.closed_because == "death"
    return render(request, "portal/closed.html", {"died": died}, status=403)
