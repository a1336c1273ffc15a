"""Matters 7 to 10 explained: by level what is known, in full what the caller says."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zamiast.helpline import guided
from zamiast.helpline.desk import explaining
from zamiast.helpline.models import Case

TODAY = date(2026, 11, 23)
BY_ME = {"relation": "parent", "age": "under_16", "insurer": "me"}


def codes(matter, **said):
    return list(guided.decide(matter, said, TODAY).codes)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({**BY_ME, "registered": "2026-11-22"}, "NOT_PUBLISHED_YET"),
        ({**BY_ME, "job": "yes_"}, "JOB_CHANGED"),
        ({**BY_ME, "title": "now"}, "OWN_TITLE"),
        ({**BY_ME, "title": "ended"}, "OWN_TITLE_ENDED"),
        ({**BY_ME, "relation": "other"}, "INSURER_NOT_REPRESENTATIVE"),
        ({**BY_ME, "age": "adult"}, "TURNED_18"),
        ({**BY_ME, "authority": "taken_away"}, "AUTHORITY_TAKEN_AWAY"),
        ({"relation": "foster"}, "FOSTER_DAY_TO_DAY_ONLY"),
        ({"insurer": "other"}, "OTHER_PARENT_INSURES"),
    ],
)
def test_a_missing_child(said, code):
    assert code in codes("child_account", **said)


def test_an_incapacitated_adult():
    assert codes("ward_account", role="guardian", degree="full") == ["GUARDIAN_NOT_OPENED"]
    assert "PARTLY_INCAPACITATED" in codes("ward_account", role="curator", degree="partial")
    assert "NO_ROUTE_FOR_ADULT" in codes("ward_account", logs_in="no_")


def test_a_divorce_alone_changes_nothing_and_a_grant_can_be_taken_back():
    assert codes("after_divorce", how="insures") == ["NEEDS_RULING", "DIVORCE_CHANGES_NOTHING"]
    mine = guided.decide("after_divorce", {"how": "i_gave"}, TODAY)
    assert mine.allowed
    told = guided.told("after_divorce", {"ruling": "taken_away"}, "pl")
    assert "odpis" in told[0]


def test_a_booster_waits_for_monday():
    said = {"asks": "vaccination", "age": "y55", "dose": "2021-06-17", "day": "2021-12-15"}
    answer = explaining.from_answers("covid_referral", said, "pl")
    assert any("20 grudnia 2021" in line.text for line in answer.reasons)


def test_matter_10_first_asks_what_it_is_about():
    first = guided.questions("covid_referral", {}, caller="pl", reader="pl")
    assert [question.code for question in first] == ["asks"]
    test = guided.questions("covid_referral", {"asks": "test"}, caller="pl", reader="pl")
    assert len(test) == 1
    assert guided.referral({"asks": "test"}, TODAY).codes == ("TEST_ORDERED_BY_DOCTOR",)


@pytest.mark.parametrize("matter", guided.topics())
@pytest.mark.parametrize("level", range(4))
def test_what_a_consultant_may_say_depends_on_the_level(matter, level):
    """Below level 2 the sentence is the same whatever is known; no level tells a day."""
    texts = {
        explaining.in_general(matter, "pl", level=level, decision=decision) for decision in both()
    }
    same = level < 2 or matter == "covid_referral"
    assert (len(texts) == 1) is same


def both():
    """A child whose other parent insures, and one who turned 18: two different reasons."""
    yield guided.child_account({"insurer": "other"}, TODAY)
    yield guided.child_account({**BY_ME, "age": "adult"}, TODAY)


def test_level_3_says_more_than_level_2():
    decision = guided.child_account({"insurer": "other"}, TODAY)
    two, three = (
        explaining.in_general("child_account", "en", level=level, decision=decision)
        for level in (2, 3)
    )
    assert any("a specialist checks it with documents" in line for line in two)
    assert not any("a specialist checks it with documents" in line for line in three)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), matter=st.sampled_from(guided.topics()))
def test_whatever_is_answered_there_is_something_to_tell(data, matter):
    sent = {
        question.code: data.draw(st.sampled_from([option.code for option in question.options]))
        if question.options
        else data.draw(st.dates(date(2014, 1, 1), date(2027, 1, 1))).isoformat()
        for question in guided.questions(matter, {"asks": "vaccination"}, caller="pl", reader="pl")
    }
    said = guided.said_in(matter, sent)
    for language in ("pl", "en", "uk"):
        answer = explaining.from_answers(matter, said, language)
        assert answer is not None
        assert answer.reasons


def test_nonsense_is_no_answer():
    sent = {"relation": "king", "registered": "yesterday", "age": "<b>", "insurer": "me"}
    assert guided.said_in("child_account", sent) == {"insurer": "me"}


def test_without_an_answer_nothing_opens():
    assert not guided.child_account({}, TODAY).allowed
    assert not guided.ward_account({}, TODAY).allowed


def test_answers_are_stored_nowhere(consultant, at_desk):
    desk = at_desk(consultant)
    desk.take_call()
    desk.client.get(f"{desk.sheet}?without")
    before = Case.objects.count()
    answer = desk.client.post(
        f"{desk.sheet}explain/",
        {"matter": "covid_referral", "asks": "vaccination", "age": "y70", "infection": "2026-11-02",
         "note": "PESEL 44051401458"},
    )  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "from what the caller says" in shown
    assert "44051401458" not in shown
    assert Case.objects.count() == before


def test_a_case_can_be_explained_at_a_callback(consultant, at_desk):
    case = Case.objects.create(
        matter="child_account", opened_by=consultant, opened_by_name="K-417", language="en"
    )
    other = Case.objects.create(matter="e_services", opened_by=consultant, opened_by_name="K-417")
    client = at_desk(consultant).client
    assert f"/case/{case.pk}/explain/" in client.get(f"/case/{case.pk}/").content.decode()
    shown = client.post(f"/case/{case.pk}/explain/", {**BY_ME, "job": "yes_"}).content.decode()
    assert "When you changed jobs" in shown
    assert client.get(f"/case/{other.pk}/explain/")["Location"] == f"/case/{other.pk}/"
