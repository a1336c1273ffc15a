"""The network fails in the middle of a script, or the server has no database for a while."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP


def test_no_answer_is_said_and_the_note_stays(page_for, log_in, check_accessible):
    page = page_for(DESKTOP)
    log_in(page, people.colleague())
    page.locator("#take-call").click()
    expect(page.locator("#number")).to_be_focused()
    page.keyboard.press("F2")
    expect(page.locator("#matter-4")).to_be_visible()
    page.locator("#matter-4").click()
    page.locator("#note").fill("Nie widzi recept.")
    asked = page.locator("#question").inner_text()

    page.context.set_offline(True)
    page.locator("#answers button").first.click()
    line = page.get_by_role("alert").filter(has_text="Serwer nie odpowiada.")
    expect(line).to_be_visible()
    check_accessible(page)
    expect(page.locator("#note")).to_have_value("Nie widzi recept.")
    expect(page.locator("#question")).to_have_text(asked)

    page.context.set_offline(False)
    page.locator("#answers button").first.click()
    expect(page.locator(".path li")).to_have_count(1)
    expect(line).to_be_hidden()
    expect(page.locator("#note")).to_have_value("Nie widzi recept.")
    page.locator("#hang-up-button").click()
