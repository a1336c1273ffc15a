"""From a login to its account: views behind ``with_account`` get the open account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from zamiast.audit.services import Actor
from zamiast.portal import selectors


def with_account(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the account of who logged in; say plainly where there is none or it is closed."""

    @wraps(view)
    def find(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = selectors.account_of(request.user.pk or 0)
        if account is None:
            return render(request, "portal/no_account.html", status=404)
        if not account.is_open:
            return render(request, "portal/closed.html", status=403)
        return view(request, account, *args, **kwargs)

    return never_cache(find)


def holder(request: HttpRequest) -> Actor:
    """A holder as the actor of an event: by the number of the login, not by its name."""
    return Actor("holder", f"login-{request.user.pk}")
