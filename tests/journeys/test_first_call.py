"""The main job once through, with two real browsers: a patient on a phone, a consultant at work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE

NOTE = "Pani nie widzi wizyty z marca."


@pytest.fixture
def patient(page_for, log_in, portal) -> Page:
    """Grandmother on her small phone, in Polish."""
    page = page_for(PHONE)
    log_in(page, people.holder("babcia", family_name="Zawadzka", given_names="Helena"))
    page.goto(f"{portal}/identifier/")
    return page


@pytest.fixture
def consultant(page_for, log_in, desk) -> Page:
    """A consultant with a headset, in Polish."""
    page = page_for(DESKTOP)
    log_in(page, people.consultant("K-391"))
    page.goto(f"{desk}/")
    return page


def test_a_patient_calls_and_sees_afterwards_who_looked_and_why(
    patient: Page, consultant: Page, portal: str, check_accessible: Any
) -> None:
    digits = when_the_patient_reads_the_identifier(patient)
    when_the_consultant_takes_the_call_and_types_what_is_heard(consultant, digits)
    then_nothing_about_the_patient_is_on_the_desk(consultant)
    number = when_a_case_is_opened_and_closed(consultant)
    then_the_patient_sees_who_looked_and_why(patient, portal)
    then_the_patient_sees_the_case(patient, portal, number)
    when_the_patient_says_that_was_not_me(patient)
    then_the_consultant_sees_that_the_case_was_disowned(consultant, number)
    check_accessible(patient)
    check_accessible(consultant)


def when_the_patient_reads_the_identifier(patient: Page) -> str:
    digits = re.sub(r"\D", "", patient.locator(".plate .identifier").inner_text())
    assert len(digits) == 12
    return digits


def when_the_consultant_takes_the_call_and_types_what_is_heard(page: Page, digits: str) -> None:
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_be_focused()
    page.keyboard.type(digits)
    page.keyboard.press("Enter")
    expect(page.locator("#matters")).to_be_visible()


def then_nothing_about_the_patient_is_on_the_desk(page: Page) -> None:
    for secret in ("Zawadzka", "Helena", "1951"):
        assert secret not in page.content()


def when_a_case_is_opened_and_closed(page: Page) -> str:
    page.locator("#matter-1").click()
    page.locator("textarea[name=note]").fill(NOTE)
    page.get_by_role("button", name="Otwórz i od razu zamknij").click()
    shown = page.locator("main .case-number").first
    expect(shown).to_be_visible()
    return re.sub(r"\D", "", shown.inner_text())


def then_the_patient_sees_who_looked_and_why(page: Page, portal: str) -> None:
    page.goto(f"{portal}/who-looked/")
    expect(page.locator("main")).to_contain_text("K-391")
    expect(page.locator("main")).to_contain_text("Moje dane są błędne")
    assert NOTE not in page.content()


def then_the_patient_sees_the_case(page: Page, portal: str, number: str) -> None:
    page.goto(f"{portal}/cases/{number}/")
    expect(page.locator("main")).to_contain_text("K-391")


def when_the_patient_says_that_was_not_me(page: Page) -> None:
    page.locator("a[href$='/not-me/']").click()
    page.locator("main form button.danger").click()
    expect(page.locator("main")).to_contain_text("Infolinia o tym wie")


def then_the_consultant_sees_that_the_case_was_disowned(page: Page, number: str) -> None:
    page.goto(f"{page.url.split('/call/')[0]}/case/{number}/")
    expect(page.locator("main")).to_contain_text(re.compile("to nie", re.IGNORECASE))
