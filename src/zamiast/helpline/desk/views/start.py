"""The start: take a call, callbacks to make, my cases by deadline, what waits for somebody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zamiast.helpline import callbacks, selectors
from zamiast.helpline.desk import callback_page, presenters
from zamiast.helpline.desk.views.edge import staff
from zamiast.login.models import Role
from zamiast.verification import selectors as calls
from zamiast.web import access

_MINE, _QUEUE, _CALLBACKS = 20, 10, 10


_STARTS = {Role.SPECIALIST: "specialist", Role.DPO: "oversight"}


@access.person
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The consultant's start; those who take no calls are led to their own."""
    user = staff(request)
    if user.role in _STARTS:
        return redirect(_STARTS[Role(user.role)])
    mine = selectors.mine(user, _MINE + 1)
    queue = selectors.waiting_in(selectors.queues_of(user), _QUEUE)
    context = {
        "call": calls.under_way(user),
        "callbacks": callback_page.rows(callbacks.promised(_CALLBACKS), user),
        "mine": presenters.lines(mine[:_MINE]),
        "more": len(mine) > _MINE,
        "queue": presenters.lines(queue),
    }
    return render(request, "helpline/desk/home.html", context)
