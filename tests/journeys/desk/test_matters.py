"""Each of the thirteen matters, from the ring to the closed case, with the keyboard alone.

One consultant for each language stays logged in for all stories of this file, as at work.
"""

from __future__ import annotations

import datetime
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests import people
from tests.journeys import leaks
from tests.journeys.conftest import DESKTOP, PHONE
from zamiast.audit.models import Event
from zamiast.helpline.models import Case
from zamiast.helpline.scripts import library
from zamiast.helpline.scripts.models import ScriptRun
from zamiast.records.models import Organization
from zamiast.registry import selectors
from zamiast.verification.models import Call

YESTERDAY = str(datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1))


@dataclass
class Story:
    """A matter: the keys that answer (or a day), what is said at the end, what comes out."""

    matter: str
    answers: str
    said: dict[str, str]
    opened: bool = False
    identified: bool = True

    @property
    def code(self) -> str:
        return library.shipped().scripts[self.matter].script.script

    @property
    def number(self) -> int:
        return library.shipped().scripts[self.matter].script.number


STORIES = [
    Story("no_identifier", "2 1 2", {"pl": "Proszę zacząć od dostawcy"}, identified=False),
    Story("wrong_data", "1 1", {"pl": "Błąd poprawia ten, kto wpisał dane."}, opened=True),
    Story("strange_prescription", "1 2 2 1", {"pl": "zgłasza się do oddziału NFZ"}, opened=True),
    Story("strange_service", "1 1 1", {"pl": "Zgłoszenie wszczyna postępowanie"}, opened=True),
    Story("account_trouble", "1 1 1 1", {"pl": "Sprawdzi to pomoc techniczna."}, opened=True),
    Story("cannot_register", "1 1 1", {"pl": "40 dni dla wizyty, 90 dni dla badania"}),
    Story("e_services", "1 1 2", {"pl": "nie trzeba mówić numeru PESEL na głos"}, identified=False),
    Story(
        "child_account", f"1 1 1 {YESTERDAY} 2 1 1",
        {"pl": "pracodawc", "en": "employer", "uk": "роботодав"},
    ),
    Story("ward_account", "1 1 1", {"pl": "Potrzebne są dwa dokumenty"}, opened=True),
    Story(
        "after_divorce", "1 5",
        {"pl": "Takie orzeczenie zamyka dostęp.", "en": "Such a ruling closes access.",
         "uk": "Таке рішення закриває доступ."},
        opened=True,
    ),
    Story("covid_referral", "1 1 8 1 1 1", {"pl": "Infolinia nie może go wystawić."}),
    Story("lost_identifier", "2 1 1", {"pl": "Stary przestaje działać od razu."}),
    Story(
        "was_it_you", "2 2 2",
        {"pl": "Sam identyfikator niczego nie otwiera.",
         "en": "The identifier alone opens nothing.",
         "uk": "Сам ідентифікатор нічого не відкриває."},
        opened=True,
    ),
]  # fmt: skip
ALL = [pytest.param(story, "pl", id=story.matter) for story in STORIES]
THREE = [
    pytest.param(story, language, id=f"{story.matter}-{language}")
    for story in STORIES
    for language in ("en", "uk")
    if language in story.said
]


def _fail(error: object) -> None:
    raise AssertionError(f"the page had an error: {error}")


def _fail_on_policy(message: Any) -> None:
    if "Content Security" in message.text:
        _fail(message.text)


