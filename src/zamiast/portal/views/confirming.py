"""The helpline on the telephone: what it asks, whether it is really the helpline, receipts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from zamiast.errors import BadInput, Conflict
from zamiast.helpline import asked
from zamiast.login.middleware import asked_by_page
from zamiast.portal import acting, calling, presenters_calls
from zamiast.portal.entry import holder, with_caller
from zamiast.registry.models import Account
from zamiast.verification import answering, strong
from zamiast.web import access


@access.holder
@with_caller
@require_safe
def calls(request: HttpRequest, own: Account) -> HttpResponse:
    """Is it really the helpline? And the receipts of earlier calls."""
    lines, opened = calling.lines(own.pk), answering.open_now(own.pk)
    shown = {row.k_number for row in opened}
    context = {
        "prompt": presenters_calls.prompt(answering.prompt(own.pk)),
        "opened": presenters_calls.opened(opened),
        "lines": [line for line in lines if line.kind != "said" or line.k_number not in shown],
        "mark": calling.mark(lines, opened),
        "promised": [presenters_calls.callback(row) for row in asked.of_account(own.pk)],
        "asked_act": strong.prompt(own.pk),
        "suspended_since": answering.suspended_since(own.pk),
        "receipts": [presenters_calls.receipt(row) for row in answering.receipts(own.pk)],
    }
    return render(request, "portal/calls.html", context)


@access.holder
@with_caller
@require_http_methods(["GET", "HEAD", "POST"])
def prompt(request: HttpRequest, own: Account) -> HttpResponse:
    """What the helpline asks; a POST types the number that the consultant reads out."""
    question = answering.prompt(own.pk)
    if question is None or (
        request.method == "POST" and request.POST.get("prompt") != str(question.id)
    ):
        if request.method == "POST":
            messages.info(request, _("This question is over. Nothing was shown to anybody."))
        return redirect("calls")
    if request.method != "POST":
        return _prompt(request, own, question)
    try:
        about = _about(request, own)
        said = answering.type_number(
            question.id, own.pk, about=about, digits=request.POST.get("digits", "")[:32],
            by=holder(request),
        )  # fmt: skip
    except BadInput:
        return _prompt(request, own, question, _("Type the six digits that the consultant reads."))
    if said == "mistyped":
        messages.warning(
            request,
            _("The number was not right, so it does not work any more. Nothing was shown."
              " Ask the consultant for a new number."),
        )  # fmt: skip
    elif said == "confirmed":
        messages.success(request, _("Confirmed. Afterwards you see here what was looked at."))
    return redirect("calls")


@access.holder
@with_caller
@require_POST
def decline(request: HttpRequest, own: Account) -> HttpResponse:
    """“I am not calling.”"""
    question = answering.prompt(own.pk)
    if question is not None and request.POST.get("prompt") == str(question.id):
        answering.decline(question.id, own.pk, by=holder(request))
    return render(request, "portal/declined.html")


@access.holder
@asked_by_page
@with_caller
@require_GET
def now(request: HttpRequest, own: Account) -> HttpResponse:
    """Whether something is asked, and who calls, for a page that waits."""
    said: dict[str, Any] = {"asked": calling.is_asked(request.user.pk or 0)}
    if "lines" in request.GET:
        said["mark"] = calling.mark(calling.lines(own.pk), answering.open_now(own.pk))
    return JsonResponse(said)


@access.holder
@with_caller
@require_safe
def one(request: HttpRequest, own: Account, call: UUID) -> HttpResponse:
    """The receipt of one call."""
    shown = presenters_calls.receipt(calling.receipt(own.pk, call))
    return render(request, "portal/receipt.html", {"receipt": shown})


@access.holder
@with_caller
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, own: Account, call: UUID) -> HttpResponse:
    """Ask once more, then do all that “that was not me” means."""
    shown = presenters_calls.receipt(calling.receipt(own.pk, call))
    if request.method != "POST":
        return render(request, "portal/call_not_me.html", {"receipt": shown})
    try:
        calling.not_me(own.pk, call, login=request.user, by=holder(request),
                       language=get_language() or "pl")  # fmt: skip
        messages.success(
            request,
            _("Done. The consultant sees nothing more of yours, and the helpline asks you nothing"
              " until you allow it again. The data protection officer was told."),
        )  # fmt: skip
    except Conflict:
        messages.info(request, _("You said so already."))
    return redirect("calls")


@access.holder
@with_caller
@require_POST
def resume(request: HttpRequest, own: Account) -> HttpResponse:
    """Let the helpline ask again."""
    if answering.resume(own.pk, by=holder(request)):
        messages.success(request, _("The helpline can ask you again."))
    return redirect("calls")


def _about(request: HttpRequest, own: Account) -> int:
    """Whose account the call is about; for another's, with a grant of the moment and its event."""
    chosen = request.POST.get("about", "")
    known = {str(one.account): one.account for one in calling.choices(own.pk)}
    if chosen not in known:
        return own.pk
    acting.open_for(request, own, known[chosen], calling.SEEN, step="confirm")
    return known[chosen]


def _prompt(
    request: HttpRequest, own: Account, question: answering.Prompt, sentence: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "prompt": presenters_calls.prompt(question),
        "is_callback": any(
            line.kind != "said" and line.k_number == question.k_number
            for line in calling.lines(own.pk)
        ),
        "own": own,
        "choices": calling.choices(own.pk, question.fields),
        "about": request.POST.get("about", ""),
        "sentence": sentence,
    }
    return render(request, "portal/prompt.html", context, status=400 if sentence else 200)
