"""The account as an app, with a lock: finger, face or PIN when it starts and when it was left."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import people
from tests.journeys.conftest import PHONE
from tests.journeys.login.test_step_up import given_a_passkey
from zamiast.login.models import HolderSession

ASKED = "Czy to Ty?"


@pytest.fixture
def locked(page_for, log_in, portal, request):
    """A phone whose app has the lock; its page, owner, and what plays the finger."""
    page = page_for(PHONE, "pl")
    user = people.holder(f"lock-{len(request.node.name)}", given_names="Barbara")
    log_in(page, user)
    device, finger = given_a_passkey(page, portal)
    page.goto(f"{portal}/app/")
    page.get_by_role("button", name="Włącz blokadę").click()
    page.locator("[data-passkey-start]").click()  # who cannot open it cannot lock it
    expect(page.get_by_text("Blokada jest włączona")).to_be_visible()
    return page, user, device, finger


def when_it_is_left_for(user, minutes: int) -> None:
    seen = timezone.now() - datetime.timedelta(minutes=minutes)
    HolderSession.objects.filter(user=user).update(last_seen_at=seen)


def then_it_asks(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKED)
    assert "Barbara" not in page.content()


def test_the_app_asks_when_it_starts_and_when_it_was_left(locked, portal, check_accessible):
    page, user, device, finger = locked
    page.goto(f"{portal}/identifier/")
    expect(page.locator(".identifier").first).to_be_visible()  # in use: it stays open

    page.goto(f"{portal}/app/start/")
    then_it_asks(page)
    check_accessible(page)
    page.goto(f"{portal}/who-looked/")  # no other page is a way around
    then_it_asks(page)

    device.send("WebAuthn.setUserVerified", {"authenticatorId": finger, "isUserVerified": False})
    page.locator("[data-passkey-start]").click()
    page.locator("[data-passkey-problem]").wait_for(state="visible")
    device.send("WebAuthn.setUserVerified", {"authenticatorId": finger, "isUserVerified": True})
    page.locator("[data-passkey-start]").click()
    page.wait_for_url("**/who-looked/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(ASKED)

    when_it_is_left_for(user, 2)
    page.goto(f"{portal}/identifier/")
    expect(page.locator(".identifier").first).to_be_visible()
    when_it_is_left_for(user, 4)
    page.goto(f"{portal}/identifier/")
    then_it_asks(page)
    page.reload()  # asking once more does not open it
    then_it_asks(page)


def test_it_is_switched_off_with_the_passkey_only(locked, portal):
    page, user, _device, _finger = locked
    page.goto(f"{portal}/app/start/")
    page.goto(f"{portal}/app/")
    then_it_asks(page)
    page.locator("[data-passkey-start]").click()
    page.get_by_role("button", name="Wyłącz blokadę").click()
    expect(page.get_by_role("button", name="Włącz blokadę")).to_be_visible()
    when_it_is_left_for(user, 10)
    page.goto(f"{portal}/identifier/")
    expect(page.locator(".identifier").first).to_be_visible()


def test_a_page_left_open_keeps_the_app_open_for_nobody(locked, portal):
    page, user, *_ = locked
    page.goto(f"{portal}/calls/")
    when_it_is_left_for(user, 4)
    with page.expect_response("**/calls/now/**") as asked:
        pass  # the page asks by itself, every few seconds
    assert asked.value.status == 200
    page.goto(f"{portal}/identifier/")
    then_it_asks(page)
