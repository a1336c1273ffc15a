"""“Who looked”: everything, in words, and nobody else's."""

from __future__ import annotations

import ast
import csv
import datetime
import io
import json
import re
from pathlib import Path

import pytest
from django.utils import timezone
from tests import people

import zamiast
from zamiast.audit.jobs import prove_view_complete
from zamiast.audit.models import Look
from zamiast.audit.services import OPERATOR, Actor, Purpose, machine, record
from zamiast.helpline.models import Note
from zamiast.portal import looking, wording
from zamiast.portal.views.looks import _as_csv as as_csv
from zamiast.registry import services

from .conftest import case_of, looked

PACKAGE = Path(zamiast.__file__).parent


def page(client, more: str = "") -> str:
    response = client.get(f"/who-looked/{more}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_look_up_shows_who_when_what_and_why(at_portal, holder, account) -> None:
    case = case_of(account)
    looked(account)
    looked(account, "case.opened", "done", matter="lost_identifier", case=case.number)
    html = page(at_portal(holder))
    assert "Consultant K-417" in html
    assert "Checked whether the identifier that a caller said works." in html
    assert "Purpose: to write down what the caller asked for." in html
    assert "Lost or leaked identifier" in html
    assert f'href="/cases/{case.number}/"' in html
    assert re.search(r'<time datetime="[^"]+\+0[12]:00">', html)


def test_no_code_is_ever_shown(at_portal, holder, account) -> None:
    looked(account)
    looked(account, "something.new", "strange_outcome")
    html = page(at_portal(holder))
    for code in ("call.identify", "something.new", "strange_outcome", "account.opened"):
        assert code not in html
    assert "Did something with your account." in html


def test_an_old_identifier_stands_out(at_portal, holder, account) -> None:
    looked(account, outcome="not_active")
    assert "stands-out" in page(at_portal(holder))


def test_what_happened_to_others_stays_theirs(at_portal, holder) -> None:
    looked(people.account(given_names="Ewa"), outcome="not_active")
    html = page(at_portal(holder))
    assert "K-417" not in html


def test_what_the_holder_did_is_not_a_look(at_portal, holder, account) -> None:
    client = at_portal(holder)
    client.post("/identifier/suspend/")
    assert "Suspended your identifier" not in page(client)


def test_what_the_operator_did_is_told(at_portal, holder, account) -> None:
    services.suspend_identifier(account.pk, by=OPERATOR)
    html = page(at_portal(holder))
    assert "The operator of this service" in html
    assert "Suspended your identifier." in html


def test_a_long_list_has_pages(at_portal, holder, account) -> None:
    for _ in range(looking.A_PAGE + 3):
        looked(account)
    client = at_portal(holder)
    first, second = page(client), page(client, "?page=2")
    assert first.count("/ask/") == looking.A_PAGE
    assert "page=2" in first
    assert second.count("/ask/") == 4  # three more, and the opening of the account
    assert "page=3" not in second


def test_what_machines_did_in_a_row_is_folded_and_says_for_whom(at_portal, holder, account) -> None:
    for _ in range(3):
        by = Actor("machine", "import insurance", "ZUS")
        record("vault.matched", by=by, account=account.pk, outcome="found")
    looked(account)
    html = page(at_portal(holder))
    assert "3 looks by machines" in html or "4 looks by machines" in html
    assert "A machine: import of insurance data" in html
    assert "on behalf of ZUS" in html
    assert html.index("Consultant K-417") < html.index("looks by machines")


def test_by_whom_and_when(at_portal, holder, account) -> None:
    looked(account)
    record("vault.matched", by=Actor("machine", "desk"), account=account.pk, outcome="found")
    client = at_portal(holder)
    people, machines = page(client, "?who=people"), page(client, "?who=machines")
    assert "Consultant K-417" in people
    assert "A machine: the helpline" not in people
    assert "A machine: the helpline" in machines
    assert "Consultant K-417" not in machines
    this_month = timezone.localdate().strftime("%Y-%m")
    assert "Consultant K-417" in page(client, f"?month={this_month}")
    assert "Consultant K-417" not in page(client, "?month=2001-01")
    for nonsense in ("?month=x", "?month=2026-99", "?who=nobody", "?month=9999-12"):
        page(client, nonsense)


def test_what_somebody_did_as_the_holder_is_found(at_portal, holder, account) -> None:
    """A stolen process signs as the holder of the records that it reads."""
    thief = Actor("holder", "login-77")
    record("access.opened", by=thief, account=account.pk, fields=("see_prescriptions",))
    record("login.linked", by=thief, account=account.pk)
    client = at_portal(holder)
    first, own = page(client), page(client, "?who=yourself")
    assert "Tied an identity provider" in first
    assert "Looked at this account." not in first
    assert "Looked at this account." in own
    assert "Was it not you? Call us." in own


def test_the_lines_as_files(at_portal, holder, account) -> None:
    looked(account, matter="lost_identifier")
    client = at_portal(holder)
    rows = json.loads(client.get("/who-looked/looks.json").content)
    assert [row["who"] for row in rows] == ["Consultant K-417, helpline",
                                            "The operator of this service"]  # fmt: skip
    table = list(csv.DictReader(io.StringIO(
        client.get("/who-looked/looks.csv?who=people").content.decode("utf-8-sig"))))  # fmt: skip
    assert [row["number"] for row in table] == [row["number"] for row in rows]
    assert table[0]["matter"] == "Lost or leaked identifier"
    assert json.loads(client.get("/who-looked/looks.json?who=machines").content) == []


def test_a_name_in_the_file_is_no_formula() -> None:
    heads = ("number", "at", "who", "is_machine", "on_behalf_of", "what", "why", "level",
             "matter", "case")  # fmt: skip
    name = '=HYPERLINK("https://example.com") Nowak'
    file = as_csv([dict.fromkeys(heads, "x") | {"who": name}])
    [row] = csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))
    assert row["who"] == f"'{name}"


