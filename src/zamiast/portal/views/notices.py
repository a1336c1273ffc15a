"""“Messages”: an e-mail address, and of what to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zamiast.errors import NotFound, TooMany
from zamiast.portal import mail
from zamiast.portal.entry import holder, with_own
from zamiast.portal.forms import Messages
from zamiast.portal.mail import Switches
from zamiast.portal.presenters import language
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_own
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, own: Account) -> HttpResponse:
    """Show and keep the address and the switches."""
    kept = mail.of(own.pk)
    initial = {"address": kept.address, **vars(kept.switches)} if kept else {}
    form = Messages(request.POST or None, initial=initial)
    if request.method == "POST" and mail.is_on() and form.is_valid():
        try:
            _keep(request, own, form)
        except TooMany:
            messages.warning(request, _("That is enough links for today. Try again tomorrow."))
        return redirect("notices")
    shown = {"kept": kept, "form": form, "is_on": mail.is_on()}
    return render(request, "portal/messages.html", shown)


@access.holder
@with_own
@require_POST
def off(request: HttpRequest, own: Account) -> HttpResponse:
    """Forget the address."""
    if mail.remove(own.pk, by=holder(request)):
        messages.success(request, _("We forgot your address. You get no more mail."))
    return redirect("notices")


@access.holder
@with_own
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, own: Account, token: str) -> HttpResponse:
    """The page behind the link; a button confirms, so that no mail scanner does."""
    if request.method != "POST":
        return render(request, "portal/messages_confirm.html")
    try:
        mail.confirm(own.pk, token, by=holder(request))
        messages.success(request, _("Thank you. Your address is confirmed."))
    except NotFound:
        messages.warning(request, _("This link is over, or not of this account. Enter the "
                                    "address again to get another one."))  # fmt: skip
    return redirect("notices")


def _keep(request: HttpRequest, own: Account, form: Messages) -> None:
    data = form.cleaned_data
    switches = Switches(**{name: data[name] for name in ("answer", "entry", "access", "look")})
    asked = mail.enter(own.pk, data["address"], switches, language=language(), by=holder(request))
    if asked:
        messages.success(request, _("We sent a link to this address. Open it within a day."))
    else:
        messages.success(request, _("Kept."))
