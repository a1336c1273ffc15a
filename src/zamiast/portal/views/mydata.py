"""“My data”: what is kept and why, a copy of it, and closing the account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zamiast.audit import retention
from zamiast.login import stepup
from zamiast.portal import closing, granted, mail, mydata
from zamiast.portal.acting import Whose
from zamiast.portal.entry import holder, with_own
from zamiast.portal.presenters import language
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_own
@require_safe
def show(request: HttpRequest, own: Account) -> HttpResponse:
    """What is kept, for how long and why; what was agreed to; the ways to act on it."""
    given = granted.everything(own.pk)
    shown = {
        "kept": retention.every(language()), "address": mail.of(own.pk),
        "given": [*given.given, *given.statements_given],
    }  # fmt: skip
    return render(request, "portal/my_data.html", shown)


@access.holder
@stepup.required()
@with_own
@require_POST
def download(request: HttpRequest, own: Account) -> HttpResponse:
    """Everything as one archive."""
    made = mydata.archive(Whose(own, own, holder(request)))
    response = HttpResponse(made, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="zamiast-my-data.zip"'
    return response


@access.holder
@stepup.required()
@with_own
@require_POST
def paper(request: HttpRequest, own: Account) -> HttpResponse:
    """Everything to read."""
    made = mydata.paper(Whose(own, own, holder(request)))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="zamiast-my-data.pdf"'
    return response


@access.holder
@stepup.required()
@with_own
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, own: Account) -> HttpResponse:
    """Ask, ask once more, close."""
    shown = {"days": closing.undo_for().days, "again": request.method == "POST"}
    if request.method != "POST" or request.POST.get("sure") != "yes":
        return render(request, "portal/close_account.html", shown)
    closing.close(own, request.user.pk or 0, by=holder(request))
    logout(request)
    messages.success(request, _("Your account is closed."))
    return redirect("home")


@access.holder
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Undo the closing."""
    if closing.reopen(request.user.pk or 0, by=holder(request)):
        messages.success(request, _("Welcome back. You have a new identifier."))
    return redirect("home")
