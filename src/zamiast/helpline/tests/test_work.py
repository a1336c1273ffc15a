"""The work on cases: moves, deadlines, callbacks, letters, drafts, search; as the real roles."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.audit.services import Actor
from zamiast.errors import BadInput, Conflict, NotAllowed, NotFound
from zamiast.helpline import (
    callbacks,
    drafts,
    handling,
    letters,
    queues,
    reading,
    search,
    selectors,
    services,
)  # fmt: skip
from zamiast.helpline.desk import case_page
from zamiast.helpline.models import Callback, Case, Draft, Link, Message, Move, Note
from zamiast.helpline.services import OpenAlready
from zamiast.verification import services as calls
from zamiast.verification.models import Call

HOUR = datetime.timedelta(hours=1)
HOLDER = Actor("holder", "holder")
PESEL = "44051401458"


@pytest.fixture
def consultant(database, site):
    site("desk")
    return people.consultant()


@pytest.fixture
def colleague(consultant):
    return people.consultant("K-300")


@pytest.fixture
def account(consultant):
    return people.account(language="pl")


@pytest.fixture
def case(consultant, account):
    """An open case of an account that called, in the line's queue, due in three hours."""
    return Case.objects.create(
        matter="e_services", account_id=account.pk, opened_by=consultant, owner=consultant,
        opened_by_name="K-417", owner_name="K-417", due_at=timezone.now() + 3 * HOUR,
        call_id=uuid.uuid4(),
    )  # fmt: skip


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_a_new_case_has_a_queue_a_deadline_and_stays_with_who_opened_it(consultant, as_role):
    with as_role("desk"):
        call = calls.take_call(consultant)
        plain = services.open_case("e_services", by=consultant, call=call.pk).number
        other = services.open_case("lost_identifier", by=consultant, call=call.pk).number
        told = services.open_case("covid_referral", by=consultant, call=call.pk,
                                  queue="technical", deadline="today").number  # fmt: skip
    plain, other, told = (Case.objects.get(pk=number) for number in (plain, other, told))
    assert (plain.queue, plain.owner_name) == ("line", "K-417")
    assert (other.queue, other.owner) == ("safety", None)
    assert other.due_at == other.opened_at + datetime.timedelta(days=1)
    assert (told.queue, told.owner_name) == ("technical", "")
    assert told.due_at > told.opened_at + 11 * HOUR


def test_a_second_case_of_an_account_in_a_matter_is_noticed(consultant, account, case, as_role):
    with as_role("desk"):
        call = calls.take_call(consultant)
    Call.objects.filter(pk=call.pk).update(account_id=account.pk, language="pl")
    with as_role("desk"):
        with pytest.raises(OpenAlready) as noticed:
            services.open_case("e_services", by=consultant, call=call.pk, note="Znowu.")
        services.open_case("e_services", by=consultant, call=call.pk, note="x", is_another=True)
    assert noticed.value.number == case.pk
    assert Case.objects.filter(matter="e_services").count() == 2
    assert Link.objects.get().kind == "repeated"


def test_taking_and_handing_over_with_a_note(case, consultant, colleague, as_role):
    with as_role("desk"):
        handling.hand_over(case.pk, "k-300", "Czekam na telefon z NFZ.", by=consultant)
        with pytest.raises(BadInput):
            handling.hand_over(case.pk, "K-417", "  ", by=colleague)
        with pytest.raises(NotFound):
            handling.hand_over(case.pk, "K-9", "x", by=colleague)
        handling.take(case.pk, by=consultant)
    assert fresh(case).owner == consultant
    assert [(m.name, m.detail) for m in Move.objects.all()] == [
        ("hand_over", "K-300"),
        ("take", ""),
    ]
    assert Look.objects.filter(account_id=case.account_id, what="case.handed_over").count() == 1


