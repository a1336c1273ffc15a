"""Reading what a holder may see: the own account, identifier, cases, and who looked."""

from __future__ import annotations

import datetime

from django.utils import timezone

from zamiast.audit import selectors as audit
from zamiast.audit.models import Look
from zamiast.errors import NotFound
from zamiast.helpline.models import Case
from zamiast.portal.models import Link
from zamiast.portal.paging import Page, page_of
from zamiast.registry import selectors as registry
from zamiast.registry.models import Account, Identifier

LOOKS_A_PAGE = 20
CASES_A_PAGE = 20
WARN_FOR = datetime.timedelta(days=30)

_LARGEST = 2**63 - 1  # of a bigint
# What the portal's role is granted of a case (helpline/sql/grants.sql).
_CASE = ("number", "matter", "state", "account_id", "is_confirmed", "level", "opened_by_name",
         "opened_at", "closed_at", "language")  # fmt: skip


def account_of(user_id: int) -> Account | None:
    """The account that a login opens, with its person; None where there is none."""
    link = Link.objects.select_related("account__person").filter(user_id=user_id).first()
    return link.account if link else None


def identifier(account_id: int) -> Identifier | None:
    """The current identifier of an account; None where none was issued yet."""
    return registry.current_identifier(account_id)


def looks(account_id: int, page: int) -> Page[Look]:
    """What others did with the account, the newest first."""
    return page_of(audit.looks_at(account_id), page, LOOKS_A_PAGE)


def last_vain_attempt(account_id: int) -> Look | None:
    """The last time in a month that somebody gave an identifier of this account in vain."""
    vain = audit.looks_at(account_id).filter(what="call.identify", outcome="not_active")
    return vain.filter(at__gt=timezone.now() - WARN_FOR).first()


def cases(account_id: int, page: int) -> Page[Case]:
    """The cases of an account, the newest first."""
    return page_of(Case.objects.for_account(account_id).only(*_CASE), page, CASES_A_PAGE)


def case(account_id: int, number: int) -> Case:
    """One case of this account. Raises NotFound, for somebody else's case too."""
    own = Case.objects.for_account(account_id).only(*_CASE)
    found = own.filter(number=number).first() if number <= _LARGEST else None
    if found is None:
        raise NotFound("web.not_found")
    return found
