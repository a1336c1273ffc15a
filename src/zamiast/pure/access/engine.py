"""Decide who may see whose account, and say why.

>>> from datetime import date
>>> from zamiast.pure.access.facts import Facts, Insurance, Person, Representation, Role
>>> from zamiast.pure.access.question import Question, Want
>>> born = date(2015, 6, 1)
>>> facts = Facts(
...     holder=Person("child", born),
...     representations=(Representation("mother", Role.PARENT, born),),
...     insurances=(Insurance("mother", date(2026, 11, 22), published=date(2026, 12, 2)),),
... )
>>> question = Question("mother", Want.SEE_ACCOUNT, "child")
>>> decision = decide(facts, question, date(2026, 11, 23))
>>> decision.allowed, decision.codes, str(decision.changes_on)
(False, ('NOT_PUBLISHED_YET', 'KEEPS_RIGHT_TO_RECORDS'), '2026-12-02')
>>> decide(facts, question, date(2033, 5, 31)).allowed
True
>>> decide(facts, question, date(2033, 6, 1)).codes
('TURNED_18',)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zamiast.pure.access.calendar import Moment, turning_days, warsaw_day
from zamiast.pure.access.case import Case
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.facts import Fact, Facts
from zamiast.pure.access.question import Question, Want
from zamiast.pure.access.rule import Does, Rule
from zamiast.pure.access.rules import ALL_RULES
from zamiast.pure.access.rules.silence import SILENCE
from zamiast.pure.access.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that applied, with the facts it rests on and the date that belongs to it."""

    rule: Rule
    facts: tuple[Fact, ...] = ()
    date: date | None = None

    @property
    def code(self) -> Code:
        """Return the stable code."""
        return self.rule.code


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer on one day, with every reason for it.

    ``changes_on`` is the first later day on which the answer turns by itself, as far as the
    facts of today tell.
    """

    question: Question
    day: date
    allowed: bool
    reasons: tuple[Reason, ...]
    changes_on: date | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all reasons."""
        return tuple(reason.code.value for reason in self.reasons)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts that were used, each once."""
        return tuple(dict.fromkeys(fact for reason in self.reasons for fact in reason.facts))

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """Return what would change a refusal, each once; nothing when access is open."""
        if self.allowed:
            return ()
        steps = (step for reason in self.reasons for step in reason.rule.remedies)
        return tuple(dict.fromkeys(steps))


Asked = tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...]]


class Rulebook:
    """The rules sorted by the days for which they hold, then by question."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        asked = [rule for rule in rules if rule.code is not Code.NOTHING_OPEN_HERE]
        days = {day for rule in asked for day in (rule.valid_from, rule.valid_to) if day}
        self.days = tuple(sorted(days))
        self._periods = [
            _by_question([rule for rule in asked if rule.in_force(day)])
            for day in (date.min, *self.days)
        ]

    def of(self, question: Question, day: date) -> Asked:
        """Return the rules that open, close, explain and note, for this question on this day."""
        return self._periods[bisect_right(self.days, day)][question.want, question.own]


def _by_question(rules: list[Rule]) -> dict[tuple[Want, bool], Asked]:
    def of(does: Does, want: Want, own: bool) -> tuple[Rule, ...]:
        return tuple(
            rule
            for rule in rules
            if rule.does is does and want in rule.wants and rule.own in (None, own)
        )

    return {
        (want, own): (
            of(Does.OPENS, want, own),
            of(Does.CLOSES, want, own),
            of(Does.EXPLAINS, want, own),
            of(Does.NOTES, want, own),
        )
        for want in Want
        for own in (True, False)
    }


RULEBOOK = Rulebook(ALL_RULES)


def decide(
    facts: Facts,
    question: Question,
    moment: Moment,
    *,
    settings: Settings = DEFAULTS,
    rulebook: Rulebook = RULEBOOK,
) -> Decision:
    """Decide a question at a moment, on these facts and nothing else.

    A refusal of somebody who has nothing to do with the account carries the one reason
    that a missing account carries too. ValueError for a moment without a time zone.
    """
    day = warsaw_day(moment)
    holder = facts.holder
    if holder is None or holder.ref != question.account or not tied(facts, question):
        return Decision(question, day, False, (Reason(SILENCE),))
    case = Case(facts, holder, question, day, settings)
    allowed, reasons = _judge(case, rulebook)
    changes_on = None
    turns = turning_days(facts, settings).union(rulebook.days)
    for later in sorted(turn for turn in turns if turn > day):
        if allowed != _is_open(Case(facts, holder, question, later, settings), rulebook):
            changes_on = later
            break
    return Decision(question, day, allowed, reasons, changes_on)


def tied(facts: Facts, question: Question) -> bool:
    """Say whether the actor has anything to do with this account.

    An invitation that was not accepted ties nobody, except to the question of accepting it.
    """
    actor = question.actor
    if question.own:
        return True
    accepting = question.want is Want.ACCEPT_GRANT
    return (
        any(row.person == actor for row in facts.representations)
        or any(row.insurer == actor for row in facts.insurances)
        or any(row.carer == actor for row in facts.foster_care)
        or any(row.to == actor for row in facts.authorisations)
        or any(row.person == actor for row in facts.professionals)
        or any(
            row.to == actor and (accepting or row.by is None or row.accepted is not None)
            for row in facts.grants
        )
        or _gave_something(facts, actor)
    )


def _gave_something(facts: Facts, actor: str) -> bool:
    """Say whether the actor once gave access to this account, and so may take it back."""
    return any(row.by == actor for row in facts.grants) or any(
        row.by == actor for row in facts.authorisations
    )


def _is_open(case: Case, rulebook: Rulebook) -> bool:
    """Answer yes or no, without collecting reasons."""
    opens, closes, _, _ = rulebook.of(case.question, case.day)
    for rule in opens:
        if rule.check(case) is not None:
            return all(rule.check(case) is None for rule in closes)
    return False


def _judge(case: Case, rulebook: Rulebook) -> tuple[bool, tuple[Reason, ...]]:
    """Answer with every reason: what opens, or what closes and why nothing opens."""
    opens, closes, explains, notes = rulebook.of(case.question, case.day)
    against = _found(case, closes)
    opening = _found(case, opens)
    # Who is shut out for a cause is not told of other ways in the same breath.
    besides = [] if against else _found(case, notes)
    if opening and not against:
        return True, (*opening, *besides)
    missing = [] if opening else _found(case, explains)
    return False, (*(against + missing or [Reason(SILENCE)]), *besides)


def _found(case: Case, rules: tuple[Rule, ...]) -> list[Reason]:
    reasons = []
    for rule in rules:
        finding = rule.check(case)
        if finding is not None:
            reasons.append(Reason(rule, finding.facts, finding.date))
    return reasons