def test_only_a_supervisor_assigns(case, consultant, colleague, as_role):
    boss = people.consultant("K-1", "supervisor")
    with as_role("desk"):
        with pytest.raises(NotAllowed):
            handling.assign(case.pk, "K-300", by=consultant)
        handling.assign(case.pk, "K-300", by=boss)
    assert fresh(case).owner == colleague


def test_passing_on_keeps_what_was_left_of_the_deadline(case, consultant, as_role):
    now = timezone.now()
    with as_role("desk"):
        handling.pass_on(case.pk, "documents", "Trzeba pisma z sądu.", by=consultant)
        with pytest.raises(BadInput):
            handling.pass_on(case.pk, "nowhere", "x", by=consultant)
    moved = fresh(case)
    assert (moved.queue, moved.owner) == ("documents", None)
    assert queues.left(moved.due_at, now, "documents") == pytest.approx(3 * 3600, abs=60)


def test_a_case_that_waits_keeps_its_time_and_says_for_what(case, consultant, as_role):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with as_role("desk"):
        for reason, day in (("boredom", tomorrow), ("nfz", timezone.localdate())):
            with pytest.raises(BadInput):
                handling.pause(case.pk, reason, day, by=consultant)
        handling.pause(case.pk, "nfz", tomorrow, by=consultant)
        with pytest.raises(Conflict):
            handling.pause(case.pk, "nfz", tomorrow, by=consultant)
    waiting = fresh(case)
    assert (waiting.state, waiting.waits_for, waiting.waits_until) == ("waiting", "nfz", tomorrow)
    assert waiting.left_seconds == pytest.approx(3 * 3600, abs=60)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - 9 * HOUR)
    with as_role("desk"):
        handling.resume(case.pk, by=consultant)
    assert fresh(case).due_at - timezone.now() > 2.9 * HOUR
    assert (fresh(case).waits_for, fresh(case).left_seconds) == ("", None)


def test_merging_keeps_all_in_one_timeline_and_refuses_another_account(
    case, consultant, account, as_role
):
    twin = Case.objects.create(matter="e_services", account_id=account.pk, opened_by=consultant,
                               opened_by_name="K-417")  # fmt: skip
    alien = Case.objects.create(matter="e_services", account_id=account.pk + 1,
                                opened_by=consultant, opened_by_name="K-417")  # fmt: skip
    with as_role("desk"):
        services.write_note(twin.pk, "Pisałem z bliźniaka.", by=consultant)
        for wrong, error in ((alien.pk, Conflict), (twin.pk, BadInput), (99, NotFound)):
            with pytest.raises(error):
                handling.merge(twin.pk, wrong, by=consultant)
        handling.merge(twin.pk, case.pk, by=consultant)
        texts = [entry.text for entry in reading.timeline(case.pk) if entry.is_written]
        beside = reading.beside(case.pk, consultant)
    assert texts == ["Pisałem z bliźniaka."]
    assert beside.merged == [twin.pk]
    assert (fresh(twin).state, fresh(twin).merged_into_id) == ("merged", case.pk)


def test_who_opens_an_unowned_case_of_the_own_queue_again_has_it(case, colleague, as_role):
    Case.objects.update(owner=None, owner_name="")
    with as_role("desk"):
        handling.close(case.pk, by=colleague)
        handling.reopen(case.pk, by=colleague)
    assert fresh(case).owner_name == "K-300"
    Case.objects.update(owner=None, owner_name="", queue="documents")
    with as_role("desk"):
        handling.close(case.pk, by=colleague)
        handling.reopen(case.pk, by=colleague)
    assert (fresh(case).owner, fresh(case).state) == (None, "open")


def test_splitting_makes_a_second_case_of_the_same_account(case, consultant, as_role):
    with as_role("desk"):
        number = handling.split(case.pk, "wrong_data", "Drugi temat: adres.", by=consultant)
        linked = reading.beside(number, consultant).links
    new = Case.objects.get(pk=number)
    assert (new.account_id, new.matter, new.queue) == (case.account_id, "wrong_data", "data")
    assert [(one.number, one.kind) for one in linked] == [(case.pk, "split")]


