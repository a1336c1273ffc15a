"""Cases at the desk, the supervisor's day, and a whole call without JavaScript."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP
from zamiast.helpline.models import Case, Note


def test_a_case_is_found_written_on_closed_and_opened_again(shift, desk):
    given_a_case_of_this_consultant(shift)
    when_its_number_is_typed(shift, desk)
    shift.seen("Unconfirmed: tell a caller nothing")
    when_a_note_is_added(shift)
    shift.seen("Asked again.")
    shift.page.get_by_role("button", name="Close the case").click()
    shift.seen("closed")
    shift.page.get_by_role("button", name="Open again").click()
    shift.seen("opened again")
    shift.page.goto(f"{desk}/cases/?owner=mine&matter=e_services")
    shift.seen("100 ")


def test_a_supervisor_sees_the_day(page_for, log_in, check_accessible, desk):
    page = page_for(DESKTOP, "en")
    page.context.add_cookies([{"name": "language", "value": "en", "url": desk}])
    log_in(page, people.colleague("supervisor"))
    page.goto(f"{desk}/supervisor/")
    expect(page.locator("h1")).to_contain_text("Today at the helpline")
    check_accessible(page)


def test_the_whole_call_without_javascript(browser, log_in, check_accessible, desk):
    account = people.account(language="pl")
    context = browser.new_context(java_script_enabled=False, locale="en")
    context.add_cookies([{"name": "language", "value": "en", "url": desk}])
    page = context.new_page()
    log_in(page, people.consultant("K-102"))
    page.goto(f"{desk}/")
    page.get_by_role("button", name="Take a call").click()
    page.locator("#number").fill("950 120 144 438")
    page.locator("#number").press("Enter")
    expect(page.locator("#answer")).to_contain_text("Ask for the fourth group once more.")
    number = account.identifiers.get().number
    page.locator("#number").fill(str(number))
    page.locator("#number").press("Enter")
    expect(page.locator("main")).to_contain_text("Identifier active.")
    page.locator("#matter-4").click()
    page.locator("#note").fill("The page stays white.")
    page.get_by_role("button", name="in the browser").click()
    expect(page.locator("#note")).to_have_value("The page stays white.")
    page.get_by_role("button", name="the page does not open").click()
    page.get_by_role("button", name="Change").last.click()
    expect(page.locator("#question")).to_contain_text("Co się dzieje?")
    page.get_by_role("button", name="Open and close at once").click()
    expect(page.locator(".case-number")).to_be_visible()
    case = Case.objects.get(account_id=account.pk)
    assert (case.matter, case.state) == ("account_trouble", "closed")
    context.close()


def given_a_case_of_this_consultant(shift):
    shift.case = Case.objects.create(
        matter="e_services", opened_by=shift.user, opened_by_name=shift.user.k_number
    )


def when_its_number_is_typed(shift, desk):
    shift.page.goto(f"{desk}/")
    shift.page.locator("#find").fill(f"{shift.case.number:,}".replace(",", " "))
    shift.page.locator("#find").press("Enter")


def when_a_note_is_added(shift):
    warning = shift.page.locator("#note_watch")
    shift.page.locator("#note").fill("Asked again. 44051401458")
    expect(warning).to_contain_text("There seems to be a PESEL in the note.")
    shift.page.locator("#note").fill("Asked again.")
    expect(warning).to_be_empty()
    shift.page.locator("#note").press("Control+Enter")
    expect(shift.page.locator(".timeline").first).to_contain_text("Asked again.")
    assert Note.objects.filter(case=shift.case).count() == 1
