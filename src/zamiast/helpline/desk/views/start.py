"""The start: take a call, my open cases, a case by its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zamiast.helpline import selectors
from zamiast.helpline.desk import presenters
from zamiast.helpline.desk.views.edge import staff
from zamiast.login.models import Role
from zamiast.verification import selectors as calls
from zamiast.web import access

_MINE = 20


_STARTS = {Role.SPECIALIST: "specialist", Role.DPO: "oversight"}


@access.person
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The consultant's start; those who take no calls are led to their own."""
    user = staff(request)
    if user.role in _STARTS:
        return redirect(_STARTS[Role(user.role)])
    mine = selectors.mine(user, _MINE + 1)
    context = {
        "call": calls.under_way(user),
        "mine": presenters.lines(mine[:_MINE]),
        "more": len(mine) > _MINE,
    }
    return render(request, "helpline/desk/home.html", context)
