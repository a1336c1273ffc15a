"""“Call me”: the holder asks for a call, and takes it back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.helpline import asked
from zamiast.login.models import User
from zamiast.portal import callback_form
from zamiast.portal.entry import holder, with_caller
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_caller
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, own: Account) -> HttpResponse:
    """The form; a POST asks for the call."""
    if request.method != "POST":
        return _form(request, own)
    try:
        wish = callback_form.read(request.POST)
        number = asked.ask(
            own.pk, about=wish.about, from_at=wish.from_at, until_at=wish.until_at,
            number=request.POST.get("number", "")[:40], login=cast(User, request.user),
            by=holder(request), language=get_language() or "pl",
        )  # fmt: skip
    except (BadInput, Conflict, NotFound, TooMany) as error:
        return _form(request, own, callback_form.sentence(error.code))
    messages.success(
        request,
        _("We will call you, in case %(number)s. While we call, this page says who it is.")
        % {"number": number},
    )
    return redirect("calls")


@access.holder
@with_caller
@require_POST
def take_back(request: HttpRequest, own: Account, callback: int) -> HttpResponse:
    """The holder wants no call any more."""
    try:
        asked.take_back(callback, own.pk, by=holder(request))
        messages.success(request, _("We will not call."))
    except NotFound:
        messages.info(request, _("This call was made or taken back already."))
    return redirect("calls")


def _form(request: HttpRequest, own: Account, sentence: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "choices": callback_form.choices(asked.open_cases(own.pk)),
        "sent": request.POST,
        "sentence": sentence,
    }
    return render(request, "portal/ask_callback.html", context, status=400 if sentence else 200)
