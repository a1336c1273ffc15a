"""The supervisor's page: numbers tried in vain, disowned cases, how much is open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zamiast.helpline import oversight, selectors
from zamiast.helpline.desk import presenters
from zamiast.helpline.desk.views.edge import staff
from zamiast.verification import selectors as calls
from zamiast.web import access

_DISOWNED = 20


@access.supervisor
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What needs a supervisor's eye today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "call": calls.under_way(staff(request)),
        "tries": calls.tries_since(midnight),
        "disowned": presenters.lines(selectors.disowned(_DISOWNED)),
        "load": selectors.load(),
        "overdue": oversight.overdue(),
        "named": oversight.named_in_vain(midnight),
    }
    return render(request, "helpline/desk/supervisor.html", context)
