"""The first issue: everybody at once, or nothing; the table is afterwards as it was before."""

import datetime

import pytest
from django.db import connection
from tests import people

from zamiast.audit.models import Event
from zamiast.audit.services import OPERATOR
from zamiast.errors import Conflict
from zamiast.pure import identifier as code
from zamiast.registry import first_issue, services
from zamiast.registry.models import Account, Identifier, Person

SHAPE = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid = 'registry_identifier'::regclass ORDER BY 1",
    "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
    " WHERE indrelid = 'registry_identifier'::regclass ORDER BY 1",
    "SELECT tgname, tgenabled FROM pg_trigger"
    " WHERE tgrelid = 'registry_identifier'::regclass AND NOT tgisinternal ORDER BY 1",
    "SELECT column_name, column_default FROM information_schema.columns"
    " WHERE table_name = 'registry_identifier' ORDER BY 1",
)


def shape():
    with connection.cursor() as cursor:
        return [cursor.execute(question).fetchall() for question in SHAPE]


@pytest.fixture
def crowd(database):
    """Accounts of two hundred people, the last of them closed."""
    persons = Person.objects.bulk_create(
        Person(family_name="Nowak", given_names=f"Jan {number}") for number in range(200)
    )
    accounts = Account.objects.bulk_create(Account(person=person) for person in persons)
    services.close_account(accounts[-1], because="operator", by=OPERATOR)
    return accounts


def test_every_open_account_gets_one_in_batches_and_the_table_is_as_before(crowd, monkeypatch):
    monkeypatch.setattr(first_issue, "BATCH", 64)
    before, heard = shape(), []
    assert first_issue.issue_first(by=OPERATOR, on_progress=lambda *at: heard.append(at)) == 199
    assert shape() == before
    rows = list(Identifier.objects.order_by("account_id"))
    assert [row.account_id for row in rows] == [account.pk for account in crowd[:-1]]
    assert {row.state for row in rows} == {"active"}
    assert all(code.is_valid(str(row.number)) for row in rows)
    assert {row.issued_at.date() for row in rows} <= {
        datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=day) for day in (0, 1)
    }
    assert heard[-1] == (199, 1.0)
    [event] = Event.objects.filter(what="identifier.issued_in_bulk")
    assert event.purpose == "first issue, identifiers: 199"


def test_it_is_for_an_empty_table_only(database):
    people.account()
    with pytest.raises(Conflict, match="not_the_first_issue"):
        first_issue.issue_first(by=OPERATOR)
    assert Identifier.objects.count() == 1


def test_what_fails_on_the_way_leaves_nothing_and_the_table_as_before(crowd, monkeypatch):
    before = shape()

    def stop(issued, share):
        raise KeyboardInterrupt

    monkeypatch.setattr(first_issue, "BATCH", 64)
    with pytest.raises(KeyboardInterrupt):
        first_issue.issue_first(by=OPERATOR, on_progress=stop)
    assert shape() == before
    assert not Identifier.objects.exists()
    assert first_issue.issue_first(by=OPERATOR) == 199


def test_the_importer_cannot_rebuild_the_table(crowd, as_role):
    with as_role("importer"), pytest.raises(Exception, match=r"permission denied|must be owner"):
        first_issue.issue_first(by=OPERATOR)
    assert not Identifier.objects.exists()
