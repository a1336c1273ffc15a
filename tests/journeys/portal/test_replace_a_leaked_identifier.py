"""Somebody lost the card with the identifier, gets a new one, and is told of a try with the old."""

from __future__ import annotations

import re

import pytest

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal.steps import number_of, somebody_calls_and_says


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_i_replace_a_leaked_identifier(
    portal, page_for, log_in, check_accessible, viewport
) -> None:
    holder = people.holder(f"jan-{viewport['width']}")
    old = number_of(holder)
    page = page_for(viewport)
    log_in(page, holder)

    page.get_by_role("link", name="Zawieś go").click()
    check_accessible(page)
    page.get_by_role("button", name="Zawieś go").click()
    page.get_by_role("heading", name="Zawieszony").wait_for()
    check_accessible(page)
    assert somebody_calls_and_says(old, f"K-7{viewport['width']}") == "not_active"

    page.get_by_role("button", name="Włącz go ponownie").click()
    page.get_by_role("link", name="Wymień go na nowy").click()
    check_accessible(page)
    page.get_by_role("button", name="Wymień go na nowy").click()
    page.get_by_role("status").get_by_text("Masz nowy identyfikator").wait_for()
    new = re.sub(r"\s", "", page.locator(".plate .identifier").inner_text())
    assert new == number_of(holder) != old
    check_accessible(page)

    assert somebody_calls_and_says(old, f"K-8{viewport['width']}") == "not_active"
    assert somebody_calls_and_says(new, f"K-9{viewport['width']}") == "identified"
    page.reload()
    page.get_by_text("Ktoś podał w rozmowie Twój stary").wait_for()
    page.get_by_role("link", name="Zobacz, kto zaglądał").click()
    tries = page.locator(".stands-out")
    assert tries.count() == 2
    assert f"K-8{viewport['width']}" in tries.first.inner_text()
    check_accessible(page)


def test_two_windows_replace_once(portal, page_for, log_in) -> None:
    holder = people.holder("dwaokna")
    page = page_for(PHONE)
    log_in(page, holder)
    windows = [page, page.context.new_page()]
    for window in windows:
        window.goto(f"{portal}/identifier/replace/")
    replaced = []
    for window in windows:
        window.get_by_role("button", name="Wymień go na nowy").click()
        window.wait_for_url("**/identifier/")
        replaced.append(number_of(holder))
    assert replaced[0] == replaced[1]
    page.context.pages[1].get_by_text("Teraz nic się nie zmieniło").wait_for()
