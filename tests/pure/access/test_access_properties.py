"""What must hold of every decision, whatever the facts."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pure.access.strategies import (
    DAYS,
    facts,
    open_facts,
    others,
    people,
    questions,
)

from zamiast.pure.access import Code, Question, Settings, Want, decide, timeline
from zamiast.pure.access import facts as f
from zamiast.pure.access.calendar import turning_days
from zamiast.pure.access.case import SUFFICIENT
from zamiast.pure.access.rule import Does

some_day = st.sampled_from(DAYS)
any_settings = st.builds(
    Settings,
    insurer_must_represent=st.booleans(),
    grantee_must_represent=st.booleans(),
    representing_grantee_stands_alone=st.booleans(),
    grant_needs_acceptance=st.booleans(),
    only_grantor_withdraws=st.booleans(),
    foster_insurer_sees_account=st.booleans(),
    authorisation_months=st.none() | st.integers(1, 3),
)


@given(st.sampled_from(Want), people, others, some_day)
def test_silence_is_refusal(want, actor, about, day):
    nothing = f.Facts()
    known = f.Facts(holder=f.Person("holder"))
    for row in (nothing, known):
        assert not decide(row, Question(actor, want, "holder", about), day).allowed


@given(facts, questions, some_day, any_settings)
def test_every_refusal_says_what_to_do_or_from_when(row, question, day, choices):
    decision = decide(row, question, day, settings=choices)
    assert decision.reasons
    if not decision.allowed:
        dated = decision.changes_on or any(reason.date for reason in decision.reasons)
        assert decision.remedies or dated


@given(facts, questions, some_day)
def test_what_is_allowed_rests_on_a_rule_that_opens_and_none_that_closes(row, question, day):
    does = {reason.rule.does for reason in decide(row, question, day).reasons}
    if decide(row, question, day).allowed:
        assert Does.OPENS in does
        assert does <= {Does.OPENS, Does.NOTES}
    else:
        assert Does.OPENS not in does


@given(facts | open_facts, questions, some_day)
def test_who_has_nothing_to_do_with_the_account_learns_nothing(row, question, day):
    stranger = replace(question, actor="stranger")
    missing = decide(f.Facts(), stranger, day)
    assert decide(row, stranger, day) == missing
    assert missing.codes == (Code.NOTHING_OPEN_HERE,)


def restrictions(row: f.Facts, actor: str, day: date):
    """Yield facts that say less in anybody's favour, or more against the actor."""
    yield replace(row, freezes=(*row.freezes, f.Freeze(day)))
    yield replace(row, freezes=(*row.freezes, f.Freeze(day, person=actor)))
    for who in (actor, "holder"):
        protected = (*row.protected_addresses, f.ProtectedAddress(who, day))
        yield replace(row, protected_addresses=protected)
    for authority in (f.Authority.TAKEN_AWAY, f.Authority.SUSPENDED, f.Authority.LIMITED):
        lost = f.Representation(actor, f.Role.PARENT, day, authority=authority)
        yield replace(row, representations=(*row.representations, lost))
    if actor != "holder":
        ruling = f.Incapacitation(actor, f.Degree.FULL, day)
        yield replace(row, incapacitations=(*row.incapacitations, ruling))
    yield replace(row, own_titles=(*row.own_titles, f.OwnTitle(day)))
    yield replace(row, holder=replace(row.holder, died=day))
    yield replace(row, others=tuple(replace(person, died=day) for person in row.others))
    yield replace(row, others=tuple(replace(person, first_login=None) for person in row.others))
    yield replace(row, insurances=tuple(replace(i, published=None) for i in row.insurances))
    yield from withdrawn(row)


def withdrawn(row: f.Facts):
    """Yield facts from which one thing that can open was taken away."""
    kinds = ("insurances", "grants", "authorisations", "professionals")
    for kind in kinds:
        for index in range(len(getattr(row, kind))):
            rows = getattr(row, kind)
            yield replace(row, **{kind: rows[:index] + rows[index + 1 :]})
    for index, representation in enumerate(row.representations):
        if representation.authority in SUFFICIENT:
            rows = row.representations
            yield replace(row, representations=rows[:index] + rows[index + 1 :])


@settings(max_examples=300)
@given(facts | open_facts, questions, some_day, any_settings)
def test_more_restrictive_facts_never_open_more(row, question, day, choices):
    if decide(row, question, day, settings=choices).allowed:
        return
    for stricter in restrictions(row, question.actor, day):
        assert not decide(stricter, question, day, settings=choices).allowed


@settings(max_examples=60)
@given(facts | open_facts, questions, any_settings)
def test_the_timeline_agrees_with_decide_on_every_day(row, question, choices):
    start, end = date(2026, 8, 25), date(2027, 1, 5)
    spans = timeline(row, question, start, end, settings=choices)
    assert spans[0].since == start
    assert spans[-1].until == end
    days = 0
    for span in spans:
        for offset in range((span.until - span.since).days):
            day = span.since + timedelta(days=offset)
            expected = decide(row, question, day, settings=choices)
            assert replace(span.decision, day=day) == expected
            days += 1
    assert days == (end - start).days


def test_the_dates_of_every_kind_of_fact_turn_the_timeline():
    kinds = {name: get_args(kind)[0] for name, kind in get_type_hints(f.Facts).items()
             if get_origin(kind) is tuple and name != "others"}  # fmt: skip
    for name, kind in kinds.items():
        dated = [field.name for field in fields(kind) if "date" in str(field.type)]
        days = {one: date(2026, 9, 1 + place) for place, one in enumerate(dated)}
        row = kind(**{field.name: days.get(field.name, "mother") for field in fields(kind)})
        assert set(days.values()) <= turning_days(f.Facts(**{name: (row,)}), Settings()), name


@settings(max_examples=60)
@given(facts | open_facts, questions, some_day, any_settings)
def test_the_day_of_change_is_the_first_on_which_the_answer_turns(row, question, day, choices):
    decision = decide(row, question, day, settings=choices)
    last = decision.changes_on or day + timedelta(days=90)
    while day < last:
        assert decide(row, question, day, settings=choices).allowed is decision.allowed
        day += timedelta(days=1)
    if decision.changes_on:
        assert decide(row, question, day, settings=choices).allowed is not decision.allowed


@given(facts | open_facts, questions, some_day)
def test_the_same_question_gets_the_same_answer(row, question, day):
    assert decide(row, question, day) == decide(row, question, day)
