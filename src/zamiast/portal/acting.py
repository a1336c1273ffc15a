"""Whose account a page is about: the own one, or somebody else's that is open.

That somebody acts for another stands in the session; whether they may is decided by the
database again at each request, and written in the log with both names. A freeze, a
withdrawal or an 18th birthday therefore ends it at once, and the page says why.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from zamiast.audit.services import Actor, Purpose
from zamiast.guardianship import grants
from zamiast.guardianship.actors import seen_at
from zamiast.guardianship.grants import Grant
from zamiast.portal import selectors
from zamiast.pure.access import Want
from zamiast.registry.models import Account

KEY = "acting"  # web/base.html shows the banner from it
MANAGE = Want.INVITE_GUARDIAN  # who looks after the whole account, not only reads in it


@dataclass(frozen=True)
class Whose:
    """Who logged in, whose account it is about, and as whom the log is written."""

    own: Account
    account: Account
    by: Actor
    grant: Grant | None = None

    @property
    def manages(self) -> bool:
        """Whether more than reading is allowed, so that the page offers it."""
        return self.grant is None or selectors.manages(self.own.pk, self.account.pk)

    @property
    def is_acting(self) -> bool:
        """Whether it is about somebody else's account."""
        return self.grant is not None


def holder(request: HttpRequest, *, for_account: int | None = None) -> Actor:
    """A holder as the actor of an event: by the number of the login, not by its name."""
    behalf = None if for_account is None else f"account {for_account}"
    return Actor("holder", f"login-{request.user.pk}", behalf)


def subject(request: HttpRequest) -> int | None:
    """The account for which somebody acts in this session; None: for the own one."""
    acting = request.session.get(KEY)
    return acting["account"] if isinstance(acting, dict) else None


def begin(request: HttpRequest, own: Account, account: int) -> bool:
    """Switch to another account; return whether only its records are open to read.

    Raises Refused, which ends nothing.
    """
    want = selectors.way_in(own.pk, account) or Want.SEE_ACCOUNT
    open_for(request, own, account, want, step="switch")
    name = selectors.names_of([account]).get(account, "")
    reads = want is not Want.SEE_ACCOUNT
    request.session[KEY] = {"account": account, "name": name, "reads": reads}
    return reads


def only_reads(request: HttpRequest) -> bool:
    """Whether only the records of another account are open in this session."""
    acting = request.session.get(KEY)
    return isinstance(acting, dict) and bool(acting.get("reads"))


def end(request: HttpRequest) -> None:
    """Come back to the own account."""
    request.session.pop(KEY, None)


def whose(request: HttpRequest, own: Account, want: Want) -> Whose:
    """Whose account this request is about. Raises Refused where it is no longer open."""
    account = subject(request)
    if account is None:
        return Whose(own, own, holder(request))
    step = request.resolver_match.url_name if request.resolver_match else None
    grant = open_for(request, own, account, want, step=step)
    by = seen_at(account, holder(request, for_account=account), own.pk)
    return Whose(own, selectors.account(account), by, grant)


def open_for(
    request: HttpRequest, own: Account, account: int, want: Want, *, step: str | None
) -> Grant:
    """A grant of the moment, with its event. Raises Refused."""
    return grants.open_grant(
        actor=own.pk, account=account, want=want, by=holder(request, for_account=account),
        purpose=Purpose(step=step),
    )  # fmt: skip
