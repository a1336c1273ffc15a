"""Invented people and the cast in the database, as the real roles."""

import pytest
from django.contrib.auth.hashers import check_password
from django.db.models import Q

from zamiast.audit.models import Event, Look
from zamiast.cli import main
from zamiast.demo import cast, people, stage
from zamiast.errors import Misconfigured
from zamiast.login.models import User
from zamiast.portal.models import Link
from zamiast.registry.models import Account, Identifier, Person, State


def told():
    """What the registry holds of people, without what was drawn anew."""
    return list(
        Person.objects.order_by("pk").values_list("family_name", "given_names", "birth_date")
    )


def secrets_of():
    """The encrypted one-time-code secrets of all logins."""
    return list(User.objects.order_by("pk").values_list("authenticator__data", flat=True))


def test_people_accounts_and_identifiers_are_there_with_one_event(database, as_role):
    heard = []
    with as_role("importer"):
        done = people.populate(1200, 7, on_progress=heard.append)
    assert (done.people, heard[-1]) == (1200, 1200)
    assert Person.objects.count() == Account.objects.count() == 1200
    dead = Person.objects.filter(is_dead=True)
    assert dead.count() == done.dead > 0
    assert set(dead.values_list("account__closed_because", flat=True)) == {"death"}
    assert not Identifier.objects.filter(account__person__in=dead).exists()
    assert Identifier.objects.count() == done.identifiers == 1200 - done.dead
    event = Event.objects.get()
    assert (event.what, event.actor, event.account_id) == ("demo.people_invented", "demo", None)
    assert f"people: 1200, dead: {done.dead}" in event.purpose
    assert not Look.objects.exists()


def test_the_seed_makes_the_people_but_never_the_identifiers(database, as_role):
    with as_role("importer"):
        people.populate(200, 7)
        people.populate(200, 7)
    rows = told()
    assert rows[:200] == rows[200:]
    assert Identifier.objects.values("number").distinct().count() == Identifier.objects.count()


def test_an_error_in_the_middle_leaves_nobody(database, as_role):
    def stop(done):
        raise KeyboardInterrupt

    with as_role("importer"), pytest.raises(KeyboardInterrupt):
        people.populate(100, 7, on_progress=stop)
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_the_cast_can_be_installed_twice(database):
    cast.install()
    before = (Person.objects.count(), User.objects.count(), Event.objects.count())
    secrets = secrets_of()
    cast.install()
    assert (Person.objects.count(), User.objects.count(), Event.objects.count()) == before
    assert secrets == list(
        User.objects.order_by("pk").values_list("authenticator__data", flat=True)
    )
    assert all(secrets)


def test_the_cast_is_as_its_parts_say(database):
    cast.install()
    states = dict(Identifier.objects.values_list("account__person__given_names", "state"))
    assert states["Ewa Maria"] == State.SUSPENDED
    assert states["Stanisław"] == State.RETIRED
    assert states["Anna"] == State.ACTIVE
    assert Account.objects.get(person__given_names="Stanisław").closed_because == "death"
    assert Link.objects.count() == sum(bool(part.login) for part in cast.everybody())
    assert Person.objects.filter(~Q(language="pl")).count() == 2
    for login in cast.logins():
        user = User.objects.get(username=login.username)
        assert user.check_password(cast.PASSWORD)
    assert User.objects.get(k_number="K-101").role == "supervisor"


def test_what_people_did_in_the_demo_stays(database):
    cast.install()
    anna = Link.objects.get(user__username="anna").account
    from zamiast.registry import services

    ewa = Link.objects.get(user__username="ewa").account
    services.resume_identifier(ewa.pk, by=people.machine("test"))
    services.suspend_identifier(anna.pk, by=people.machine("test"))
    cast.install()
    assert anna.identifiers.get().state == State.SUSPENDED
    assert ewa.identifiers.get().state == State.ACTIVE


def test_a_demo_password_opens_nothing_outside_the_demo(database, settings):
    cast.install()
    stored = User.objects.get(username="anna").password
    assert stored.startswith("demo$argon2id$")
    assert check_password(cast.PASSWORD, stored)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert not check_password(cast.PASSWORD, stored)
    assert not User.objects.get(username="anna").check_password(cast.PASSWORD)


def test_outside_the_demo_nobody_is_invented(database, monkeypatch, capsys):
    monkeypatch.setattr(stage.apps, "is_installed", lambda _: False)
    with pytest.raises(Misconfigured):
        people.populate(10, 1)
    with pytest.raises(Misconfigured):
        cast.install()
    assert not Person.objects.exists()


def test_the_command_invents_once_when_told_so(database, capsys):
    command = ["demo", "people", "--count", "50", "--seed", "3", "--cast", "--once"]
    assert main(command) == 0
    assert main(command) == 0
    assert Person.objects.count() == 50 + len(cast.everybody())
    told = capsys.readouterr()
    assert "50 people were invented" in told.out
    assert "nobody was invented" in told.out
    assert told.err == ""
