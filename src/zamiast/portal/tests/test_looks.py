"""“Who looked”: everything, in words, and nobody else's."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests import people

import zamiast
from zamiast.audit.services import OPERATOR
from zamiast.portal import selectors, wording
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
    for _ in range(selectors.LOOKS_A_PAGE + 3):
        looked(account)
    client = at_portal(holder)
    first, second = page(client), page(client, "?page=2")
    assert first.count("<li class=") == selectors.LOOKS_A_PAGE
    assert "?page=2" in first
    assert second.count("<li class=") == 4  # three more, and the opening of the account
    assert "?page=3" not in second


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
