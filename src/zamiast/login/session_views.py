"""The list of one's own sessions, and the supervisor's list of who is logged in."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zamiast.errors import BadInput, NotFound
from zamiast.login import open_sessions, stepup
from zamiast.login.doors import person, supervisor


@person
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Where one is logged in."""
    user: Any = request.user
    context = {"sessions": open_sessions.of(user, this=_this(request))}
    return render(request, "login/sessions.html", context)


@person
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one session, or all the others."""
    user: Any = request.user
    which = request.POST.get("which", "")
    if which == "others":
        open_sessions.end_others(user, keep=_this(request))
        messages.success(request, _("All other sessions have ended."))
    else:
        open_sessions.end_one(user, which)
        messages.success(request, _("The session has ended."))
    return redirect("sessions")


@person
@require_POST
def end_of_shift(request: HttpRequest) -> HttpResponse:
    """Say when the shift ends: this session ends then."""
    user: Any = request.user
    try:
        open_sessions.set_end_of_shift(user, _moment(request.POST.get("at", "")),
                                       this=_this(request))  # fmt: skip
    except (BadInput, ValueError):
        messages.error(request, _("Give a time within the next twelve hours, for example 22:00."))
    else:
        messages.success(request, _("You are logged out then."))
    return redirect("sessions")


@supervisor
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Who is logged in at the desk."""
    return render(request, "login/staff_sessions.html", {"staff": open_sessions.staff_at_work()})


@supervisor
@stepup.required()
@require_POST
def end_of_staff(request: HttpRequest) -> HttpResponse:
    """End all sessions of a member of staff, at once."""
    by: Any = request.user
    try:
        open_sessions.end_all_of(request.POST.get("k_number", ""), by=by)
    except NotFound:
        messages.error(request, _("Nobody has this K-number."))
    else:
        messages.success(request, _("All sessions have ended."))
    return redirect("staff_sessions")


def _moment(typed: str) -> datetime.datetime:
    """The next time at which a clock shows this. Raises ValueError."""
    at = parse_time(typed)
    if at is None:
        raise ValueError
    now = timezone.localtime()
    moment = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return moment if moment > now else moment + datetime.timedelta(days=1)


def _this(request: HttpRequest) -> str:
    return str(request.session.digest)  # type: ignore[attr-defined]
