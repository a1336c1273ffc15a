"""“Access”: who and what is not shown: protected people, accounts that are closed."""

from __future__ import annotations

import pytest
from tests import people

from zamiast.guardianship import models
from zamiast.guardianship.tests import family as made
from zamiast.helpline.models import Case
from zamiast.portal.models import Link
from zamiast.portal.tests.conftest import person
from zamiast.portal.tests.test_access_pages import switched, text


def test_a_protected_parent_is_not_named_to_the_other(at_portal, home, as_role) -> None:
    """What Maria did before her address was protected does not tell Piotr of her."""
    ours, maria, piotr = home
    made.row(models.AccessGrant, ours.child, to_id=ours.father, by_id=ours.mother,
             accepted_on=made.days(-1))  # fmt: skip
    switched(at_portal(maria), ours.child)
    client = at_portal(piotr)
    assert "Maria" in text(client.get("/access/granted/"))
    with as_role("owner"):
        made.insured(ours.child, ours.father)
        made.row(models.ProtectedAddress, ours.mother)
    page = client.get("/access/granted/")
    assert "Maria" not in text(page)
    assert "Zofia Nowak" in text(page)
    switched(client, ours.child)
    page = client.get("/who-looked/")
    assert page.status_code == 200
    assert "Maria" not in text(page)


def test_a_protected_parent_is_not_named_in_the_list_of_the_child(
    at_portal, database, as_role
) -> None:
    """Whoever reads over the child's shoulder learns no name either."""
    maria, mother = person("maria")
    teen = people.holder("ola", given_names="Ola", birth_date=made.years_ago(17, -30))
    account = Link.objects.get(user=teen).account_id
    made.parent(mother, account)
    made.insured(account, mother)
    switched(at_portal(maria), account)
    client = at_portal(teen)
    assert "Maria Nowak" in text(client.get("/who-looked/"))
    with as_role("owner"):
        made.row(models.ProtectedAddress, mother)
    page = text(client.get("/who-looked/"))
    assert "Maria" not in page
    assert "Another person" in page


@pytest.mark.parametrize("because", ["death", "operator"])
def test_a_closed_account_of_a_child_is_not_listed(at_portal, home, as_role, because) -> None:
    ours, maria, _ = home
    made.row(models.AccessGrant, ours.child, to_id=ours.father, by_id=ours.mother,
             accepted_on=made.days(-1))  # fmt: skip
    client = at_portal(maria)
    assert "Zofia" in text(client.get("/access/"))
    with as_role("owner"):
        if because == "death":
            account = made.registry_account(ours.child)
            made.registry.note_death(account.person, died_on=None, by=made.OPERATOR)
        else:
            account = made.registry_account(ours.child)
            made.registry.close_account(account, because=because, by=made.OPERATOR)
    for address in ("/access/", "/access/granted/"):
        assert "Zofia" not in text(client.get(address))
    assert "around you" not in text(client.get("/access/"))
    assert ("Zofia" in text(client.get("/access/missing/"))) is (because == "death")


def test_a_protected_child_is_nowhere(at_portal, home, as_role) -> None:
    ours, maria, _ = home
    with as_role("owner"):
        made.row(models.ProtectedAddress, ours.child)
    client = at_portal(maria)
    for address in ("/access/", "/access/missing/"):
        assert "Zofia" not in text(client.get(address))
    client.post("/access/missing/case/", {"chosen": ours.child})
    with as_role("owner"):
        assert not Case.objects.exists()


def test_nobody_acts_for_themselves(at_portal, home) -> None:
    ours, maria, _ = home
    client = at_portal(maria)
    assert client.post("/access/switch/", {"chosen": ours.mother}).headers["Location"] == "/access/"
    assert "acting" not in client.session
