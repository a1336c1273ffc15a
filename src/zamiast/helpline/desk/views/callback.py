"""Promised callbacks: the list that cannot be overlooked, and what became of each."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zamiast.errors import BadInput
from zamiast.helpline import callbacks
from zamiast.helpline.desk import callback_page
from zamiast.helpline.desk.views.edge import staff, to_call, worded
from zamiast.helpline.models import NumberKind
from zamiast.helpline.scripts import callers
from zamiast.verification import selectors as calls
from zamiast.web import access


@access.caseworker
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All promises that are still to be kept: the late ones on top."""
    user = staff(request)
    context = {
        "call": calls.under_way(user),
        "rows": callback_page.rows(callbacks.promised(callbacks.PAGE), user),
        "choices": callback_page.choices(),
    }
    return render(request, "helpline/desk/callbacks.html", context)


@access.caseworker
@require_POST
@worded
def promise(request: HttpRequest, number: int) -> HttpResponse:
    """Promise to call back."""
    sent = request.POST
    if sent.get("number_kind") == NumberKind.FACILITY and not callers.telephone_of_case(number):
        raise BadInput("helpline.no_number_kind")
    callbacks.promise(
        number, from_at=_moment(sent.get("day", ""), sent.get("from", "")),
        until_at=_moment(sent.get("day", ""), sent.get("until", "")),
        number_kind=sent.get("number_kind", ""), ending=sent.get("ending", "")[:3],
        wish=sent.get("wish", ""), by=staff(request),
    )  # fmt: skip
    return redirect("case", number)


@access.caseworker
@require_POST
@worded
def settle(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """I am calling · reached · nobody answered, again later · given up."""
    user = staff(request)
    if act == "take":
        case, call = callbacks.call(number, _session(request), by=user)
        return to_call(call) if call else redirect("case", case)
    if act == "again":
        later = callback_page.moment(request.POST.get("later", ""))
        callbacks.again(number, until_at=later, by=user)
    elif act == "keep":
        callbacks.keep(number, by=user)
    elif act == "give-up":
        callbacks.give_up(number, by=user)
    else:
        raise Http404
    return redirect("callbacks")


def _moment(day: str, time: str) -> datetime.datetime:
    try:
        found = datetime.datetime.combine(
            datetime.date.fromisoformat(day), datetime.time.fromisoformat(time)
        )
    except ValueError as error:
        raise BadInput("helpline.no_time_to_call") from error
    return timezone.make_aware(found.replace(tzinfo=None))


def _session(request: HttpRequest) -> str:
    return str(request.session.digest)  # type: ignore[attr-defined]
