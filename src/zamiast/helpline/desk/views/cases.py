"""Cases: the list, those found by number, identifier or words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from zamiast.audit import doorway
from zamiast.errors import BadInput, NotFound
from zamiast.helpline import matters, queues, search, selectors
from zamiast.helpline.desk import presenters
from zamiast.helpline.desk.views.edge import staff, worded
from zamiast.pure import identifier
from zamiast.verification import selectors as calls
from zamiast.verification import services as verification
from zamiast.web import access

_LONGEST_NUMBER = 10  # an identifier or a PESEL typed by mistake never reaches an address


@access.caseworker
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Cases: open ones by deadline, others the newest first."""
    user = staff(request)
    chosen = _filter(request)
    page = selectors.page(user, chosen)
    context = {
        "call": calls.under_way(user),
        "lines": presenters.lines(page.rows),
        "older": "-".join(map(str, page.older)),
        "chosen": chosen,
        "kept": _address(chosen),
        "matters": matters.choices(get_language() or "pl"),
        "queues": [(code, queues.name(code, get_language() or "pl")) for code in queues.codes()],
    }
    return render(request, "helpline/desk/cases.html", context)


@access.caseworker
@require_POST
@worded
def find(request: HttpRequest) -> HttpResponse:
    """A case by its number, the caller's by an identifier, others by words of their notes.

    A POST, since people type other numbers too.
    """
    typed = request.POST.get("number", "")[: search.LONGEST]
    digits = "".join(typed.split())
    if not any(letter.isalpha() for letter in digits):
        return _by_number(request, digits)
    before, matter = request.POST.get("before", ""), request.POST.get("matter", "")
    found = search.by_words(
        typed, by=staff(request), matter=matter if matter in matters.codes() else None,
        before=(_place(before, 1) or (None,))[0],
    )  # fmt: skip
    context = {
        "call": calls.under_way(staff(request)),
        "lines": presenters.lines(found.rows),
        "older": found.older,
        "typed": doorway.cleaned(typed),
        "matter": matter,
        "matters": matters.choices(get_language() or "pl"),
    }
    return render(request, "helpline/desk/found.html", context)


@access.consultant
@require_safe
@worded
def of_caller(request: HttpRequest) -> HttpResponse:
    """Earlier cases of whoever was identified in the call at hand."""
    call = calls.under_way(staff(request))
    if call is None or not call.is_identified:
        raise BadInput("helpline.identifier_in_a_call_only")
    rows = selectors.of_caller(call.id, staff(request), selectors.PAGE)
    return render(
        request, "helpline/desk/of_caller.html", {"call": call, "lines": presenters.lines(rows)}
    )


def _by_number(request: HttpRequest, digits: str) -> HttpResponse:
    if not (digits.isascii() and digits.isdigit()):
        raise BadInput("helpline.not_a_case_number")
    if len(digits) <= _LONGEST_NUMBER:
        return redirect("case", int(digits))
    if not identifier.is_valid(digits):
        raise BadInput("helpline.not_a_case_number")
    call = calls.under_way(staff(request))
    if call is None:
        raise BadInput("helpline.identifier_in_a_call_only")
    session: Any = request.session
    answer = verification.identify(session.digest, call.id, digits)
    if answer.outcome != "identified":
        raise NotFound(f"helpline.{answer.outcome}")
    return redirect("cases_of_caller")


def _filter(request: HttpRequest) -> selectors.Filter:
    """What the address asks for; nonsense is left out."""
    asked = request.GET
    which, owner = asked.get("which", ""), asked.get("owner", "")
    return selectors.Filter(
        which=which if which in selectors.WHICH else "open",
        queue=asked["queue"] if asked.get("queue") in queues.codes() else None,
        matter=asked["matter"] if asked.get("matter") in matters.codes() else None,
        owner=owner if owner in (selectors.MINE, selectors.NOBODY) else None,
        overdue=bool(asked.get("overdue")) and which in ("", "open"),
        before=_place(asked.get("before", ""), 2 if which in ("", "open") else 1),
    )


def _place(text: str, length: int) -> tuple[int, ...]:
    """Where a page begins, as the link to it says; nothing for what no link said."""
    parts = text.split("-")
    usable = all(part.isascii() and part.isdigit() and len(part) <= 16 for part in parts)
    return tuple(map(int, parts)) if usable and len(parts) == length else ()


def _address(chosen: selectors.Filter) -> str:
    """The filter as an address, for the links to other pages."""
    values = {
        "which": chosen.which, "queue": chosen.queue, "matter": chosen.matter,
        "owner": chosen.owner, "overdue": "1" if chosen.overdue else None,
    }  # fmt: skip
    return urlencode({name: value for name, value in values.items() if value})
