"""The holder's own cases, and “this was not me”."""

from __future__ import annotations

import pytest
from tests import people

from zamiast.audit.models import Event
from zamiast.helpline.models import Case, Note

from .conftest import case_of

SECRET = "what the consultant wrote down"


def test_the_list_names_matter_state_and_number(at_portal, holder, account) -> None:
    case = case_of(account)
    html = at_portal(holder).get("/cases/").content.decode()
    assert f"Case {case.number}" in html
    assert "Lost or leaked identifier" in html
    assert "Unconfirmed" in html


def test_without_cases_it_says_so(at_portal, holder) -> None:
    assert "You have no cases." in at_portal(holder).get("/cases/").content.decode()


def test_one_case_is_explained(at_portal, holder, account) -> None:
    case = case_of(account)
    html = at_portal(holder).get(f"/cases/{case.number}/").content.decode()
    assert "Consultant K-417" in html
    assert "does not prove that it was you" in html
    assert f'href="/cases/{case.number}/not-me/"' in html


def test_notes_stay_with_the_helpline(at_portal, holder, account) -> None:
    consultant = people.consultant()
    case = case_of(account, consultant)
    Note.objects.create(case=case, author=consultant, author_name="K-417", text=SECRET)
    assert SECRET not in at_portal(holder).get(f"/cases/{case.number}/").content.decode()


@pytest.mark.parametrize("more", ["", "not-me/"])
def test_somebody_elses_case_is_no_case(at_portal, holder, more) -> None:
    case = case_of(people.account(given_names="Ewa"))
    client = at_portal(holder)
    assert client.get(f"/cases/{case.number}/{more}").status_code == 404
    assert client.post(f"/cases/{case.number}/not-me/").status_code == 404
    assert Case.objects.values_list("state", flat=True).get(pk=case.pk) == "open"


def test_a_case_without_an_account_is_nobodys(at_portal, holder) -> None:
    consultant = people.consultant()
    case = Case.objects.create(
        matter="no_identifier", opened_by=consultant, opened_by_name="K-417", level=0
    )
    assert at_portal(holder).get(f"/cases/{case.number}/").status_code == 404


@pytest.mark.parametrize("number", [0, 2**63 - 1, 2**63, 10**40])
def test_an_impossible_number_is_no_case(at_portal, holder, number) -> None:
    assert at_portal(holder).get(f"/cases/{number}/").status_code == 404


def test_disowning_asks_first_and_happens_once(at_portal, holder, account, as_role) -> None:
    case = case_of(account)
    client = at_portal(holder)
    assert client.get(f"/cases/{case.number}/not-me/").status_code == 200
    for _ in range(2):
        response = client.post(f"/cases/{case.number}/not-me/")
        assert response.headers["Location"] == f"/cases/{case.number}/"
    html = client.get(f"/cases/{case.number}/").content.decode()
    assert "Not mine" in html
    assert "/not-me/" not in html
    with as_role("owner"):
        case.refresh_from_db()
        assert case.state == "disowned"
        assert Event.objects.filter(what="case.disowned", account_id=account.pk).count() == 1


def test_a_disowned_case_is_not_asked_about_again(at_portal, holder, account) -> None:
    case = case_of(account, state="disowned")
    response = at_portal(holder).get(f"/cases/{case.number}/not-me/")
    assert response.headers["Location"] == f"/cases/{case.number}/"
