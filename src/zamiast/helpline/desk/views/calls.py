"""The call: take it, identify the caller, open cases, hang up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from zamiast.audit import doorway
from zamiast.errors import BadInput, Conflict
from zamiast.helpline import callbacks, selectors, services
from zamiast.helpline.desk import callback_page, wording
from zamiast.helpline.desk import sheet as sheets
from zamiast.helpline.desk.views.edge import staff, to_call, worded
from zamiast.helpline.scripts import callers
from zamiast.helpline.scripts import selectors as scripts
from zamiast.helpline.scripts import services as runs
from zamiast.login.middleware import asked_by_page, session_checked_in_sql
from zamiast.login.sessions import SessionStore
from zamiast.pure import identifier
from zamiast.verification import intents
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
@require_safe
def sheet(request: HttpRequest, call: UUID) -> HttpResponse:
    """The call sheet. A call that began in the account is taken up here, at level 2."""
    now = calls.under_way(staff(request), call)
    if now and now.begun_by == "exchange" and now.is_identified:
        intents.take_up(request.session.digest, call)  # type: ignore[attr-defined]
    return _sheet(request, call, now) if now else redirect("home")


@access.consultant
@asked_by_page
@session_checked_in_sql
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """Where the consultant's call is, for a start page that waits until the telephone rings."""
    found = calls.call_now(request.session.digest)  # type: ignore[attr-defined]
    return JsonResponse({"call": reverse("call", args=[found]) if found else None})


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
def name_caller(request: HttpRequest, call: UUID) -> HttpResponse:
    """A professional or a facility: the public number by which the caller names themselves."""
    kind = request.POST.get("kind", "")
    try:
        callers.name_caller(call, kind, request.POST.get("named", "")[:64], by=staff(request))
    except BadInput as error:
        return show(request, call, sentence=wording.sentence(error.code), chosen_kind=kind)
    return to_call(call)


@access.consultant
@require_POST
@worded
def open_case(request: HttpRequest, call: UUID) -> HttpResponse:
    """Open a case, and close it at once if asked; what cannot be saved stays in the fields."""
    user, sent = staff(request), request.POST
    matter = sent.get("matter", "")
    try:
        opened = services.open_case(
            matter, by=user, call=call, note=sent.get("note", ""),
            language=sheets.caller(sent), queue=sheets.queue(sent), deadline=sheets.deadline(sent),
            is_another="another" in sent,
            session=request.session.digest,  # type: ignore[attr-defined]
        )  # fmt: skip
        if sent.get("then") == "close":
            services.close(opened.number, by=user)
        elif "callback" in sent:
            callers.promise_callback(opened.number, call, by=user)
    except services.OpenAlready as error:
        return show(request, call, sentence=wording.sentence(error.code), twin=error.number)
    except (BadInput, Conflict) as error:
        if error.code != "helpline.opened_already":
            return show(request, call, sentence=wording.sentence(error.code))
        case = selectors.of_call(call, matter=matter)[0]
        _join(request, case.number)
    runs.leave(call)
    return to_call(call)


@access.consultant
@require_POST
@worded
def join_case(request: HttpRequest, call: UUID, number: int) -> HttpResponse:
    """The caller has a case already: the note goes there, and no second one is opened."""
    if calls.under_way(staff(request), call) is None:
        return redirect("home")
    if not request.POST.get("note", "").strip():
        services.write_note(number, _("Called again about this case."), by=staff(request))
    else:
        _join(request, number)
    runs.leave(call)
    return redirect("case", number)


@access.consultant
@require_POST
@worded
def hang_up(request: HttpRequest, call: UUID) -> HttpResponse:
    """End the call; a note that was typed and not saved is shown once more before it is lost."""
    if request.POST.get("note", "").strip() and "lose_note" not in request.POST:
        return show(request, call, sentence=wording.sentence("helpline.unsaved_note"), losing=True)
    with transaction.atomic():
        verification.hang_up(call, staff(request))
        runs.end_all(call)
    return redirect("callbacks" if "callback" in request.POST else "home")


def _join(request: HttpRequest, number: int) -> None:
    """A second click, or more to say: the note goes to the case that is there."""
    note = request.POST.get("note", "").strip()
    notes = selectors.notes_of(number)
    if note and not any(known.text == doorway.cleaned(note) for known in notes):
        services.write_note(number, note, by=staff(request))


def _misheard(request: HttpRequest, call: UUID, typed: str, heard: wording.Heard) -> HttpResponse:
    """Say what to ask again. A PESEL is not repeated, whatever else stood beside it."""
    if _is_script(request):
        return JsonResponse({"outcome": heard.kind}, status=400)
    if not SessionStore(request.session.session_key).load():
        return redirect_to_login("/")
    number = "" if heard.kind == "pesel" else identifier.format(typed)[:20]
    return show(request, call, heard=heard, number=number, status=400)


def show(
    request: HttpRequest, call: UUID, *, status: int = 200, sentence: str = "", **more: Any
) -> HttpResponse:
    """Render the sheet of the consultant's own call; of any other, lead to the start."""
    now = calls.under_way(staff(request), call)
    if now is None and not sentence:
        return redirect("home")
    return _sheet(request, call, now, status=status, sentence=sentence, **more)


def _sheet(
    request: HttpRequest, call: UUID, now: calls.CallNow | None, *, status: int = 200,
    sentence: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    cases = selectors.of_call(call) if now else []
    run = scripts.current_run(call) if now else None
    named = callers.named_in(call) if now else None
    reader = get_language() or "pl"
    context = sheets.context(
        request, now, cases, run, named, reader=reader, sentence=sentence, **more
    )
    if now and now.is_callback:
        digest = request.session.digest  # type: ignore[attr-defined]
        found = callbacks.being_called(digest, call)
        context |= callback_page.being_called(found, context["caller"], staff(request))
    return render(request, "helpline/desk/call.html", context, status=400 if sentence else status)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
