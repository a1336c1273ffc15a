"""“My data”: what is kept, a copy, and closing the account."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import OPERATOR, Actor, record
from zamiast.config import schedule
from zamiast.portal import closing, mail
from zamiast.portal.models import Closure, Link, MailAddress, PushSubscription
from zamiast.registry.models import Identifier

from .conftest import case_of, looked
from .test_health import EXAMPLES, KEY, bring
from .test_public_pages import is_tagged

BY = Actor("holder", "login-1")


@pytest.fixture(autouse=True)
def _factor_was_shown(monkeypatch) -> None:
    """That the second factor is asked for again is tried in its own test below."""
    monkeypatch.setattr("zamiast.login.stepup._last", lambda *_, **__: timezone.now())


def archive(client) -> dict[str, bytes]:
    response = client.post("/my-data/archive/")
    assert response.headers["Content-Type"] == "application/zip", response.status_code
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_page_says_what_is_kept_why_and_how_long(at_portal, holder) -> None:
    for language, word in (("pl", "Nie można ich usunąć"), ("en", "excluded from the right"),
                           ("uk", "виключені з права")):  # fmt: skip
        assert word in at_portal(holder, language).get("/my-data/").content.decode()


def test_the_copy_holds_everything_and_no_one_elses(at_portal, holder, account) -> None:
    case = case_of(account)
    looked(account)
    other = people.account(family_name="Obca", given_names="Ewa")
    record("case.read", by=Actor("staff", "K-999"), account=other.pk)
    files = archive(at_portal(holder))
    assert set(files) == {"fhir-bundle.json", "account.json", "my-data.pdf"}
    bundle = json.loads(files["fhir-bundle.json"])
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds.count("Patient") == 1
    assert kinds.count("AuditEvent") == 2
    assert kinds.count("Task") == 1
    ids = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(ids) == len(set(ids))
    patient = bundle["entry"][0]["resource"]
    number = account.identifiers.current().get().number
    assert patient["name"] == [{"family": "Nowak", "given": ["Anna"]}]
    assert patient["birthDate"] == "1951-03-17"
    assert patient["identifier"][0]["value"] == str(number)
    plain = json.loads(files["account.json"])
    assert plain["identifiers"][0]["number"] == number
    assert plain["cases"][0]["number"] == case.number
    assert any(look["who"].startswith("Consultant K-417") for look in plain["who_looked"])
    assert {kept["code"] for kept in plain["kept"]} >= {"log", "medical", "cases"}
    assert b"K-999" not in b"".join(files.values())
    assert "Obca" not in files["account.json"].decode()
    assert is_tagged(files["my-data.pdf"], "en")


def test_the_copy_holds_the_health_records_as_fhir(at_portal, holder, account) -> None:
    bring(account)
    bring(
        account,
        "MedicationRequest",
        status="stopped",
        extension=[{"url": "http://x", "valueCode": "y"}],
    )
    other = people.account(family_name="Obca", given_names="Ewa")
    bring(other, "Condition", source="other")
    files = archive(at_portal(holder))
    bundle = json.loads(files["fhir-bundle.json"])
    found = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}
    assert set(EXAMPLES) <= set(found)
    patient = bundle["entry"][0]["fullUrl"]
    prescription = found["MedicationRequest"]
    assert prescription["subject"] == {"reference": patient}
    assert prescription["status"] == "stopped"
    assert prescription["extension"] == [{"url": "http://x", "valueCode": "y"}]
    assert {"system": "urn:zamiast:access-key", "value": KEY} in prescription["identifier"]
    assert found["Appointment"]["participant"][0]["actor"] == {"reference": patient}
    assert found["Coverage"]["beneficiary"] == {"reference": patient}
    sources = [entry["resource"]["meta"]["source"] for entry in bundle["entry"]
               if "source" in entry["resource"].get("meta", {})]  # fmt: skip
    assert set(sources) == {"urn:zamiast:source:test"}, "nobody else's"
    before = json.loads(files["fhir-before.json"])["entry"]
    assert [entry["resource"]["status"] for entry in before] == ["active"]
    assert Look.objects.filter(what="access.opened", account_id=account.pk).count() == 1


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_paper_is_tagged(at_portal, holder, account, language) -> None:
    looked(account)
    response = at_portal(holder, language).post("/my-data/paper/")
    assert is_tagged(response.content, language)
    assert "no-store" in response.headers["Cache-Control"]


def test_closing_asks_twice_and_can_be_undone(at_portal, holder, account, as_role) -> None:
    with as_role("owner"):
        mail.enter(account.pk, "anna@example.com", mail.Switches(), language="pl", by=OPERATOR)
        old = Identifier.objects.current().get(account=account.pk).number
        PushSubscription.objects.create(account=account, digest=b"1", sealed="x")
    client = at_portal(holder)
    assert "What stays, by law" in client.get("/my-data/close/").content.decode()
    assert "Are you sure?" in client.post("/my-data/close/").content.decode()
    with as_role("owner"):
        assert Link.objects.filter(user=holder).exists()
    client = at_portal(holder)
    assert client.post("/my-data/close/", {"sure": "yes"}).headers["Location"] == "/"
    with as_role("owner"):
        assert not Link.objects.filter(user=holder).exists()
        assert not MailAddress.objects.exists()
        assert not PushSubscription.objects.exists()
        assert not Identifier.objects.current().filter(account=account.pk).exists()
        assert Event.objects.filter(what="account.left", account_id=account.pk).count() == 1
    client = at_portal(holder)
    left = client.get("/identifier/").content.decode()
    assert "Open it again" in left
    assert "data-forget" in left, "a phone that comes later forgets what it kept"
    client.post("/my-data/reopen/")
    assert "no-print" in client.get("/identifier/").content.decode()
    with as_role("owner"):
        new = Identifier.objects.current().get(account=account.pk).number
        assert new != old
        assert Link.objects.get(user=holder).account_id == account.pk
        assert not Closure.objects.exists()


def test_after_thirty_days_it_is_forgotten_which_login_it_was(
    at_portal, holder, account, as_role
) -> None:
    with as_role("portal"):
        closing.close(account, holder.pk, by=BY)
    Closure.objects.update(closed_at=timezone.now() - closing.undo_for())
    with as_role("portal"):
        assert not closing.reopen(holder.pk, by=BY)
    with as_role("worker"):
        assert closing.forget() == 1
    assert not Closure.objects.exists()
    assert schedule._forget_closures


def test_the_portal_cannot_link_a_login_to_an_account_of_its_choice(
    holder, account, as_role
) -> None:
    from django.db import DatabaseError, transaction

    other = people.account(given_names="Ewa")
    with as_role("portal"):
        for act in (
            lambda: Link.objects.create(user=holder, account=other),
            lambda: Closure.objects.create(user=holder, account=other),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
        with pytest.raises(Exception, match="not_linked"):
            closing.close(other, holder.pk, by=BY)
    assert Identifier.objects.current().filter(account=other).exists()


@pytest.mark.parametrize("address", ["archive", "paper", "close"])
def test_the_rare_acts_ask_for_the_second_factor_again(
    at_portal, holder, account, monkeypatch, address
) -> None:
    monkeypatch.undo()
    response = at_portal(holder).post(f"/my-data/{address}/", {"sure": "yes"})
    assert "application/" not in response.headers.get("Content-Type", "")
    assert Link.objects.filter(user=holder).exists()
