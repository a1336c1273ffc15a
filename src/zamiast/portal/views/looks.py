"""“Who looked”."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zamiast.portal import paging, presenters, selectors
from zamiast.portal.acting import Whose
from zamiast.portal.entry import with_subject
from zamiast.pure.access import Want
from zamiast.web import access


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def show(request: HttpRequest, whose: Whose) -> HttpResponse:
    """Every look at the account by others, the newest first."""
    page = selectors.looks(whose.account.pk, paging.number_of(request.GET.get("page")))
    names = selectors.names_of(presenters.others_in(page.rows))
    looks = [presenters.look(row, names) for row in page.rows]
    return render(request, "portal/looks.html", {"looks": looks, "page": page})
