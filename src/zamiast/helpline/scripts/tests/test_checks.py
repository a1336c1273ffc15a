"""Matters 7 to 10: by level what is known of an account, in full what the caller says."""

import itertools
import re
from datetime import date

import pytest

from zamiast.helpline.scripts import checks, facts, spoken
from zamiast.helpline.scripts.checks import Context
from zamiast.helpline.scripts.schema import Step
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.eligibility.codes import Code as EligibilityCode

TODAY = date(2026, 11, 23)
BY_ME = {"relation": "parent", "age": "under_16", "insurer": "me"}


def codes(matter, **said):
    return list(facts.decide(matter, said, TODAY).codes)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({**BY_ME, "registered": "2026-11-22"}, "NOT_PUBLISHED_YET"),
        ({**BY_ME, "job": "yes"}, "JOB_CHANGED"),
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
    assert "NO_ROUTE_FOR_ADULT" in codes("ward_account", logs_in="no")


def test_a_divorce_alone_changes_nothing_and_a_grant_can_be_taken_back():
    assert codes("after_divorce", how="insures") == ["NEEDS_RULING", "DIVORCE_CHANGES_NOTHING"]
    assert facts.decide("after_divorce", {"how": "i_gave"}, TODAY).allowed


def test_a_booster_waits_for_monday():
    said = {"asks": "vaccination", "age": "y55", "dose": "2021-06-17", "day": "2021-12-15"}
    answer = checks.result(Step(check="referral"), said, Context("covid_referral"), "pl")
    assert any("20 grudnia 2021" in line.text for line in answer.reasons)


def test_a_test_is_ordered_by_a_doctor():
    assert facts.referral({"asks": "test"}, TODAY).codes == ("TEST_ORDERED_BY_DOCTOR",)


@pytest.mark.parametrize("matter", checks.ASKED)
def test_before_the_register_is_asked_the_same_is_said_of_everybody(matter):
    (line,) = checks.in_general(matter, "en")
    assert "Say nothing" in line or "Nothing is said" in line


def test_without_an_answer_nothing_opens():
    assert not facts.child_account({}, TODAY).allowed
    assert not facts.ward_account({}, TODAY).allowed


def test_an_identifier_and_a_case_choose_the_way():
    step = Step(check="identifier")
    assert checks.outcomes(step, {}, Context("x", is_identified=True)) == ("identified",)
    assert checks.outcomes(step, {}, Context("x")) == ("not_identified",)
    step, said = Step(check="duplicates"), {"case_number": "100001"}
    found = Context("x", case_outcome={100001: "same"}.get)
    assert checks.outcomes(step, said, found) == ("same",)
    assert checks.outcomes(step, {"case_number": "-"}, found) == ("none",)


INFORMAL = re.compile(
    r"\b(Ty|Ci|Cię|Ciebie|Tobie|Tw(ój|oj)\w*|możesz|masz|jesteś|widzisz|zgłoś|poproś|sprawdź|"
    r"zaloguj|załóż|napisz|poczekaj|upoważnij|zwróć|powiedz)\b",
    re.I,
)
MATTERS = ("child_account", "ward_account", "after_divorce", "covid_referral")


def every_answer(matter):
    """The answers to all questions of a matter, in all combinations; some days for a day."""
    asked = checks.ASKED[matter]
    given = [
        [(code, one) for one in [None, *(sorted(options) if options else DAYS)]]
        for code, options in asked.items()
    ]
    for combination in itertools.islice(itertools.product(*given), 0, None, STRIDE[matter]):
        yield {code: one for code, one in combination if one}


DAYS = ("2026-11-20", "2026-05-01")
STRIDE = {"child_account": 1, "ward_account": 1, "after_divorce": 1, "covid_referral": 41}


@pytest.mark.parametrize("matter", MATTERS)
def test_in_polish_nobody_is_called_thou_whatever_is_answered(matter):
    step = Step(check="referral" if matter == "covid_referral" else "access")
    seen = set()
    for answers in every_answer(matter):
        found = checks.result(step, answers, checks.Context(matter), "pl")
        seen |= {line.text for line in (*found.reasons, *found.remedies)} | {found.headline}
        seen |= {line.who for line in found.remedies}
    assert len(seen) > 8
    assert [text for text in sorted(seen) if INFORMAL.search(text)] == []
    assert [text for text in sorted(seen) if "…" in text or "[" in text] == []


def test_every_spoken_text_belongs_to_a_rule():
    words, codes = spoken.texts("pl"), {*Code} | {*EligibilityCode}
    assert set(words["reasons"]) <= {str(code) for code in codes}
    assert set(words["remedies"]) <= {str(one) for one in Remedy}
