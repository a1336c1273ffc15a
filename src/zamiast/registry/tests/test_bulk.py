"""Issuing in bulk: everybody gets one, nobody two, whoever else is at work."""

import datetime

import pytest
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import OPERATOR
from zamiast.pure import identifier as code
from zamiast.registry import bulk, services
from zamiast.registry.models import Account, Identifier, Person
from zamiast.registry.tests.parallel import at_once


@pytest.fixture
def crowd(database):
    """Three hundred people with accounts, none of whom has an identifier yet."""
    persons = Person.objects.bulk_create(
        Person(family_name="Nowak", given_names=f"Jan {number}") for number in range(300)
    )
    return Account.objects.bulk_create(Account(person=person) for person in persons)


def holders():
    return Identifier.objects.current().values_list("account_id", flat=True)


def test_every_open_account_gets_one_and_a_second_run_changes_nothing(crowd, as_role):
    services.close_account(crowd[7], because="operator", by=OPERATOR)
    heard = []
    with as_role("importer"):
        assert (
            bulk.issue_all(by=OPERATOR, on_progress=lambda *at: heard.append(at), batch=64) == 299
        )
        assert bulk.issue_all(by=OPERATOR) == 0
    assert sorted(holders()) == [account.pk for account in crowd if account != crowd[7]]
    assert all(code.is_valid(str(one.number)) for one in Identifier.objects.all())
    assert heard[-1] == (299, 1.0)


def test_the_log_gets_one_event_a_batch_and_nothing_about_single_accounts(crowd, as_role):
    with as_role("importer"):
        bulk.issue_all(by=OPERATOR, batch=100)
    events = Event.objects.filter(what="identifier.issued_in_bulk")
    told = [int(event.purpose.rpartition(" ")[2]) for event in events]
    assert sum(told) == 300
    assert {event.written_by for event in events} == {"zamiast_importer"}
    assert not Look.objects.exists()


def test_four_at_once_share_the_work(crowd, as_role):
    with as_role("importer"):
        done = at_once(4, lambda _: bulk.issue_all(by=OPERATOR, batch=32))
    assert sum(done) == 300
    assert sorted(holders()) == [account.pk for account in crowd]


def test_bulk_issue_while_accounts_are_closed_leaves_none_with_a_number(crowd):
    def act(number):
        if number == 0:
            return bulk.issue_all(by=OPERATOR, batch=16)
        for account in crowd[number::3]:
            services.close_account(account, because="operator", by=OPERATOR)
        return 0

    done = at_once(3, act)
    assert all(isinstance(one, int) for one in done)
    closed = Account.objects.exclude(closed_at=None)
    assert not Identifier.objects.current().filter(account__in=closed).exists()
    still_open = Account.objects.filter(closed_at=None).values_list("pk", flat=True)
    assert sorted(holders()) == sorted(still_open)


def test_numbers_that_are_taken_are_drawn_again(crowd, as_role, monkeypatch):
    taken = people.account()
    number = str(taken.identifiers.get().number)
    real, drawn = bulk.code.generate_many, []

    def draw(count):
        drawn.append(count)
        numbers = list(real(count))
        return [number, *numbers[1:]] if len(drawn) == 1 else numbers

    monkeypatch.setattr(bulk.code, "generate_many", draw)
    with as_role("importer"):
        assert bulk.issue_all(by=OPERATOR) == 300
    assert drawn == [300, 1]


def test_an_account_that_somebody_holds_is_served_when_it_is_let_go(crowd, as_role, connect):
    other = connect("importer")
    other.execute("BEGIN")
    other.execute("SELECT FROM registry_account WHERE id = %s FOR UPDATE", [crowd[5].pk])

    def act(number):
        if number == 0:
            return bulk.issue_all(by=OPERATOR)
        while Identifier.objects.count() < 299:
            pass
        other.execute("COMMIT")
        return 0

    with as_role("importer"):
        assert at_once(2, act) == [300, 0]


def test_a_replaced_identifier_does_not_count_as_none(crowd, as_role):
    replaced = people.account(birth_date=datetime.date(1999, 1, 1))
    seen = replaced.identifiers.get().number
    services.replace_identifier(replaced.pk, seen=seen, by=OPERATOR)
    with as_role("importer"):
        assert bulk.issue_all(by=OPERATOR) == 300
    assert replaced.identifiers.current().count() == 1
