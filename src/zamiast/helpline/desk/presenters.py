"""What the desk shows: the call sheet at each moment of a call, cases in a list.

Scripts are rendered once for each pair of languages, and rows of a list are made ready
here: what a consultant waits for has a bar of 10 ms (``performance.md``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from zamiast.audit import doorway
from zamiast.helpline import exits, matters, queues
from zamiast.helpline.desk import wording
from zamiast.helpline.models import LONGEST_SHOWN
from zamiast.helpline.selectors import CaseOfCall, CaseRow
from zamiast.verification.selectors import CallNow


@dataclass(frozen=True)
class Line:
    """A case in a list, ready to print."""

    address: str
    number: str
    matter: str
    state: str
    is_identified: bool
    is_confirmed: bool
    opened_at: str
    opened_by: str
    queue: str
    owner: str
    due_at: str  # empty for a case whose clock stands still
    is_overdue: bool
    is_unread: bool


def grouped(number: int) -> str:
    """A case number as it is read out, in groups of three that stay on one line.

    >>> grouped(104217) == "104\N{NO-BREAK SPACE}217"
    True
    """
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def lines(rows: Iterable[CaseRow], *, address: str = "case") -> list[Line]:
    """Rows of a list in the reader's language and the helpline's time."""
    reader = translation.get_language() or "pl"
    place = reverse(address, args=[0])
    states = {state: wording.case_state(state) for state in wording.STATES}
    names = {code: queues.name(code, reader) for code in queues.codes()}
    now = timezone.now()
    return [
        Line(
            place.replace("0", str(row.number)), grouped(row.number),
            matters.name(row.matter, reader), states[row.state],
            row.is_identified, row.is_confirmed, when(row.opened_at), row.opened_by_name,
            names.get(row.queue, row.queue), row.owner_name,
            when(row.due_at) if row.state == "open" else "",
            row.state == "open" and row.due_at < now, row.unread,
        )
        for row in rows
    ]  # fmt: skip


def when(moment: datetime.datetime) -> str:
    """A moment in the helpline's time."""
    return timezone.localtime(moment).strftime("%d.%m.%Y %H:%M")


@cache
def scripts(caller: str, reader: str) -> SafeString:
    """The scripts of all matters as HTML; they change with a new version only."""
    with translation.override(reader):
        context = {"matters": matters.sheet(caller, reader), "caller": caller}
        return render_to_string("helpline/desk/scripts.html", context)


@cache
def exits_shown(caller: str, reader: str) -> SafeString:
    """The exits as HTML."""
    with translation.override(reader):
        context = {"exits": exits.all_exits(caller, reader)}
        return render_to_string("helpline/desk/exits.html", context)


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
    note = doorway.let_through(sent.get("note", "")[:LONGEST_SHOWN])
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
        "scripts": scripts(language, reader),
        "exits": exits_shown(language, reader),
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
