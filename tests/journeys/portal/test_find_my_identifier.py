"""Somebody old, with a small phone, looks for the number that the helpline asks for."""

from __future__ import annotations

import re

import pytest

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.portal.steps import number_of
from zamiast.pure import identifier as code

ZOOMED = {"width": 640, "height": 450}  # 1280 px at 200 %


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED, DESKTOP], ids=["phone", "zoomed", "desktop"])
def test_find_my_identifier(portal, page_for, log_in, check_accessible, viewport) -> None:
    holder = people.holder(f"anna-{viewport['width']}")
    number = number_of(holder)
    page = page_for(viewport)

    page.goto(portal)
    check_accessible(page)
    page.get_by_role("link", name="Gdzie jest mój identyfikator?").click()
    check_accessible(page)
    page.get_by_role("link", name="Zaloguj się i zobacz identyfikator").click()
    assert "/login/" in page.url

    log_in(page, holder)
    check_accessible(page)
    shown = page.locator(".plate .identifier")
    assert re.sub(r"\s", "", shown.inner_text()) == number
    assert shown.get_attribute("aria-hidden") == "true"
    assert code.speak(number, "pl") in page.locator(".plate").inner_text()
    bottom = page.evaluate("document.querySelector('.identifier').getBoundingClientRect().bottom")
    if viewport != ZOOMED:
        assert bottom <= viewport["height"], "the identifier is seen without scrolling"

    page.locator("summary").click()
    page.get_by_role("img", name="Kod QR z Twoim identyfikatorem").wait_for()
    check_accessible(page)


def test_in_another_language(portal, page_for, log_in, check_accessible) -> None:
    holder = people.holder("oksana", language="uk")
    page = page_for(PHONE)
    page.goto(portal)
    page.get_by_role("button", name="Українська").click()
    assert page.locator("html").get_attribute("lang") == "uk"
    check_accessible(page)
    log_in(page, holder)
    assert page.get_by_role("heading", level=1).inner_text() == "Ваш ідентифікатор"
    assert code.speak(number_of(holder), "uk") in page.locator(".plate").inner_text()
    check_accessible(page)


def test_in_the_dark(portal, page_for, log_in, check_accessible) -> None:
    holder = people.holder("noc")
    page = page_for(PHONE)
    page.emulate_media(color_scheme="dark")
    log_in(page, holder)
    for address in ("/identifier/", "/identifier/replace/", "/who-looked/", "/cases/", "/help/"):
        page.goto(portal + address)
        check_accessible(page)


def test_the_card_is_a_pdf(portal, page_for, log_in) -> None:
    page = page_for()
    log_in(page, people.holder("karta"))
    address = page.get_by_role("link", name="Wydrukuj kartę").get_attribute("href")
    answer = page.request.get(portal + str(address))
    assert answer.body().startswith(b"%PDF-")


def test_without_javascript_everything_but_the_extras_works(
    portal, browser, log_in, check_accessible
) -> None:
    holder = people.holder("bezskryptow")
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="pl")
    page = context.new_page()
    log_in(page, holder)
    assert re.sub(r"\s", "", page.locator(".plate .identifier").inner_text()) == number_of(holder)
    assert not page.get_by_role("button", name="Kopiuj").is_visible()
    assert not page.get_by_role("button", name="Przeczytaj na głos").is_visible()
    context.close()


@pytest.mark.parametrize("address", ["/", "/help/", "/identifier/"])
def test_the_first_page_is_light(portal, page_for, log_in, address) -> None:
    page = page_for(PHONE)
    if address == "/identifier/":
        log_in(page, people.holder("lekka"))
        page = page.context.browser.new_context(  # an empty cache, the same session
            storage_state=page.context.storage_state()
        ).new_page()
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(
            request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
        ),
    )
    page.goto(portal + address)
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 100_000
    page.context.close()
