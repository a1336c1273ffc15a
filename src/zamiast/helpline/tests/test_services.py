"""Cases: one verb, one event; the database decides who was first; no PESEL in a note."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import Actor
from zamiast.errors import BadInput, Conflict, NotFound
from zamiast.helpline import services
from zamiast.helpline.models import Case, Move, Note
from zamiast.helpline.moves import State
from zamiast.pure.numerals.pesel import is_well_formed
from zamiast.verification import services as calls
from zamiast.verification.models import Call


@pytest.fixture
def consultant(database, site):
    site("desk")
    return people.consultant()


@pytest.fixture
def call(consultant, as_role):
    with as_role("desk"):
        return calls.take_call(consultant)


@pytest.fixture
def identified(call):
    """The call, in which an account was identified."""
    account = people.account()
    Call.objects.filter(pk=call.pk).update(account_id=account.pk, language="uk")
    return account


def made_up_pesel():
    return next(str(n) for n in range(44051400000, 44051499999) if is_well_formed(str(n)))


def test_a_case_of_an_identified_caller_is_unconfirmed_and_seen_by_the_holder(
    consultant, call, identified, as_role
):
    with as_role("desk"):
        opened = services.open_case("wrong_data", by=consultant, call=call.pk, note="Zły adres.")
    case = Case.objects.get(pk=opened.number)
    assert (case.account_id, case.level, case.language) == (identified.pk, 1, "uk")
    assert (case.state, case.is_confirmed, case.opened_by_name) == ("open", False, "K-417")
    look = Look.objects.get(account_id=identified.pk, what="case.opened")
    assert (look.actor, look.matter, look.case_number) == ("K-417", "wrong_data", case.pk)
    assert Look.objects.filter(what="note.written", case_number=case.pk).count() == 1
    assert Event.objects.get(what="case.opened").call == call.pk


def test_a_caller_without_identifier_gets_a_case_without_account(consultant, call, as_role):
    with as_role("desk"):
        opened = services.open_case("no_identifier", by=consultant, call=call.pk, language="en")
    case = Case.objects.get(pk=opened.number)
    assert (case.account_id, case.level, case.language) == (None, 0, "en")
    assert not Note.objects.exists()
    assert not Look.objects.exists()


def test_a_pesel_is_cut_out_of_a_note_and_nothing_else_is_lost(consultant, call, as_role):
    pesel = made_up_pesel()
    text = f"Dzwoni syn.\n{pesel} i jeszcze {pesel}\nProsi o telefon."
    with as_role("desk"):
        opened = services.open_case("wrong_data", by=consultant, call=call.pk, note=text)
        again = services.write_note(opened.number, f"Numer {pesel}", by=consultant)
    assert (opened.cut, again) == (2, 1)
    first, second = Note.objects.order_by("id")
    assert first.text == text.replace(pesel, "[PESEL usunięty]")
    assert (first.cut, second.cut, second.author_name) == (2, 1, "K-417")


@pytest.mark.parametrize(
    ("text", "code"), [("  \n", "helpline.empty_note"), ("x" * 4001, "helpline.long_note")]
)
def test_a_note_that_cannot_be_used_changes_nothing(consultant, call, as_role, text, code):
    with as_role("desk"):
        opened = services.open_case("wrong_data", by=consultant, call=call.pk)
        with pytest.raises(BadInput) as error:
            services.write_note(opened.number, text, by=consultant)
    assert error.value.code == code
    assert not Note.objects.exists()


def test_a_case_is_closed_and_opened_again(consultant, call, identified, as_role):
    with as_role("desk"):
        number = services.open_case("wrong_data", by=consultant, call=call.pk).number
        services.close(number, by=consultant)
        assert Case.objects.get(pk=number).closed_at is not None
        with pytest.raises(Conflict):
            services.close(number, by=consultant)
        services.reopen(number, by=consultant)
    case = Case.objects.get(pk=number)
    assert (case.state, case.closed_at) == ("open", None)
    assert list(Move.objects.order_by("id").values_list("name", "by")) == [
        ("close", "K-417"), ("reopen", "K-417")]  # fmt: skip
    whats = Look.objects.filter(case_number=number).order_by("event_id")
    assert list(whats.values_list("what", flat=True)) == [
        "case.opened", "case.closed", "case.reopened"]  # fmt: skip


def test_the_holder_disowns_the_own_case_only_and_once(consultant, call, identified, as_role):
    with as_role("desk"):
        number = services.open_case("was_it_you", by=consultant, call=call.pk).number
    holder = Actor("holder", "anna")
    with as_role("portal"):
        with pytest.raises(NotFound):
            services.disown(number, identified.pk + 1, by=holder)
        services.disown(number, identified.pk, by=holder)
        with pytest.raises(Conflict):
            services.disown(number, identified.pk, by=holder)
    assert Case.objects.get(pk=number).state == State.DISOWNED
    assert Event.objects.get(what="case.disowned").account_id == identified.pk
    with as_role("desk"), pytest.raises(Conflict):
        services.reopen(number, by=consultant)


def test_one_call_opens_one_case_in_a_matter(consultant, call, as_role):
    with as_role("desk"):
        services.open_case("wrong_data", by=consultant, call=call.pk)
        with pytest.raises(Conflict) as error:
            services.open_case("wrong_data", by=consultant, call=call.pk)
        services.open_case("e_services", by=consultant, call=call.pk)
    assert error.value.code == "helpline.opened_already"
    assert Case.objects.count() == 2


def test_no_case_is_opened_in_a_call_of_somebody_else_or_one_that_ended(consultant, call, as_role):
    other = people.consultant("K-418")
    with as_role("desk"):
        with pytest.raises(Conflict):
            services.open_case("wrong_data", by=other, call=call.pk)
        calls.hang_up(call.pk, consultant)
        with pytest.raises(Conflict):
            services.open_case("wrong_data", by=consultant, call=call.pk)
    assert not Case.objects.exists()


def test_reading_a_case_is_an_event_and_so_is_asking_for_none(
    consultant, call, identified, as_role
):
    with as_role("desk"):
        number = services.open_case("wrong_data", by=consultant, call=call.pk).number
        assert services.read_case(number, by=consultant).number == number
        for missing in (number + 1, 10**30):
            with pytest.raises(NotFound):
                services.read_case(missing, by=consultant)
    assert Look.objects.get(what="case.read").account_id == identified.pk
    assert Event.objects.filter(what="case.read", outcome="not_found").count() == 2


def in_parallel(work, times):
    def alone(_):
        try:
            work()
        except (Conflict, NotFound) as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(alone, range(times)))


@pytest.mark.parametrize("move", ["close", "disown"])
def test_of_many_who_do_it_at_once_one_succeeds(consultant, call, identified, as_role, move):
    with as_role("desk"):
        number = services.open_case("wrong_data", by=consultant, call=call.pk).number

    def work():
        if move == "close":
            services.close(number, by=consultant)
        else:
            services.disown(number, identified.pk, by=Actor("holder", "anna"))

    with as_role("desk" if move == "close" else "portal"):
        results = in_parallel(work, 8)
    assert results == ["done"] + ["helpline.other_state"] * 7
    assert Move.objects.filter(case=number).count() == 1
    assert Event.objects.filter(what__in=["case.closed", "case.disowned"]).count() == 1


def test_of_two_clicks_on_open_one_opens_a_case(consultant, call, as_role):
    with as_role("desk"):
        results = in_parallel(
            lambda: services.open_case("wrong_data", by=consultant, call=call.pk, note="raz"), 6
        )
    assert results == ["done"] + ["helpline.opened_already"] * 5
    assert (Case.objects.count(), Note.objects.count()) == (1, 1)


def test_what_must_hold_is_held_by_the_database(consultant, call):
    case = Case(matter="wrong_data", opened_by=consultant, opened_by_name="K-417")
    case.is_confirmed = True
    with (
        pytest.raises(IntegrityError, match="helpline_confirmed_needs_level_2"),
        transaction.atomic(),
    ):
        case.save()
    case.is_confirmed, case.state = False, "lost"
    with pytest.raises(IntegrityError, match="helpline_case_state"), transaction.atomic():
        case.save()
