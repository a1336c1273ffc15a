"""Who is authorised to the documentation only: reads it, and sees nothing else of the account."""

from __future__ import annotations

import datetime

import pytest

from zamiast.audit.models import Event
from zamiast.guardianship import models
from zamiast.guardianship.tests import family as made
from zamiast.portal.tests.conftest import person
from zamiast.portal.tests.test_access_pages import switched, text
from zamiast.portal.tests.test_health import bring
from zamiast.registry import services as registry
from zamiast.registry.models import Account


def authorised(account: int, friend: int, *, after_death: bool = False):
    day = made.years_ago(1)
    return made.row(models.Authorisation, account, to_id=friend, by_id=account, given_on=day,
                    since=day, scope="documentation", after_death=after_death)  # fmt: skip


@pytest.fixture
def two(database):
    """Ewa has an account; Anna, with a visit and a prescription, authorised her."""
    ewa, friend = person("ewa")
    _, anna = person("anna")
    bring(Account.objects.get(pk=anna), "Encounter", "MedicationRequest")
    return ewa, friend, anna


def died(account: int, day: datetime.date = made.TODAY) -> None:
    registry.note_death(Account.objects.get(pk=account).person, died_on=day, by=made.OPERATOR)


def test_the_documentation_is_read_and_nothing_else(at_portal, two, as_role) -> None:
    ewa, friend, anna = two
    given = authorised(anna, friend)
    client = at_portal(ewa)
    assert "Read the documentation" in text(client.get("/access/"))
    assert switched(client, anna).headers["Location"] == "/health/"
    html = text(client.get("/health/"))
    assert "Porada lekarska" in html
    assert "Ramipryl" not in html
    assert "You do not see everything in this account." in html
    assert 'href="/who-looked/"' not in html
    assert client.get("/").headers["Location"] == "/health/"
    for address in ("/identifier/", "/who-looked/", "/cases/", "/health/prescriptions/"):
        assert client.get(address).status_code in (403, 404)
    assert "acting" in client.session, "a page that is not open ends nothing"
    with as_role("owner"):
        opened = Event.objects.filter(account_id=anna, what="access.opened", outcome="done")
        assert set(opened.values_list("actor", "fields")) == {
            (f"other-{friend}", "see_documentation")
        }
        models.Authorisation.objects.filter(pk=given.pk).end(by="test", because="withdrawn")
    at_portal()
    assert client.get("/health/").status_code == 403
    assert "acting" not in client.session


@pytest.mark.parametrize("after_death", [True, False])
def test_after_a_death_only_where_it_was_given_for_that_time(at_portal, two, after_death) -> None:
    ewa, friend, anna = two
    authorised(anna, friend, after_death=after_death)
    died(anna)
    client = at_portal(ewa)
    offered = "Read the documentation" in text(client.get("/access/"))
    assert offered is after_death
    answer = switched(client, anna)
    assert answer.status_code == (302 if after_death else 403)
    if after_death:
        assert "Porada lekarska" in text(client.get("/health/"))
        assert client.get("/health/visits.pdf").content.startswith(b"%PDF")
    else:
        assert "has died" in text(answer)


def test_a_death_in_the_middle_closes_it_at_once(at_portal, two, as_role) -> None:
    ewa, friend, anna = two
    authorised(anna, friend)
    client = at_portal(ewa)
    switched(client, anna)
    assert client.get("/health/").status_code == 200
    with as_role("owner"):
        died(anna)
    at_portal()
    assert client.get("/health/").status_code == 403
    assert "acting" not in client.session
