"""Every page that a link leads to is accessible, whoever follows the links.

One of the demo's people logs in and follows every link of the own site, each kind of page
once; on each page axe finds nothing, and nothing sticks out sideways on a small phone.

Every day: in Polish, in the light. ``make check-pages``: in three languages and both
themes, on a phone and on a desktop. ``make gallery`` keeps pictures of the main pages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Sites
from zamiast.demo import cast
from zamiast.login import codes
from zamiast.login.models import User

ALL = os.environ.get("ZAMIAST_CHECK_PAGES") == "all"
GALLERY = os.environ.get("ZAMIAST_GALLERY")
LANGUAGES = ("pl", "en", "uk") if ALL else ("pl",)
THEMES = ("light", "dark") if ALL else ("light",)
VIEWPORTS = (PHONE, DESKTOP) if ALL else (PHONE,)
VISITORS = ("nobody", "anna", "piotr", "kacper", "konsultant", "specjalista", "kierownik", "iod")
EACH = 2  # pages of one kind: the first may be empty where the next is not
MOST = 90
NOT_A_PAGE = re.compile(r"\.(pdf|csv|json|svg|png|ics|ndjson|webmanifest)$")


@dataclass
class Walk:
    """What one visitor found."""

    page: Page
    site: str
    urlconf: str
    check: Callable[[Page], None]
    seen: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def follow(self, start: str) -> None:
        """Walk from one address over all links, the nearest first."""
        waiting, known = [start], {start}
        while waiting and sum(self.seen.values()) < MOST:
            address = waiting.pop(0)
            kind = self.kind(address)
            if kind is None or self.seen.get(kind, 0) >= EACH:
                continue
            self.seen[kind] = self.seen.get(kind, 0) + 1
            self.look(kind, address)
            for found in self.links():
                if found not in known:
                    known.add(found)
                    waiting.append(found)

    def kind(self, address: str) -> str | None:
        """The name of the route; None for what is no page of this site."""
        parts = urlsplit(address)
        if not address.startswith(self.site) or NOT_A_PAGE.search(parts.path):
            return None
        try:
            return resolve(parts.path, self.urlconf).view_name
        except Resolver404:
            self.wrong.append(f"{address} leads nowhere")
            return None

    def look(self, kind: str, address: str) -> None:
        """Load a page and check it."""
        answer = self.page.goto(address)
        if answer is None or answer.status >= 400:
            self.wrong.append(f"{address} answers {answer and answer.status}")
            return
        try:
            self.check(self.page)
        except AssertionError as error:
            self.wrong.append(f"{kind}: {error}")
        if GALLERY and self.seen[kind] == 1:
            self.page.screenshot(path=Path(GALLERY) / f"{kind}.png", full_page=True)

    def links(self) -> list[str]:
        found = self.page.evaluate(
            "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
        )
        return [urljoin(self.page.url, one).split("#")[0] for one in found]


@pytest.fixture(scope="session")
def demo(sites: Sites, django_db_blocker, worker_name: str) -> None:
    """The demo's people in the database of this worker's stories."""
    from django.db import connection

    from tests.database import point_django_at

    before = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        point_django_at(f"stories_{worker_name}")
        try:
            cast.install()
        finally:
            connection.close()
            connection.settings_dict.update(before)


@pytest.fixture(scope="module")
def cookies() -> dict[str, list[Any]]:
    """The sessions of visitors who logged in, by name."""
    return {}


@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda one: f"{one['width']}px")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", VISITORS)
def test_every_page_that_a_link_leads_to(
    demo, sites: Sites, cookies, page_for, check_accessible, who, language, theme, viewport
) -> None:
    page: Page = page_for(viewport, language)
    page.emulate_media(color_scheme=theme)
    user = User.objects.filter(username=who).first()
    is_staff = user is not None and user.is_staff_member
    site = sites.desk if is_staff else sites.portal
    if user:
        enter(page, site, user, cookies)
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    walk = Walk(page, site, f"zamiast.config.urls.{'desk' if is_staff else 'portal'}",
                check_accessible)  # fmt: skip
    if who == "konsultant":
        take_a_call(page, site)
        walk.follow(page.url)
    walk.follow(f"{site}/")
    if who == "nobody":
        walk.follow(f"{site}/style/")
    assert walk.wrong == []
    assert len(walk.seen) >= 3, walk.seen


def enter(page: Page, site: str, user: User, cookies: dict[str, list[Any]]) -> None:
    """Log in; later walks go on in that session, for a code of the moment works once."""
    if user.username in cookies:
        page.context.add_cookies(cookies[user.username])
        return
    page.goto(f"{site}/login/")
    page.locator("input[name=login]").fill(user.username)
    page.locator("input[name=password]").fill(cast.PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.locator("input[name=code]").fill(codes.current_code(user))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url(lambda address: "login" not in address and "authenticate" not in address)
    cookies[user.username] = [one for one in page.context.cookies() if "session" in one["name"]]


def take_a_call(page: Page, site: str) -> None:
    """A new one, or the one that an earlier walk left open."""
    page.goto(f"{site}/")
    page.locator("form[action$='/call/'] button, nav a[href*='/call/']").first.click()
    expect(page.locator("#number")).to_be_visible()
