"""One case: everything on one page, and what can be done with it.

The page has one field for a note. Whatever is done with the case takes along what stands in
it, and what cannot be saved stays there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zamiast.errors import BadInput, ZamiastError
from zamiast.helpline import answers, casework, drafts, handling, letters, reading, services
from zamiast.helpline.desk import case_page, wording, wording_scripts
from zamiast.helpline.desk.views.edge import staff, worded
from zamiast.helpline.models import Case
from zamiast.helpline.scripts import callers
from zamiast.login.middleware import asked_by_page
from zamiast.login.models import Role
from zamiast.verification import selectors as calls
from zamiast.web import access


@access.caseworker
@require_GET
@worded
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One case; a specialist gets one with documents as a file."""
    found = services.read_case(number, by=staff(request))
    if staff(request).role == Role.SPECIALIST and found.matter in casework.MATTERS:
        return redirect("file", number)
    return _page(request, found)


@access.caseworker
@require_POST
@worded
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Add a note; what cannot be saved stays in the field."""
    try:
        services.write_note(number, _note(request), by=staff(request), seen=_seen(request))
    except (BadInput, ZamiastError) as error:
        return refused(request, number, error)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#written")


@access.caseworker
@require_POST
@worded
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a case, with the note that stands in the field."""
    return _done(request, number, lambda seen: handling.close(number, by=staff(request), seen=seen))


@access.caseworker
@require_POST
@worded
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed case again."""
    handling.reopen(number, by=staff(request))
    return _back(request, number)


@access.caseworker
@require_POST
@worded
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Write to the holder, or put a ready answer into the field."""
    text, code = request.POST.get("answer", ""), request.POST.get("canned", "")
    found = services.read_case(number, by=staff(request))
    if "insert" in request.POST:
        ready = case_page.ready(found, code, staff(request))
        return _page(request, found, answer=f"{text.rstrip()}\n\n{ready}".strip(), canned=code)
    try:
        mark = answers.get(code).mark if code else ""
        letters.answer(number, text, by=staff(request), canned=mark, seen=_seen(request))
    except ZamiastError as error:
        return refused(request, number, error)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#written")


@access.caseworker
@require_POST
@worded
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Take, hand over, pass on, let wait, go on, merge, split, link, assign, mark as read."""
    do = _ACTS.get(act)
    if do is None:
        raise Http404
    if act in _WITH_NOTE:  # they save the note themselves
        try:
            do(request, number, _seen(request))
        except ZamiastError as error:
            return refused(request, number, error)
        return _back(request, number)
    return _done(request, number, lambda seen: do(request, number, seen))


@access.caseworker
@asked_by_page
@require_POST
def here(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the page is open, keep the draft; learn who else is there."""
    sent = request.POST
    if "leave" in sent:
        drafts.leave(number, by=staff(request))
        return JsonResponse({})
    if sent.get("writing") == "1":
        request.session.use()  # type: ignore[attr-defined]
    found = drafts.here(
        number, by=staff(request), is_writing=sent.get("writing") == "1",
        kind=sent.get("kind", "note"), text=sent.get("text"),
    )  # fmt: skip
    others = case_page.present(found.others)
    return JsonResponse({"version": found.version, "others": others})


def _done(request: HttpRequest, number: int, do: Callable[[int | None], object]) -> HttpResponse:
    """Do something in one transaction with the note that stands in the field."""
    seen = _seen(request)
    try:
        with transaction.atomic():
            if _note(request).strip():
                services.write_note(number, _note(request), by=staff(request), seen=seen)
                seen = None
            do(seen)
    except ZamiastError as error:
        return refused(request, number, error)
    return _back(request, number)


def _hand_over(request: HttpRequest, number: int, seen: int | None) -> None:
    to = request.POST.get("colleague", "")[:16]
    handling.hand_over(number, to, _note(request), by=staff(request), seen=seen)


def _pass_on(request: HttpRequest, number: int, seen: int | None) -> None:
    to = request.POST.get("queue", "")
    handling.pass_on(number, to, _note(request), by=staff(request), seen=seen)


def _split(request: HttpRequest, number: int, seen: int | None) -> None:
    matter = request.POST.get("matter", "")
    handling.split(number, matter, _note(request), by=staff(request), seen=seen)


def _pause(request: HttpRequest, number: int, seen: int | None) -> None:
    reason = request.POST.get("reason", "")
    handling.pause(number, reason, _day(request), by=staff(request), seen=seen)


def _assign(request: HttpRequest, number: int, _seen: int | None) -> None:
    handling.assign(number, request.POST.get("colleague", "")[:16], by=staff(request))


_ACTS: dict[str, Callable[[HttpRequest, int, int | None], object]] = {
    "take": lambda request, number, seen: handling.take(number, by=staff(request), seen=seen),
    "resume": lambda request, number, seen: handling.resume(number, by=staff(request), seen=seen),
    "read": lambda request, number, _: letters.mark_read(number, by=staff(request)),
    "merge": lambda request, number, seen: handling.merge(
        number, _other(request), by=staff(request), seen=seen
    ),
    "link": lambda request, number, _: handling.link(number, _other(request), by=staff(request)),
    "hand_over": _hand_over,
    "pass_on": _pass_on,
    "split": _split,
    "pause": _pause,
    "assign": _assign,
}
_WITH_NOTE = {"hand_over", "pass_on", "split"}


def refused(request: HttpRequest, number: int, error: ZamiastError) -> HttpResponse:
    """The page again, with what was typed and a sentence."""
    found = services.read_case(number, by=staff(request))
    return _page(
        request, found, note=_note(request), answer=request.POST.get("answer", ""),
        canned=request.POST.get("canned", ""), error=error,
    )  # fmt: skip


def _page(
    request: HttpRequest, found: Case, *, note: str = "", answer: str = "", canned: str = "",
    error: ZamiastError | None = None,
) -> HttpResponse:  # fmt: skip
    user = staff(request)
    named = callers.named_in(found.call_id)
    telephone = callers.telephone(named)
    shown = case_page.shown(
        found, reading.timeline(found.pk), reading.beside(found.pk, user), user,
        note=note, answer=answer, canned=canned, telephone=telephone,
    )  # fmt: skip
    context = {
        "call": calls.under_way(user),
        **shown,
        "named": named,
        "named_kind": wording_scripts.kind(named.kind) if named else "",
        "telephone": telephone,
        "sentence": wording.sentence(error.code) if error else "",
    }
    status = error.status if error else 200
    return render(request, "helpline/desk/case.html", context, status=status)


def _back(request: HttpRequest, number: int) -> HttpResponse:
    """To the call sheet when the button stood there, else to the case."""
    call = calls.under_way(staff(request)) if "from_call" in request.POST else None
    return redirect("call", call.id) if call else redirect("case", number)


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "")


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None


def _other(request: HttpRequest) -> int:
    digits = "".join(request.POST.get("other", "").split())
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10):
        raise BadInput("helpline.not_a_case_number")
    return int(digits)


def _day(request: HttpRequest) -> datetime.date:
    try:
        return datetime.date.fromisoformat(request.POST.get("until", ""))
    except ValueError as error:
        raise BadInput("helpline.no_day_to_wait") from error
