"""The supervisor's pages: the line now, load and deadlines over time, the system's jobs."""

from __future__ import annotations

import csv
from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zamiast.audit import overview, retention
from zamiast.helpline import oversight, reports, selectors
from zamiast.helpline.desk import presenters, report_page, wording_jobs
from zamiast.helpline.desk.views.edge import staff, worded
from zamiast.login import stepup
from zamiast.login.middleware import asked_by_page
from zamiast.verification import selectors as calls
from zamiast.verification import services as verification
from zamiast.web import access

_DISOWNED = 20


@access.supervisor
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What needs a supervisor's eye today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "call": calls.under_way(staff(request)),
        "figures": report_page.figures(reports.now()),
        "line": reports.in_call(),
        "tries": calls.tries_since(midnight),
        "stopped": calls.stopped(),
        "disowned": presenters.lines(selectors.disowned(_DISOWNED)),
        "load": selectors.load(),
        "overdue": oversight.overdue(),
        "named": oversight.named_in_vain(midnight),
    }
    return render(request, "helpline/desk/supervisor.html", context)


@access.supervisor
@stepup.required()
@require_POST
@worded
def lift(request: HttpRequest) -> HttpResponse:
    """Let a consultant whom the limit of an hour stops go on, with a reason."""
    k_number = request.POST.get("k_number", "")[:16]
    session = str(request.session.digest)  # type: ignore[attr-defined]
    verification.lift_limit(session, k_number, request.POST.get("reason", ""))
    messages.success(request, _("%(k_number)s can go on, for an hour.") % {"k_number": k_number})
    return redirect("supervisor")


@access.supervisor
@asked_by_page
@require_GET
def now(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The figures of the line, for the page that asks every few seconds."""
    return JsonResponse(asdict(reports.now()))


@access.supervisor
@require_GET
def load(request: HttpRequest) -> HttpResponse:
    """Load by hour and day, deadlines kept, matters, consultants: charts with their tables."""
    days, reader = _days(request), get_language() or "pl"
    context = {
        "call": calls.under_way(staff(request)),
        "days": days,
        "choices": report_page.PERIODS,
        "blocks": report_page.blocks(
            reports.by_hour(days), reports.by_span(days), reports.by_consultant(days), days
        ),
        "trends": report_page.trends(reports.by_matter(days), reader),
        "spans": [day.strftime("%d.%m.") for day in reports.spans(days)],
    }
    return render(request, "helpline/desk/load.html", context)


@access.supervisor
@require_GET
def export(request: HttpRequest, what: str) -> HttpResponse:
    """The numbers of one chart as a file for a spreadsheet."""
    days = _days(request)
    rows = report_page.file(what, days, get_language() or "pl")
    if rows is None:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="zamiast-{what}-{days}.csv"'
    csv.writer(response).writerows(rows)
    return response


@access.supervisor
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Every job of the system: last run, next run, failures.

    On the supervisor's page, because at night a supervisor is there and an operator is not;
    operators have the same as ``zamiast work status --json``.
    """
    found, reader = overview.jobs(), get_language() or "pl"
    context = {
        "call": calls.under_way(staff(request)),
        "jobs": [(wording_jobs.says(job.name) or job.says, job) for job in found],
        "is_silent": overview.is_silent(found),
        "kept": retention.whole(reader),
    }
    return render(request, "helpline/desk/jobs.html", context)


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    known = {str(days): days for days in report_page.PERIODS}
    return known.get(asked, report_page.PERIODS[0])
