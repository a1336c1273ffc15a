"""A PESEL typed anywhere, in any writing, is kept nowhere: not in the database, not in a log."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.database import HOME, server
from tests.guards.test_every_route_declares_access import routes
from tests.journeys import leaks
from tests.journeys.conftest import DESKTOP
from zamiast.config.database import address
from zamiast.helpline.models import Note

PESEL = "82051212344"
WRITINGS = (
    "82051212344",
    "820512-12344",
    "8 2 0 5 1 2 1 2 3 4 4",
    "osiemdziesiąt dwa, zero pięć, dwanaście, dwanaście, trzysta czterdzieści cztery",
    "вісімдесят два нуль п'ять дванадцять дванадцять три чотири чотири",
    "８２０５１２１２３４４",
)


def test_a_note_is_saved_with_the_number_cut_out(
    page_for: Any, log_in: Any, desk: str, check_accessible: Any, sites: Any
) -> None:
    page = page_for(DESKTOP)
    user = people.consultant("K-611")
    log_in(page, user)
    for writing in WRITINGS:
        case_without_identifier(
            page, desk, f"Dzwoni pani, mówi: {writing}. Prosi o pomoc z wizytą."
        )
        check_accessible(page)
    notes = list(Note.objects.filter(author=user).values_list("text", "cut"))
    assert len(notes) == len(WRITINGS)
    for text, cut in notes:
        assert text == "Dzwoni pani, mówi: [PESEL usunięty]. Prosi o pomoc z wizytą."
        assert cut == 1


def case_without_identifier(page: Page, desk: str, note: str) -> None:
    page.goto(f"{desk}/")
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_be_focused()
    page.keyboard.press("F2")
    expect(page.locator("#matters")).to_be_visible()
    page.keyboard.press("0")
    page.locator("textarea[name=note]").fill(note)
    page.get_by_role("button", name="Otwórz sprawę").click()
    expect(page.locator("main .case-number").first).to_be_visible()
    page.keyboard.press("F8")
    expect(page).to_have_url(f"{desk}/")


FIELDS = (
    "number",
    "login",
    "password",
    "code",
    "note",
    "matter",
    "text",
    "next",
    "language",
    "seen",
)


@pytest.mark.parametrize("site", ["portal", "desk"])
def test_no_error_writes_a_pesel_to_a_log(site: str, sites: Any, worker_name: str) -> None:
    base = getattr(sites, site)
    body = urllib.parse.urlencode(dict.fromkeys(FIELDS, PESEL)).encode()
    answers = 0
    for route in routes(site):
        path = "/" + re.sub(r"<[^>]+>", PESEL, route.pattern)
        for data in (None, body):
            request = urllib.request.Request(
                f"{base}{path}?number={PESEL}",
                data=data,
                headers={"User-Agent": f"x {PESEL}", "Referer": f"{base}/?{PESEL}"},
            )
            try:
                answer = urllib.request.urlopen(request, timeout=20)
            except urllib.error.HTTPError as error:
                answer = error
            page = answer.read().decode("utf-8", "replace")
            answers += 1
            assert "Traceback" not in page
    assert answers > 20
    log = (HOME / f"{site}-{worker_name}.log").read_text("utf-8", "replace")
    assert leaks.found_in(log, {PESEL}) == set()


def test_postgresql_itself_logs_no_value(sites: Any, worker_name: str) -> None:
    provocations = (
        ("SELECT %s::text::int", PESEL),
        ("SELECT 1/0 WHERE %s::text <> ''", PESEL),
        ("INSERT INTO helpline_case (number) VALUES (%s::text::bigint)", PESEL),
        ("SELECT missing_function(%s)", PESEL),
        (f"SELECT '{PESEL}' FROM no_such_table WHERE %s = 1", 1),
    )
    for role in ("owner", "portal", "desk", "worker", "importer"):
        values = {**address.of_role(role).conninfo(), "dbname": f"stories_{worker_name}"}
        with psycopg.connect(**values, autocommit=True) as connection:
            for statement, value in provocations:
                with pytest.raises(psycopg.Error):
                    connection.execute(statement, [value])
    log = (server().data / "server.log").read_text("utf-8", "replace")
    assert leaks.found_in(log, {PESEL}) == set()
