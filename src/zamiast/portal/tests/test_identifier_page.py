"""“Your identifier”: seen, heard, suspended, resumed, replaced."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import people

from zamiast.audit.models import Event
from zamiast.audit.services import OPERATOR
from zamiast.portal.models import Link
from zamiast.pure import identifier as code
from zamiast.registry import services

from .conftest import looked, number_of

MOST_STATEMENTS = 12


def page(client) -> str:
    response = client.get("/identifier/")
    assert response.status_code == 200
    return response.content.decode()


def events(account, *kinds: str) -> list[str]:
    """What was written about an account, of these kinds."""
    return list(
        Event.objects.filter(account_id=account.pk, what__in=kinds)
        .order_by("id").values_list("what", flat=True)
    )  # fmt: skip


def test_it_shows_the_digits_in_groups(at_portal, holder, account) -> None:
    html = page(at_portal(holder))
    for group in code.format(str(number_of(account))).split():
        assert f"<span>{group}</span>" in html


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_it_says_them_digit_by_digit_in_the_readers_language(
    at_portal, holder, account, language
) -> None:
    html = page(at_portal(holder, language))
    spoken = code.speak(str(number_of(account)), language)
    assert spoken.replace("'", "&#x27;") in html
    assert f'data-speak-language="{language}"' in html


def test_it_draws_the_digits_for_cameras(at_portal, holder) -> None:
    html = page(at_portal(holder))
    assert "<svg" in html.split('class="qr"')[1]
    assert "style=" not in html


def test_it_is_never_kept_by_a_cache(at_portal, holder) -> None:
    assert "no-store" in at_portal(holder).get("/identifier/").headers["Cache-Control"]


def test_the_start_page_leads_a_holder_to_it(at_portal, holder) -> None:
    assert at_portal(holder).get("/").headers["Location"] == "/identifier/"


def test_the_first_visit_marks_the_account_as_used_once(
    at_portal, holder, account, as_role
) -> None:
    client = at_portal(holder)
    page(client)
    page(client)
    with as_role("owner"):
        account.refresh_from_db()
        assert account.first_used_at
        assert events(account, "account.first_used") == ["account.first_used"]


@pytest.mark.parametrize("address", ["/identifier/", "/who-looked/", "/cases/"])
def test_few_statements_make_a_page(at_portal, holder, account, address) -> None:
    for _ in range(5):
        looked(account)
    client = at_portal(holder)
    client.get("/identifier/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MOST_STATEMENTS, [query["sql"] for query in asked]


def test_suspending_asks_first_and_happens_once(at_portal, holder, account, as_role) -> None:
    client = at_portal(holder)
    assert client.get("/identifier/suspend/").status_code == 200
    assert number_of(account)
    for _ in range(2):
        assert client.post("/identifier/suspend/").headers["Location"] == "/identifier/"
    assert "not-active" in page(client)
    with as_role("owner"):
        assert account.identifiers.current().get().state == "suspended"
        assert events(account, "identifier.suspended") == ["identifier.suspended"]


def test_a_suspended_one_is_resumed(at_portal, holder, account) -> None:
    services.suspend_identifier(account.pk, by=OPERATOR)
    client = at_portal(holder)
    client.post("/identifier/resume/")
    assert account.identifiers.current().get().state == "active"
    assert "works again" in page(client)


def test_a_suspended_one_has_no_card(at_portal, holder, account) -> None:
    services.suspend_identifier(account.pk, by=OPERATOR)
    assert at_portal(holder).get("/identifier/card.pdf").status_code == 404


def test_replacing_asks_first_and_gives_another_one(at_portal, holder, account) -> None:
    old = number_of(account)
    client = at_portal(holder)
    assert f'value="{old}"' in client.get("/identifier/replace/").content.decode()
    assert number_of(account) == old
    client.post("/identifier/replace/", {"seen": old})
    new = number_of(account)
    assert new != old
    html = page(client)
    assert code.format(str(new)).split()[0] in html
    assert account.identifiers.get(number=old).state == "retired"


def test_a_second_click_replaces_nothing(at_portal, holder, account) -> None:
    old = number_of(account)
    client = at_portal(holder)
    client.post("/identifier/replace/", {"seen": old})
    new = number_of(account)
    assert client.post("/identifier/replace/", {"seen": old}).headers["Location"] == "/identifier/"
    assert number_of(account) == new
    assert "Nothing was changed now" in page(client)


@pytest.mark.parametrize("seen", ["", "abc", "1", "9" * 40])
def test_nonsense_replaces_nothing(at_portal, holder, account, seen) -> None:
    old = number_of(account)
    client = at_portal(holder)
    response = client.post("/identifier/replace/", {"seen": seen})
    assert response.headers["Location"] == "/identifier/replace/"
    assert number_of(account) == old


@pytest.mark.parametrize("what", ["suspend", "resume", "replace"])
def test_another_site_cannot_press_the_button(at_portal, holder, account, what) -> None:
    client = at_portal(holder, enforce_csrf_checks=True)
    response = client.post(f"/identifier/{what}/", {"seen": number_of(account)})
    assert response.status_code == 403


def test_an_attempt_with_an_old_one_is_told_on_top(at_portal, holder, account) -> None:
    looked(account, outcome="not_active")
    assert "Somebody used your old or suspended identifier" in page(at_portal(holder))


def test_without_an_identifier_the_page_says_so(at_portal, database) -> None:
    from zamiast.registry.models import Account

    user = people._with_factors(people.User.objects.holder("ewa"))
    bare = Account.objects.create(person=people.person(given_names="Ewa"))
    Link.objects.create(user=user, account=bare)
    client = at_portal(user)
    assert "You have no identifier yet" in page(client)
    assert client.get("/identifier/card.pdf").status_code == 404
    assert client.get("/identifier/replace/").headers["Location"] == "/identifier/"
    assert client.post("/identifier/suspend/").status_code in {302, 404}


def test_a_login_without_an_account_is_told_plainly(at_portal, database) -> None:
    user = people._with_factors(people.User.objects.holder("nobody"))
    response = at_portal(user).get("/identifier/")
    assert response.status_code == 404
    assert "No account belongs to this login" in response.content.decode()


@pytest.mark.parametrize("address", ["/identifier/", "/who-looked/", "/cases/"])
def test_a_closed_account_shows_nothing(at_portal, holder, account, address) -> None:
    services.close_account(account, because="operator", by=OPERATOR)
    response = at_portal(holder).get(address)
    assert response.status_code == 403
    assert "This account is closed" in response.content.decode()


@pytest.mark.parametrize("address", ["/identifier/", "/who-looked/", "/cases/", "/cases/1/"])
def test_nobody_enters_without_logging_in(at_portal, database, address) -> None:
    response = at_portal().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/")
