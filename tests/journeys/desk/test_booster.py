"""Matter 10 for a day in the past: a booster whose conditions are met waits for Monday.

An operator's own copy of the script asks for the day. The rules of autumn 2021 are data, and
no rules are known for this season: what is shown is what was true on that day.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.desk.test_matters import (  # noqa: F401
    consultant,
    given_a_call_of_somebody_who_speaks,
    office,
    then_no_obstacle_is_seen,
    when_the_consultant_hangs_up,
    when_the_matter_is_chosen,
    when_the_questions_are_answered,
)
from zamiast.helpline.scripts import library

SHIPPED = Path(library.__file__).parent / "data" / "covid_referral.yaml"
DAY = """
  day:
    kind: date
    ask: {pl: "Na który dzień to sprawdzić?", en: "For which day?", uk: "На який день перевірити?"}
    go: who
"""
DOSE = "2021-06-15"  # 180 days later it is a Sunday


@pytest.fixture
def asks_for_the_day():
    """The operator's script: the shipped one with one more question."""
    shipped = SHIPPED.read_text(encoding="utf-8")
    changed = shipped.replace("go: who}", "go: day}", 1).replace("\nsteps:", f"\nsteps:{DAY[:-1]}")
    changed = changed.replace("version: 3", "version: 900")
    place = Path(os.environ["ZAMIAST_SCRIPTS"]) / SHIPPED.name
    place.write_text(changed, encoding="utf-8")
    yield
    place.unlink()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-12-11", ("Od ostatniej dawki", "12 grudnia 2021")),
        ("2021-12-12", ("Skierowania powstają partiami", "13 grudnia 2021")),
        ("2021-12-13", ("Z rozmowy nie wynika żadna przeszkoda", "Infolinia nie może go wystawić")),
    ],
)
def test_a_booster_waits_for_mondays_batch(
    asks_for_the_day,
    consultant,  # noqa: F811
    check_accessible,
    day,
    said,
) -> None:
    page = consultant("pl")
    given_a_call_of_somebody_who_speaks(page, "pl")
    when_the_matter_is_chosen(page, 10)
    when_the_questions_are_answered(page, f"1 {day} 1 7 2 {DOSE} 1 1 1 1")
    for sentence in said:
        expect(page.locator("#at-hand")).to_contain_text(sentence)
    then_no_obstacle_is_seen(page, check_accessible)
    when_the_consultant_hangs_up(page)
