"""What somebody gave and received, ready to be printed, with the names of both sides."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from zamiast.guardianship import selectors as guardianship
from zamiast.guardianship.models import AccessGrant, Authorisation, Invitation, Notice
from zamiast.portal import selectors, wording_access
from zamiast.portal.wording_access import Text


@dataclass(frozen=True)
class ShownGrant:
    """One thing that was given: to whom, for which account, on which days."""

    row: int
    account: int
    person: int
    who: str
    whose: str
    what: Text
    since: datetime.date
    until: datetime.date | None


@dataclass(frozen=True)
class ShownOffer:
    """An invitation as its maker sees it: whose account, and how it stands."""

    row: int
    whose: str
    what: Text
    state: str
    state_words: Text
    made_at: datetime.datetime
    expires_at: datetime.datetime


@dataclass(frozen=True)
class ShownNotice:
    """What changed about access."""

    at: datetime.datetime
    what: Text
    who: str
    why: Text
    case_number: int | None
    stands_out: bool


@dataclass(frozen=True)
class Granted:
    """Everything on one page."""

    given: list[ShownGrant]
    received: list[ShownGrant]
    statements_given: list[ShownGrant]
    statements_received: list[ShownGrant]
    offers: list[ShownOffer]
    waiting_for_me: int

    @property
    def gives_anything(self) -> bool:
        """Whether there is anything to end."""
        return bool(self.given or self.statements_given)


def everything(account: int) -> Granted:
    """All that this person gave, received and offered."""
    found = guardianship.everything_granted(account)
    rows: list[AccessGrant | Authorisation] = [
        *found.grants_given, *found.grants_received,
        *found.authorisations_given, *found.authorisations_received,
    ]  # fmt: skip
    names = selectors.names_around(
        {row.account_id for row in rows},
        {number for row in rows for number in (row.account_id, row.to_id, row.by_id) if number}
        | {offer.account_id for offer in found.offers},
        own=account,
    )
    return Granted(
        [_grant(row, row.to_id, names) for row in found.grants_given],
        [_grant(row, row.by_id, names) for row in found.grants_received],
        [_statement(row, row.to_id, names) for row in found.authorisations_given],
        [_statement(row, row.by_id, names) for row in found.authorisations_received],
        [_offer(offer, names) for offer in found.offers if offer.accepted_at is None],
        found.offers_waiting_for_me,
    )


def notices(account: int) -> list[ShownNotice]:
    """What changed and was not marked as read."""
    rows = selectors.unread_notices(account)
    names = selectors.names_of(row.about_id for row in rows)
    return [_notice(row, names) for row in rows]


def _grant(row: AccessGrant, other: int | None, names: dict[int, str]) -> ShownGrant:
    return ShownGrant(
        row.pk, row.account_id, other or 0, names.get(other or 0, ""),
        names.get(row.account_id, ""), wording_access.GUARDIAN, row.since, _last(row.until),
    )  # fmt: skip


def _statement(row: Authorisation, other: int, names: dict[int, str]) -> ShownGrant:
    return ShownGrant(
        row.pk, row.account_id, other, names.get(other, ""), names.get(row.account_id, ""),
        wording_access.SCOPES[row.scope], row.since, _last(row.until),
    )  # fmt: skip


def _last(until: datetime.date | None) -> datetime.date | None:
    """The last day on which it holds, as people say it."""
    return until - datetime.timedelta(days=1) if until else None


def _offer(offer: Invitation, names: dict[int, str]) -> ShownOffer:
    state = offer.seen_by_inviter
    what = wording_access.SCOPES[offer.scope] if offer.scope else wording_access.GUARDIAN
    return ShownOffer(
        offer.pk, names.get(offer.account_id, ""), what, state, wording_access.OFFERS[state],
        offer.created_at, offer.expires_at,
    )  # fmt: skip


def _notice(row: Notice, names: dict[int, str]) -> ShownNotice:
    words = wording_access.of_notice(row.what, row.because)
    return ShownNotice(row.at, words.what, names.get(row.about_id, ""), words.why,
                       row.case_number, words.stands_out)  # fmt: skip
