"""Level 3: what the helpline asks the holder to do themselves, with a passkey."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zamiast.helpline import matters
from zamiast.login import stepup
from zamiast.portal import calling
from zamiast.portal.entry import holder, with_caller
from zamiast.portal.presenters import language
from zamiast.registry.models import Account
from zamiast.verification import strong, wording
from zamiast.web import access


@access.holder
@with_caller
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, own: Account) -> HttpResponse:
    """What is asked; a POST does it, after a passkey that is younger than the question."""
    asked = strong.prompt(own.pk)
    if asked is None:
        if request.method == "POST":
            messages.info(request, _("This question is over. Nothing was done."))
        return redirect("calls")
    if request.method == "POST" and request.POST.get("asked") == str(asked.id):
        return stepup.passkey_required(timezone.now() - asked.asked_at)(_do)(request, own, asked)
    context = {
        "asked": asked,
        "act": wording.ACTS[asked.act],
        "matter": matters.name(asked.matter, language()),
        "minutes": -(-asked.seconds // 60),
    }
    return render(request, "portal/act.html", context)


@access.holder
@with_caller
@require_POST
def decline(request: HttpRequest, own: Account) -> HttpResponse:
    """The holder does not want it."""
    asked = strong.prompt(own.pk)
    if asked is not None and request.POST.get("asked") == str(asked.id):
        strong.answer(asked.id, own.pk, "declined", by=holder(request))
        messages.success(request, _("Nothing was done."))
    return redirect("calls")


def _do(request: HttpRequest, own: Account, asked: strong.Asked) -> HttpResponse:
    if calling.do_act(asked, own.pk, by=holder(request)):
        messages.success(request, _("Done. It works from this moment on."))
    else:
        messages.info(request, _("This question is over. Nothing was done."))
    return redirect("calls")
