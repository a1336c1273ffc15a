"""What the stories at the desk share: a caller, and a consultant at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from zamiast.registry import selectors


@dataclass
class Shift:
    """A consultant at a page of the desk; every step ends with a look for obstacles."""

    page: Page
    user: Any
    check: Any

    def seen(self, text: str) -> None:
        """A sentence is on the page, and the page is accessible."""
        expect(self.page.locator("main")).to_contain_text(text)
        self.check(self.page)

    def take_call(self) -> None:
        """One key: the button has the focus."""
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#number")).to_be_focused()

    def hear(self, digits: str) -> None:
        """Type what was heard."""
        self.page.keyboard.type(digits)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "320px"])
def shift(request, page_for, log_in, check_accessible, desk) -> Shift:
    """A consultant who logged in and reads English."""
    page = page_for(request.param, "en")
    page.context.add_cookies([{"name": "language", "value": "en", "url": desk}])
    user = people.colleague()
    log_in(page, user)
    page.goto(f"{desk}/")
    check_accessible(page)
    return Shift(page, user, check_accessible)


@pytest.fixture
def caller():
    """Somebody with an account, and the identifier as they say it."""
    account = people.account(language="uk", family_name="Wiśniewska")
    return account, str(selectors.current_identifier(account.pk).number)
