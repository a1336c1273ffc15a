"""A call that begins in the account, and paper codes for those without a phone beside them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from zamiast.errors import BadInput, TooMany
from zamiast.login import stepup
from zamiast.login.middleware import asked_by_page
from zamiast.portal import acting, beginning, calling
from zamiast.portal import papers as paper
from zamiast.portal.entry import holder, with_caller
from zamiast.registry.models import Account
from zamiast.verification import disclosure, intents, papers
from zamiast.web import access


@access.holder
@with_caller
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, own: Account) -> HttpResponse:
    """Say what a call is about, then see the code for the telephone's keys."""
    if request.method == "POST":
        return _make(request, own)
    waiting = beginning.intent(intents.now(own.pk))
    if waiting and "matter" not in request.GET:
        return render(request, "portal/call_begun.html", {"intent": waiting})
    return _choose(request, own, request.GET.get("matter", ""))


@access.holder
@asked_by_page
@with_caller
@require_GET
def now(request: HttpRequest, own: Account) -> HttpResponse:  # noqa: ARG001
    """How far the call is, for the page that waits."""
    found = intents.now(own.pk)
    return JsonResponse({"state": found.state if found else "over"})


@access.holder
@with_caller
@require_POST
def give_up(request: HttpRequest, own: Account) -> HttpResponse:
    """The call is not made after all."""
    if intents.give_up(own.pk, by=holder(request)):
        messages.success(request, _("The code does not work any more. Nothing was shown."))
    return redirect("calls")


@access.holder
@with_caller
@require_safe
def sheet(request: HttpRequest, own: Account) -> HttpResponse:
    """Paper codes: how many are left, print new ones, end them."""
    return render(request, "portal/paper.html", {"sheet": papers.sheet(own.pk)})


@access.holder
@stepup.required()
@with_caller
@require_POST
def print_sheet(request: HttpRequest, own: Account) -> HttpResponse:
    """A new sheet as PDF; it is the only time that its digits are seen."""
    spoken = own.person.language
    try:
        pairs = papers.print_sheet(own.pk, language=spoken, by=holder(request))
    except TooMany:
        messages.error(request, _("Five sheets a day are enough. Try again tomorrow."))
        return redirect("paper")
    with override(spoken):
        response = HttpResponse(paper.sheet(pairs, spoken), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="zamiast-codes.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@access.holder
@with_caller
@require_POST
def end_sheet(request: HttpRequest, own: Account) -> HttpResponse:
    """The sheet is lost, or not wanted any more."""
    if papers.end(own.pk, by=holder(request)):
        messages.success(request, _("The sheet does not work any more. You can throw it away."))
    return redirect("paper")


def _make(request: HttpRequest, own: Account) -> HttpResponse:
    matter = request.POST.get("matter", "")
    try:
        said = intents.make(
            own.pk, about=_about(request, own), matter=matter,
            fields=request.POST.getlist("field"), by=holder(request),
        )  # fmt: skip
    except BadInput:
        return _choose(request, own, matter, _("Choose at least one thing that we may see."))
    if said == "suspended":
        messages.error(request, _("You said of a call: that was not me. Allow questions first."))
        return redirect("calls")
    if said == "too_many":
        messages.error(request, _("Too many calls were begun in this hour. Try again later."))
        return redirect("calls")
    return redirect("call_begin")


def _choose(request: HttpRequest, own: Account, matter: str, sentence: str = "") -> HttpResponse:
    known = matter if matter in disclosure.MATTERS else ""
    context = {
        "matters": beginning.choices_of_matter(),
        "matter": known,
        "fields": beginning.choices_of_fields(known) if known else [],
        "choices": calling.choices(own.pk, disclosure.on_request(known) if known else ()),
        "sentence": sentence,
    }
    return render(request, "portal/call_begin.html", context, status=400 if sentence else 200)


def _about(request: HttpRequest, own: Account) -> int:
    """Whose account the call is about; for another's, with a grant of the moment and its event."""
    chosen = request.POST.get("about", "")
    known = {
        str(one.account): one.account
        for one in calling.choices(own.pk, request.POST.getlist("field"))
    }
    if chosen not in known:
        return own.pk
    acting.open_for(request, own, known[chosen], calling.SEEN, step="begin_call")
    return known[chosen]
