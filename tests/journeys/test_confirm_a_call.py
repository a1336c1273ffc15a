"""Two browsers at once: the consultant at the desk, the holder in the account."""

import itertools
import os
import re
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from zamiast.helpline.models import Case
from zamiast.registry import selectors
from zamiast.verification.models import Alarm

SHOTS = os.environ.get("SHOTS")
_NAMES = itertools.count(8417)


def shot(page, name):
    """A picture, where somebody wants to look at the pages."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


class Desk:
    """The consultant's browser."""

    def __init__(self, page, address, number):
        self.page, self.address, self.number = page, address, number

    def take_call(self):
        """Take a call and type the identifier that the caller says."""
        self.page.goto(self.address)
        self.page.locator("form[action='/call/'] button").first.press("Enter")
        self.page.locator("#number").fill(self.number)
        self.page.locator("#send").click()
        self.page.locator("#confirm summary").wait_for()

    def ask(self, matter="wrong_data"):
        """Choose a matter, ask with F9 and Enter; the digits that are read out."""
        if self.page.locator("#matters").count():
            self.page.locator(f"#matters [value={matter}]").click()
        self.page.locator(f"#confirm input[name=matter][value={matter}]").wait_for(state="attached")
        self.page.keyboard.press("F9")
        self.page.keyboard.press("Enter")
        return self.page.locator("#confirm-digits").inner_text().replace(" ", "")

    def hang_up(self):
        """Hang up with F8."""
        self.page.keyboard.press("F8")
        self.page.wait_for_url(self.address + "/")

    def polled(self):
        """Wait until the panel has asked again how it stands."""
        with self.page.expect_response(lambda answer: "confirm/state" in answer.url):
            pass

    def state(self, state):
        """Wait until the panel shows a state."""
        self.page.locator(f"#confirm-state[data-state={state}]").wait_for()


@pytest.fixture
def ends(portal, desk, page_for, log_in):
    """Both people logged in: the holder on a phone, the consultant at a desk."""
    which = next(_NAMES)
    consultant = people.colleague()
    holder = people.holder(f"anna{which}", family_name="Brzęczyszczykiewicz")
    account = holder_account(holder)
    number = str(selectors.current_identifier(account).number)
    at_desk, phone = page_for(DESKTOP, "pl"), page_for(PHONE, "pl")
    log_in(at_desk, consultant)
    log_in(phone, holder)
    return Desk(at_desk, desk, number), phone, portal, account


def holder_account(user):
    from zamiast.portal.models import Link

    return Link.objects.get(user=user).account_id