def test_a_line_that_is_not_understood_becomes_a_case(at_portal, holder, account, as_role) -> None:
    looked(account)
    client = at_portal(holder)
    event = re.search(r"/who-looked/(\d+)/ask/", page(client))[1]
    assert "You need not write anything" in client.get(f"/who-looked/{event}/ask/").content.decode()
    response = client.post(f"/who-looked/{event}/ask/")
    assert re.fullmatch(r"/cases/\d+/", response.headers["Location"])
    assert client.post(f"/who-looked/{event}/ask/").headers["Location"] == "/cases/"
    with as_role("owner"):
        note = Note.objects.get().text
    assert f"Zdarzenie {event}," in note
    assert "Konsultant K-417" in note


def test_somebody_elses_line_cannot_be_asked_about(at_portal, holder) -> None:
    other = people.account(given_names="Ewa")
    looked(other)
    event = Look.objects.filter(account_id=other.pk).latest("event_id").pk
    client = at_portal(holder)
    assert client.get(f"/who-looked/{event}/ask/").status_code == 404
    assert client.post(f"/who-looked/{event}/ask/").status_code == 404


def test_the_view_keeps_all_that_the_log_says(account) -> None:
    by = Actor("machine", "import", "CeZ")
    event = record("vault.matched", by=by, account=account.pk, outcome="found", level=1,
                   fields=("name",), purpose=Purpose(matter="wrong_data", case=7))  # fmt: skip
    look = Look.objects.get(pk=event)
    assert (look.on_behalf_of, look.fields, look.matter, look.case_number, look.level) == (
        "CeZ", "name", "wrong_data", 7, 1)  # fmt: skip
    assert prove_view_complete() == 0


def test_the_nightly_comparison_is_told_as_it_ended(
    at_portal, holder, as_role, monkeypatch
) -> None:
    def ended(outcome: str) -> None:
        with as_role("worker"):
            record("log.view_proved", by=machine("prove_view_complete"), outcome=outcome)

    client = at_portal(holder)
    assert "compares the lists" not in page(client)
    ended("complete")
    assert "Nothing is missing." in page(client)
    ended("incomplete")
    shown = page(client)
    assert "a line is missing in somebody" in shown
    assert "Nothing is missing." not in shown
    assert "The last comparison without a fault" in shown
    monkeypatch.setattr("zamiast.audit.proof.FRESH_FOR", datetime.timedelta(0))
    assert "was not compared with the log for more than a day" in page(client)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 30, "²"])
def test_a_nonsense_page_is_no_error(at_portal, holder, asked) -> None:
    page(at_portal(holder), f"?page={asked}")


def test_every_event_at_an_account_has_words() -> None:
    written = {name for source in PACKAGE.rglob("*.py") for name in events_at_accounts(source)}
    assert written >= {"account.opened", "identifier.replaced"}
    unworded = sorted(name for name in written if not wording.is_worded(name))
    assert not unworded, f"portal/wording.py has no words for {unworded}"


def events_at_accounts(source: Path) -> set[str]:
    """The codes that a module records together with an account."""
    if "tests" in source.parts:
        return set()
    calls = [node for node in ast.walk(ast.parse(source.read_text("utf-8")))
             if isinstance(node, ast.Call) and node.args
             and getattr(node.func, "id", "").startswith("record")
             and any(keyword.arg == "account" for keyword in node.keywords)]  # fmt: skip
    first = [call.args[0] for call in calls]
    return {name.value for name in first if isinstance(name, ast.Constant)}
