"""What the registry promises, tried with real connections at the same moment."""

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import OPERATOR, Actor
from zamiast.errors import Conflict, NotFound
from zamiast.registry import selectors, services
from zamiast.registry.models import Account, Identifier, State
from zamiast.registry.tests.parallel import at_once

PORTAL = "portal"
HOLDER = Actor("holder", "login-1")  # the portal signs for holders only


def current(account):
    return list(Identifier.objects.current().filter(account=account))


def test_of_eight_concurrent_replacements_one_wins_and_one_identifier_is_left(database, as_role):
    account = people.account()
    seen = selectors.current_identifier(account.pk).number
    with as_role(PORTAL):
        done = at_once(8, lambda _: services.replace_identifier(account.pk, seen=seen, by=HOLDER))
    lost = [one for one in done if isinstance(one, Exception)]
    assert len(lost) == 7
    assert all(
        isinstance(one, Conflict) and one.code == "registry.already_replaced" for one in lost
    )
    assert len(current(account)) == 1
    assert current(account)[0].number != seen
    assert Identifier.objects.get(number=seen).state == State.RETIRED
    assert Look.objects.filter(account_id=account.pk, what="identifier.replaced").count() == 1


def test_replacing_what_one_sees_again_and_again_leaves_one(database, as_role):
    account = people.account()

    def replace(_):
        seen = selectors.current_identifier(account.pk).number
        return services.replace_identifier(account.pk, seen=seen, by=HOLDER)

    with as_role(PORTAL):
        done = at_once(6, replace)
    won = [one for one in done if isinstance(one, Identifier)]
    assert won
    assert all(isinstance(one, Identifier | Conflict) for one in done)
    assert len(current(account)) == 1
    assert Identifier.objects.filter(account=account).count() == 1 + len(won)


def test_of_concurrent_issues_one_wins(database, as_role):
    account = Account.objects.create(person=people.person())
    with as_role("importer"):
        done = at_once(6, lambda _: services.issue_identifier(account, by=OPERATOR))
    assert sum(isinstance(one, Identifier) for one in done) == 1
    assert sum(isinstance(one, Conflict) for one in done) == 5
    assert len(current(account)) == 1


def test_one_person_gets_one_account_whoever_asks(database):
    person = people.person()
    done = at_once(4, lambda _: services.open_account(person, by=OPERATOR))
    assert sum(isinstance(one, Account) for one in done) == 1
    assert {one.code for one in done if isinstance(one, Exception)} == {"registry.account_exists"}


def test_death_while_the_identifier_is_being_replaced_leaves_none(database):
    for _ in range(3):
        account = people.account()
        seen = selectors.current_identifier(account.pk).number

        def act(number, account=account, seen=seen):
            if number:
                return services.replace_identifier(account.pk, seen=seen, by=OPERATOR)
            return services.note_death(account.person, died_on=None, by=OPERATOR)

        replaced = at_once(2, act)[1]
        assert isinstance(replaced, Identifier | NotFound)
        assert current(account) == []
        account.refresh_from_db()
        assert account.closed_because == "death"


def test_who_is_dead_gets_no_account_and_who_has_one_loses_it(database):
    account = people.account()
    services.note_death(account.person, died_on=None, by=OPERATOR)
    assert current(account) == []
    with pytest.raises(NotFound):
        services.issue_identifier(account, by=OPERATOR)
    with pytest.raises(Conflict, match=r"registry\.person_is_dead"):
        services.open_account(people.person(is_dead=True), by=OPERATOR)


def test_opening_while_death_is_noted_leaves_no_open_account(database):
    person = people.person()
    done = at_once(
        2,
        lambda number: (
            services.open_account(person, by=OPERATOR)
            if number
            else services.note_death(person, died_on=None, by=OPERATOR)
        ),
    )
    assert done[0] is None
    assert not Account.objects.filter(person=person, closed_at=None).exists()


def test_closing_twice_writes_one_event(database):
    account = people.account()
    at_once(3, lambda _: services.close_account(account, because="operator", by=OPERATOR))
    assert Event.objects.filter(what="account.closed", account_id=account.pk).count() == 1


@pytest.mark.usefixtures("database")
class TestTheDatabaseItselfRefuses:
    def test_a_second_current_identifier(self):
        account = people.account()
        with pytest.raises(IntegrityError, match="registry_one_current_identifier"):
            Identifier.objects.create(number=123456789012, account=account)

    def test_an_identifier_for_a_closed_account(self):
        account = people.account()
        services.close_account(account, because="operator", by=OPERATOR)
        with pytest.raises(IntegrityError) as refused:
            Identifier.objects.create(number=123456789012, account=account)
        name = refused.value.__cause__.diag.constraint_name
        assert name == "registry_closed_account_has_no_identifier"

    def test_closing_an_account_and_leaving_its_identifier(self):
        account = people.account()
        with pytest.raises(IntegrityError, match="a closed account"), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(
                closed_at=timezone.now(), closed_because="operator"
            )

    def test_a_retired_number_for_anybody_else(self):
        account = people.account()
        seen = selectors.current_identifier(account.pk).number
        services.replace_identifier(account.pk, seen=seen, by=OPERATOR)
        with pytest.raises(IntegrityError, match="registry_identifier_number"):
            Identifier.objects.create(number=seen, account=people.account())

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM registry_identifier",
            "UPDATE registry_identifier SET number = number + 1",
            "UPDATE registry_identifier SET state = 'active', retired_at = NULL",
        ],
    )
    def test_taking_a_retired_number_back(self, connect, statement):
        account = people.account()
        seen = selectors.current_identifier(account.pk).number
        services.replace_identifier(account.pk, seen=seen, by=OPERATOR)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect("owner").execute(statement)


def test_the_only_number_drawn_being_taken_is_a_conflict_not_an_error(database, monkeypatch):
    taken = selectors.current_identifier(people.account().pk).number
    monkeypatch.setattr(services.code, "generate", lambda: str(taken))
    with pytest.raises(Conflict, match=r"registry\.no_free_number"):
        services.open_account(people.person(), by=OPERATOR)


def test_a_closed_account_is_not_marked_as_used(database):
    account = people.account()
    services.close_account(account, because="operator", by=OPERATOR)
    services.mark_used(account.pk, by=OPERATOR)
    account.refresh_from_db()
    assert account.first_used_at is None
