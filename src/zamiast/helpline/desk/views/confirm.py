"""The confirmation of a call: ask the holder, read out the number, wait, open the fields.

Each answer is a whole page, or only the panel for the script of the call sheet. Nothing of it
is kept by the browser, and the values of fields stand in the one answer that opened them.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zamiast.errors import BadInput, Conflict
from zamiast.helpline.desk import confirm_panel, sheet, wording
from zamiast.helpline.desk.views.edge import staff, worded
from zamiast.login.middleware import asked_by_page, session_checked_in_sql
from zamiast.verification import confirming, papers, strong
from zamiast.verification import selectors as calls
from zamiast.verification.deadline import held
from zamiast.web import access


@access.consultant
@require_http_methods(["GET", "HEAD", "POST"])
@worded
def panel(request: HttpRequest, call: UUID) -> HttpResponse:
    """Show how it stands; a POST asks the holder and shows the number, this once."""
    if request.method != "POST":
        with held(settings.CONFIRM_POLL_SECONDS):
            return _panel(request, call, matter=request.GET.get("matter", ""))
    with held(settings.CONFIRM_ANSWER_SECONDS):
        return _asked(request, call, request.POST.get("matter", ""))


@access.consultant
@asked_by_page
@session_checked_in_sql
@require_GET
def state(request: HttpRequest, call: UUID) -> HttpResponse:
    """How it stands, for a screen that waits: one statement, which checks the session too."""
    with held(settings.CONFIRM_POLL_SECONDS):
        standing = confirming.state(_session(request), call)
        asked = strong.state(_session(request), call) if standing.is_confirmed else None
        return JsonResponse({"state": standing.state, "seconds": standing.seconds,
                             "act": asked[1] if asked else ""})  # fmt: skip


@access.consultant
@require_POST
@worded
def fields(request: HttpRequest, call: UUID) -> HttpResponse:
    """Open fields of the confirmed matter; each is an event before its value leaves."""
    try:
        values = confirming.open_fields(_session(request), call, request.POST.getlist("field"))
    except Conflict as error:
        return _panel(request, call, sentence=wording.sentence(error.code))
    return _panel(request, call, values=values)


@access.consultant
@require_POST
@worded
def act(request: HttpRequest, call: UUID) -> HttpResponse:
    """Ask the holder for a rare act: they do it themselves, with a passkey."""
    try:
        strong.ask(_session(request), call, request.POST.get("act", "")[:32])
    except Conflict as error:
        return _panel(request, call, sentence=wording.sentence(error.code))
    return _panel(request, call)


@access.consultant
@require_POST
@worded
def stop(request: HttpRequest, call: UUID) -> HttpResponse:
    """Wait no longer, or close what is open."""
    with held(settings.CONFIRM_ANSWER_SECONDS):
        confirming.stop_waiting(_session(request), call)
        return _panel(request, call)


def _asked(request: HttpRequest, call: UUID, matter: str) -> HttpResponse:
    try:
        said = _ask(request, call, matter)
    except (BadInput, Conflict) as error:
        return _panel(request, call, matter=matter, sentence=wording.sentence(error.code))
    return _panel(request, call, **said)


def _ask(request: HttpRequest, call: UUID, matter: str) -> dict[str, Any]:
    """Ask in the account or by paper; what is read out, this once."""
    session, fields = _session(request), request.POST.getlist("field")
    if request.POST.get("by") == "paper":
        return {"pair": papers.ask(session, call, matter=matter, fields=fields)}
    return {"digits": confirming.ask(session, call, matter=matter, fields=fields)}


def _panel(request: HttpRequest, call: UUID, **more: Any) -> HttpResponse:
    standing = confirming.state(_session(request), call)
    if standing.state == "no_session":
        return redirect_to_login("/")
    now = calls.under_way(staff(request), call)
    if standing.state == "no_call" or now is None:
        return redirect("home")
    more["asked_act"] = strong.state(_session(request), call) if standing.is_confirmed else None
    caller = sheet.caller(request.POST) or sheet.caller(request.GET)
    context = {
        "call": now,
        **confirm_panel.panel(standing, caller=caller or now.language or "pl", **more),
    }
    is_part = request.headers.get("X-Panel") == "1"
    context["is_part"] = is_part
    template = "confirm_panel.html" if is_part else "confirm_page.html"
    status = 409 if more.get("sentence") and not is_part else 200
    return render(request, f"helpline/desk/{template}", context, status=status)


def _session(request: HttpRequest) -> str:
    return str(request.session.digest)  # type: ignore[attr-defined]
