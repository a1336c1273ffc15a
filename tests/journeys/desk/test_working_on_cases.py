"""Work on cases: a night shift with hand-over, two consultants on one case, a promised callback."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import subprocess
import time
import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import ARGUMENTS, DESKTOP, PHONE, chromium
from zamiast.audit.models import Look
from zamiast.helpline import hours
from zamiast.helpline.desk.presenters import grouped, when
from zamiast.helpline.models import Callback, Case, Draft, Message, Note
from zamiast.portal.models import Link


@pytest.fixture
def at_work(page_for, log_in, check_accessible, desk):
    """``at_work()``: somebody of the staff who reads Polish, at the start page."""

    def come(viewport=DESKTOP, role="consultant", language="pl"):
        page = page_for(viewport, language)
        page.context.add_cookies([{"name": "language", "value": language, "url": desk}])
        page.user = people.colleague(role)
        log_in(page, page.user)
        page.goto(f"{desk}/")
        return page

    return come


def opened_by(user, **more):
    if "account_id" not in more:
        more["account_id"] = people.account(family_name="Zielińska").pk
    return Case.objects.create(
        matter="e_services", opened_by=user, opened_by_name=user.k_number, owner=user,
        owner_name=user.k_number, **more,
    )  # fmt: skip


def show(page, name):
    """A picture for whoever looks at the pages by hand."""
    if folder := os.environ.get("ZAMIAST_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_night_shift_hands_over(at_work, desk, check_accessible):
    evening, night = at_work(), at_work(PHONE)
    case = opened_by(evening.user, queue="technical")
    given_a_note_and_a_pause(evening, case, desk, check_accessible)
    when_it_is_handed_over(evening, night, case, desk)
    then_the_night_goes_on_with_it(night, case, desk, check_accessible)


def given_a_note_and_a_pause(page, case, desk, check_accessible):
    page.goto(f"{desk}/case/{case.pk}/")
    check_accessible(page)
    show(page, "case-desktop")
    page.locator("#note").fill("Czekamy na telefon z przychodni.")
    page.get_by_text("Odłóż").first.click()
    page.locator("#reason").select_option("facility")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page.locator("#until").fill(tomorrow.isoformat())
    page.get_by_role("button", name="Odłóż").click()
    expect(page.locator("main")).to_contain_text("placówka, do")
    case.refresh_from_db()
    assert (case.state, case.waits_for) == ("waiting", "facility")


def when_it_is_handed_over(evening, night, case, desk):
    evening.get_by_text("Przekaż osobie z zespołu").click()
    evening.locator("#colleague").fill(night.user.k_number)
    evening.get_by_role("button", name="Przekaż", exact=True).click()
    expect(evening.get_by_role("alert")).to_contain_text("Notatka jest pusta.")
    expect(evening.locator("#colleague")).to_have_value(night.user.k_number)
    evening.locator("#note").fill("Nocą nic nie trzeba. Rano zadzwonić do przychodni.")
    evening.get_by_role("button", name="Przekaż", exact=True).click()
    expect(evening.locator(".timeline")).to_contain_text(night.user.k_number)


def then_the_night_goes_on_with_it(page, case, desk, check_accessible):
    page.goto(f"{desk}/cases/?which=waiting&owner=mine")
    page.get_by_role("link", name=f"{case.pk:,}".replace(",", " ")).click()
    expect(page.locator(".timeline")).to_contain_text("Rano zadzwonić do przychodni.")
    page.get_by_role("button", name="Wznów").click()
    expect(page.locator("main")).to_contain_text("Termin")
    then_the_deadline_falls_into_working_time(page, case)
    check_accessible(page)
    show(page, "case-320")
    page.goto(f"{desk}/")
    expect(page.locator("#mine")).to_be_visible()
    check_accessible(page)
    show(page, "start-320")


def then_the_deadline_falls_into_working_time(page, case):
    """Whatever day it is today: technical help works from 7 to 19, not on days off."""
    case.refresh_from_db()
    due = timezone.localtime(case.due_at)
    assert hours.is_working_day(due.date())
    assert datetime.time(7) <= due.time() <= datetime.time(19)
    expect(page.get_by_role("region", name="Czyja i na kiedy")).to_contain_text(when(case.due_at))


def test_two_consultants_on_one_case_see_each_other_and_lose_nothing(
    at_work, desk, check_accessible
):
    one, two = at_work(), at_work()
    case = opened_by(one.user)
    for page in (one, two):
        page.goto(f"{desk}/case/{case.pk}/")
    one.locator("#note").press_sequentially("Piszę, ale jeszcze")
    expect(two.locator("#present")).to_contain_text(f"{one.user.k_number} ", timeout=20_000)
    two.locator("#note").fill("Byłem szybszy.")
    two.locator("#note").press("Control+Enter")
    expect(two.locator(".timeline")).to_contain_text("Byłem szybszy.")
    expect(one.locator("#present")).to_contain_text("nowego", timeout=20_000)
    one.locator("#note").press("Control+Enter")
    expect(one.get_by_role("alert")).to_contain_text("ktoś coś tu dodał")
    expect(one.locator("#note")).to_have_value("Piszę, ale jeszcze")
    check_accessible(one)
    show(one, "case-two")
    one.locator("#note").press("Control+Enter")
    expect(one.locator(".timeline")).to_contain_text("Piszę, ale jeszcze")
    assert Note.objects.filter(case=case).count() == 2


def test_a_draft_outlives_a_browser_that_is_killed(at_work, log_in, desk, browser, tmp_path):
    page = at_work()
    case = opened_by(page.user)
    with a_browser_of_its_own(browser.browser_type, tmp_path) as (pid, doomed):
        log_in(doomed, page.user)
        doomed.goto(f"{desk}/case/{case.pk}/")
        with doomed.expect_response(lambda answer: "/here/" in answer.url and has_draft(case)):
            doomed.locator("#note").fill("Długa notatka, której szkoda.")
        os.killpg(pid, signal.SIGKILL)
    page.goto(f"{desk}/case/{case.pk}/")
    expect(page.locator("#note")).to_have_value("Długa notatka, której szkoda.")
    page.locator("#note").press("Control+Enter")
    expect(page.locator(".timeline")).to_contain_text("Długa notatka")
    assert not Draft.objects.filter(case=case).exists()


def has_draft(case):
    return Draft.objects.filter(case=case).exists()


@contextlib.contextmanager
def a_browser_of_its_own(kind, folder):
    """A Chromium that a story may kill: its process group, and a page in it."""
    command = [chromium(), *ARGUMENTS, "--headless", "--remote-debugging-port=0",
               f"--user-data-dir={folder}", "about:blank"]  # fmt: skip
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        port = folder / "DevToolsActivePort"
        for _ in range(300):
            if port.exists() and port.read_text().count("\n"):
                break
            assert process.poll() is None, "the browser did not start"
            time.sleep(0.1)
        address = f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        yield process.pid, kind.connect_over_cdp(address).contexts[0].pages[0]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def test_one_case_becomes_two_and_two_become_one(at_work, desk, check_accessible):
    page = at_work()
    case = opened_by(page.user)
    page.goto(f"{desk}/case/{case.pk}/")
    page.locator("#note").fill("Pyta też o zgubiony identyfikator.")
    page.get_by_text("Podziel lub połącz").click()
    page.locator("#matter").select_option("lost_identifier")
    page.get_by_role("button", name="Utwórz drugą sprawę").click()
    expect(page.locator("main")).to_contain_text("Powiązane sprawy")
    check_accessible(page)
    second = Case.objects.get(matter="lost_identifier", account_id=case.account_id)
    assert (second.level, second.queue) == (case.level, "safety")
    page.goto(f"{desk}/case/{second.pk}/")
    expect(page.locator(".timeline")).to_contain_text("Pyta też o zgubiony identyfikator.")
    page.get_by_text("Podziel lub połącz").click()
    page.locator("#other").fill(f"{case.pk}")
    page.get_by_role("button", name="Połącz z nią").click()
    expect(page.locator("main")).to_contain_text("Dalszy ciąg:")
    page.goto(f"{desk}/case/{case.pk}/")
    expect(page.locator(".timeline")).to_contain_text("Pyta też o zgubiony identyfikator.")
    check_accessible(page)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "320px"])
def test_a_ready_answer_has_its_places_filled_in_and_is_read_in_the_account(
    at_work, page_for, log_in, desk, portal, check_accessible, viewport
):
    page = at_work(viewport)
    holder = people.holder(f"ready-{viewport['width']}", language="uk")
    case = opened_by(page.user, account_id=Link.objects.get(user=holder).account_id, language="uk")
    page.goto(f"{desk}/case/{case.pk}/")
    page.locator("#canned").select_option("received")
    page.get_by_role("button", name="Wstaw").click()
    text = page.locator("#answer").input_value()
    due = timezone.localtime(case.due_at).strftime("%d.%m.%Y")
    for place in (grouped(case.pk), page.user.k_number, due, "Дякуємо за лист."):
        assert place in text
    assert "{" not in text
    check_accessible(page)
    show(page, f"ready-{viewport['width']}")
    page.locator("#answer").fill(text + "\nДо побачення!")
    page.get_by_role("button", name="Wyślij odpowiedź").click()
    expect(page.locator(".timeline")).to_contain_text("До побачення!")
    assert Message.objects.get(case=case).canned == "received:1"
    phone = page_for(PHONE, "uk")
    log_in(phone, holder)
    phone.goto(f"{portal}/cases/{case.pk}/")
    expect(phone.locator("main")).to_contain_text("До побачення!")
    expect(phone.locator("main")).to_contain_text(page.user.k_number)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "320px"])
def test_two_cases_that_belong_together_name_each_other(at_work, desk, check_accessible, viewport):
    page = at_work(viewport)
    case, other = opened_by(page.user), opened_by(page.user)
    page.goto(f"{desk}/case/{case.pk}/")
    page.get_by_text("Podziel lub połącz").click()
    page.locator("#other").fill(f"{other.pk}")
    page.get_by_role("button", name="Powiąż").click()
    links = page.get_by_role("region", name="Powiązane sprawy")
    expect(links).to_contain_text(grouped(other.pk))
    check_accessible(page)
    show(page, f"links-{viewport['width']}")
    links.get_by_role("link", name=grouped(other.pk)).click()
    expect(page.locator("h1")).to_contain_text(grouped(other.pk))
    expect(links).to_contain_text(grouped(case.pk))


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "320px"])
def test_a_document_is_opened_by_whoever_has_the_case(
    at_work, desk, check_accessible, viewport, tmp_path
):
    day, night = at_work(viewport), at_work(viewport)
    case = opened_by(day.user)
    paper = tmp_path / "zrzut ekranu.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n what the page showed")
    day.goto(f"{desk}/case/{case.pk}/")
    day.get_by_text("Nowy dokument").click()
    day.locator("#document").set_input_files(paper)
    check_accessible(day)
    day.get_by_role("button", name="Dodaj dokument").click()
    papers = day.get_by_role("region", name="Dokumenty")
    with day.expect_download() as found:
        papers.get_by_role("link", name=paper.name).click()
    assert found.value.path().read_bytes() == paper.read_bytes()
    check_accessible(day)
    show(day, f"document-{viewport['width']}")
    night.goto(f"{desk}/case/{case.pk}/")
    papers = night.get_by_role("region", name="Dokumenty")
    expect(papers).to_contain_text("Weź sprawę, żeby je otworzyć.")
    expect(papers.get_by_role("link")).to_have_count(0)
    check_accessible(night)
    night.get_by_role("button", name="Weź sprawę").click()
    expect(papers.get_by_role("link", name=paper.name)).to_be_visible()
    looks = Look.objects.filter(account_id=case.account_id, what="case.document_read")
    assert looks.count() == 1


def test_a_promised_callback_is_seen_by_everybody_until_it_is_kept(at_work, desk, check_accessible):
    day, other = at_work(), at_work(PHONE)
    case = opened_by(day.user)
    day.goto(f"{desk}/case/{case.pk}/")
    expect(day.locator("main")).to_contain_text("Nikt tu nie dzwonił")
    Case.objects.filter(pk=case.pk).update(call_id=uuid.uuid4())
    day.reload()
    day.get_by_text("Obiecaj telefon").click()
    day.locator("#day").fill((timezone.localdate() + datetime.timedelta(days=1)).isoformat())
    day.locator("#from").fill("09:00")
    day.locator("#until_time").fill("10:00")
    expect(day.locator("[name=number_kind]")).to_have_count(1)  # there is no other number
    expect(day.locator("#kind-telephone")).to_be_checked()
    day.locator("#ending").fill("17")
    check_accessible(day)
    day.get_by_role("button", name="Obiecaj", exact=True).click()
    expect(day.locator("main")).to_contain_text("końcówka 17")
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    Callback.objects.filter(case=case).update(from_at=an_hour_ago - datetime.timedelta(hours=1),
                                              until_at=an_hour_ago)  # fmt: skip
    other.goto(f"{desk}/")
    check_accessible(other)
    expect(other.locator("nav .badge.danger").first).to_be_visible()
    other.goto(f"{desk}/callbacks/")
    check_accessible(other)
    show(other, "callbacks-320")
    row = other.locator(".callback", has_text=f"{case.pk:,}".replace(",", " "))
    row.get_by_role("button", name="Dzwonię").click()
    expect(other.locator("h1")).to_contain_text("Rozmowa od")
    other.goto(f"{desk}/callbacks/")
    row.get_by_role("button", name="Rozmowa się odbyła").click()
    expect(row).to_have_count(0)
    assert Callback.objects.get(case=case).state == "kept"


def test_a_case_is_found_by_the_words_of_its_notes(at_work, desk, check_accessible):
    page = at_work()
    case = opened_by(page.user)
    page.goto(f"{desk}/case/{case.pk}/")
    page.locator("#note").fill("Zaginęło skierowanie do sanatorium.")
    page.locator("#note").press("Control+Enter")
    expect(page.locator(".timeline")).to_contain_text("sanatorium")
    page.goto(f"{desk}/")
    page.locator("#find").fill("skierowania sanatoriów")
    page.locator("#find").press("Enter")
    expect(page.locator("main")).to_contain_text(f"{case.pk:,}".replace(",", " "))
    check_accessible(page)
    show(page, "found")
