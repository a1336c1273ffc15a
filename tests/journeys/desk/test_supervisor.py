"""A supervisor's night: the board that lives, load and deadlines, the system's jobs."""

from __future__ import annotations

import csv
import datetime
import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.desk.test_working_on_cases import show
from zamiast.helpline.models import Callback, Case, Tally
from zamiast.verification.models import Call, NotActive

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "320px"])
def supervisor(request, page_for, log_in, desk):
    """A supervisor who reads Polish, and a consultant of hers."""
    page = page_for(request.param, "pl")
    page.context.add_cookies([{"name": "language", "value": "pl", "url": desk}])
    page.user = people.colleague("supervisor")
    page.mate = people.colleague()
    page.name = "desktop" if request.param is DESKTOP else "320"
    log_in(page, page.user)
    return page


def test_a_supervisor_sees_what_happens_while_it_happens(supervisor, desk, check_accessible):
    page = supervisor
    page.goto(f"{desk}/supervisor/")
    late, promised = (page.locator(f"[data-figure={code}]") for code in ("overdue", "late"))
    before = int(late.inner_text().replace("\N{NO-BREAK SPACE}", ""))
    missed = int(promised.inner_text())
    given_a_late_case_and_a_missed_promise(page.mate)
    expect(late).to_have_text(f"{before + 1}", timeout=20_000)
    expect(promised).to_have_text(f"{missed + 1}", timeout=20_000)
    check_accessible(page)
    show(page, f"board-{page.name}")


def given_a_late_case_and_a_missed_promise(mate):
    now = timezone.now()
    case = Case.objects.create(matter="e_services", opened_by=mate, opened_by_name=mate.k_number,
                               due_at=now - HOUR)  # fmt: skip
    Callback.objects.create(case=case, from_at=now - 2 * HOUR, until_at=now - HOUR,
                            number_kind="telephone", promised_by=mate,
                            promised_by_name=mate.k_number)  # fmt: skip


def test_callers_on_the_line_are_on_the_board(supervisor, desk, exchange, check_accessible):
    page, line = supervisor, f"board-{supervisor.name}"
    exchange("newCall", f"{line}-before", direction="in")
    page.goto(f"{desk}/supervisor/")
    callers, talking = (page.locator(f"[data-figure={code}]") for code in ("callers", "in_call"))
    before, busy = int(callers.inner_text()), int(talking.inner_text())
    exchange("newCall", line, direction="in")
    expect(callers).to_have_text(f"{before + 1}", timeout=20_000)
    check_accessible(page)
    show(page, f"line-{page.name}")
    exchange("answer", line, agent=page.mate.k_number)
    expect(callers).to_have_text(f"{before}", timeout=20_000)
    expect(talking).to_have_text(f"{busy + 1}", timeout=20_000)
    exchange("hangup", line)
    exchange("hangup", f"{line}-before")
    expect(callers).to_have_text(f"{before - 1}", timeout=20_000)
    expect(talking).to_have_text(f"{busy}", timeout=20_000)


def test_load_and_deadlines_are_read_printed_and_taken_along(supervisor, desk, check_accessible):
    page = supervisor
    given_two_busy_weeks(page.mate)
    page.goto(f"{desk}/supervisor/")
    page.get_by_role("link", name="Ruch i terminy").click()
    expect(page.get_by_role("img", name="Dotrzymane terminy")).to_be_visible()
    check_accessible(page)
    show(page, f"load-{page.name}")
    row = page.get_by_role("row", name=page.mate.k_number)
    page.get_by_text("Jako tabela").nth(3).click()
    expect(row).to_contain_text("3")
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Ruch dzień po dniu")).to_be_attached()
    show(page, f"load-print-{page.name}")
    page.emulate_media(media="screen")
    with page.expect_download() as found:
        page.locator("a[href*='matters.csv']").click()
    rows = list(csv.reader(found.value.path().read_text("utf-8-sig").splitlines()))
    assert rows[0][:4] == ["code", "matter", "opened", "before"]
    assert len(rows[0]) == 4 + 14
    assert "'=1+1" in [row[1] for row in rows]
    page.goto(f"{desk}/supervisor/load/?days=365")
    check_accessible(page)


def given_two_busy_weeks(mate):
    today = timezone.localdate()
    Tally.objects.all().delete()
    for ago in range(20):
        day = today - datetime.timedelta(days=ago)
        for hour in (0, 8, 12, 20):
            Tally.objects.create(day=day, hour=hour, matter="", calls=30 + 9 * hour)
            for matter, opened in (("e_services", 9 + ago), ("lost_identifier", 4), ("=1+1", 1)):
                Tally.objects.create(day=day, hour=hour, matter=matter, opened=opened,
                                     closed=opened, in_time=opened - 1)  # fmt: skip
    call = Call.objects.create(pk=uuid.uuid4(), consultant=mate, ended_at=timezone.now())
    for _ in range(3):
        NotActive.objects.create(call=call, consultant=mate)


def test_the_jobs_and_how_long_data_are_kept_stand_on_one_page(supervisor, desk, check_accessible):
    page = supervisor
    page.goto(f"{desk}/supervisor/jobs/")
    expect(page.get_by_role("heading", name="Jak długo trzymamy dane")).to_be_visible()
    expect(page.locator("main")).to_contain_text("5 lat od zamknięcia")
    check_accessible(page)
    show(page, f"jobs-{page.name}")


@pytest.mark.parametrize("width", [DESKTOP["width"] // 2, 1024], ids=["200 % zoom", "1024px"])
def test_tables_fit_where_the_page_is_larger_or_the_screen_half(
    width, page_for, log_in, desk, check_accessible
):
    page = page_for({"width": width, "height": 512}, "pl")
    page.context.add_cookies([{"name": "language", "value": "pl", "url": desk}])
    user = people.colleague("supervisor")
    log_in(page, user)
    given_a_late_case_and_a_missed_promise(user)
    for address in ("cases/", "supervisor/", "supervisor/load/", "supervisor/jobs/"):
        page.goto(f"{desk}/{address}")
        check_accessible(page)
