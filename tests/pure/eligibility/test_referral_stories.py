"""Why there is no referral yet: the cases that callers bring, one test each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from zamiast.pure.eligibility import Actor, Asks, Dose, DoseKind, Facts, Group, Referral, explain

ADULT = Facts(asks=Asks.VACCINATION, in_register=True, born=date(1960, 5, 1))
CLINIC = "Punkt szczepień, ul. Przykładowa 1"


def day_of(explanation, code):
    """Return the day of one reason."""
    return next(reason.day for reason in explanation.reasons if reason.code == code)


def test_first_it_asks_whether_vaccination_or_test():
    assert explain(Facts(), date(2025, 10, 6)).codes == ("VACCINATION_OR_TEST",)
    asked = explain(replace(ADULT, asks=Asks.TEST), date(2025, 10, 6))
    assert asked.codes == ("TEST_ORDERED_BY_DOCTOR",)
    assert asked.reasons[0].who is Actor.DOCTOR


@pytest.mark.parametrize("shot", [date(2021, 6, 14) + timedelta(days=n) for n in range(7)])
def test_a_booster_waits_for_mondays_batch(shot):
    facts = replace(ADULT, doses=(Dose(shot),))
    reached = shot + timedelta(days=180)
    batch = reached + timedelta(days=-reached.weekday() % 7)
    assert batch.weekday() == 0
    assert 0 <= (batch - reached).days <= 6

    before = explain(facts, reached - timedelta(days=1))
    assert before.codes == ("INTERVAL_NOT_ELAPSED",)
    assert (before.reached_on, before.next_batch) == (reached, batch)
    if reached < batch:
        waiting = explain(facts, batch - timedelta(days=1))
        assert waiting.codes == ("WAITING_FOR_NEXT_BATCH",)
        assert waiting.changes_on == batch
    assert explain(facts, batch).codes == ("NOTHING_IN_THE_WAY",)


def test_180_days_are_not_six_calendar_months():
    facts = replace(ADULT, doses=(Dose(date(2021, 5, 1)),))
    assert explain(facts, date(2021, 10, 20)).reached_on == date(2021, 10, 28)


def test_the_first_monday_after_the_16th_birthday():
    young = replace(ADULT, born=date(2005, 5, 19))
    assert explain(young, date(2021, 5, 20)).next_batch == date(2021, 5, 24)
    on_monday = replace(ADULT, born=date(2005, 5, 24))
    assert explain(on_monday, date(2021, 5, 24)).next_batch == date(2021, 5, 31)


@pytest.mark.parametrize(
    ("born", "issued"),
    [
        (date(1935, 1, 1), date(2021, 1, 13)),
        (date(1945, 1, 1), date(2021, 1, 19)),
        (date(1975, 1, 1), date(2021, 4, 1)),
        (date(1981, 12, 31), date(2021, 4, 29)),
        (date(1982, 1, 1), date(2021, 4, 30)),
        (date(1991, 6, 6), date(2021, 5, 5)),
        (date(1995, 6, 6), date(2021, 5, 7)),
        (date(2001, 6, 6), date(2021, 5, 9)),
        (date(2007, 6, 1), date(2021, 6, 7)),
        (date(2013, 6, 1), date(2021, 12, 12)),
    ],
)
def test_the_cohorts_of_2021_open_one_after_another(born, issued):
    why = explain(replace(ADULT, born=born), issued - timedelta(days=1))
    assert why.cohort.issued_from == issued
    assert why.reached_on == issued


def test_who_declared_in_advance_came_earlier():
    young = replace(ADULT, born=date(1991, 6, 6), groups=(Group.DECLARED,))
    assert explain(young, date(2021, 4, 20)).reached_on == date(2021, 5, 4)
    older = replace(ADULT, born=date(1986, 6, 6), groups=(Group.DECLARED,))
    assert explain(older, date(2021, 4, 20)).reached_on == date(2021, 4, 28)


def test_recovered_people_waited_90_days():
    why = explain(replace(ADULT, positive_tests=(date(2021, 4, 1),)), date(2021, 5, 20))
    assert day_of(why, "RECENT_INFECTION") == date(2021, 6, 30)


def test_the_season_2025_asks_for_90_days_and_names_no_batch():
    facts = replace(ADULT, doses=(Dose(date(2025, 8, 1), DoseKind.BOOSTER),))
    why = explain(facts, date(2025, 10, 6))
    assert day_of(why, "INTERVAL_NOT_ELAPSED") == date(2025, 10, 30)
    assert why.next_batch is None
    assert why.cohort.grade == "O"


def test_a_wait_that_ends_after_the_season_promises_nothing():
    facts = replace(ADULT, doses=(Dose(date(2026, 7, 1), DoseKind.BOOSTER),))
    why = explain(facts, date(2026, 8, 1))
    assert why.codes == ("INTERVAL_NOT_ELAPSED",)
    assert why.changes_on is None


@pytest.mark.parametrize("flaw", ["recorded", "correct"])
def test_only_the_author_of_a_record_corrects_it(flaw):
    dose = replace(Dose(date(2024, 11, 2), facility=CLINIC), **{flaw: False})
    why = explain(replace(ADULT, doses=(dose,)), date(2025, 10, 6))
    assert why.reasons[0].who is Actor.AUTHOR_FACILITY
    assert why.reasons[0].facility == CLINIC


def test_what_is_there_already_is_said_before_any_rule():
    valid = Referral(date(2025, 9, 10), date(2026, 3, 10))
    on = date(2025, 10, 6)
    assert explain(replace(ADULT, referrals=(valid,)), on).codes == ("ALREADY_ISSUED_AND_VALID",)
    booked = replace(valid, expires=date(2025, 10, 1), booked=date(2025, 10, 9))
    assert explain(replace(ADULT, referrals=(booked,)), on).codes == ("ALREADY_BOOKED",)
    expired = replace(valid, expires=date(2025, 10, 1))
    assert "EXPIRED_AWAITING_REISSUE" in explain(replace(ADULT, referrals=(expired,)), on).codes
    used = replace(valid, used=date(2025, 9, 20))
    assert explain(replace(ADULT, referrals=(used,)), on).codes == ("NOTHING_IN_THE_WAY",)


def test_a_second_dose_of_the_season_needs_a_doctor():
    facts = replace(ADULT, doses=(Dose(date(2025, 10, 1), DoseKind.SEASONAL),))
    assert explain(facts, date(2026, 2, 1)).codes == ("NEEDS_DOCTOR",)


@pytest.mark.parametrize("year", [2023, 2025, 2027, 2030])
def test_of_a_season_nobody_published_rules_for_it_says_so(year):
    why = explain(ADULT, date(year, 1, 1))
    assert "NO_RULES_FOR_SEASON" in why.codes
    assert (why.cohort, why.reached_on, why.next_batch, why.changes_on) == (None,) * 4


def test_the_season_begins_in_warsaw():
    assert "SEASON_NOT_STARTED" in explain(ADULT, datetime(2025, 9, 8, 21, 59, tzinfo=UTC)).codes
    assert "SEASON_NOT_STARTED" not in explain(ADULT, datetime(2025, 9, 8, 22, 0, tzinfo=UTC)).codes
    with pytest.raises(ValueError, match="time zone"):
        explain(ADULT, datetime(2025, 9, 8))


def test_a_parent_without_access_is_sent_to_the_childs_account():
    child = replace(ADULT, born=date(2015, 6, 1), for_child=True)
    why = explain(child, date(2025, 10, 6))
    assert why.codes == ("ON_CHILDS_ACCOUNT",)
    assert why.reasons[0].who is Actor.PARENT
