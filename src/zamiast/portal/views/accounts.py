"""“Access”: the accounts that are open to somebody, switching to one, and coming back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zamiast.guardianship import services
from zamiast.guardianship.grants import Refused
from zamiast.portal import acting, around, explaining, granted, selectors
from zamiast.portal.entry import holder, with_own
from zamiast.portal.forms import Chosen
from zamiast.pure.access import Want
from zamiast.registry.models import Account
from zamiast.web import access


@access.holder
@with_own
@require_safe
def every(request: HttpRequest, own: Account) -> HttpResponse:
    """What changed, what is open, and where to go when something is missing."""
    notes = _notes(own)
    safety = selectors.decision(own.pk, Want.WITHDRAW, own.pk) if notes else None
    ties = sorted(around.of(own.pk), key=lambda tie: not tie.may(Want.SEE_ACCOUNT))
    return render(
        request,
        "portal/accounts.html",
        {
            "open": [explaining.tie(tie) for tie in ties if tie.wants],
            "closed": sum(not (tie.can_enter or tie.is_mourned) for tie in ties),
            "notices": granted.notices(own.pk),
            "seers": around.seers(own.pk),
            "notes": notes,
            "safety": explaining.shown(safety) if safety else None,
        },
    )


def _notes(own: Account) -> explaining.Shown | None:
    notes = selectors.own_notes(own)
    return explaining.shown(notes) if notes else None


@access.holder
@with_own
@require_POST
def switch(request: HttpRequest, own: Account) -> HttpResponse:
    """Act for somebody from now on; where that is not allowed, say why."""
    form = Chosen(request.POST)
    if not form.is_valid() or form.cleaned_data["chosen"] == own.pk:  # nobody acts for themselves
        return redirect("accounts")
    try:
        reads = acting.begin(request, own, form.cleaned_data["chosen"])
    except Refused as refused:
        shown = explaining.shown(refused.decision)
        return render(request, "portal/refused.html", {"shown": shown}, status=403)
    return redirect("health" if reads else "identifier")


@access.holder
@require_POST
def come_back(request: HttpRequest) -> HttpResponse:
    """Stop acting for somebody: the own account again."""
    acting.end(request)
    messages.success(request, _("This is your own account again."))
    return redirect("accounts")


@access.holder
@with_own
@require_POST
def read(request: HttpRequest, own: Account) -> HttpResponse:
    """Mark what changed as read."""
    services.read_notices(account=own.pk, by=holder(request))
    return redirect("accounts")
