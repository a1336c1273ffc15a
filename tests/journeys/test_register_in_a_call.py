"""Two browsers at once: the call confirmed, then the script says what the register knows."""

import itertools

import pytest
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal import family
from tests.journeys.test_confirm_a_call import Desk, shot
from zamiast.audit.models import Event
from zamiast.pure.access.words import words
from zamiast.registry import selectors

_NAMES = itertools.count(6100)
ANSWERS = (("relation", 1), ("age", 1), ("insurer", 3), ("title", 1), ("authority", 1))


@pytest.fixture
def ends(portal, desk, page_for, log_in):
    """A mother on her phone, who insured her child yesterday; a consultant at the desk."""
    which = next(_NAMES)
    mother = family.someone(f"matka{which}", "Helena", "Brzęczyszczykiewicz")
    child = family.child("Bożydar", mother)
    family.made.insured(child, mother.account, since=family.made.days(-1), published_on=None)
    number = str(selectors.current_identifier(mother.account).number)
    at_desk, phone = page_for(DESKTOP, "pl"), page_for(PHONE, "pl")
    log_in(at_desk, people.colleague())
    log_in(phone, mother.user)
    return Desk(at_desk, desk, number), phone, portal, mother


def test_the_script_says_the_real_reason_its_remedy_and_the_day(ends, check_accessible):
    desk, phone, portal, mother = ends
    desk.take_call()
    given_answers_that_know_no_better(desk.page)
    when_the_register_is_asked_too_early_nothing_opens(desk.page, mother)
    when_the_mother_confirms(desk, phone, portal, check_accessible)
    then_the_register_answers(desk.page, mother, check_accessible)
    desk.page.keyboard.press("Control+Enter")
    desk.page.get_by_text("potwierdzona", exact=True).first.wait_for()
    desk.hang_up()
    then_the_mother_sees_that_it_was_looked_at(phone, portal, check_accessible)


def given_answers_that_know_no_better(page):
    page.locator("#matters [value=child_account]").click()
    for step, key in ANSWERS:
        page.locator(f"#at-hand[data-step={step}]").wait_for()
        page.keyboard.press(str(key))
    page.locator("#look").wait_for()
    expect(page.locator(".told")).to_contain_text("z odpowiedzi rozmówcy")


def when_the_register_is_asked_too_early_nothing_opens(page, mother):
    page.keyboard.press("r")
    page.get_by_text("W tej sprawie rozmowa nie jest potwierdzona").wait_for()
    assert not Event.objects.filter(what="call.field_opened", account_id=mother.account).exists()


def when_the_mother_confirms(desk, phone, portal, check_accessible):
    digits = desk.ask("child_account")
    phone.goto(f"{portal}/calls/question/")
    expect(phone.locator("main")).to_contain_text("dlaczego nie widać czyjegoś konta")
    shot(phone, "register-prompt")
    check_accessible(phone)
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    desk.state("confirmed")


def then_the_register_answers(page, mother, check_accessible):
    page.locator("#look").click()
    page.locator("#from-register").wait_for()
    told = page.locator(".told")
    expect(told).to_contain_text("Zgłoszenie dziecka jest jeszcze w drodze.")
    expect(told).to_contain_text(words("pl").day(family.made.days(20)))
    expect(told).to_contain_text("Wystarczy poczekać do tego dnia.")
    expect(told).to_contain_text("Nie mów nic o innych osobach.")
    assert "Bożydar" not in page.content()
    check_accessible(page)
    shot(page, "register-desk")
    event = Event.objects.get(what="call.field_opened", account_id=mother.account)
    assert (event.fields, event.level, event.matter) == ("access_reasons", 2, "child_account")


def then_the_mother_sees_that_it_was_looked_at(phone, portal, check_accessible):
    phone.goto(f"{portal}/calls/")
    phone.get_by_role("link", name="Pokwitowanie rozmowy").first.click()
    expect(phone.locator("dl.facts")).to_contain_text("dlaczego nie widać czyjegoś konta")
    check_accessible(phone)
