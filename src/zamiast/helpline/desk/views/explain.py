"""Matters 7 to 10 explained: questions to ask, and what to tell the caller, word for word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from zamiast.audit import doorway
from zamiast.helpline import guided, matters, services
from zamiast.helpline.desk import explaining, presenters
from zamiast.helpline.desk.views.edge import staff, to_call, worded
from zamiast.verification import selectors as calls
from zamiast.web import access


@access.consultant
@require_POST
@worded
def in_call(request: HttpRequest, call: UUID) -> HttpResponse:
    """During a call: the note typed so far goes along, the answers stay nowhere."""
    now = calls.under_way(staff(request), call)
    matter = request.POST.get("matter", "")
    if now is None:
        return redirect("home")
    if matter not in guided.topics():
        return to_call(call)
    language = presenters.caller(request.POST) or now.language or "pl"
    context = {
        **_explained(request, matter, language, level=1 if now.is_identified else 0),
        "call": now,
        "note": doorway.cleaned(request.POST.get("note", "")),
        "is_identified": now.is_identified,
    }
    return render(request, "helpline/desk/explain.html", context)


@access.consultant
@require_http_methods(["GET", "HEAD", "POST"])
@worded
def in_case(request: HttpRequest, number: int) -> HttpResponse:
    """For a case that stands, such as at a callback."""
    user = staff(request)
    case = services.read_case(number, by=user)
    if case.matter not in guided.topics():
        return redirect("case", number)
    language = presenters.caller(request.POST) or case.language
    context = {
        **_explained(request, case.matter, language, level=0),
        "call": calls.under_way(user),
        "case": case,
    }
    return render(request, "helpline/desk/explain.html", context)


def _explained(request: HttpRequest, matter: str, caller: str, *, level: int) -> dict[str, Any]:
    reader = get_language() or "pl"
    said = guided.said_in(matter, request.POST)
    return {
        "matter": matter,
        "matter_name": matters.name(matter, reader),
        "caller": caller,
        "general": explaining.in_general(matter, reader, level=level),
        "questions": guided.questions(matter, said, caller=caller, reader=reader),
        "answer": explaining.from_answers(matter, said, caller),
    }
