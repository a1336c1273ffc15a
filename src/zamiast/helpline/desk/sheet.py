"""The call sheet at each moment of a call: who calls, the script, the cases, the note."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from zamiast.audit import doorway
from zamiast.helpline import matters, queues
from zamiast.helpline.desk import script_view, wording, wording_scripts
from zamiast.helpline.desk.script_view import Told
from zamiast.helpline.models import LONGEST_SHOWN
from zamiast.helpline.scripts import library, walking
from zamiast.helpline.scripts.live import Known
from zamiast.helpline.scripts.models import CallerNumber, ScriptRun
from zamiast.helpline.scripts.selectors import script_of
from zamiast.helpline.selectors import CaseOfCall
from zamiast.verification.selectors import CallNow

LANGUAGES = ("pl", "en", "uk")


@dataclass(frozen=True)
class Exit:
    """A way out of any script, in words."""

    code: str
    name: str
    lines: tuple[Told, ...]


def exits(caller: str, reader: str) -> tuple[Exit, ...]:
    """All exits: spoken lines in the caller's language, the rest in the reader's."""
    return tuple(
        Exit(code, one.name.of(reader), script_view.lines_of(one.lines, caller, reader))
        for code, one in library.current().exits.items()
    )


def exits_shown(caller: str, reader: str) -> SafeString:
    """The exits as HTML; rendered once for each pair of languages and version of the scripts."""
    return _exits_shown(caller, reader, library.current().version)


@lru_cache(32)
def _exits_shown(caller: str, reader: str, version: str) -> SafeString:  # noqa: ARG001
    with translation.override(reader):
        context = {"exits": exits(caller, reader)}
        return render_to_string("helpline/desk/exits.html", context)


def matters_shown(reader: str, *, is_named: bool = False) -> SafeString:
    """The buttons that choose a matter; the first fitting one has the focus.

    The same for everybody: rendered once for each language and version of the scripts.
    """
    return _matters_shown(reader, bool(is_named), library.current().version)


@lru_cache(32)
def _matters_shown(reader: str, is_named: bool, version: str) -> SafeString:  # noqa: ARG001
    context = {"matters": matters.sheet(reader), "named": is_named}
    with translation.override(reader):
        return render_to_string("helpline/desk/matters.html", context)


def caller(sent: QueryDict) -> str | None:
    """The caller's language that was chosen, if any."""
    chosen = sent.get("caller", "")
    return chosen if chosen in LANGUAGES else None


def queue(sent: QueryDict) -> str | None:
    """The queue that the script came out at, if it is one."""
    chosen = sent.get("queue", "")
    return chosen if chosen in queues.codes() else None


def deadline(sent: QueryDict) -> str | None:
    """The kind of deadline that the script came out at, if it is one."""
    chosen = sent.get("deadline", "")
    return chosen if chosen in queues.book().deadlines else None


def context(
    request: HttpRequest,
    call: CallNow | None,
    cases: list[CaseOfCall],
    run: ScriptRun | None,
    named: CallerNumber | None = None,
    *,
    reader: str,
    sentence: str = "",
    heard: wording.Heard | None = None,
    number: str = "",
    losing: bool = False,
    twin: int | None = None,
    chosen_kind: str = "",
    known: Known | None = None,
) -> dict[str, Any]:
    """The sheet's context. What was typed comes back, except national numbers."""
    sent = request.POST
    is_identified = bool(call and call.is_identified)
    if heard is None and request.GET.get("heard") in ("not_active", "limited"):
        heard = wording.outcome(request.GET["heard"])
    misheard = _count(sent.get("misheard", "0")) + bool(heard and number)
    stage = _stage(request, is_identified or bool(named), cases, run) if call else "ended"
    language = _language(request, call, run if stage == "script" else None)
    typed = sent.get("note", run.note if run else "")
    note = doorway.let_through(typed[:LONGEST_SHOWN])
    return {
        "call": call,
        "seconds": int((timezone.now() - call.began_at).total_seconds()) if call else 0,
        "cases": cases,
        "stage": stage,
        "is_identified": is_identified,
        "named": named,
        "named_kind": wording_scripts.kind(named.kind) if named else "",
        "kinds": wording_scripts.kinds() if stage == "identify" else (),
        "caller": language,
        "reader": reader,
        "matters": matters.sheet(reader) if stage == "matter" else (),
        "script": (
            _script(call, run, named, reader, known) if call and run and stage == "script" else None
        ),
        "note": note.text,
        "note_cut": note.found,
        "exits": exits_shown(language, reader),
        "words": wording.words() if stage == "identify" else None,
        "heard": heard,
        "number": number,
        "misheard": misheard,
        "give_up": misheard >= wording.TRIES or request.GET.get("heard") == "limited",
        "sentence": sentence,
        "losing": losing,
        "twin": twin,
        "chosen_kind": chosen_kind,
    }


def _script(
    call: CallNow, run: ScriptRun, named: CallerNumber | None, reader: str, known: Known | None
) -> script_view.View:
    checking = script_view.context_of(
        run.script, is_identified=call.is_identified, known=known,
        found=walking.found(run.answers), can_call_back=bool(named and named.ending),
    )  # fmt: skip
    return script_view.view(
        script_of(run), run.answers, checking, caller=run.language, reader=reader
    )


def _language(request: HttpRequest, call: CallNow | None, run: ScriptRun | None) -> str:
    if run:
        return run.language
    return caller(request.POST) or caller(request.GET) or (call and call.language) or "pl"


def _stage(
    request: HttpRequest, known: bool, cases: list[CaseOfCall], run: ScriptRun | None
) -> str:
    """Where the call stands: ``identify``, choose a ``matter``, in a ``script``, or ``opened``."""
    if "again" in request.GET or {"number", "named"} & set(request.POST):
        return "identify"
    if "more" in request.GET:
        return "matter"
    if run:
        return "script"
    if cases and "without" not in request.GET:
        return "opened"
    return "matter" if known or "without" in request.GET else "identify"


def _count(text: str) -> int:
    return int(text) if text in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"} else 0
