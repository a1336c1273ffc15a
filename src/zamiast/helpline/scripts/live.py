"""What the register says of a confirmed caller, for the checks of matters 7 to 10.

The facts are fields of the confirmed call and come from nowhere else: ``FIELDS`` names the
one that each check reads. What level 2 may not know is taken away here, before anything is
worded or chosen by it: an account of which nothing is left is left out, so that one that is
sealed, one closed for a reason of other people and none at all read alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from zamiast.guardianship import disclosed, selectors
from zamiast.helpline.scripts.walking import day
from zamiast.pure import access, eligibility
from zamiast.pure.access import Decision, Facts, Question, Want
from zamiast.pure.access.calendar import birthday, holds, warsaw_day
from zamiast.pure.access.view import CONFIRMED, SEALED
from zamiast.pure.eligibility import Explanation
from zamiast.records import covid

FIELDS = {"access": "access_reasons", "referral": "covid_record"}
NOTHING_KNOWN = Question("caller", Want.SEE_ACCOUNT, "account")
_YEARS = {"under_16": (0, 16), "teen": (16, 18), "adult": (18, 200)}

Said = Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What was found: decisions that level 2 may read, the most telling first; or a referral."""

    decisions: tuple[Decision, ...] = ()
    referral: Explanation | None = None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Codes to choose the way of a script by."""
        if self.referral is not None:
            return self.referral.codes
        first = self.decisions[0]
        return (*(("allowed",) if first.allowed else ()), *first.codes)


def field_of(check: str | None, said: Said) -> str | None:
    """The field that a check reads; None where the register holds nothing to the question.

    An order for a test has nothing to do with the records, and those of a child whose account
    is closed to the caller are not the caller's to open.
    """
    if check == "referral" and (said.get("asks") == "test" or said.get("who") == "child_closed"):
        return None
    return FIELDS.get(check or "")


def read(check: str, value: str, matter: str, said: Said, at: datetime.datetime) -> Known:
    """What the field of a check says, in a matter, to somebody who answered like this."""
    if check == "referral":
        asked = day(said.get("day")) or at
        return Known(referral=eligibility.explain(covid.read(value), asked))
    around = disclosed.read(value)
    found = [
        one for tied in around.accounts for one in _decided(around.asker, tied, matter, said, at)
    ]
    return Known(_told(found) or (nothing(at),))


def nothing(at: datetime.datetime) -> Decision:
    """What is decided where there is nothing to say."""
    return replace(access.decide(Facts(), NOTHING_KNOWN, at), reasons=())


def _decided(
    asker: int, tied: disclosed.Tied, matter: str, said: Said, at: datetime.datetime
) -> Iterator[Decision]:
    """The question of the matter about one account, where the account fits what was said."""
    if not _fits(tied.facts, matter, said, warsaw_day(at)):
        return
    if matter != "after_divorce":
        yield selectors.decide_on(tied.facts, asker, Want.SEE_ACCOUNT, tied.account, at=at)
        return
    # Of other people's access the desk learns nothing: only what the caller gave is asked about.
    given = {grant.to for grant in tied.facts.grants
             if grant.by == str(asker) and holds(grant, warsaw_day(at))}  # fmt: skip
    for person in sorted(given):
        yield selectors.decide_on(
            tied.facts, asker, Want.WITHDRAW, tied.account, at=at, about=int(person)
        )


def _fits(facts: Facts, matter: str, said: Said, today: datetime.date) -> bool:
    """Whether the account may be the one that the caller means: its holder is of that age."""
    born = facts.holder.born if facts.holder else None
    if born is None:
        return facts.holder is not None
    by_matter = {"child_account": said.get("age", ""), "ward_account": "adult"}
    youngest, oldest = _YEARS.get(by_matter.get(matter, ""), (0, 200))
    return birthday(born, youngest) <= today < birthday(born, oldest)


def _told(found: list[Decision]) -> tuple[Decision, ...]:
    """The decisions as far as level 2 may know: refusals, or else what is open; each once."""
    seen = {}
    for one in found:
        known = _for_level_2(one)
        if known.reasons:
            seen[known.allowed, tuple((reason.code, reason.date) for reason in known.reasons)] = (
                known
            )
    refused = tuple(one for one in seen.values() if not one.allowed)
    return refused or tuple(seen.values())


def _for_level_2(decision: Decision) -> Decision:
    """A decision without what concerns other people; of what is sealed nothing is left."""
    is_sealed = any(reason.code in SEALED for reason in decision.reasons)
    left = () if is_sealed else tuple(
        reason for reason in decision.reasons if reason.rule.level <= CONFIRMED
    )  # fmt: skip
    return replace(decision, reasons=left, changes_on=None)
