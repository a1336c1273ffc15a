"""“Who looked”."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zamiast.portal import paging, presenters, selectors
from zamiast.portal.entry import with_account
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_account
@require_safe
def show(request: HttpRequest, account: Account) -> HttpResponse:
    """Every look at the account by others, the newest first."""
    page = selectors.looks(account.pk, paging.number_of(request.GET.get("page")))
    looks = [presenters.look(row) for row in page.rows]
    return render(request, "portal/looks.html", {"looks": looks, "page": page})