def test_nobody_overwrites_what_they_have_not_read(case, consultant, colleague, as_role):
    with as_role("desk"):
        seen = fresh(case).version
        services.write_note(case.pk, "Pierwsza.", by=colleague, seen=seen)
        with pytest.raises(Conflict, match="changed_meanwhile"):
            services.write_note(case.pk, "Druga.", by=consultant, seen=seen)
        with pytest.raises(Conflict, match="changed_meanwhile"):
            letters.answer(case.pk, "Dzień dobry.", by=consultant, seen=seen)
        with pytest.raises(Conflict, match="changed_meanwhile"):
            handling.close(case.pk, by=consultant, seen=seen)
    assert [note.text for note in Note.objects.all()] == ["Pierwsza."]


def promised(case, by, **more):
    now = timezone.now()
    given = {"from_at": now, "until_at": now + HOUR, "number_kind": "telephone", "ending": "17"}
    return callbacks.promise(case.pk, by=by, **{**given, **more})


def test_a_promised_callback_is_kept_by_one_and_blocks_closing(
    case, consultant, colleague, as_role
):
    with as_role("desk"):
        number = promised(case, consultant, wish=f"Mieć pod ręką numer {PESEL}")
        with pytest.raises(Conflict, match="callback_there"):
            promised(case, colleague)
        with pytest.raises(Conflict, match="callback_open"):
            handling.close(case.pk, by=consultant)
        callbacks.take(number, by=colleague)
        with pytest.raises(Conflict, match="callback_taken"):
            callbacks.take(number, by=consultant)
        callbacks.again(number, until_at=timezone.now() + 2 * HOUR, by=colleague)
        callbacks.keep(number, by=consultant)
        with pytest.raises(NotFound):
            callbacks.keep(number, by=colleague)
        handling.close(case.pk, by=consultant)
    row = Callback.objects.get()
    assert (row.state, row.tries, row.settled_by_name, row.ending) == ("kept", 1, "K-417", "17")
    assert PESEL not in row.wish
    whats = [event.what for event in Event.objects.filter(what__startswith="callback")]
    assert whats == ["callback.promised", "callback.taken", "callback.not_reached", "callback.kept"]


@pytest.mark.parametrize(
    "wrong",
    [{"until_at": timezone.now() - HOUR}, {"number_kind": "600123456"}, {"ending": "600123456"},
     {"until_at": timezone.now() + datetime.timedelta(days=31)}, {"ending": "1x"}],
)  # fmt: skip
def test_a_callback_takes_no_number_and_no_impossible_time(case, consultant, wrong, as_role):
    with as_role("desk"), pytest.raises(BadInput):
        promised(case, consultant, **wrong)


def test_the_desk_promises_no_call_to_a_number_that_nobody_knows(case, consultant, as_role):
    """An account keeps no number; and whoever wrote a letter called from none."""
    with as_role("desk"), pytest.raises(BadInput):
        promised(case, consultant, number_kind="account")
    Case.objects.filter(pk=case.pk).update(call_id=None)
    case.refresh_from_db()
    with as_role("desk"), pytest.raises(BadInput):
        promised(case, consultant)
    assert case_page.numbers(case, "") == []
    assert case_page.numbers(case, "81 442 00 00") == ["facility"]


