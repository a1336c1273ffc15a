"""From which day the answer is what.

>>> from datetime import date
>>> from zamiast.pure.access.facts import Facts, Person
>>> from zamiast.pure.access.question import Question, Want
>>> facts = Facts(holder=Person("ola", date(2015, 6, 1)))
>>> spans = timeline(facts, Question("ola", Want.LOG_IN, "ola"), date(2030, 1, 1), date(2034, 1, 1))
>>> for span in spans:
...     print(span.since, span.until, span.decision.allowed, *span.decision.codes)
2030-01-01 2031-06-01 False BELOW_16 TRUSTED_PROFILE_NOT_ENOUGH
2031-06-01 2032-06-01 True OWN_ACCOUNT_TEEN
2032-06-01 2033-06-01 True OWN_ACCOUNT_TEEN FILL_OWN_CONTACT_DATA
2033-06-01 2034-01-01 True OWN_ACCOUNT
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zamiast.pure.access.calendar import Moment, turning_days, warsaw_day
from zamiast.pure.access.engine import RULEBOOK, Decision, Rulebook, decide
from zamiast.pure.access.facts import Facts
from zamiast.pure.access.question import Question
from zamiast.pure.access.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the same answer for the same reasons; ``until`` is the day after the last."""

    since: date
    until: date
    decision: Decision


def timeline(
    facts: Facts,
    question: Question,
    start: Moment,
    end: Moment,
    *,
    settings: Settings = DEFAULTS,
    rulebook: Rulebook = RULEBOOK,
) -> tuple[Span, ...]:
    """Return the spans from the day of ``start`` up to, not including, the day of ``end``."""
    first, last = warsaw_day(start), warsaw_day(end)
    turns = turning_days(facts, settings).union(rulebook.days)
    days = sorted({first, *(day for day in turns if first < day < last)}) if first < last else []
    spans: list[Span] = []
    for day, until in zip(days, [*days[1:], last], strict=False):
        decision = decide(facts, question, day, settings=settings, rulebook=rulebook)
        if spans and _same(spans[-1].decision, decision):
            spans[-1] = Span(spans[-1].since, until, spans[-1].decision)
        else:
            spans.append(Span(day, until, decision))
    return tuple(spans)


def _same(one: Decision, other: Decision) -> bool:
    return one.allowed == other.allowed and one.reasons == other.reasons
