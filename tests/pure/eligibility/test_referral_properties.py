"""What must hold of every explanation: it explains, says who can act, and never promises."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zamiast.pure.eligibility import Asks, Dose, DoseKind, Facts, Group, Referral, book, explain

days = st.dates(date(2020, 8, 1), date(2028, 1, 1))
doses = st.builds(
    Dose, days, st.sampled_from(DoseKind), st.booleans(), st.booleans(), st.just("clinic")
)
referrals = st.builds(Referral, days, days, st.none() | days, st.none() | days)
facts = st.builds(
    Facts,
    asks=st.none() | st.sampled_from([Asks.VACCINATION] * 4 + [Asks.TEST]),
    in_register=st.booleans(),
    born=st.none() | st.dates(date(1920, 1, 1), date(2025, 1, 1)),
    doses=st.lists(doses, max_size=3).map(tuple),
    positive_tests=st.lists(days, max_size=2).map(tuple),
    referrals=st.lists(referrals, max_size=2).map(tuple),
    groups=st.lists(st.sampled_from(Group), max_size=2).map(tuple),
    wants_further_dose=st.booleans(),
    for_child=st.booleans(),
    child_account_open=st.booleans(),
)


@given(facts, days)
def test_there_is_always_a_reason_and_somebody_who_can_act(row, day):
    why = explain(row, day)
    assert why.reasons
    assert all(reason.who for reason in why.reasons)
    assert why.version == book().version


@given(facts, days)
def test_no_day_that_is_promised_lies_in_the_past_or_beyond_what_is_known(row, day):
    why = explain(row, day)
    assert why.changes_on is None or why.changes_on > day
    if why.next_batch:
        assert why.season.known
        assert day < why.next_batch < why.season.until


@given(facts, days)
def test_a_batch_of_boosters_is_a_monday_within_a_week(row, day):
    why = explain(row, day)
    if why.cohort and why.cohort.batch == "monday" and why.next_batch:
        assert why.next_batch.weekday() == 0
        assert 0 <= (why.next_batch - why.reached_on).days <= 7


@given(facts, days)
def test_when_its_day_comes_a_wait_is_over(row, day):
    why = explain(row, day)
    waits = {"COHORT_NOT_OPEN", "BELOW_MIN_AGE", "INTERVAL_NOT_ELAPSED", "WAITING_FOR_NEXT_BATCH"}
    untouched = not (row.doses or row.positive_tests or row.referrals)
    if why.changes_on and untouched and set(why.codes) <= waits:
        assert explain(row, why.changes_on).codes == ("NOTHING_IN_THE_WAY",)


@given(facts, st.dates(date(2026, 9, 1), date(2028, 1, 1)))
def test_nothing_is_invented_for_seasons_to_come(row, day):
    why = explain(row, day)
    assert why.cohort is None
    assert why.next_batch is None


def test_seasons_follow_one_another_without_gap():
    seasons = book().seasons
    assert all(one.until == two.since for one, two in pairwise(seasons))


def test_every_cohort_lies_in_a_known_season_and_names_its_source():
    known = {season.id: season for season in book().seasons if season.known}
    ids = [cohort.id for cohort in book().cohorts]
    assert len(ids) == len(set(ids))
    for cohort in book().cohorts:
        season = known[cohort.season]
        assert season.since <= cohort.issued_from < season.until
        assert cohort.address.startswith("https://")
        assert cohort.grade in "OLNWIK"


def test_a_season_ends_with_august():
    for season in book().seasons:
        assert (season.until - timedelta(days=1)).month == 8