def test_the_holder_and_the_desk_write_to_each_other(case, consultant, account, as_role):
    with as_role("desk"):
        letters.answer(case.pk, f"Proszę nie podawać {PESEL}.", by=consultant, canned="thanks:1")
        handling.close(case.pk, by=consultant)
    with as_role("portal"):
        (letter,) = letters.letters_of(case.pk, account.pk)
        assert PESEL not in letter.text
        assert letters.unread_by_holder(account.pk) == {case.pk: 1}
        letters.read_by_holder(case.pk, account.pk)
        assert letters.unread_by_holder(account.pk) == {}
        letters.write_from_account(case.pk, account.pk, "Dziękuję, nadal nie działa.", by=HOLDER)
        with pytest.raises(NotFound):
            letters.write_from_account(case.pk, account.pk + 1, "x", by=HOLDER)
        with pytest.raises(DatabaseError, match="its own side"):
            Message(case=Case(pk=case.pk), is_from_holder=False, author_name="K-417",
                    text="x").save(force_insert=True)  # fmt: skip
    woken = fresh(case)
    assert (woken.state, woken.unread, woken.closed_at) == ("open", True, None)
    with as_role("desk"):
        assert selectors.page(consultant, selectors.Filter("unread")).rows[0].number == case.pk
        letters.mark_read(case.pk, by=consultant)
        with pytest.raises(DatabaseError, match="its own side"):
            Message(case=Case(pk=case.pk), is_from_holder=True, author_name="holder",
                    text="x").save(force_insert=True)  # fmt: skip
    assert not fresh(case).unread
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tell_holder'")
        assert cursor.fetchone() == (1,)


def test_no_answer_without_an_account(case, consultant, as_role):
    Case.objects.filter(pk=case.pk).update(account_id=None)
    with as_role("desk"), pytest.raises(Conflict, match="no_account_to_answer"):
        letters.answer(case.pk, "x", by=consultant)


def test_a_draft_outlives_the_browser_and_ends_with_the_note(case, consultant, colleague, as_role):
    with as_role("desk"):
        drafts.here(case.pk, by=consultant, is_writing=True, text=f"Zaczynam {PESEL}")
        seen = drafts.here(case.pk, by=colleague)
        assert [(one.k_number, one.is_writing) for one in seen.others] == [("K-417", True)]
        kept = reading.beside(case.pk, consultant).drafts["note"].text
        assert "Zaczynam" in kept
        assert PESEL not in kept
        assert reading.beside(case.pk, colleague).drafts == {}
        services.write_note(case.pk, "Zaczynam i kończę.", by=consultant)
        assert reading.beside(case.pk, consultant).drafts == {}
        drafts.here(case.pk, by=consultant, text="x")
        drafts.here(case.pk, by=consultant, text="")
        drafts.leave(case.pk, by=consultant)
        assert drafts.here(case.pk, by=colleague).others == []
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "asked", ["recept", "receptą", "RECEPTY dziecka", "dzieci", "recepte", "zaginęły"]
)
def test_a_note_is_found_by_any_form_of_its_words(case, consultant, asked, as_role):
    with as_role("desk"):
        services.write_note(case.pk, "Zaginęła recepta dla dziecka.", by=consultant)
        found = search.by_words(asked, by=consultant)
        assert [row.number for row in found.rows] == [case.pk]
        assert search.by_words(asked, by=consultant, matter="wrong_data").rows == []
        assert search.by_words("szpital", by=consultant).rows == []
    outcomes = [event.outcome for event in Event.objects.filter(what="case.searched")]
    assert outcomes == ["done", "not_found", "not_found"]
    assert "recept" not in str(list(Event.objects.values()))


def test_open_cases_stand_by_deadline_page_by_page(consultant, as_role):
    now = timezone.now()
    made = Case.objects.bulk_create(
        Case(matter="e_services", opened_by=consultant, opened_by_name="K-417",
             due_at=now + HOUR * (number % 7)) for number in range(25)
    )  # fmt: skip
    wanted = [case.pk for case in sorted(made, key=lambda case: (case.due_at, case.pk))]
    with as_role("desk"):
        found, chosen = [], selectors.Filter()
        while True:
            page = selectors.page(consultant, chosen, size=10)
            found += [row.number for row in page.rows]
            if not page.older:
                break
            chosen = selectors.Filter(before=page.older)
    assert found == wanted
