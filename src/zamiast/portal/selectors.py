"""Reading what a holder may see: an account, its identifier and cases, and who looked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from zamiast.audit import selectors as audit
from zamiast.audit.models import Look
from zamiast.errors import NotFound
from zamiast.guardianship import selectors as guardianship
from zamiast.guardianship.models import Authorisation, Notice
from zamiast.helpline import letters
from zamiast.helpline.models import Case, CaseQuerySet
from zamiast.portal.models import Link
from zamiast.portal.paging import Page, page_of
from zamiast.pure.access import Code, Decision, Want, warsaw_day
from zamiast.pure.access.calendar import birthday
from zamiast.pure.access.facts import Scope
from zamiast.registry import selectors as registry
from zamiast.registry.models import Account, Identifier

CASES_A_PAGE = 20
NOTICES = 10
# What is between guardians: shown to the holder, not to one of them.
BETWEEN_GUARDIANS = ("after_divorce", "child_account", "ward_account")
WARN_FOR = datetime.timedelta(days=30)

_LARGEST = 2**63 - 1  # of a bigint
# What the portal's role is granted of a case (helpline/sql/grants.sql).
_CASE = ("number", "matter", "state", "account_id", "is_confirmed", "level", "opened_by_name",
         "opened_at", "closed_at", "language")  # fmt: skip


def account_of(user_id: int) -> Account | None:
    """The account that a login opens, with its person; None where there is none."""
    link = Link.objects.select_related("account__person").filter(user_id=user_id).first()
    return link.account if link else None


def account(account_id: int) -> Account:
    """An account with its person. Raises NotFound."""
    return registry.account(account_id)


def names_of(accounts: Iterable[int]) -> dict[int, str]:
    """Whose accounts these are, by name."""
    wanted = set(accounts)
    if not wanted:
        return {}
    found = Account.objects.filter(pk__in=wanted).select_related("person")
    return {one.pk: str(one.person) for one in found}


def names_around(
    accounts: Iterable[int], people: Iterable[int], *, own: int | None = None
) -> dict[int, str]:
    """People's names beside these accounts; whose address is protected has none, but to itself."""
    wanted = set(people)
    hidden = guardianship.nameless_around(accounts) - {own} if wanted else set()
    return names_of(wanted - hidden)


def may_log_in(own: Account) -> Decision:
    """Whether the rules let somebody use the own account, for instance not below 16."""
    return guardianship.decide(own.pk, Want.LOG_IN, own.pk)


def age_unknown(own: Account, decision: Decision) -> bool:
    """Whether a refusal rests on nothing but a birth date that no source knows."""
    return own.person.birth_date is None and decision.codes == (Code.NOTHING_OPEN_HERE,)


def way_in(actor: int, account_id: int) -> Want | None:
    """How somebody comes to another's account: the whole of it, the records only, or not at all.

    Who is authorised to the documentation reads it and sees nothing else of the account; where
    it was given for that time too, after a death as well.
    """
    ways = (Want.SEE_ACCOUNT, Want.SEE_DOCUMENTATION)
    return next((want for want in ways if decision(actor, want, account_id).allowed), None)


def manages(actor: int, account_id: int) -> bool:
    """Whether somebody looks after the whole of another's account."""
    return guardianship.decide(actor, Want.INVITE_GUARDIAN, account_id).allowed


def decision(actor: int, want: Want, account_id: int) -> Decision:
    """What the rules say to one question now."""
    return guardianship.decide(actor, want, account_id)


def to_agree(own: Account) -> list[tuple[int, str]]:
    """Whom others authorised to be told about this person's health, where the own yes lacks."""
    born = own.person.birth_date
    today = warsaw_day(timezone.now())
    if born is None or birthday(born, 18) <= today:
        return []
    rows = Authorisation.objects.standing().filter(
        account=own.pk, scope=Scope.HEALTH_INFORMATION, minor_agreed_on=None
    ).exclude(by=own.pk)  # fmt: skip
    names = names_of(row.to_id for row in rows)
    return [(row.pk, names.get(row.to_id, "")) for row in rows]


def own_notes(own: Account) -> Decision | None:
    """What a young person reads about the own account; nothing for adults."""
    born = own.person.birth_date
    if born is None or birthday(born, 18) <= warsaw_day(timezone.now()):
        return None
    return guardianship.decide(own.pk, Want.SEE_ACCOUNT, own.pk)


def unread_notices(account_id: int) -> list[Notice]:
    """What changed about access and was not marked as read, the newest first."""
    return list(guardianship.notices(account_id).unread()[:NOTICES])


def identifier(account_id: int) -> Identifier | None:
    """The current identifier of an account; None where none was issued yet."""
    return registry.current_identifier(account_id)


def last_vain_attempt(account_id: int) -> Look | None:
    """The last time in a month that somebody gave an identifier of this account in vain."""
    vain = audit.looks_at(account_id).filter(what="call.identify", outcome="not_active")
    return vain.filter(at__gt=timezone.now() - WARN_FOR).first()


def cases(account_id: int, page: int, *, for_guardian: bool = False) -> Page[Case]:
    """The cases of an account, the newest first."""
    return page_of(_cases(account_id, for_guardian), page, CASES_A_PAGE)


def unread_answers(account_id: int) -> frozenset[int]:
    """The cases in which there is an answer that the holder has not read."""
    return frozenset(letters.unread_by_holder(account_id))


def all_cases(account_id: int) -> list[Case]:
    """Every case of an account, for a copy of the data."""
    return list(_cases(account_id, for_guardian=False))


def case(account_id: int, number: int, *, for_guardian: bool = False) -> Case:
    """One case of this account. Raises NotFound, for somebody else's case too.

    A guardian sees no case in a matter between guardians: it may be the other one's.
    """
    own = _cases(account_id, for_guardian)
    found = own.filter(number=number).first() if number <= _LARGEST else None
    if found is None:
        raise NotFound("web.not_found")
    return found


def _cases(account_id: int, for_guardian: bool) -> CaseQuerySet:
    rows = Case.objects.for_account(account_id).only(*_CASE)
    return rows.exclude(matter__in=BETWEEN_GUARDIANS) if for_guardian else rows
