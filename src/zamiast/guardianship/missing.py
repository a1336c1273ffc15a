"""“Why can't I see my child?”: answered from what is known, or else from what was answered.

The asker names no account. Where the asker is tied by a fact to an account of somebody
born on that day, the facts of that account decide. Where not, and where the facts may not
be shown, the engine decides on what the asker said and nothing else: the database is not
in that answer, so that it tells nothing about anybody.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from zamiast.guardianship import selectors
from zamiast.pure import access
from zamiast.pure.access import Decision, Facts, Moment, Question, Want
from zamiast.pure.access import facts as f
from zamiast.pure.access.calendar import birthday, warsaw_day
from zamiast.pure.access.view import SEALED, View, worded

ASKER, CHILD, OTHER = "asker", "child", "other"


class Relation(StrEnum):
    """What the asker is to the child."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    FOSTER_CARER = "foster_carer"
    GRANDPARENT = "grandparent"
    OTHER = "other"


class Insured(StrEnum):
    """Who registered the child for insurance."""

    BY_ME = "by_me"
    BY_OTHER_PARENT = "by_other_parent"
    BY_NOBODY = "by_nobody"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answers:
    """What the asker said; only the birth date is needed."""

    born: datetime.date
    relation: Relation = Relation.PARENT
    insured: Insured = Insured.UNKNOWN
    registered_on: datetime.date | None = None
    changed_job_on: datetime.date | None = None
    own_title_since: datetime.date | None = None
    own_title_until: datetime.date | None = None
    authority: f.Authority = f.Authority.FULL
    incapacitated: bool = False
    divorced: bool = False


@dataclass(frozen=True)
class Explanation:
    """Why, in words; ``account`` only where facts that the asker may know decided."""

    view: View
    decision: Decision
    account: int | None

    @property
    def from_facts(self) -> bool:
        """Whether what is known decided, and not what was said."""
        return self.account is not None


def missing_child(
    *, asker: int, answers: Answers, language: str, at: Moment | None = None
) -> Explanation:
    """Say why the asker does not see an account, what to do, and from which day it opens."""
    moment = at or timezone.now()
    for account, facts in _tied(asker, answers.born):
        decision = selectors.decide_on(facts, asker, Want.SEE_ACCOUNT, account, at=moment)
        if not any(reason.code in SEALED for reason in decision.reasons):
            return Explanation(worded(decision, language), decision, account)
    decision = decide_on_answers(asker, answers, moment)
    return Explanation(worded(decision, language), decision, None)


def _tied(asker: int, born: datetime.date) -> list[tuple[int, Facts]]:
    """Accounts to which a fact ties the asker, of people born that day, closed ones first."""
    found = []
    for account in selectors.tied_to(asker):
        facts = selectors.facts_of(account, viewer=asker)
        if facts.holder is not None and facts.holder.born == born:
            is_open = selectors.decide_on(facts, asker, Want.SEE_ACCOUNT, account).allowed
            found.append((is_open, account, facts))
    found.sort(key=lambda one: one[:2])
    return [(account, facts) for _, account, facts in found]


def decide_on_answers(asker: int, answers: Answers, moment: Moment) -> Decision:
    """Decide as if what was said were so."""
    me = selectors.facts_of(asker).holder
    question = Question(ASKER, Want.SEE_ACCOUNT, CHILD)
    facts = as_facts(answers, warsaw_day(moment), me.first_login if me else None)
    return access.decide(facts, question, moment, settings=selectors.rules())


def as_facts(answers: Answers, day: datetime.date, first_login: datetime.date | None) -> Facts:
    """What was said, as the engine reads it.

    >>> born = datetime.date(2015, 6, 1)
    >>> said = Answers(born, insured=Insured.BY_OTHER_PARENT)
    >>> facts = as_facts(said, datetime.date(2026, 11, 23), None)
    >>> access.decide(facts, Question(ASKER, Want.SEE_ACCOUNT, CHILD), datetime.date(2026, 11, 23)
    ... ).codes
    ('DID_NOT_REGISTER', 'OTHER_PARENT_INSURES', 'KEEPS_RIGHT_TO_RECORDS')
    """
    born = answers.born
    grown = birthday(born, 18) <= day
    title = answers.own_title_since
    return Facts(
        holder=f.Person(CHILD, born),
        others=(f.Person(ASKER, first_login=first_login),),
        insurances=tuple(_insurances(answers, day)),
        representations=tuple(_representations(answers)),
        foster_care=(
            (f.FosterCare(ASKER, born),) if answers.relation is Relation.FOSTER_CARER else ()
        ),
        own_titles=(f.OwnTitle(title, answers.own_title_until),) if title else (),
        incapacitations=(
            (f.Incapacitation(CHILD, f.Degree.FULL, birthday(born, 18)),)
            if grown and answers.incapacitated
            else ()
        ),
        circumstances=((f.Circumstance(f.Event.DIVORCE, ASKER, born),) if answers.divorced else ()),
    )


def _representations(answers: Answers) -> list[f.Representation]:
    roles = {Relation.PARENT: f.Role.PARENT, Relation.GUARDIAN: f.Role.GUARDIAN}
    role = roles.get(answers.relation)
    if role is None:
        return []
    return [f.Representation(ASKER, role, answers.born, authority=answers.authority)]


def _insurances(answers: Answers, day: datetime.date) -> list[f.Insurance]:
    """The registration that was told of; when it shows is not for the asker to know."""
    if answers.insured is Insured.BY_ME:
        return [
            f.Insurance(
                ASKER,
                answers.registered_on or answers.born,
                ended=answers.changed_job_on,
                ended_by=f.InsuranceEnd.JOB_CHANGE,
            )
        ]
    if answers.insured is Insured.BY_OTHER_PARENT:
        return [f.Insurance(OTHER, answers.registered_on or min(answers.born, day))]
    return []
