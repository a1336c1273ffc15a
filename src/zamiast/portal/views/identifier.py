"""“Your identifier”: see, print, suspend, resume, replace."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zamiast.errors import Conflict, NotFound
from zamiast.portal import papers, presenters, selectors
from zamiast.portal.entry import holder, with_account
from zamiast.portal.forms import Replacement
from zamiast.registry import services
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_account
@require_safe
def show(request: HttpRequest, account: Account) -> HttpResponse:
    """The page that people come for. Opening it for the first time marks the account as used."""
    if account.first_used_at is None:
        services.mark_used(account.pk, by=holder(request))
    current = selectors.identifier(account.pk)
    attempt = selectors.last_vain_attempt(account.pk)
    return render(
        request,
        "portal/identifier.html",
        {
            "person": str(account.person),
            "identifier": presenters.identifier(current) if current else None,
            "attempt": presenters.look(attempt) if attempt else None,
        },
    )


@access.holder
@with_account
@require_safe
def card(request: HttpRequest, account: Account) -> HttpResponse:  # noqa: ARG001
    """The card to print: one identifier that works, and no name."""
    current = selectors.identifier(account.pk)
    shown = presenters.identifier(current) if current else None
    if shown is None or not shown.is_active:
        raise NotFound("web.not_found")
    response = HttpResponse(papers.card(shown), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="zamiast.pdf"'
    return response


@access.holder
@with_account
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, account: Account) -> HttpResponse:
    """Ask, then make the identifier unusable until it is resumed."""
    if request.method == "POST":
        services.suspend_identifier(account.pk, by=holder(request))
        messages.success(request, _("Your identifier is suspended. Nobody can use it now."))
        return redirect("identifier")
    return _ask(request, account, "portal/suspend.html")


@access.holder
@with_account
@require_POST
def resume(request: HttpRequest, account: Account) -> HttpResponse:
    """Make a suspended identifier usable again."""
    services.resume_identifier(account.pk, by=holder(request))
    messages.success(request, _("Your identifier works again."))
    return redirect("identifier")


@access.holder
@with_account
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, account: Account) -> HttpResponse:
    """Ask, then retire the identifier and issue a new one; a second click replaces nothing."""
    if request.method != "POST":
        return _ask(request, account, "portal/replace.html")
    form = Replacement(request.POST)
    if not form.is_valid():
        return redirect("identifier_replace")
    try:
        seen = form.cleaned_data["seen"]
        services.replace_identifier(account.pk, seen=seen, by=holder(request))
        messages.success(
            request, _("You have a new identifier. The old one does not work any more.")
        )
    except Conflict:
        messages.info(request, _("Nothing was changed now. This is your current identifier."))
    return redirect("identifier")


def _ask(request: HttpRequest, account: Account, template: str) -> HttpResponse:
    current = selectors.identifier(account.pk)
    if current is None:
        return redirect("identifier")
    return render(request, template, {"identifier": presenters.identifier(current)})
