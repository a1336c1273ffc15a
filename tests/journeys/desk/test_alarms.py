"""What went wrong often enough reaches the supervisor and the data protection officer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_confirm_a_call import Desk, holder_account, shot
from zamiast.pure import identifier
from zamiast.registry import selectors

TRIED = "Wiele nieaktywnych numerów w ciągu godziny"
DECLINED = "kilka razy w ciągu doby odpowiedzieli „to nie ja dzwonię”"


@pytest.fixture
def enter(page_for, log_in):
    """``enter(user, PHONE)``: somebody who logged in and reads Polish."""

    def come(user, viewport=DESKTOP):
        page = page_for(viewport, "pl")
        log_in(page, user)
        return page

    return come


def test_what_a_consultant_does_too_often_is_seen_by_those_who_watch(
    enter, desk, portal, check_accessible
):
    consultant = people.colleague()
    holder = people.holder(f"declines-{consultant.k_number.lower()}")
    at_desk, phone = enter(consultant), enter(holder, PHONE)
    when_five_numbers_are_tried_in_vain(at_desk, desk)
    number = str(selectors.current_identifier(holder_account(holder)).number)
    when_three_questions_are_declined(Desk(at_desk, desk, number), phone, portal)
    for role, address, heading in (
        ("supervisor", "/supervisor/alarms/", "supervisor"), ("dpo", "/oversight/alarms/", "dpo"),
    ):  # fmt: skip
        watcher = people.colleague(role)
        page = enter(watcher)
        page.goto(f"{desk}/")
        page.locator("nav .badge.danger").first.wait_for()
        page.get_by_role("link", name=re.compile("^Alarmy")).click()
        page.wait_for_url(f"{desk}{address}")
        then_the_page_says_what_and_who(page, consultant, check_accessible, heading)
        then_it_is_marked_as_seen(page, consultant, watcher)


def when_five_numbers_are_tried_in_vain(page, desk):
    """Three in one call, two in the next: no more are looked up in one."""
    for tries in (3, 2):
        page.goto(desk)
        page.locator("form[action='/call/'] button").first.press("Enter")
        for _ in range(tries):
            page.locator("#number").fill(identifier.generate())
            with page.expect_response(lambda answer: "/identify/" in answer.url):
                page.locator("#send").click()
            page.get_by_text("Ten numer nie jest aktywny").first.wait_for()
        page.keyboard.press("F8")
        page.wait_for_url(desk + "/")


def when_three_questions_are_declined(talk, phone, portal):
    talk.take_call()
    talk.ask()
    for nth in range(3):
        phone.goto(f"{portal}/calls/question/")
        phone.get_by_role("button", name="To nie ja dzwonię").click()
        phone.get_by_role("heading", name="Nikt nic nie widzi").wait_for()
        if nth < 2:
            with talk.page.expect_response(lambda answer: answer.request.method == "POST"):
                talk.page.get_by_role("button", name=re.compile("Nowy numer")).click()
    talk.hang_up()


def then_the_page_says_what_and_who(page, consultant, check_accessible, name):
    rows = page.locator("tbody tr", has_text=consultant.k_number)
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text=TRIED)).to_contain_text("5")
    expect(rows.filter(has_text=DECLINED)).to_contain_text("3")
    page.locator("summary", has_text="Co tu trafia").click()
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        shot(page, f"alarms-{name}-{viewport['width']}")
        check_accessible(page)


def then_it_is_marked_as_seen(page, consultant, watcher):
    rows = page.locator("tbody tr", has_text=consultant.k_number)
    for what in (TRIED, DECLINED):
        rows.filter(has_text=what).get_by_role("button").click()
        expect(rows.filter(has_text=what)).to_contain_text(watcher.k_number)
    expect(rows.get_by_role("button")).to_have_count(0)
