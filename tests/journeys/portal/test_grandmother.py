"""A grandmother with large type, a keyboard and a screen reader; and who comes after a death."""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal.family import named, someone
from tests.journeys.portal.steps import number_of
from zamiast.guardianship import services
from zamiast.guardianship.tests import family as made
from zamiast.guardianship.tests.family import HOLDER
from zamiast.helpline.models import Case, Message
from zamiast.pure import identifier as code
from zamiast.pure.access.facts import Scope
from zamiast.registry import services as registry
from zamiast.registry.models import Account

MOST_STEPS = 60
TOO_SMALL = 20  # px; with the larger type nothing that matters is smaller


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_with_large_type_and_the_keyboard_alone(
    portal, page_for, check_accessible, viewport
) -> None:
    holder = people.holder(f"babcia-{viewport['width']}")
    page: Page = page_for(viewport)
    page.goto(portal)
    when_she_makes_the_type_larger(page)
    check_accessible(page)
    when_she_logs_in_with_the_keyboard(page, holder)
    then_her_screen_reader_says_the_identifier(page, number_of(holder))
    check_accessible(page)
    when_she_writes_a_message(page)
    then_the_message_is_there(page, holder)
    check_accessible(page)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to something with the Tab key alone, see where one is, and press."""
    expect(target).to_be_visible()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            outline = target.evaluate("it => getComputedStyle(it).outlineStyle")
            assert outline != "none", "the place of the keyboard is seen"
            page.keyboard.press(key)
            return
    raise AssertionError(f"{target} is not reached with the keyboard")


def when_she_makes_the_type_larger(page: Page) -> None:
    before = font_size(page)
    press(page, page.get_by_role("button", name="Większy tekst"))
    expect(page.get_by_role("button", name="Zwykły tekst")).to_be_visible()
    assert font_size(page) >= max(TOO_SMALL, 1.2 * before)


def font_size(page: Page) -> float:
    size: str = page.locator("main p").first.evaluate("it => getComputedStyle(it).fontSize")
    return float(size.removesuffix("px"))


def when_she_logs_in_with_the_keyboard(page: Page, holder) -> None:
    press(page, page.get_by_role("link", name="Zaloguj się").first)
    page.wait_for_url("**/login/**")
    for value in (holder.username, people.PASSWORD):
        field = page.locator("input[name=login]" if value == holder.username
                             else "input[name=password]")  # fmt: skip
        if not field.evaluate("it => it === document.activeElement"):
            press(page, field, "End")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=code]")).to_be_focused()
    page.keyboard.type(people.code(holder))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Twój identyfikator")


def then_her_screen_reader_says_the_identifier(page: Page, number: str) -> None:
    assert font_size(page) >= TOO_SMALL, "the larger type stays after logging in"
    heard = page.locator("main").aria_snapshot()
    assert code.speak(number, "pl") in heard, "as words, group by group"
    assert number not in re.sub(r"\D", "", heard), "not as one number of twelve digits"
    expect(page.get_by_role("button", name="Kopiuj")).to_be_visible()


def when_she_writes_a_message(page: Page) -> None:
    press(page, page.get_by_role("link", name="Twoje sprawy").first)
    press(page, page.get_by_role("link", name="Napisz do nas"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Napisz do nas")
    first = page.get_by_role("radio").first
    press(page, first, "Space")
    expect(first).to_be_checked()
    press(page, page.get_by_label("Twoja wiadomość"), "End")
    page.keyboard.type("Mam nowy adres. Gdzie to zgłosić?")
    press(page, page.get_by_role("button", name="Wyślij"))


def then_the_message_is_there(page: Page, holder) -> None:
    expect(page.get_by_role("status")).to_contain_text("Sprawa jest otwarta.")
    expect(page.locator("main")).to_contain_text("Mam nowy adres.")
    case = Case.objects.get(opened_by=holder)
    assert Message.objects.get(case=case).text == "Mam nowy adres. Gdzie to zgłosić?"


def test_after_a_death_the_relative_sees_nothing_and_learns_why(
    portal, page_for, log_in, check_accessible
) -> None:
    mother, son = someone("mama-zmarla", "Halina"), someone("syn", "Piotr")
    given_the_mother_authorised_him(mother.account, son.account)
    page = page_for(PHONE)
    log_in(page, son.user)
    page.goto(f"{portal}/access/")
    expect(page.get_by_role("button", name=named("Otwórz to konto", "Halina"))).to_be_visible()

    person = Account.objects.get(pk=mother.account).person
    registry.note_death(person, died_on=datetime.date(2026, 11, 20), by=HOLDER)
    page.get_by_role("button", name=named("Otwórz to konto", "Halina")).click()
    expect(page.locator("main")).to_contain_text("nie żyje")
    check_accessible(page)
    page.goto(f"{portal}/access/")
    expect(page.get_by_role("button", name=named("Otwórz to konto", "Halina"))).to_have_count(0)
    check_accessible(page)

    then_her_own_login_opens_nothing_either(page_for(PHONE), portal, mother.user, log_in,
                                            check_accessible)  # fmt: skip


def given_the_mother_authorised_him(mother: int, son: int) -> None:
    offered = services.authorise(
        giver=mother, account=mother, number=made.number(son), by=HOLDER,
        scope=Scope.ACCOUNT_DATA,
    )  # fmt: skip
    services.accept_invitation(account=son, code=offered.code, by=HOLDER)


def then_her_own_login_opens_nothing_either(page: Page, portal, user, log_in, check) -> None:
    log_in(page, user)
    for address in ("/identifier/", "/who-looked/", "/cases/", "/my-data/"):
        page.goto(portal + address)
        expect(page.get_by_role("heading", level=1)).to_have_text("To konto jest zamknięte")
        expect(page.locator("main")).to_contain_text("właściciel tego konta nie żyje")
        expect(page.locator(".plate")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("placówka, która ją leczyła")
    check(page)


def test_another_language_keeps_the_page(portal, page_for, log_in) -> None:
    page = page_for(PHONE)
    page.goto(f"{portal}/help/")
    page.get_by_role("searchbox").fill("zgubiłam kartę")
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/help/"), "what was searched for stands in no address"
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{portal}/write/")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Polski").click()
    assert page.url.endswith("/write/"), "a form with a mistake stays open"
    page.goto(f"{portal}/help/fraud/")
    page.get_by_role("button", name="Українська").click()
    assert page.url.endswith("/help/fraud/")
    log_in(page, people.holder("tlumaczka", language="uk"))
    page.goto(f"{portal}/who-looked/?who=people&month=2026-11")
    page.get_by_role("button", name="Polski").click()
    assert page.url.endswith("/who-looked/?who=people&month=2026-11")
    expect(page.get_by_label("Kto", exact=True)).to_have_value("people")
