"""The start: take a call, my open cases, a case by its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zamiast.helpline import selectors
from zamiast.helpline.desk import presenters
from zamiast.helpline.desk.views.edge import staff
from zamiast.verification import selectors as calls
from zamiast.web import access

_MINE = 20


@access.consultant
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The consultant's start."""
    user = staff(request)
    mine = selectors.open_of(user, _MINE + 1)
    context = {
        "call": calls.under_way(user),
        "mine": presenters.lines(mine[:_MINE]),
        "more": len(mine) > _MINE,
    }
    return render(request, "helpline/desk/home.html", context)
