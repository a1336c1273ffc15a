"""Store, match, reveal: over the real socket, under the real role."""

import datetime

import pytest
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.errors import ZamiastError
from zamiast.registry.vault.client import Entry, Kind, Number

from .conftest import some_pesel


def pesel(**birth: int) -> Number:
    return Number(Kind.PESEL, some_pesel(**birth))


def stored(vault, person, number, **more):
    with vault.asked_as("importer") as client:
        return client.store([Entry(person.pk, number, **more)])[0]


def matched(vault, number, caller="portal"):
    with vault.asked_as(caller) as client:
        return client.match(number)


def test_what_is_stored_is_found_in_any_writing(vault):
    person, number = people.person(), pesel()
    assert stored(vault, person, number).outcome == "stored"
    spaced = Number(Kind.PESEL, f"{number.value[:6]} {number.value[6:]}")
    assert (matched(vault, spaced).outcome, matched(vault, spaced).person) == ("current", person.pk)
    assert matched(vault, pesel()).outcome == "nobody"


def test_storing_twice_stores_once(vault):
    person, number = people.person(), pesel()
    assert [stored(vault, person, number).outcome for _ in range(3)] == ["stored", "known", "known"]
    rows = vault.sql("owner", "SELECT count(*) FROM vault.number WHERE person_id = %s", [person.pk])
    assert rows == [(1,)]


def test_a_number_of_another_is_a_conflict(vault):
    first, second, number = people.person(), people.person(), pesel()
    stored(vault, first, number)
    answer = stored(vault, second, number)
    assert (answer.outcome, answer.person, answer.is_conflict) == (
        "number_of_another", first.pk, True)  # fmt: skip


def test_a_second_pesel_is_a_conflict_unless_it_is_said_to_replace(vault):
    person, old, new = people.person(), pesel(), pesel()
    stored(vault, person, old)
    assert stored(vault, person, new).outcome == "another_number"
    answer = stored(vault, person, new, replaces=True, valid_from=datetime.date(2026, 3, 1))
    assert answer.outcome == "replaced"
    assert matched(vault, new).outcome == "current"
    assert (matched(vault, old).outcome, matched(vault, old).person) == ("past", person.pk)
    rows = vault.sql(
        "owner",
        "SELECT valid_to, replaced_by IS NOT NULL, (SELECT bool_and(NOT f.is_current)"
        " FROM vault.fingerprint f WHERE f.number_id = n.id) FROM vault.number n"
        " WHERE person_id = %s AND NOT is_current",
        [person.pk],
    )
    assert rows == [(datetime.date(2026, 3, 1), True, True)]


def test_a_number_can_be_ended_and_be_given_to_whom_it_belongs(vault):
    wrong, right, number = people.person(), people.person(), pesel()
    stored(vault, wrong, number)
    yesterday = datetime.date(2026, 1, 1)
    assert stored(vault, wrong, number, valid_to=yesterday).outcome == "ended"
    assert stored(vault, wrong, number, valid_to=yesterday).outcome == "known"
    assert stored(vault, right, number).outcome == "stored"
    assert matched(vault, number).person == right.pk
    assert stored(vault, wrong, number).outcome == "number_of_another"


def test_a_past_number_of_two_people_is_told_as_several(vault):
    number, day = pesel(), datetime.date(2020, 1, 1)
    for person in (people.person(), people.person()):
        assert stored(vault, person, number, valid_to=day).outcome == "stored"
    assert matched(vault, number).outcome == "several"
    assert matched(vault, number).person is None


def test_a_person_has_numbers_of_several_kinds(vault):
    person = people.person()
    numbers = [
        pesel(),
        Number(Kind.PASSPORT, "ZS 0001775", "pl"),
        Number(Kind.PASSPORT, "zs0001775", "UA"),
        Number(Kind.FOREIGN, "80-01/123", "urn:oid:1.2.3"),
        Number(Kind.EIDAS, "DE/PL/aB-12"),
    ]
    with vault.asked_as("importer") as client:
        outcomes = [one.outcome for one in client.store(Entry(person.pk, one) for one in numbers)]
        found = client.match_many(numbers)
    assert outcomes == ["stored"] * 5
    assert {(one.outcome, one.person) for one in found} == {("current", person.pk)}
    assert matched(vault, Number(Kind.EIDAS, "DE/PL/AB-12")).outcome == "nobody"


def test_a_batch_tells_of_each_and_writes_one_event(vault):
    first, second, number = people.person(), people.person(), pesel()
    before = Event.objects.count()
    with vault.asked_as("importer") as client:
        done = client.store([
            Entry(first.pk, number),
            Entry(first.pk, number),
            Entry(second.pk, number),
            Entry(999_999_999, pesel()),
            Entry(second.pk, Number(Kind.PESEL, "44051401459")),
            Entry(second.pk, pesel()),
        ])  # fmt: skip
    assert [one.outcome for one in done] == [
        "stored", "known", "number_of_another", "no_person", "not_a_number", "stored"]  # fmt: skip
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("id")
    assert (event.what, event.outcome, event.written_by) == (
        "vault.stored", "with_conflicts", "zamiast_vault")  # fmt: skip
    assert event.step == "known 1, no_person 1, not_a_number 1, number_of_another 1, stored 2"


def test_more_numbers_than_one_batch_go_in_several(vault):
    numbers = [pesel() for _ in range(1500)]
    with vault.asked_as("importer") as client:
        answers = client.match_many(numbers)
    assert len(answers) == 1500
    assert {one.outcome for one in answers} == {"nobody"}


def test_the_holder_sees_that_the_number_was_stored_and_matched(vault):
    account, number = people.account(), pesel()
    stored(vault, account.person, number)
    matched(vault, number)
    looks = Look.objects.for_account(account.pk).values_list("what", "actor", "fields")
    assert list(looks)[:2] == [
        ("vault.matched", "portal", "pesel"), ("vault.stored", "importer", "pesel")]  # fmt: skip


def test_what_was_asked_is_a_keyed_hash_and_no_fingerprint(vault):
    number = pesel()
    matched(vault, number)
    matched(vault, number)
    first, second = Event.objects.filter(what="vault.matched").order_by("-id")[:2]
    assert bytes(first.asked) == bytes(second.asked)
    assert len(bytes(first.asked)) == 32
    found = vault.sql("owner", "SELECT fingerprint FROM vault.fingerprint")
    assert bytes(first.asked) not in {bytes(row[0]) for row in found}


def test_what_is_no_number_is_refused_and_not_repeated(vault):
    with pytest.raises(ZamiastError) as caught:
        matched(vault, Number(Kind.PESEL, "44051401459"))
    assert (caught.value.code, caught.value.status) == ("vault.not_a_pesel", 400)
    assert "4405" not in caught.value.sentence


def test_the_ciphertext_holds_nothing_readable_and_is_bound_to_its_row(vault):
    person, other, number = people.person(), people.person(), pesel()
    stored(vault, person, number)
    stored(vault, other, pesel())
    dump = vault.sql("owner", "SELECT n::text FROM vault.number n")
    assert number.value not in str(dump)
    # The owner swaps two ciphertexts: neither opens any more.
    vault.sql(
        "owner",
        "UPDATE vault.number a SET sealed = b.sealed FROM vault.number b"
        " WHERE a.person_id = %s AND b.person_id = %s",
        [person.pk, other.pk],
    )
    done = vault.cli("verify")
    assert done.returncode == 1
    assert "1 of " in done.stderr
    vault.sql("owner", "DELETE FROM vault.number WHERE person_id = %s", [person.pk])
