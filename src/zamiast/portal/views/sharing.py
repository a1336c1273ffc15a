"""Giving access and taking it back: second guardians, authorisations, invitations."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zamiast.errors import BadInput, Conflict, NotFound, TooMany
from zamiast.guardianship import services
from zamiast.guardianship.grants import Refused
from zamiast.portal import around, granted, selectors
from zamiast.portal.entry import holder, with_own
from zamiast.portal.forms import Authorising, Chosen, Invitee, Pairing, Withdrawal
from zamiast.pure.access import Decision, Want
from zamiast.pure.access.facts import Scope
from zamiast.registry.models import Account
from zamiast.web import access

ASKING = ["GET", "HEAD", "POST"]


@access.holder
@with_own
@require_safe
def every(request: HttpRequest, own: Account) -> HttpResponse:
    """Everything given and received, both ways, with a button to end each."""
    context = {"granted": granted.everything(own.pk), "to_agree": selectors.to_agree(own)}
    return render(request, "portal/granted.html", context)


@access.holder
@with_own
@require_POST
def withdraw(request: HttpRequest, own: Account) -> HttpResponse:
    """Take back a guardian's access that one gave."""
    form = Withdrawal(request.POST)
    if form.is_valid():
        child, person = form.cleaned_data["chosen"], form.cleaned_data["person"]
        _end(request, lambda: services.withdraw_grant(
            grantor=own.pk, child=child, person=person, by=holder(request)))  # fmt: skip
    return redirect("granted")


@access.holder
@with_own
@require_POST
def give_up(request: HttpRequest, own: Account) -> HttpResponse:
    """Give up what others gave to oneself of one account."""
    return _one(request, lambda row: services.give_up(
        account=own.pk, child=row, by=holder(request)))  # fmt: skip


@access.holder
@with_own
@require_POST
def revoke(request: HttpRequest, own: Account) -> HttpResponse:
    """Revoke an authorisation, at once."""
    return _one(request, lambda row: services.revoke_authorisation(
        giver=own.pk, authorisation=row, by=holder(request)))  # fmt: skip


@access.holder
@with_own
@require_POST
def cancel(request: HttpRequest, own: Account) -> HttpResponse:
    """Take back an invitation that nobody took up."""
    return _one(request, lambda row: services.cancel_invitation(
        invitation=row, inviter=own.pk, by=holder(request)))  # fmt: skip


@access.holder
@with_own
@require_POST
def agree(request: HttpRequest, own: Account) -> HttpResponse:
    """At 16 and 17: agree that somebody is told about the own health."""
    form = Chosen(request.POST)
    if form.is_valid():
        try:
            services.agree_as_minor(
                account=own.pk, authorisation=form.cleaned_data["chosen"], by=holder(request)
            )
            messages.success(request, _("You agreed. This person may be told about your health."))
        except (Conflict, NotFound):
            messages.info(request, _("Nothing was changed now."))
    return redirect("granted")


@access.holder
@with_own
@require_http_methods(ASKING)
def end_all(request: HttpRequest, own: Account) -> HttpResponse:
    """Ask, then end everything that one gave."""
    if request.method != "POST":
        return render(request, "portal/end_all.html", {"granted": granted.everything(own.pk)})
    _end(request, lambda: services.end_everything(account=own.pk, by=holder(request)))
    return redirect("granted")


def _one(request: HttpRequest, end: Callable[[int], Any]) -> HttpResponse:
    form = Chosen(request.POST)
    if form.is_valid():
        _end(request, lambda: end(form.cleaned_data["chosen"]))
    return redirect("granted")


def _end(request: HttpRequest, end: Callable[[], Any]) -> None:
    """End something and say so; a second click ends nothing."""
    try:
        end()
        messages.success(request, _("Ended. It does not work any more from this moment on."))
    except (Conflict, NotFound):
        messages.info(request, _("Nothing was changed now."))


