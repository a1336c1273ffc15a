"""Limits of the written word, tried with real connections at the same moment."""

from __future__ import annotations

import pytest
from tests import people

from zamiast.audit.services import Actor
from zamiast.errors import TooMany
from zamiast.helpline import letters, public
from zamiast.helpline.models import Case, Message
from zamiast.portal import corresponding
from zamiast.portal.acting import Whose
from zamiast.registry.tests.parallel import at_once

from .conftest import case_of, number_of

MATTERS = ("wrong_data", "account_trouble", "lost_identifier", "e_services")
BY = Actor("holder", "login-1")


@pytest.fixture
def whose(account) -> Whose:
    return Whose(account, account, BY)


def test_of_ten_forms_at_once_an_account_gets_three(account, as_role) -> None:
    given = str(number_of(account))
    with as_role("portal"):
        done = at_once(
            10, lambda _: public.write("wrong_data", "x", language="pl", identifier=given)
        )
    assert all(isinstance(one, public.Written) for one in done)
    assert Case.objects.filter(account_id=account.pk).count() == public.AT_AN_ACCOUNT_A_DAY
    assert Case.objects.count() == 10


def test_letters_in_several_cases_at_once_do_not_slip_past_the_limit(account, as_role) -> None:
    consultant = people.consultant()
    cases = [case_of(account, consultant, matter=matter).number for matter in MATTERS]
    with as_role("portal"):
        for number in range(letters.A_DAY - 1):
            letters.write_from_account(cases[0], account.pk, f"{number}", by=BY)
        done = at_once(4, lambda at: letters.write_from_account(cases[at], account.pk, "x", by=BY))
    assert sum(isinstance(one, TooMany) for one in done) == 3
    assert Message.objects.count() == letters.A_DAY


def test_two_clicks_at_once_keep_one_letter(whose, holder, account, as_role) -> None:
    with as_role("portal"):
        done = at_once(4, lambda _: corresponding.write(whose, holder, "wrong_data", "Raz."))
        number = done[0].number
        at_once(4, lambda _: corresponding.write_in(whose, number, "Dwa."))
    assert [one.was_sent for one in done].count(False) == 1
    assert Case.objects.count() == 1
    assert sorted(Message.objects.values_list("text", flat=True)) == ["Dwa.", "Raz."]