def earlier(interval):
    """Everything that waits was asked earlier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE verification_confirmation SET asked_at = asked_at - %s::interval,"
            " expires_at = expires_at - %s::interval WHERE state = 'waiting'",
            [interval] * 2,
        )


def test_a_call_is_confirmed_looked_at_and_disowned(ends, check_accessible):
    desk, phone, portal, account = ends
    given_nobody_calls(phone, portal, check_accessible)
    desk.take_call()
    digits = desk.ask()
    shot(desk.page, "desk-waiting")
    check_accessible(desk.page)
    when_the_holder_types(phone, portal, digits, check_accessible)
    desk.state("confirmed")
    desk.page.locator("#confirm [data-focus]").press("Enter")
    desk.page.get_by_text("Anna Brzęczyszczykiewicz").wait_for()
    shot(desk.page, "desk-opened")
    check_accessible(desk.page)
    desk.page.locator("#note").fill("Adres jest nieaktualny.")
    desk.page.keyboard.press("Control+Enter")
    desk.page.get_by_text("potwierdzona", exact=True).wait_for()
    assert Case.objects.get(account_id=account).is_confirmed
    desk.hang_up()
    then_nothing_is_left_for_the_back_button(desk)
    then_the_receipt_says_all_and_can_be_disowned(phone, portal, account, check_accessible)


def given_nobody_calls(phone, portal, check_accessible):
    phone.goto(f"{portal}/calls/")
    assert "Nikt z infolinii" in phone.locator("#call-state").inner_text()
    shot(phone, "portal-nobody")
    check_accessible(phone)
    phone.goto("about:blank")  # this page loads itself anew when a call comes: not while we go on


def when_the_holder_types(phone, portal, digits, check_accessible):
    phone.goto(f"{portal}/cases/")
    phone.locator("#asked").wait_for()
    shot(phone, "portal-banner")
    phone.locator("#asked a").click()
    shot(phone, "portal-prompt")
    check_accessible(phone)
    first, second = phone.locator(".two-answers button").all()
    assert first.bounding_box()["y"] < second.bounding_box()["y"]
    assert first.bounding_box()["width"] >= second.bounding_box()["width"] - 1
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    phone.get_by_text("Potwierdzone. Po rozmowie").wait_for()
    state = phone.locator("#call-state").inner_text()
    assert "może teraz zobaczyć" in state
    assert "Bez Twojego potwierdzenia" not in state
    shot(phone, "portal-confirmed")


def then_nothing_is_left_for_the_back_button(desk):
    for _ in range(3):
        desk.page.go_back()
        desk.page.wait_for_load_state()
        assert "Brzęczyszczykiewicz" not in desk.page.content()


def then_the_receipt_says_all_and_can_be_disowned(phone, portal, account, check_accessible):
    phone.goto(f"{portal}/calls/")
    phone.get_by_role("link", name=re.compile("Pokwitowanie rozmowy")).click()
    text = phone.locator("main").inner_text()
    assert re.search(r"K-[0-9]{5}", text)
    assert "imię i nazwisko" in text
    assert str(Case.objects.get(account_id=account).number) in text
    shot(phone, "portal-receipt")
    check_accessible(phone)
    phone.get_by_role("link", name="To nie ja").click()
    check_accessible(phone)
    phone.get_by_role("button", name="Tak, to nie ja").click()
    phone.get_by_text("Inspektor ochrony danych został zawiadomiony").first.wait_for()
    shot(phone, "portal-suspended")
    alarm = Alarm.objects.get(account_id=account, kind="not_me")
    case = Case.objects.get(number=alarm.case_number)
    assert (case.matter, case.account_id) == ("was_it_you", account)
    phone.get_by_role("button", name="Pozwól infolinii znowu pytać").click()
    phone.get_by_text("Infolinia znowu może pytać").wait_for()


def test_declined_wrong_and_expired_look_the_same_at_the_desk(ends):
    desk, phone, portal, _account = ends
    desk.take_call()
    desk.ask()
    phone.goto(f"{portal}/calls/question/")
    phone.get_by_role("button", name="To nie ja dzwonię").click()
    phone.get_by_role("heading", name="Nikt nic nie widzi").wait_for()
    desk.polled()
    desk.state("waiting")
    waiting = desk.page.locator("#confirm-state").inner_text()
    shown = desk.page.locator("#confirm-digits").inner_text()
    desk.page.get_by_role("button", name=re.compile("Nowy numer")).click()
    expect(desk.page.locator("#confirm-digits")).not_to_have_text(shown)
    digits = desk.page.locator("#confirm-digits").inner_text().replace(" ", "")
    phone.goto(f"{portal}/calls/question/")
    phone.locator("#digits").fill(f"{(int(digits) + 1) % 10**6:06}")
    phone.locator("#digits").press("Enter")
    phone.get_by_text("Numer się nie zgadzał, więc").wait_for()
    desk.polled()
    desk.state("waiting")
    words = re.compile(r"[0-9: ]+|\(.*?\)")
    assert words.sub("", desk.page.locator("#confirm-state").inner_text()) == words.sub("", waiting)
    desk.page.get_by_role("button", name=re.compile("Nowy numer")).click()
    desk.page.get_by_role("button", name=re.compile("Nowy numer")).wait_for(state="detached")
    phone.goto(f"{portal}/calls/question/")
    phone.locator("#digits").wait_for()
    earlier("5 minutes")
    desk.state("not_confirmed")
    phone.locator("#digits").fill("123456")
    phone.locator("#digits").press("Enter")
    phone.get_by_text("To pytanie już nie jest aktualne").wait_for()
    desk.page.get_by_text("Użyto już trzech numerów").or_(
        desk.page.get_by_text("użyto już trzech numerów")
    ).first.wait_for()


def test_hanging_up_no_connection_and_another_matter(ends, context_for):
    desk, phone, portal, _account = ends
    desk.take_call()
    digits = desk.ask()
    phone.goto(f"{portal}/calls/question/")
    desk.hang_up()
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    phone.get_by_text("To pytanie już nie jest aktualne").wait_for()
    desk.take_call()
    digits = desk.ask()
    desk.page.context.set_offline(True)
    desk.page.locator("#confirm-lost").wait_for()
    phone.goto(f"{portal}/calls/question/")
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    desk.page.context.set_offline(False)
    desk.state("confirmed")
    phone.context.set_offline(True)
    phone.locator("#call-lost").wait_for()
    assert "nie my dzwonimy" in phone.locator("#call-lost").inner_text()
    assert not phone.locator("#call-state").is_visible()
    phone.context.set_offline(False)
    phone.locator("#call-state").wait_for()
    desk.page.locator("#other-matter").click()
    desk.page.locator("#matters [value=account_trouble]").click()
    desk.page.get_by_role("button", name="Otwórz i od razu zamknij").click()
    desk.page.get_by_text("niepotwierdzona", exact=True).first.wait_for()
    then_another_matter_is_confirmed_by_another_number(desk, phone, portal)
    desk.hang_up()


def then_another_matter_is_confirmed_by_another_number(desk, phone, portal):
    """The holder reads what it is about now, and types the number that is read out now."""
    desk.page.get_by_role("button", name="Zamknij to, co otwarte").click()
    desk.state("over")
    desk.page.locator("main a[href$='?more']").click()
    desk.page.locator("#matters").wait_for()
    digits = desk.ask("lost_identifier")
    desk.state("waiting")
    phone.goto(f"{portal}/calls/question/")
    phone.get_by_text("kiedy nadano identyfikator").first.wait_for()
    assert "adres" not in phone.locator("main").inner_text()
    phone.locator("#digits").fill(digits)
    phone.locator("#digits").press("Enter")
    phone.get_by_text("Potwierdzone. Po rozmowie").wait_for()
    desk.state("confirmed")
    assert "adres" not in desk.page.locator("#confirm-fields").inner_text().lower()
