"""Receiving people: known again by any key, changed when changed, closed on death."""

import datetime

import pytest

from zamiast.audit.models import Event, Look
from zamiast.audit.services import machine
from zamiast.registry import bulk, intake
from zamiast.registry.intake import Incoming, PersonRow
from zamiast.registry.models import Account, Identifier, Person, SourceRecord
from zamiast.registry.tests.parallel import at_once

BY = machine("import:test")
ANNA = PersonRow(family_name="Nowak", given_names="Anna", birth_date=datetime.date(1951, 3, 17))


def incoming(value, person=ANNA, *more):
    return Incoming((("test", value), *more), person)


@pytest.fixture
def receive(database, as_role):
    def run(*batch):
        with as_role("importer"):
            return intake.receive(batch, by=BY)

    return run


def changed(**values):
    return PersonRow(
        **{**{key: getattr(ANNA, key) for key in PersonRow.__struct_fields__}, **values}
    )


def test_who_is_new_gets_person_account_and_keys_but_no_identifier(receive):
    done = receive(incoming("1", ANNA, ("hospital", "MR-1")), incoming("2"))
    assert (done.new, done.opened, done.changed, done.unchanged) == (2, 2, 0, 0)
    assert Account.objects.filter(closed_at=None).count() == 2
    assert SourceRecord.objects.count() == 3
    assert not Identifier.objects.exists()
    assert Look.objects.filter(what="account.opened", actor="import:test").count() == 2
    event = Event.objects.get(what="person.batch_received")
    assert event.purpose == "new: 2, changed: 0, closed: 0"


def test_the_same_again_changes_and_says_nothing(receive):
    receive(incoming("1"))
    before = Event.objects.count()
    done = receive(incoming("1"))
    assert (done.new, done.changed, done.unchanged) == (0, 0, 1)
    assert (Person.objects.count(), Event.objects.count()) == (1, before)


def test_any_key_is_enough_to_be_known_and_the_others_are_learnt(receive):
    receive(incoming("1", ANNA, ("hospital", "MR-1")))
    done = receive(Incoming((("other", "77"), ("hospital", "MR-1")), changed(city="Lublin")))
    assert (done.new, done.changed) == (0, 1)
    assert SourceRecord.objects.filter(person=Person.objects.get()).count() == 3
    assert Look.objects.filter(what="person.changed").count() == 1


def test_keys_of_two_persons_are_not_joined(receive):
    receive(incoming("1"), incoming("2"))
    done = receive(Incoming((("test", "1"), ("test", "2")), changed(city="Lublin")), incoming("3"))
    assert done.ambiguous == [0]
    assert done.new == 1
    assert not Person.objects.filter(city="Lublin").exists()


def test_twice_in_one_batch_is_one_person_and_the_last_word_holds(receive):
    done = receive(incoming("1"), incoming("1", changed(city="Lublin")))
    assert done.new == 1
    assert Person.objects.get().city == "Lublin"


def test_death_closes_the_account_and_retires_the_identifier(receive, as_role):
    receive(incoming("1"))
    with as_role("importer"):
        bulk.issue_all(by=BY)
    done = receive(incoming("1", changed(is_dead=True, died_on=datetime.date(2026, 1, 2))))
    assert (done.changed, done.closed) == (1, 1)
    assert Account.objects.get().closed_because == "death"
    assert not Identifier.objects.current().exists()
    assert Look.objects.get(what="account.closed").outcome == "death"


def test_who_arrives_dead_has_a_closed_account(receive):
    done = receive(incoming("1", changed(is_dead=True)))
    assert (done.opened, done.closed) == (1, 1)


def test_death_is_not_taken_back_by_an_import_but_counted(receive):
    receive(incoming("1", changed(is_dead=True, died_on=datetime.date(2026, 1, 2))))
    done = receive(incoming("1", changed(city="Lublin")))
    assert (done.alive_again, done.changed) == (1, 1)
    person = Person.objects.get()
    assert (person.is_dead, person.died_on) == (True, datetime.date(2026, 1, 2))
    assert Account.objects.get().closed_because == "death"


def test_every_text_passes_the_doorway(receive):
    receive(incoming("1", changed(given_names="Anna 44051401458", address_line="44051401458")))
    person = Person.objects.get()
    assert "44051401458" not in f"{person.__dict__}"
    assert receive(incoming("1", changed(given_names="Anna 44051401458",
                                         address_line="44051401458"))).unchanged == 1  # fmt: skip


def test_two_imports_of_the_same_people_at_once_make_each_once(database, as_role):
    batch = [incoming(str(number)) for number in range(50)]
    with as_role("importer"):
        done = at_once(4, lambda _: intake.receive(batch, by=BY))
    assert sum(one.new for one in done) == 50
    assert Person.objects.count() == Account.objects.count() == 50
