"""Telling everybody whose access changed: an event at their account, a notice, a message.

Whose access changed is not worked out by who wrote the change but by asking the engine
before and after, for everybody around the account.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.utils import timezone

from zamiast.audit.services import Actor, Purpose, record
from zamiast.audit.telling import Kind, tell
from zamiast.guardianship import locks, selectors
from zamiast.guardianship.actors import seen_at
from zamiast.guardianship.models import Notice
from zamiast.pure.access import Want
from zamiast.pure.access.question import KNOWING

WATCHED = KNOWING | {Want.INVITE_GUARDIAN, Want.AUTHORISE, Want.CONSENT_TO_TREATMENT}
OWN = frozenset({Want.LOG_IN, Want.SEE_ACCOUNT, Want.AUTHORISE})

Access = dict[tuple[int, int], frozenset[Want]]
"""By account and person: what that person may do there."""


@contextmanager
def watched(
    *accounts: int, by: Actor, actor: int | None, because: str, case_number: int | None = None
) -> Iterator[None]:
    """Change facts in the body; then everybody whose access changed is told.

    Holds the accounts alone until the commit. ``actor`` is the account of who acts, None
    for staff; ``because`` is a code of the reason.
    """
    locks.alone(*accounts)
    now = timezone.now()
    before = access_to(accounts, now)
    yield
    after = access_to(accounts, now)
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key, frozenset())
                     != after.get(key, frozenset()))  # fmt: skip
    for account, person in changed:
        old, new = before.get((account, person), frozenset()), after.get((account, person))
        _tell(
            account,
            person,
            _what(old, new or frozenset()),
            seen_at(person, by, actor),
            because,
            case_number,
        )
    for account in sorted({account for account, person in changed if account != person}):
        # The holder is told too; what exactly changed for whom stands in the account's events.
        _notice(account, account, "changed", because, case_number)
    for account in sorted({ref for key in changed for ref in key}):
        tell(account, Kind.ACCESS)


def access_to(accounts: Iterable[int], at: datetime.datetime) -> Access:
    """What everybody around these accounts may do there."""
    found: Access = {}
    for account in sorted(set(accounts)):
        facts = selectors.facts_of(account)
        people = [facts.holder, *facts.others] if facts.holder else list(facts.others)
        for person in people:
            ref = int(person.ref)
            wants = OWN if ref == account else WATCHED
            found[account, ref] = frozenset(
                want
                for want in wants
                if selectors.decide_on(facts, ref, want, account, at=at).allowed
            )
    return found


def _what(old: frozenset[Want], new: frozenset[Want]) -> str:
    if old < new:
        return "gained"
    return "lost" if new < old else "changed"


def _tell(
    account: int, person: int, what: str, by: Actor, because: str, case_number: int | None
) -> None:
    purpose = Purpose(case=case_number, step=because)
    record(f"access.{what}", by=by, account=person, outcome=because, purpose=purpose)
    _notice(person, account, what, because, case_number)


def _notice(account: int, about: int, what: str, because: str, case_number: int | None) -> None:
    Notice.objects.create(
        account_id=account, about_id=about, what=what, because=because, case_number=case_number
    )
