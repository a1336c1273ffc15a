"""“Why can't I see the child?”: from facts where there is a tie, else from answers alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zamiast.errors import Conflict, TooMany
from zamiast.helpline import services
from zamiast.portal import around, explaining, missing
from zamiast.portal.entry import holder, with_own
from zamiast.portal.forms import Chosen, Missing
from zamiast.portal.presenters import language
from zamiast.pure.access import Want
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_own
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, own: Account) -> HttpResponse:
    """What is known about accounts with a tie, the questions, and what the answers mean."""
    ties = [tie for tie in around.of(own.pk) if not tie.may(Want.SEE_ACCOUNT)]
    ties.sort(key=lambda tie: tie.is_mourned)
    form = Missing(request.POST or None)
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = explaining.shown(missing.decide(form.cleaned_data, timezone.now()), guessed=True)
    return render(
        request,
        "portal/missing.html",
        {"ties": [explaining.tie(tie, missing=True) for tie in ties], "form": form, "shown": shown},
        status=422 if form.errors else 200,
    )


@access.holder
@with_own
@require_POST
def open_case(request: HttpRequest, own: Account) -> HttpResponse:
    """A case with everything filled in: about an account with a tie, or with the answers."""
    chosen, answers = Chosen(request.POST), Missing(request.POST)
    if chosen.is_valid():
        account = chosen.cleaned_data["chosen"]
        found = next((tie for tie in around.of(own.pk) if tie.account == account), None)
        if found is None:
            return redirect("missing")
        matter, note = _of_tie(found)
    elif answers.is_valid():
        matter, note = _of_answers(answers.cleaned_data)
    else:
        return redirect("missing")
    return opened(request, own, matter, note)


def opened(request: HttpRequest, own: Account, matter: str, note: str) -> HttpResponse:
    """Open the case and go there, or say that there is one."""
    try:
        number = services.open_case_from_account(
            matter, account_id=own.pk, login=request.user, by=holder(request),  # type: ignore[arg-type]
            note=note, language=language(),
        )  # fmt: skip
    except Conflict:
        messages.info(request, _("You have an open case in this matter already."))
        return redirect("cases")
    except TooMany:
        messages.warning(request, _("That is enough cases for today. The helpline can be called."))
        return redirect("cases")
    messages.success(request, _("Your case is open. You will see here what comes of it."))
    return redirect("case", number=number)


def _of_tie(tie: around.Tie) -> tuple[str, str]:
    codes = ", ".join(tie.decisions[Want.SEE_ACCOUNT].codes)
    matter = "ward_account" if "GUARDIAN_NOT_OPENED" in codes else "child_account"
    return matter, f"Sprawa z konta. Dotyczy konta nr {tie.account}. Wynik reguł: {codes}."


def _of_answers(answers: missing.Answers) -> tuple[str, str]:
    ward = answers["age"] == "adult" and answers["relation"] == "guardian"
    codes = ", ".join(missing.decide(answers, timezone.now()).codes)
    note = f"{missing.summary(answers)} Wynik reguł: {codes}."
    return "ward_account" if ward else "child_account", note


@access.holder
@with_own
@require_safe
def divorce(request: HttpRequest, own: Account) -> HttpResponse:  # noqa: ARG001
    """What a divorce does and does not do, and the two ways in which access ends."""
    return render(request, "portal/divorce.html")


@access.holder
@with_own
@require_POST
def divorce_case(request: HttpRequest, own: Account) -> HttpResponse:
    """A case to which the ruling is brought."""
    note = (
        "Sprawa z konta: rodzic prosi o zakończenie dostępu drugiego rodzica. "
        "Ma orzeczenie sądu do pokazania."
    )
    return opened(request, own, "after_divorce", note)
