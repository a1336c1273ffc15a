"""Browser stories: both sites as real processes, under their real roles, in a real Chromium.

``portal`` and ``desk`` are the addresses. A story makes its people through
``tests.people`` (as the owner of the tables) and then only uses pages.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import people
from tests.database import HOME, clone, point_django_at, server
from tests.journeys import leaks

# Playwright's own loop runs in this thread; Django would take a story for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where Chromium is on this machine."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the stories; skip them with one line where there is no Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@dataclass(frozen=True)
class Sites:
    """The addresses of the two sites."""

    portal: str
    desk: str


expect.set_options(timeout=15_000)  # a busy machine is no fault of a page


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _serve(site: str, port: int, database: str, log: Path) -> subprocess.Popen[bytes]:
    scripts = HOME / f"scripts-{database}"  # an operator's own folder, for a story to change
    scripts.mkdir(exist_ok=True)
    os.environ["ZAMIAST_SCRIPTS"] = str(scripts)
    environment = {**os.environ, "ZAMIAST_DATABASE_NAME": database}
    del environment["DJANGO_SETTINGS_MODULE"]
    command = [sys.executable, "-m", "zamiast", "serve", site, "--port", str(port)]
    command += ["--workers", "1", "--threads", "4"]
    with log.open("wb") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/alive/", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def sites(template_database: Any, django_db_blocker: Any, worker_name: str) -> Iterator[Sites]:
    """Both sites on a database of this worker's stories; their logs are under the test's home."""
    with clone(template_database, f"stories_{worker_name}") as name:
        processes, addresses = [], []
        try:
            for site in ("portal", "desk"):
                port, log = _free_port(), HOME / f"{site}-{worker_name}.log"
                processes.append(_serve(site, port, name, log))
                addresses.append(f"http://localhost:{port}")
                _wait(addresses[-1], processes[-1], log)
            with django_db_blocker.unblock():
                yield Sites(*addresses)
                text = leaks.dump(name, server().programs)
                assert leaks.found_in(text, leaks.sent) == set()
                assert leaks.spoken_in_notes(text) == []
                for log in HOME.glob(f"*-{worker_name}.log"):
                    assert leaks.found_in(log.read_text("utf-8", "replace"), leaks.sent) == set()
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(20)


@pytest.fixture(scope="session")
def exchange(sites: Sites, worker_name: str) -> Iterator[Callable[..., str]]:
    """``exchange("answer", call="a-1", agent="K-417")``: a telephone exchange, over real HTTP."""
    from zamiast.verification import exchange as exchanges

    port, log = _free_port(), HOME / f"api-{worker_name}.log"
    process = _serve("api", port, f"stories_{worker_name}", log)
    address = f"http://localhost:{port}"
    tokens: list[str] = []

    def tell(event: str, call: str, **told: str) -> str:
        tokens or tokens.append(exchanges.make_token("exchange-1"))
        at = datetime.datetime.now(datetime.UTC).isoformat()
        request = urllib.request.Request(
            f"{address}/telephony/events/",
            json.dumps({"event": event, "call": call, "at": at, **told}).encode(),
            {"Authorization": f"Bearer {tokens[0]}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(json.load(answer)["outcome"])

    try:
        _wait(address, process, log)
        yield tell
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(autouse=True)
def _stories_database(sites: Sites, django_db_blocker: Any, worker_name: str) -> Iterator[None]:
    """People are made in the database of the stories."""
    from django.db import connection

    before = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        point_django_at(f"stories_{worker_name}")
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)


@pytest.fixture
def portal(sites: Sites) -> str:
    """The address of the portal."""
    return sites.portal


@pytest.fixture
def desk(sites: Sites) -> str:
    """The address of the desk."""
    return sites.desk


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all stories of a worker."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def context_for(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """``context_for(PHONE, "pl")``: a browser of one person, with own cookies."""
    opened: list[BrowserContext] = []

    def make(viewport: dict[str, int] = DESKTOP, language: str = "pl") -> BrowserContext:
        context = browser.new_context(viewport=viewport, locale=language)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page_for(context_for: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """``page_for(PHONE, "pl")``: one page; a script error or a CSP violation fails the story."""

    def make(viewport: dict[str, int] = DESKTOP, language: str = "pl") -> Page:
        page = context_for(viewport, language).new_page()

        def fail(error: object) -> None:
            raise AssertionError(f"the page had an error: {error}")

        page.on("pageerror", fail)
        page.on("request", lambda request: leaks.remember(request.post_data))
        page.on(
            "console",
            lambda message: fail(message.text) if "Content Security" in message.text else None,
        )
        return page

    return make


@pytest.fixture
def log_in(sites: Sites) -> Callable[..., None]:
    """``log_in(page, user)``: password, then the code of the moment, as a person would."""

    def do(page: Page, user: Any, password: str = people.PASSWORD) -> None:
        page.goto(f"{sites.portal if user.is_holder else sites.desk}/login/")
        page.locator("input[name=login]").fill(user.username)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.locator("input[name=code]").fill(people.code(user))
        page.locator("input[name=code]").press("Enter")
        page.wait_for_url(lambda address: "login" not in address and "authenticate" not in address)

    return do


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core's script, as the package brings it."""
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")


@pytest.fixture
def check_accessible(axe_source: str) -> Callable[[Page], None]:
    """``check_accessible(page)``: axe finds nothing, and nothing sticks out sideways."""

    def check(page: Page) -> None:
        page.wait_for_load_state("load")  # a click waits for the page, not for its style sheets
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe_source)
        found = page.evaluate(
            "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',"
            " 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(v => v.id + ': ' +"
            " v.help + ' ' + v.nodes.map(n => n.html).join(' | '))"
        )
        assert found == [], f"{page.url}: {found}"
        wide = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
        assert not wide, f"{page.url} scrolls sideways at {page.viewport_size}"

    return check
