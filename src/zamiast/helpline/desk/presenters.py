"""What the call sheet shows, at each moment of a call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from zamiast.audit import doorway
from zamiast.helpline import exits, matters
from zamiast.helpline.desk import wording
from zamiast.helpline.selectors import CaseOfCall
from zamiast.verification.selectors import CallNow


def caller(sent: QueryDict) -> str | None:
    """The caller's language that was chosen, if any."""
    chosen = sent.get("caller", "")
    return chosen if chosen in ("pl", "en", "uk") else None


def call_sheet(
    request: HttpRequest,
    call: CallNow | None,
    cases: list[CaseOfCall],
    *,
    reader: str,
    sentence: str = "",
    heard: wording.Heard | None = None,
    number: str = "",
    losing: bool = False,
) -> dict[str, Any]:
    """The sheet's context. What was typed comes back, except national numbers."""
    sent = request.POST
    language = caller(sent) or caller(request.GET) or (call and call.language) or "pl"
    known = bool(call and call.is_identified)
    if heard is None and request.GET.get("heard") in ("not_active", "limited"):
        heard = wording.outcome(request.GET["heard"])
    note = doorway.let_through(sent.get("note", ""))
    misheard = _count(sent.get("misheard", "0")) + bool(heard and number)
    return {
        "call": call,
        "cases": cases,
        "stage": _stage(request, known, cases) if call else "ended",
        "is_identified": known,
        "caller": language,
        "reader": reader,
        "matters": matters.sheet(language, reader),
        "matter": sent.get("matter", ""),
        "note": note.text,
        "note_cut": note.found,
        "exits": exits.all_exits(language, reader),
        "words": wording.words(),
        "heard": heard,
        "number": number,
        "misheard": misheard,
        "give_up": misheard >= wording.TRIES or request.GET.get("heard") == "limited",
        "sentence": sentence,
        "losing": losing,
    }


def _stage(request: HttpRequest, known: bool, cases: list[CaseOfCall]) -> str:
    """Where the call stands: ``identify`` the caller, choose a ``matter``, or ``opened``."""
    wants_matter = "matter" in request.POST or "note" in request.POST or "more" in request.GET
    if "again" in request.GET or (request.POST.get("number") is not None):
        return "identify"
    if wants_matter:
        return "matter"
    if cases:
        return "opened"
    return "matter" if known or "without" in request.GET else "identify"


def _count(text: str) -> int:
    return int(text) if text in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"} else 0
