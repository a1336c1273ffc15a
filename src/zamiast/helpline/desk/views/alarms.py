"""What went wrong often enough to be looked at: for supervisors and the data protection officer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zamiast.helpline.desk import wording_alarms
from zamiast.helpline.desk.views.edge import staff
from zamiast.login.models import Role
from zamiast.verification import limits, services
from zamiast.verification import selectors as calls
from zamiast.web import access


@access.supervisor
@require_GET
def of_supervisor(request: HttpRequest) -> HttpResponse:
    """The supervisor's page."""
    return _page(request)


@access.dpo
@require_GET
def of_dpo(request: HttpRequest) -> HttpResponse:
    """The data protection officer's page."""
    return _page(request)


@access.supervisor
@require_POST
def seen_by_supervisor(request: HttpRequest, alarm: int) -> HttpResponse:
    """Note that a supervisor saw it."""
    services.see_alarm(_session(request), alarm)
    return redirect("alarms")


@access.dpo
@require_POST
def seen_by_dpo(request: HttpRequest, alarm: int) -> HttpResponse:
    """Note that the data protection officer saw it."""
    services.see_alarm(_session(request), alarm)
    return redirect("dpo_alarms")


def _page(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    is_dpo = user.role == Role.DPO
    rows = [
        {"alarm": row, "what": wording_alarms.KINDS[row.kind],
         "is_new": (row.dpo_at if is_dpo else row.supervisor_at) is None}
        for row in calls.alarms()
    ]  # fmt: skip
    context = {
        "call": None if is_dpo else calls.under_way(user),
        "rows": rows,
        "limits": wording_alarms.thresholds(limits.in_force()),
        "seen": "dpo_alarm_seen" if is_dpo else "alarm_seen",
    }
    return render(request, "helpline/desk/alarms.html", context)


def _session(request: HttpRequest) -> str:
    return str(request.session.digest)  # type: ignore[attr-defined]
