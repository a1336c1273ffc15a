"""“Your identifier”: see, print, suspend, resume, replace."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zamiast.errors import Conflict, NotFound
from zamiast.portal import explaining, granted, papers, presenters, selectors
from zamiast.portal.acting import MANAGE, Whose
from zamiast.portal.entry import with_subject
from zamiast.portal.forms import Replacement
from zamiast.pure.access import Want
from zamiast.registry import services
from zamiast.web import access


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def show(request: HttpRequest, whose: Whose) -> HttpResponse:
    """The page that people come for. The holder's first visit marks the account as used."""
    account = whose.account
    if account.first_used_at is None and not whose.is_acting:
        services.mark_used(account.pk, by=whose.by)
    current = selectors.identifier(account.pk)
    attempt = selectors.last_vain_attempt(account.pk)
    notes = None if whose.is_acting else selectors.own_notes(whose.own)
    return render(
        request,
        "portal/identifier.html",
        {
            "person": str(account.person),
            "manages": whose.manages,
            "notes": explaining.shown(notes) if notes else None,
            "notices": [] if whose.is_acting else granted.notices(account.pk),
            "identifier": presenters.identifier(current) if current else None,
            "attempt": presenters.look(attempt) if attempt else None,
        },
    )


@access.holder
@with_subject(Want.SEE_ACCOUNT)
@require_safe
def card(request: HttpRequest, whose: Whose) -> HttpResponse:  # noqa: ARG001
    """The card to print: one identifier that works, and no name."""
    current = selectors.identifier(whose.account.pk)
    shown = presenters.identifier(current) if current else None
    if shown is None or not shown.is_active:
        raise NotFound("web.not_found")
    response = HttpResponse(papers.card(shown), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="zamiast.pdf"'
    return response


@access.holder
@with_subject(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, whose: Whose) -> HttpResponse:
    """Ask, then make the identifier unusable until it is resumed."""
    if request.method == "POST":
        services.suspend_identifier(whose.account.pk, by=whose.by)
        messages.success(request, _("Your identifier is suspended. Nobody can use it now."))
        return redirect("identifier")
    return _ask(request, whose, "portal/suspend.html")


@access.holder
@with_subject(MANAGE)
@require_POST
def resume(request: HttpRequest, whose: Whose) -> HttpResponse:
    """Make a suspended identifier usable again."""
    services.resume_identifier(whose.account.pk, by=whose.by)
    messages.success(request, _("Your identifier works again."))
    return redirect("identifier")


@access.holder
@with_subject(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, whose: Whose) -> HttpResponse:
    """Ask, then retire the identifier and issue a new one; a second click replaces nothing."""
    if request.method != "POST":
        return _ask(request, whose, "portal/replace.html")
    form = Replacement(request.POST)
    if not form.is_valid():
        return redirect("identifier_replace")
    try:
        seen = form.cleaned_data["seen"]
        services.replace_identifier(whose.account.pk, seen=seen, by=whose.by)
        messages.success(
            request, _("You have a new identifier. The old one does not work any more.")
        )
    except Conflict:
        messages.info(request, _("Nothing was changed now. This is your current identifier."))
    return redirect("identifier")


def _ask(request: HttpRequest, whose: Whose, template: str) -> HttpResponse:
    current = selectors.identifier(whose.account.pk)
    if current is None:
        return redirect("identifier")
    return render(request, template, {"identifier": presenters.identifier(current)})
