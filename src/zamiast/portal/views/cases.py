"""The holder's own cases, and “this was not me”."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zamiast.errors import Conflict
from zamiast.helpline import services
from zamiast.portal import corresponding, paging, presenters, selectors
from zamiast.portal.acting import MANAGE, Whose
from zamiast.portal.entry import with_subject
from zamiast.portal.forms import Letter
from zamiast.pure.access import Want
from zamiast.web import access


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def every(request: HttpRequest, whose: Whose) -> HttpResponse:
    """The list, the newest first."""
    page = selectors.cases(
        whose.account.pk, paging.number_of(request.GET.get("page")), for_guardian=whose.is_acting
    )
    cases = [presenters.case(row) for row in page.rows]
    shown = {"cases": cases, "page": page, "manages": whose.manages,
             "unread": selectors.unread_answers(whose.account.pk)}  # fmt: skip
    return render(request, "portal/cases.html", shown)


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def one(request: HttpRequest, whose: Whose, number: int) -> HttpResponse:
    """One case."""
    case = _case(whose, number)
    shown = {
        "case": case, "manages": whose.manages, "form": Letter(),
        "thread": corresponding.thread(whose, number),
        "can_write": whose.manages and corresponding.takes_letters(case.state_code),
    }  # fmt: skip
    return render(request, "portal/case.html", shown)


@access.holder
@with_subject(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def disown(request: HttpRequest, whose: Whose, number: int) -> HttpResponse:
    """Ask, then note that the call was not the holder's; a second click changes nothing."""
    case = _case(whose, number)
    if request.method == "POST" and not case.is_disowned:
        try:
            services.disown(number, whose.account.pk, by=whose.by)
            messages.success(request, _("Thank you. The case is marked: it was not you."))
        except Conflict:
            messages.info(request, _("Nothing was changed now."))
    if request.method == "POST" or not case.can_disown:
        return redirect("case", number=number)
    return render(request, "portal/disown.html", {"case": case})


def _case(whose: Whose, number: int) -> presenters.ShownCase:
    row = selectors.case(whose.account.pk, number, for_guardian=whose.is_acting)
    return presenters.case(row)
