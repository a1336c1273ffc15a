"""The call: take it, identify the caller, open cases, hang up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from zamiast.audit import doorway
from zamiast.errors import BadInput, Conflict
from zamiast.helpline import selectors, services
from zamiast.helpline.desk import presenters, wording
from zamiast.helpline.desk.views.edge import staff, to_call, worded
from zamiast.login.middleware import session_checked_in_sql
from zamiast.login.sessions import SessionStore
from zamiast.pure import identifier
from zamiast.verification import selectors as calls
from zamiast.verification import services as verification
from zamiast.web import access


@access.consultant
@require_POST
@worded
def take(request: HttpRequest) -> HttpResponse:
    """Take a call; who has one already is led back to it."""
    user = staff(request)
    try:
        return to_call(verification.take_call(user).pk)
    except Conflict:
        now = calls.under_way(user)
        return to_call(now.id) if now else redirect("home")


@access.consultant
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, call: UUID) -> HttpResponse:
    """The call sheet. A POST shows it in another caller's language and keeps what was typed."""
    return _sheet(request, call)


@access.consultant
@session_checked_in_sql
@require_POST
def identify(request: HttpRequest, call: UUID) -> HttpResponse:
    """Look a well-formed identifier up: one SQL statement, which checks the session too.

    Answers ``{"outcome": …}`` to the script of the sheet and redirects a plain form.
    A number that is not well-formed is not looked up.
    """
    typed = request.POST.get("number", "")[:64]
    heard = wording.heard(typed)
    if heard:
        return _misheard(request, call, typed, heard)
    number = identifier.compact(typed)
    session = request.session
    answer = verification.identify(session.digest, call, number)  # type: ignore[attr-defined]
    if _is_script(request):
        return JsonResponse({"outcome": answer.outcome, "language": answer.language})
    if answer.outcome == "no_session":
        return redirect_to_login("/")
    if answer.outcome == "no_call":
        return redirect("home")
    return to_call(call, "" if answer.outcome == "identified" else f"?heard={answer.outcome}")


@access.consultant
@require_POST
@worded
def open_case(request: HttpRequest, call: UUID) -> HttpResponse:
    """Open a case, and close it at once if asked; what cannot be saved stays in the fields."""
    user = staff(request)
    try:
        opened = services.open_case(
            request.POST.get("matter", ""), by=user, call=call,
            note=request.POST.get("note", ""), language=presenters.caller(request.POST),
        )  # fmt: skip
        if request.POST.get("then") == "close":
            services.close(opened.number, by=user)
    except (BadInput, Conflict) as error:
        if error.code == "helpline.opened_already":
            return _join(request, call)
        return _sheet(request, call, sentence=wording.sentence(error.code))
    return to_call(call)


@access.consultant
@require_POST
@worded
def hang_up(request: HttpRequest, call: UUID) -> HttpResponse:
    """End the call; a note that was typed and not saved is shown once more before it is lost."""
    if request.POST.get("note", "").strip() and "lose_note" not in request.POST:
        return _sheet(
            request, call, sentence=wording.sentence("helpline.unsaved_note"), losing=True
        )
    verification.hang_up(call, staff(request))
    return redirect("home")


def _join(request: HttpRequest, call: UUID) -> HttpResponse:
    """A second click, or more to say in one matter: the note goes to the case that is there."""
    note = request.POST.get("note", "").strip()
    case = selectors.of_call(call, matter=request.POST.get("matter"))[0]
    notes = selectors.notes_of(case.number)
    if note and not any(known.text == doorway.cleaned(note) for known in notes):
        services.write_note(case.number, note, by=staff(request))
    return to_call(call)


def _misheard(request: HttpRequest, call: UUID, typed: str, heard: wording.Heard) -> HttpResponse:
    """Say what to ask again. A PESEL is not repeated, whatever else stood beside it."""
    if _is_script(request):
        return JsonResponse({"outcome": heard.kind}, status=400)
    if not SessionStore(request.session.session_key).load():
        return redirect_to_login("/")
    number = "" if heard.kind == "pesel" else identifier.format(typed)[:20]
    return _sheet(request, call, heard=heard, number=number, status=400)


def _sheet(
    request: HttpRequest, call: UUID, *, status: int = 200, sentence: str = "", **more: Any
) -> HttpResponse:
    """Render the sheet of the consultant's own call; of any other, lead to the start."""
    now = calls.under_way(staff(request), call)
    if now is None and not sentence:
        return redirect("home")
    cases = selectors.of_call(call) if now else []
    reader = get_language() or "pl"
    context = presenters.call_sheet(request, now, cases, reader=reader, sentence=sentence, **more)
    return render(request, "helpline/desk/call.html", context, status=400 if sentence else status)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
