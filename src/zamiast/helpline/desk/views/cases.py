"""Cases: the list, one case with its notes and history, a case by its number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST, require_safe

from zamiast.audit import doorway
from zamiast.errors import BadInput
from zamiast.helpline import matters, queues, selectors, services
from zamiast.helpline.desk import presenters, wording
from zamiast.helpline.desk.views.edge import staff, worded
from zamiast.helpline.models import LONGEST_SHOWN
from zamiast.verification import selectors as calls
from zamiast.web import access

_LONGEST_NUMBER = 10  # an identifier or a PESEL typed by mistake never reaches an address


@access.consultant
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
        "matters": matters.sheet(get_language() or "pl"),
        "queues": [(code, queues.name(code, get_language() or "pl")) for code in queues.codes()],
    }
    return render(request, "helpline/desk/cases.html", context)


@access.consultant
@require_POST
@worded
def find(request: HttpRequest) -> HttpResponse:
    """Go to the case whose number was typed; a POST, since people type other numbers too."""
    digits = "".join(request.POST.get("number", "").split())
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
        raise BadInput("helpline.not_a_case_number")
    return redirect("case", int(digits))


@access.consultant
@require_GET
@worded
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One case."""
    return _page(request, number)


@access.consultant
@require_POST
@worded
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Add a note; what cannot be saved stays in the field."""
    text = request.POST.get("note", "")
    try:
        services.write_note(number, text, by=staff(request))
    except BadInput as error:
        return _page(request, number, unsaved=text, sentence=wording.sentence(error.code))
    return HttpResponseRedirect(reverse("case", args=[number]) + "#notes")


@access.consultant
@require_POST
@worded
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a case."""
    services.close(number, by=staff(request))
    return _back(request, number)


@access.consultant
@require_POST
@worded
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed case again."""
    services.reopen(number, by=staff(request))
    return _back(request, number)


def _back(request: HttpRequest, number: int) -> HttpResponse:
    """To the call sheet when the button stood there, else to the case."""
    call = calls.under_way(staff(request)) if "from_call" in request.POST else None
    return redirect("call", call.id) if call else redirect("case", number)


def _page(request: HttpRequest, number: int, unsaved: str = "", sentence: str = "") -> HttpResponse:
    kept = doorway.let_through(unsaved[:LONGEST_SHOWN])
    found = services.read_case(number, by=staff(request))
    context = {
        "call": calls.under_way(staff(request)),
        "case": found,
        "is_identified": found.account_id is not None,
        "can_explain": found.matter in matters.codes(),
        "notes": selectors.notes_of(number),
        "moves": selectors.moves_of(number),
        "unsaved": kept.text,
        "note_cut": kept.found,
        "sentence": sentence,
    }
    return render(request, "helpline/desk/case.html", context, status=400 if sentence else 200)


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
