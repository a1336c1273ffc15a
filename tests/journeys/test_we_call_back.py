"""We call only who asked: the account asks, the desk calls, the account says who it is."""

import itertools

import pytest
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal import family
from tests.journeys.test_confirm_a_call import Desk, shot
from zamiast.helpline.models import Callback
from zamiast.portal.models import Link
from zamiast.registry import selectors

_NAMES = itertools.count(8717)
NOBODY = "Nikt z infolinii teraz do Ciebie nie dzwoni"


@pytest.fixture
def pair(page_for, log_in):
    """A holder on a phone and a consultant at a desk, both logged in."""

    def make(holder):
        consultant = people.colleague()
        at_desk, phone = page_for(DESKTOP, "pl"), page_for(PHONE, "pl")
        log_in(at_desk, consultant)
        log_in(phone, holder)
        return at_desk, phone, consultant

    return make


def test_a_call_that_was_asked_for(pair, portal, desk, check_accessible):
    holder = people.holder(f"ola{next(_NAMES)}", given_names="Ola", family_name="Kalinowska")
    at_desk, phone, consultant = pair(holder)
    given_nobody_calls(phone, portal)
    when_the_holder_asks(phone, check_accessible)
    row = Callback.objects.get(case__account_id=Link.objects.get(user=holder).account_id)
    when_the_consultant_calls(at_desk, desk, row, check_accessible)
    expect(phone.locator("#call-state")).to_contain_text(
        f"Konsultant {consultant.k_number} dzwoni do Ciebie w sprawie {row.case_id}"
    )
    shot(phone, "portal-we-call")
    check_accessible(phone)
    then_it_can_be_confirmed(at_desk, phone)
    at_desk.keyboard.press("F8")
    at_desk.wait_for_url(f"{desk}/callbacks/")
    at_desk.locator(f"form[action='/callbacks/{row.pk}/keep/'] button").click()
    expect(at_desk.locator(f"form[action='/callbacks/{row.pk}/keep/']")).to_have_count(0)
    phone.goto(f"{portal}/calls/")
    expect(phone.locator("#call-state")).to_contain_text(NOBODY)
    row.refresh_from_db()
    assert row.state == "kept"


def given_nobody_calls(phone, portal):
    phone.goto(f"{portal}/calls/")
    expect(phone.locator("#call-state")).to_contain_text(NOBODY)


def when_the_holder_asks(phone, check_accessible):
    phone.get_by_role("link", name="Poproś o telefon").click()
    phone.locator("#about").select_option("account_trouble")
    phone.locator("#day").select_option(index=1)
    phone.locator("#hours").select_option("10")
    phone.locator("#number").fill("601 234 567")
    shot(phone, "portal-ask-callback")
    check_accessible(phone)
    phone.get_by_role("button", name="Zadzwońcie do mnie").click()
    expect(phone.locator("main")).to_contain_text("numer z końcówką 67")
    expect(phone.locator("#call-state")).to_contain_text(NOBODY)


def when_the_consultant_calls(at_desk, desk, row, check_accessible):
    at_desk.goto(f"{desk}/callbacks/")
    assert "601" not in at_desk.locator("main").inner_text()
    at_desk.locator(f"form[action='/callbacks/{row.pk}/take/'] button").click()
    expect(at_desk.locator("#dial")).to_have_text("601 234 567")
    shot(at_desk, "desk-we-call")
    check_accessible(at_desk)


def then_it_can_be_confirmed(at_desk, phone):
    at_desk.locator("#matters [value=account_trouble]").click()
    at_desk.locator("#confirm input[name=matter][value=account_trouble]").wait_for(state="attached")
    at_desk.keyboard.press("F9")
    at_desk.keyboard.press("Enter")
    digits = at_desk.locator("#confirm-digits").inner_text().replace(" ", "")
    phone.locator("#call-state a.primary").click()
    expect(phone.locator("main")).to_contain_text("oddzwoniliśmy na numer z końcówką 67")
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    at_desk.locator("#confirm-state[data-state=confirmed]").wait_for()


def test_a_guardian_chooses_the_child_in_the_question(pair, portal, desk, check_accessible):
    mother = family.someone(f"maria{next(_NAMES)}", "Maria")
    child = family.child("Zosia", mother)
    family.made.insured(child, mother.account)
    at_desk, phone, _consultant = pair(mother.user)
    number = str(selectors.current_identifier(mother.account).number)
    talk = Desk(at_desk, desk, number)
    talk.take_call()
    digits = talk.ask("covid_referral")
    assert "Zosia" not in at_desk.content()
    phone.goto(f"{portal}/calls/question/")
    phone.get_by_label("Zosia").check()
    shot(phone, "portal-child")
    check_accessible(phone)
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    talk.state("confirmed")
    at_desk.locator("#confirm [data-focus]").press("Enter")
    expect(at_desk.locator("#confirm-fields")).to_contain_text("Zosia Zawadzki")
    assert "Maria" not in at_desk.content()
    talk.hang_up()
    phone.goto(f"{portal}/calls/")
    phone.get_by_role("link", name="Pokwitowanie rozmowy").first.click()
    expect(phone.locator("dl.facts")).to_contain_text("osoby, którą się opiekujesz")
