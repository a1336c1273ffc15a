"""Scripts: in a call, at a case that stands, and in the preview, which needs neither.

In a call each step is a POST that is kept; the other two keep nothing: the answers go
along in the form.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.helpline import services
from zamiast.helpline.desk import script_view, wording
from zamiast.helpline.desk import sheet as sheets
from zamiast.helpline.desk.views.calls import show
from zamiast.helpline.desk.views.edge import staff, to_call, worded
from zamiast.helpline.scripts import library, live, walking
from zamiast.helpline.scripts import selectors as scripts
from zamiast.helpline.scripts import services as runs
from zamiast.helpline.scripts.live import Known
from zamiast.helpline.scripts.models import ScriptRun
from zamiast.helpline.scripts.schema import Script
from zamiast.verification import confirming
from zamiast.verification import selectors as calls
from zamiast.verification.selectors import CallNow
from zamiast.web import access


@access.consultant
@require_POST
@worded
def step(request: HttpRequest, call: UUID) -> HttpResponse:
    """Begin a script, answer, go back, or change the language; the note goes along."""
    now = calls.under_way(staff(request), call)
    if now is None:
        return redirect("home")
    try:
        if "look" in request.POST:
            return show(request, call, known=_look(request, now))
        _do(request, now)
    except (BadInput, Conflict) as error:
        return show(request, call, sentence=wording.sentence(error.code))
    return show(request, call) if request.headers.get("HX-Request") else to_call(call)


def _do(request: HttpRequest, call: CallNow) -> None:
    sent, user = request.POST, staff(request)
    if "begin" in sent:
        language = sheets.caller(sent) or call.language or "pl"
        runs.begin(sent["begin"], by=user, call=call.id, language=language)
        return
    run = scripts.current_run(call.id)
    if run is None:
        return
    note = sent.get("note")
    if "back" in sent:
        runs.back(run, sent["back"], by=user, outcomes=_outcomes(run, call), note=note)
    elif "answer" in sent or "typed" in sent:
        given = sent.get("answer") or sent.get("typed", "").replace(" ", "") or walking.NEXT
        step = sent.get("step", "")
        runs.answer(run, step, given, by=user, outcomes=_outcomes(run, call), note=note)
    else:
        runs.speak(run, sent.get("language", ""), note=note)


def _look(request: HttpRequest, call: CallNow) -> Known | None:
    """Ask the register what a check needs: opened as a field of the confirmed call, with its event.

    Raises Conflict where this matter, with this field, is not confirmed.
    """
    run = scripts.current_run(call.id)
    if run is None:
        return None
    script = scripts.script_of(run)
    way = walking.walk(script, run.answers, _outcomes(run, call))
    check, field = way.step.check or "", live.field_of(way.step.check, way.answers)
    if field is None:
        return None
    session = str(request.session.digest)  # type: ignore[attr-defined]
    if confirming.level_in(session, call.id, run.script) is None:
        raise Conflict("scripts.not_confirmed")
    value = confirming.open_fields(session, call.id, [field])[field]
    known = live.read(check, value, run.script, run.answers, timezone.now())
    runs.find(run, known.outcomes, note=request.POST.get("note"))
    return known


def _outcomes(run: ScriptRun, call: CallNow) -> walking.Outcomes:
    context = script_view.context_of(
        run.script, is_identified=call.is_identified, found=walking.found(run.answers)
    )
    return script_view.outcomes_in(context)


@access.consultant
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All scripts that count now, with their versions, and what is wrong in an own folder."""
    reader = get_language() or "pl"
    known = library.current()
    rows = [
        (one.script.number, code, one.script.name.of(reader), one.script.version, one.is_own)
        for code, one in known.scripts.items()
    ]
    context = {
        "call": calls.under_way(staff(request)),
        "rows": rows,
        "exits": sheets.exits(reader, reader),
        "problems": known.problems,
    }
    return render(request, "helpline/desk/scripts.html", context)


@access.consultant
@require_http_methods(["GET", "HEAD", "POST"])
@worded
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Walk through a script without a call. Nothing is kept."""
    loaded = library.current().scripts.get(code)
    if loaded is None:
        raise NotFound("helpline.no_matter")
    user_call = calls.under_way(staff(request))
    context = {"call": user_call, **_walked(request, loaded.script)}
    return render(request, "helpline/desk/preview.html", context)


@access.consultant
@require_http_methods(["GET", "HEAD", "POST"])
@worded
def in_case(request: HttpRequest, number: int) -> HttpResponse:
    """The script of a case that stands, such as at a callback. Nothing is kept."""
    user = staff(request)
    case = services.read_case(number, by=user)
    loaded = library.current().scripts.get(case.matter)
    if loaded is None:
        return redirect("case", number)
    context = {
        "call": calls.under_way(user),
        "case": case,
        **_walked(request, loaded.script, case.language),
    }
    return render(request, "helpline/desk/preview.html", context)


def _walked(request: HttpRequest, script: Script, language: str = "pl") -> dict[str, Any]:
    """A script after the answers that the form holds."""
    sent = request.POST
    reader = get_language() or "pl"
    chosen = sent.get("language") or sent.get("caller", "")
    caller = chosen if chosen in sheets.LANGUAGES else language
    context = script_view.context_of(script.script, is_identified=sent.get("known") == "1")
    answers = _answers(script, sent)
    outcomes = script_view.outcomes_in(context)
    way = walking.walk(script, answers, outcomes)
    return {
        "script": script_view.view(script, way.answers, context, caller=caller, reader=reader),
        "answers": way.answers.items(),
        "caller": caller,
        "known": sent.get("known", ""),
        "refused": bool(sent.get("typed")) and sent.get("step", "") not in way.answers,
    }


def _answers(script: Script, sent: QueryDict) -> dict[str, str]:
    """The answers that went along, the new one, or without those from a step on."""
    kept = {
        code: value
        for one in sent.getlist("kept")
        if (code := one.partition("=")[0]) in script.steps
        and walking.accepts(script.steps[code], value := one.partition("=")[2])
    }
    step = sent.get("step", "")
    if "back" in sent:
        codes = list(kept)
        back = sent["back"]
        return {code: kept[code] for code in codes[: codes.index(back)]} if back in codes else kept
    if step in script.steps and ("answer" in sent or "typed" in sent):
        given = sent.get("answer") or sent.get("typed", "").replace(" ", "") or walking.NEXT
        if walking.accepts(script.steps[step], given):
            kept[step] = given
    return kept
