"""Somebody wants to know who was in the account, and finds a call that was not theirs."""

from __future__ import annotations

import pytest

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal.steps import a_case_was_opened, number_of, somebody_calls_and_says


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_i_see_who_looked_and_say_that_it_was_not_me(
    portal, page_for, log_in, check_accessible, viewport
) -> None:
    holder = people.holder(f"ewa-{viewport['width']}")
    k_number = f"K-{viewport['width']}"
    assert somebody_calls_and_says(number_of(holder), k_number) == "identified"
    case = a_case_was_opened(holder, k_number)
    page = page_for(viewport)
    log_in(page, holder)

    page.get_by_role("link", name="Kto zaglądał").click()
    look = page.get_by_role("listitem").filter(has_text=f"Konsultant {k_number}")
    assert "Sprawdzenie, czy działa identyfikator" in look.inner_text()
    assert "Po co:" in look.inner_text()
    check_accessible(page)

    page.get_by_role("link", name="Twoje sprawy").click()
    check_accessible(page)
    page.get_by_role("link", name=f"Sprawa {case}").click()
    page.get_by_text("Niepotwierdzona").wait_for()
    check_accessible(page)
    page.get_by_role("link", name="To nie ja").click()
    check_accessible(page)
    page.get_by_role("button", name="Tak, to nie ja").click()
    page.get_by_role("status").get_by_text("Sprawa jest oznaczona").wait_for()
    page.get_by_text("Nie Twoja").wait_for()
    check_accessible(page)