class Office:
    """Consultants at their pages, one for each language, logged in once."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[str, Page] = {}
        self.users: dict[str, Any] = {}


@pytest.fixture(scope="module")
def office(browser: Browser) -> Any:
    office = Office(browser)
    yield office
    for page in office.pages.values():
        page.context.close()


@pytest.fixture
def consultant(office, log_in, desk) -> Any:
    """``consultant("uk")``: at the start page, reading that language."""

    def enter(language: str) -> Page:
        if language not in office.pages:
            context = office.browser.new_context(viewport=DESKTOP, locale=language)
            context.set_default_timeout(10_000)
            context.add_cookies([{"name": "language", "value": language, "url": desk}])
            page = context.new_page()
            page.on("request", lambda request: leaks.remember(request.post_data))
            page.on("pageerror", _fail)
            page.on("console", _fail_on_policy)
            office.users[language] = people.colleague()
            log_in(page, office.users[language])
            office.pages[language] = page
        page = office.pages[language]
        # A story that failed leaves its call; the next one is not to fail for it.
        Call.objects.under_way().filter(consultant=office.users[language]).update(
            ended_at=timezone.now()
        )
        page.set_viewport_size(DESKTOP)
        page.goto(f"{desk}/")
        return page

    return enter


@pytest.mark.parametrize(("story", "language"), [*ALL, *THREE])
def test_from_the_ring_to_the_closed_case(story, language, consultant, office, check_accessible):
    page = consultant(language)
    given_a_call_of_somebody_who_speaks(page, language, identified=story.identified)
    when_the_matter_is_chosen(page, story.number)
    when_the_questions_are_answered(page, story.answers)
    then_it_is_said(page, story.said[language], language)
    then_no_obstacle_is_seen(page, check_accessible)
    when_the_note_is_written_and_the_case_opened(page)
    case = Case.objects.filter(opened_by=office.users[language]).latest("number")
    assert (case.matter, case.state) == (story.code, "open" if story.opened else "closed")
    assert (case.account_id is not None, case.language) == (story.identified, language)
    if story.opened:
        page.locator("form[action$='/close/'] button").click()
        page.wait_for_load_state()
    when_the_consultant_hangs_up(page)
    case.refresh_from_db()
    assert case.state == "closed"
    then_nothing_but_the_kept_answers_is_left(case, story)


def given_a_call_of_somebody_who_speaks(page, language, *, identified=True):
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_be_focused()
    if not identified:
        if page.locator("#identify [aria-current]").get_attribute("lang") != language:
            page.locator(f"#identify a[lang={language}]").click()
        page.keyboard.press("F2")
        return
    account = people.account(language=language)
    page.keyboard.type(str(selectors.current_identifier(account.pk).number))
    page.keyboard.press("Enter")


def when_the_matter_is_chosen(page, number):
    expect(page.locator("#matters")).to_be_visible()
    for digit in str(number):
        page.keyboard.press(digit)
    if number == 1:  # also the first digit of others
        page.keyboard.press("Enter")
    expect(page.locator("#at-hand")).to_be_visible()


def when_the_questions_are_answered(page, answers):
    for answer in answers.split():
        at = page.locator("#at-hand").get_attribute("data-step")
        then_f4_opens_the_exits(page)
        if len(answer) > 1:
            expect(page.locator("#typed")).to_be_focused()
            page.locator("#typed").fill(answer)
            page.keyboard.press("Enter")
        else:
            page.keyboard.press(answer)
        expect(page.locator(f"#at-hand:not([data-step={at}])")).to_be_visible()


def then_f4_opens_the_exits(page):
    """On whatever step the script stands; F4 again, and the focus is where it was."""
    expect(page.locator(":focus")).to_have_count(1)  # a step is swapped first, then focused
    before = page.evaluate("document.activeElement.id || document.activeElement.textContent")
    page.keyboard.press("F4")
    expect(page.locator("#urgent .exits-grid")).to_be_visible()
    page.keyboard.press("F4")
    expect(page.locator("#urgent .exits-grid")).to_be_hidden()
    after = page.evaluate("document.activeElement.id || document.activeElement.textContent")
    assert after == before


def then_it_is_said(page, sentence, language):
    then_f4_opens_the_exits(page)
    said = page.locator(f"#at-hand [lang={language}]", has_text=sentence)
    expect(said.first).to_be_visible()
    expect(page.locator(".outcome")).to_be_visible()


def then_no_obstacle_is_seen(page, check):
    check(page)
    page.set_viewport_size(PHONE)
    check(page)
    page.set_viewport_size(DESKTOP)


def when_the_note_is_written_and_the_case_opened(page):
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("Asks for help.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".case-number").first).to_be_visible()


def when_the_consultant_hangs_up(page):
    page.keyboard.press("F8")
    expect(page.locator("form[action$='/call/'] button")).to_be_focused()


def then_nothing_but_the_kept_answers_is_left(case, story):
    run = ScriptRun.objects.get(call_id=case.call_id)
    script = library.shipped().scripts[story.matter].script
    assert all(script.steps[code].keep for code in run.answers)
    assert (run.note, run.is_current) == ("", False)
    assert Call.objects.get(pk=case.call_id).ended_at
    steps = Event.objects.filter(call=case.call_id, what="script.step")
    assert steps.count() == 1 + len(story.answers.split())


@dataclass
class Caller:
    """A caller who is no patient: key and number, matter, what is said, what comes out."""

    kind: str
    key: str
    number: str
    matter: int
    answers: str
    said: str
    opened: bool = False


CALLERS = [
    Caller(
        "doctor", "1", "5425740", 15, "1 2 1", "Dane o prawie wykonywania zawodu prowadzi izba."
    ),
    Caller("dentist", "1", "5425740", 18, "1", "Dane udostępnia pacjent na swoim koncie"),
    Caller("nurse", "2", "0201234P", 17, "2", "poprawia tylko jej autor"),
    Caller("midwife", "2", "0201234a", 17, "1 3", "Zmiany wysyła się jako korektę"),
    Caller("pharmacist", "3", "09014954", 15, "2 1", "numer PESEL nie jest potrzebny"),
    Caller("physiotherapist", "4", "1030", 14, "1 2 1 2", "nie ma numeru, na który można", True),
    Caller("diagnostician", "5", "3143", 16, "1 1", "czy wszystkie pola są wypełnione"),
    Caller("rpwdl", "6", "12345", 13, "2", "Oddzwonimy na numer z rejestru", True),
    Caller("regon", "7", "123456785", 14, "3", "nie ma numeru, na który można", True),
    Caller("nip", "8", "526-104-08-28", 13, "2", "Oddzwonimy na numer z rejestru", True),
    Caller("pharmacy", "9", "4321", 15, "2 2 1", "My nie zdejmujemy blokady."),
]


@pytest.mark.parametrize("who", CALLERS, ids=lambda who: who.kind)
def test_somebody_who_is_no_patient_calls(who, consultant, office, check_accessible):
    given_a_facility_in_the_register()
    page = consultant("pl")
    when_a_call_is_taken_and_a_number_named(page, who.key, who.number)
    then_the_number_proves_nothing(page)
    when_the_matter_is_chosen(page, who.matter)
    when_the_questions_are_answered(page, who.answers)
    then_it_is_said(page, who.said, "pl")
    if who.kind in ("doctor", "nip"):
        then_no_obstacle_is_seen(page, check_accessible)
    when_the_note_is_written_and_the_case_opened(page)
    case = Case.objects.filter(opened_by=office.users["pl"]).latest("number")
    assert case.matter.startswith("staff_")
    assert (case.account_id, case.state) == (None, "open" if who.opened else "closed")
    known = who.kind in ("rpwdl", "nip")
    assert [one.ending for one in case.callbacks.all()] == (["17"] if known else [])
    when_the_consultant_hangs_up(page)


def test_a_misheard_number_of_a_facility_is_asked_for_again(consultant, check_accessible):
    page = consultant("pl")
    when_a_call_is_taken_and_a_number_named(page, "8", "526-104-08-29")
    expect(page.locator("main")).to_contain_text("Cyfra kontrolna się nie zgadza")
    expect(page.locator("#kind-nip")).to_be_checked()
    check_accessible(page)
    page.set_viewport_size(PHONE)
    check_accessible(page)
    page.set_viewport_size(DESKTOP)
    page.locator("#hang-up-button").click()


def when_a_call_is_taken_and_a_number_named(page, key, number):
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_be_focused()
    page.keyboard.press("F3")
    expect(page.locator("#kind-doctor")).to_be_focused()
    page.keyboard.press(key)
    expect(page.locator("#named")).to_be_focused()
    page.keyboard.type(number)
    page.keyboard.press("Enter")


def then_the_number_proves_nothing(page):
    expect(page.locator(".notice.who")).to_contain_text("nie mów nic o pacjentach")
    expect(page.locator("#matter-13")).to_be_focused()


def given_a_facility_in_the_register():
    oid = "urn:oid:2.16.840.1.113883.3.4424"
    Organization.objects.get_or_create(
        system="rejestr/Organization", value="4711", defaults={
            "name": "Poradnia Zdrowa", "city": "Lublin",
            "numbers": [f"{oid}.2.1|5261040828", f"{oid}.2.3.1|000000012345"],
            "content": {"telecom": [{"system": "phone", "value": "81 532 41 17"}]},
        },
    )  # fmt: skip


def test_a_script_changes_during_a_call(consultant):
    folder = Path(os.environ["ZAMIAST_SCRIPTS"])
    page = consultant("pl")
    given_a_call_of_somebody_who_speaks(page, "pl")
    when_the_matter_is_chosen(page, 12)
    page.keyboard.press("2")
    when_somebody_changes_the_script(folder)
    page.reload()
    expect(page.locator("#question")).to_contain_text("Czego chciał rozmówca?")
    expect(page.locator("#case-form")).to_contain_text(re.compile("Wersja 2 skryptu"))
    when_the_consultant_hangs_up(page)
    given_a_call_of_somebody_who_speaks(page, "pl")
    when_the_matter_is_chosen(page, 12)
    expect(page.locator("#question")).to_contain_text("Co nowego się stało?")
    (folder / "was_it_you.yaml").unlink()
    time.sleep(2.1)  # the desk has looked again
    page.reload()
    expect(page.locator("#question")).to_contain_text("Co nowego się stało?")
    when_the_consultant_hangs_up(page)


def when_somebody_changes_the_script(folder):
    text = (library.SHIPPED / "was_it_you.yaml").read_text("utf-8")
    changed = text.replace("Co się stało?", "Co nowego się stało?").replace(
        "version: 2", "version: 3"
    )
    (folder / "was_it_you.yaml").write_text(changed, "utf-8")
    time.sleep(2.1)  # the desk looks at the folder every two seconds


def test_the_keys_are_shown_over_the_page_and_can_be_turned_off(consultant, check_accessible):
    page = consultant("pl")
    given_a_call_of_somebody_who_speaks(page, "pl", identified=False)
    when_the_matter_is_chosen(page, 4)
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#keys-help")).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator(".path li")).to_have_count(1)
    expect(page.locator("#answers button").first).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.locator(".path li")).to_have_count(0)
    page.keyboard.press("F4")
    expect(page.locator("#urgent")).to_have_attribute("open", "")
    page.locator("details:has(#keys-switch) summary").click()
    page.locator("#keys-switch").click()
    page.keyboard.press("1")
    expect(page.locator(".path li")).to_have_count(0)
    page.locator("#keys-switch").click()
    page.locator("#hang-up-button").click()


def test_the_urgent_exits_are_one_key_away_wherever_the_call_stands(consultant):
    page = consultant("pl")
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_be_focused()
    then_f4_shows_the_exits_and_leads_back(page, "number")
    page.keyboard.press("F2")
    expect(page.locator("#matter-0")).to_be_focused()
    then_f4_shows_the_exits_and_leads_back(page, "matter-0")
    when_the_matter_is_chosen(page, 4)
    page.keyboard.press("n")
    page.keyboard.type("Nie widzi recept.")
    then_f4_shows_the_exits_and_leads_back(page, "note")
    expect(page.locator("#note")).to_have_value("Nie widzi recept.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".case-number").first).to_be_visible()
    then_f4_shows_the_exits_and_leads_back(page, "")
    page.get_by_role("link", name="Pokaż sprawę").click()
    expect(page.locator("#note-form")).to_be_visible()
    page.keyboard.press("F4")
    expect(page.locator("#urgent").get_by_text("116\u00a0123").first).to_be_visible()
    page.keyboard.press("F8")
    expect(page.locator("#take-call")).to_be_focused()


def then_f4_shows_the_exits_and_leads_back(page, focus):
    page.keyboard.press("F4")
    shown = page.locator("#urgent")
    for word in (
        "112",
        "116\u00a0123",
        "W takiej rozmowie nie mogę pomóc",
        "PESEL nie przyjmujemy",
    ):
        expect(shown.get_by_text(word).first).to_be_visible()
    page.keyboard.press("F4")
    expect(shown.get_by_text("116\u00a0123").first).to_be_hidden()
    if focus:
        expect(page.locator(f"#{focus}")).to_be_focused()


def test_a_preview_without_a_call(consultant, desk, check_accessible):
    page = consultant("pl")
    page.goto(f"{desk}/scripts/")
    check_accessible(page)
    page.get_by_role("link", name="Nie mam dostępu do konta dziecka").click()
    page.get_by_role("button", name="rodzic", exact=False).first.click()
    page.get_by_role("button", name="18 lub więcej").click()
    expect(page.locator("#told")).to_be_visible()
    page.set_viewport_size(PHONE)
    check_accessible(page)
    page.locator("#back").click()
    expect(page.locator("#question")).to_contain_text("mniej niż 16 lat")
