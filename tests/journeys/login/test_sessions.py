"""Where somebody is logged in: seen, ended by themselves, ended by a supervisor."""

from __future__ import annotations

from playwright.sync_api import expect
from tests import people
from tests.journeys.conftest import DESKTOP, PHONE


def test_a_session_left_open_elsewhere_is_ended_and_a_supervisor_ends_the_rest(
    desk, page_for, log_in, check_accessible
):
    user = people.consultant("K-3911")
    boss = people.consultant("K-3912", "supervisor")
    here, there, chief = page_for(PHONE, "pl"), page_for(DESKTOP, "pl"), page_for(DESKTOP, "pl")
    log_in(there, user)
    log_in(here, user)

    here.goto(f"{desk}/second-factor/")
    here.get_by_role("link", name="Zobacz i zakończ").click()
    expect(here.locator("main li")).to_have_count(2)
    check_accessible(here)
    here.get_by_role("button", name="Zakończ tę").click()
    expect(here.locator("main li")).to_have_count(1)
    there.reload()
    assert "/login/" in there.url, "over at once"
    there.go_back()
    assert not there.get_by_text("K-3911").count()

    log_in(chief, boss)
    chief.goto(f"{desk}/second-factor/")
    chief.get_by_role("link", name="Kto jest zalogowany").click()
    check_accessible(chief)
    chief.set_viewport_size(PHONE)
    check_accessible(chief)
    chief.locator("li", has_text="K-3911").get_by_role("button").click()
    expect(chief.locator("li", has_text="K-3911")).to_have_count(0)
    here.reload()
    assert "/login/" in here.url