@access.holder
@with_own
@require_http_methods(ASKING)
def invite(request: HttpRequest, own: Account, account: int) -> HttpResponse:
    """Invite the second guardian; the code is shown once, whatever number was given."""
    tie = next((one for one in around.of(own.pk) if one.account == account), None)
    if tie is None or not tie.may(Want.INVITE_GUARDIAN):
        raise Refused(_of_invite(own, account, tie))
    form = Invitee(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        made = _offer(form, lambda: services.invite_second_parent(
            inviter=own.pk, child=account, number=number, by=holder(request)))  # fmt: skip
        if made:
            return _code(request, made)
    context = {"form": form, "name": tie.name, "account": account}
    return render(request, "portal/invite.html", context, status=422 if form.errors else 200)


def _of_invite(own: Account, account: int, tie: around.Tie | None) -> Decision:
    if tie is not None:
        return tie.decisions[Want.INVITE_GUARDIAN]
    return selectors.decision(own.pk, Want.INVITE_GUARDIAN, account)


@access.holder
@with_own
@require_http_methods(ASKING)
def authorise(request: HttpRequest, own: Account) -> HttpResponse:
    """Authorise an adult to the own account, or to that of a child whom one represents."""
    whose = [(str(own.pk), _("My own"))] if selectors.decision(
        own.pk, Want.AUTHORISE, own.pk).allowed else []  # fmt: skip
    whose += [(str(tie.account), tie.name) for tie in around.of(own.pk) if tie.may(Want.AUTHORISE)]
    if not whose:
        raise Refused(selectors.decision(own.pk, Want.AUTHORISE, own.pk))
    form = Authorising(request.POST or None, whose=whose)
    if request.method == "POST" and form.is_valid():
        account = int(form.cleaned_data.get("account") or whose[0][0])
        made = _offer(form, lambda: _authorised(request, own, account, form.cleaned_data))
        if made:
            return _code(request, made)
    return render(
        request, "portal/authorise.html", {"form": form}, status=422 if form.errors else 200
    )


def _authorised(
    request: HttpRequest, own: Account, account: int, data: dict[str, Any]
) -> services.Invited:
    last, scope = data.get("until"), Scope(data["scope"])
    return services.authorise(
        giver=own.pk, account=account, number=data["number"], scope=scope, by=holder(request),
        since=data.get("since"), until=last + datetime.timedelta(days=1) if last else None,
        after_death=data["after_death"] and scope is Scope.DOCUMENTATION,
    )  # fmt: skip


def _offer(form: Invitee, offer: Callable[[], services.Invited]) -> services.Invited | None:
    """Make an offer; what does not fit is said beside the form."""
    try:
        return offer()
    except TooMany:
        form.add_error(None, _("Too many invitations wait. Take one back, or wait a day."))
    except BadInput as error:
        sentences = {
            "guardianship.scope_not_for_another": _("Only the holder opens the account itself."),
            "guardianship.backdated": _("It begins today or later."),
        }
        form.add_error(None, sentences.get(error.code) or _("Check the days and the identifier."))
    return None


def _code(request: HttpRequest, made: services.Invited) -> HttpResponse:
    groups = [made.code[at : at + 2] for at in range(0, len(made.code), 2)]
    return render(request, "portal/pairing_code.html",
                  {"groups": groups, "expires_at": made.expires_at})  # fmt: skip


@access.holder
@with_own
@require_http_methods(ASKING)
def answer(request: HttpRequest, own: Account) -> HttpResponse:
    """Take up an invitation with its code, or decline it."""
    form = Pairing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answered = _answered(request, own, form)
        if answered:
            return answered
    return render(request, "portal/invitation.html", {"form": form},
                  status=422 if form.errors else 200)  # fmt: skip


def _answered(request: HttpRequest, own: Account, form: Pairing) -> HttpResponse | None:
    code = form.cleaned_data["code"]
    try:
        if "decline" in request.POST:
            services.decline_invitation(account=own.pk, code=code, by=holder(request))
            messages.success(request, _("Declined. Nothing was opened."))
        else:
            services.accept_invitation(account=own.pk, code=code, by=holder(request))
            messages.success(request, _("It worked. Below is what is open to you now."))
        return redirect("accounts")
    except NotFound:
        form.add_error("code", _(
            "This code does not fit. Ask for it again; after three wrong codes a new one is needed."
        ))  # fmt: skip
    except Conflict:
        form.add_error(None, _("This offer no longer holds. Ask who invited you."))
    return None
