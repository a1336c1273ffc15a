"""Why there is no COVID-19 referral in this account, for whoever reads its records."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from zamiast.portal.health import lines
from zamiast.portal.presenters import language
from zamiast.pure import eligibility
from zamiast.pure.eligibility import words
from zamiast.pure.eligibility.calendar import WARSAW
from zamiast.pure.eligibility.facts import Asks, Facts

EARLIEST, LATEST = datetime.date(2021, 1, 1), datetime.date(2100, 1, 1)


@dataclass(frozen=True)
class Shown:
    """The answer: each reason with who can act, the days that matter, the rule, the doses."""

    reasons: tuple[words.Line, ...]
    days: list[str]
    rule: str
    address: str
    is_law: bool
    doses: list[tuple[str, str]]
    never: str


def answer(facts: Facts, day: datetime.date) -> Shown:
    """Why there is none on a day, in the language of the page."""
    view = words.worded(eligibility.explain(facts, day), language())
    texts = words.texts(language())
    days = (("reached", view.reached_on), ("batch", view.next_batch))
    return Shown(
        reasons=view.reasons,
        days=[texts[key].replace("{date}", words.written(when, language())).replace("..", ".")
              for key, when in days if when],
        rule=view.source or "",
        address=view.address or "",
        is_law=bool(view.law),
        doses=[(lines.day(dose.day), dose.facility) for dose in facts.doses if dose.day <= day],
        never=texts["never"],
    )  # fmt: skip


def for_a_test(day: datetime.date) -> Shown:
    """Why there is no order for a test: it has nothing to do with the records."""
    return answer(Facts(asks=Asks.TEST), day)


def day_of(text: str) -> datetime.date:
    """The day that was asked about; today in Warsaw where none was.

    >>> str(day_of("2021-12-15")), str(day_of("1990-01-01"))
    ('2021-12-15', '2021-01-01')
    """
    try:
        asked = datetime.date.fromisoformat(text)
    except ValueError:
        return timezone.now().astimezone(WARSAW).date()
    return min(max(asked, EARLIEST), LATEST)
