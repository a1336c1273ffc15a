"""The rules as a table: sources, settings, remedies, days of validity."""

from dataclasses import fields, replace
from datetime import date

import pytest
from tests.pure.access.people import INSURED, ask, family

from zamiast.pure.access import Code, Settings, Want
from zamiast.pure.access.codes import REMEDIES, Remedy
from zamiast.pure.access.engine import Rulebook
from zamiast.pure.access.rule import Does
from zamiast.pure.access.rules import ALL_RULES

by_code = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)


def test_every_code_has_one_rule():
    assert sorted(rule.code for rule in ALL_RULES) == sorted(Code)


@by_code
def test_a_rule_says_in_a_sentence_what_it_is_and_where_it_comes_from(rule):
    assert rule.sentence.endswith(".")
    assert rule.source.document
    assert rule.source.address.startswith("https://") or rule.source.document.startswith("Zamiast")


@by_code
def test_what_is_not_law_is_a_setting_of_the_operator(rule):
    names = {field.name for field in fields(Settings)}
    if not rule.source.binding and rule.code is not Code.NOTHING_OPEN_HERE:
        assert rule.setting in names
    assert rule.setting is None or rule.setting in names


@by_code
def test_what_refuses_says_what_to_do(rule):
    if rule.does in (Does.CLOSES, Does.EXPLAINS):
        assert rule.remedies


def test_every_remedy_has_its_step_and_is_used():
    assert set(REMEDIES) == set(Remedy)
    assert {remedy for rule in ALL_RULES for remedy in rule.remedies} == set(Remedy)


def test_a_rule_counts_only_on_the_days_for_which_it_holds():
    opening = next(rule for rule in ALL_RULES if rule.code is Code.INSURES_CHILD)
    ended = replace(opening, valid_to=date(2027, 1, 1))
    book = Rulebook([ended if rule is opening else rule for rule in ALL_RULES])
    facts = family(insurances=(INSURED,))
    decision = ask(facts, "mother", rulebook=book)
    assert decision.allowed
    assert decision.changes_on == date(2027, 1, 1)
    assert not ask(facts, "mother", day=date(2027, 1, 1), rulebook=book).allowed


def test_nobody_saw_anything_before_the_account_began():
    facts = family(
        insurances=(replace(INSURED, registered=date(2016, 1, 1), published=date(2016, 1, 9)),)
    )
    assert ask(facts, "mother", day=date(2018, 4, 30)).changes_on == date(2018, 5, 1)


def test_each_setting_that_opens_something_is_off_unless_the_operator_says_so():
    strict = Settings()
    assert strict.insurer_must_represent
    assert strict.grantee_must_represent
    assert strict.grant_needs_acceptance
    assert not strict.foster_insurer_sees_account


def test_a_professional_sees_nothing_where_the_operator_does_not_let_them():
    from zamiast.pure.access.facts import Profession, ProfessionalTie

    ties = tuple(ProfessionalTie("doctor", kind, date(2026, 1, 1)) for kind in Profession)
    closed = Settings(primary_care_sees_all=False, invited_professional_sees=False)
    facts = family(professionals=ties)
    assert ask(facts, "doctor", Want.SEE_DOCUMENTATION).allowed
    assert not ask(facts, "doctor", Want.SEE_DOCUMENTATION, settings=closed).allowed
