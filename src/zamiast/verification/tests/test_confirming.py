"""Confirming a call: who learns what, in which state, and what ends it."""

import threading

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.errors import BadInput, Conflict, NotAllowed
from zamiast.registry import selectors
from zamiast.registry import services as registry
from zamiast.verification import answering, confirming, disclosure, jobs, moves
from zamiast.verification.models import Alarm, Call, Confirmation
from zamiast.verification.tests.conftest import HOLDER, session_of


def other(digits):
    """Six digits that are wrong."""
    return f"{(int(digits) + 1) % 10**6:06}"


def only_state():
    return Confirmation.objects.get().state


def test_the_holder_types_the_number_and_the_desk_opens_the_fields(talk):
    digits = talk.ask()
    prompt = talk.prompt()
    assert (prompt.k_number, prompt.matter) == (talk.user.k_number, "wrong_data")
    assert prompt.fields == ("name", "birth_date", "address")
    assert 290 < prompt.seconds <= 300
    assert talk.state().state == "waiting"
    assert talk.type(digits) == "confirmed"
    standing = talk.state()
    assert standing.is_confirmed
    assert 890 < standing.seconds <= 900
    assert talk.open("name", "birth_date") == {
        "name": "Anna Brzęczyszczykiewicz", "birth_date": "1951-03-17",
    }  # fmt: skip
    looks = Look.objects.filter(account_id=talk.account, what="call.field_opened")
    assert {(look.actor, look.fields, look.level) for look in looks} == {
        (talk.user.k_number, "name", 2), (talk.user.k_number, "birth_date", 2),
    }  # fmt: skip


def test_the_digits_are_kept_nowhere(talk):
    digits = talk.ask()
    talk.type(digits)
    for model in (Confirmation, Event):
        for row in model.objects.values():
            assert digits not in str(row)
    assert bytes(Confirmation.objects.get().digest) != digits.encode()


def test_a_field_that_was_not_listed_to_the_holder_is_not_opened(talk):
    talk.confirm(fields=("name",))
    with pytest.raises(Conflict, match=r"verification\.not_confirmed"):
        talk.open("address")
    assert not Event.objects.filter(what="call.field_opened").exists()


def test_a_matter_opens_its_own_fields_only(talk, connect):
    with pytest.raises(BadInput):
        talk.ask(matter="e_services", fields=("address",))
    stolen = connect("desk")
    with pytest.raises(psycopg.errors.CheckViolation):
        stolen.execute(
            "SELECT verification_confirm_ask(%s, %s, gen_random_uuid(), 'e_services',"
            " '{address}', %s)", [talk.session.digest, talk.call, b"x" * 32],
        )  # fmt: skip


def test_one_try_for_a_number(talk):
    digits = talk.ask()
    prompt = talk.prompt().id
    assert talk.type(other(digits)) == "mistyped"
    assert talk.type(digits, prompt=prompt) == "gone"
    assert talk.prompt() is None
    assert talk.state().state == "waiting"
    assert only_state() == "mistyped"


def test_what_is_not_six_digits_costs_no_try(talk):
    digits = talk.ask()
    for typed in ("", "12345", "abcdef", "1234567", "١٢٣٤٥٦"):
        with pytest.raises(BadInput):
            talk.type(typed)
    assert talk.type(f"{digits[:2]} {digits[2:4]}-{digits[4:]}") == "confirmed"


def test_three_numbers_a_call(talk):
    for _ in range(3):
        talk.ask()
    with pytest.raises(Conflict, match=r"verification\.numbers_used_up"):
        talk.ask()
    assert Confirmation.objects.count() == 3


def test_a_new_number_ends_the_one_before(talk):
    first = talk.ask()
    prompt = talk.prompt().id
    second = talk.ask()
    assert talk.type(first, prompt=prompt) == "gone"
    assert talk.type(second) == "confirmed"


def test_another_matter_needs_another_confirmation(talk):
    talk.confirm()
    with talk.as_role("desk"):
        assert confirming.level_in(talk.call, "wrong_data") == (2, talk.account)
        assert confirming.level_in(talk.call, "e_services") is None
    talk.ask(matter="e_services", fields=("name",))
    with pytest.raises(Conflict):
        talk.open("name")
    assert [row.state for row in Confirmation.objects.order_by("nth")] == ["over", "waiting"]


@pytest.mark.parametrize(
    "how", ["declined", "mistyped", "expired", "nobody", "suspended", "closed"]
)
def test_the_desk_gets_the_same_whatever_the_reason(begin, shift, how):
    from zamiast.pure import identifier

    talk = begin(number=identifier.generate()) if how == "nobody" else begin()
    if how == "suspended":
        talk.ask()
        talk.not_me()
    elif how == "closed":
        account = selectors.account(talk.account)
        registry.note_death(account.person, died_on=None, by=people.OPERATOR)
    digits = talk.ask()
    assert len(digits) == 6
    if how == "declined":
        assert talk.decline() == "declined"
    elif how == "mistyped":
        talk.type(other(digits))
    elif how == "expired":
        assert talk.prompt() is not None
    else:
        assert talk.prompt() is None
    waiting = talk.state()
    assert (waiting.state, waiting.matter) == ("waiting", "wrong_data")
    assert 290 < waiting.seconds <= 300
    shift("5 minutes")
    over = talk.state()
    assert (over.state, over.seconds) == ("not_confirmed", 0)
    assert talk.prompt() is None


def test_after_five_minutes_a_number_confirms_nothing(talk, shift):
    digits = talk.ask()
    prompt = talk.prompt().id
    shift("5 minutes")
    assert talk.type(digits, prompt=prompt) == "gone"
    with talk.as_role("worker"):
        assert jobs.tidy_confirmations() == 1
    assert only_state() == "expired"


def test_after_fifteen_minutes_nothing_is_opened(talk, shift):
    talk.confirm()
    shift("15 minutes")
    assert talk.state().state == "over"
    with pytest.raises(Conflict):
        talk.open("name")
    with talk.as_role("desk"):
        assert confirming.level_in(talk.call, "wrong_data") is None


@pytest.mark.parametrize("jump", ["-1 year", "1 year"])
@pytest.mark.parametrize("where", ["waiting", "confirmed"])
def test_a_clock_that_jumps_ends_what_was_open(talk, shift, where, jump):
    digits = talk.ask()
    prompt = talk.prompt().id
    if where == "confirmed":
        talk.type(digits)
    shift(jump)
    assert talk.prompt() is None
    if where == "waiting":
        assert talk.type(digits, prompt=prompt) == "gone"
    with pytest.raises(Conflict):
        talk.open("name")
    with talk.as_role("worker"):
        assert jobs.tidy_confirmations() == 1


def test_hanging_up_ends_everything(begin):
    asked, confirmed = begin(), begin()
    digits = asked.ask()
    prompt = asked.prompt().id
    confirmed.confirm()
    asked.hang_up()
    confirmed.hang_up()
    assert asked.type(digits, prompt=prompt) == "gone"
    with pytest.raises(Conflict):
        confirmed.open("name")
    assert asked.state().state == confirmed.state().state == "no_call"
    assert Confirmation.objects.get(call=asked.call).state == "ended"
    assert Confirmation.objects.get(call=confirmed.call).state == "over"


def test_a_call_that_ended_does_not_begin_again(talk, connect):
    talk.confirm()
    talk.hang_up()
    with pytest.raises(psycopg.errors.CheckViolation):
        connect("desk").execute("UPDATE verification_call SET ended_at = NULL")


def test_two_holders_do_not_confirm_for_one_another(begin):
    one, two = begin(), begin()
    digits = one.ask()
    two.ask()
    prompt = one.prompt().id
    assert two.type(digits, prompt=prompt, account=two.account) == "gone"
    assert two.type(digits) == "mistyped"
    assert one.state().state == "waiting"


def test_two_tabs_confirm_once(talk):
    digits = talk.ask()
    prompt = talk.prompt().id
    assert [talk.type(digits, prompt=prompt), talk.type(digits, prompt=prompt)] == [
        "confirmed", "gone",
    ]  # fmt: skip
    assert Event.objects.filter(outcome="confirmed").count() == 1


def test_two_consultants_on_one_identifier_ask_one_after_the_other(begin):
    first = begin()
    second = begin(account=first.account)
    digits = first.ask()
    unheard = second.ask()
    assert first.prompt().k_number == first.user.k_number
    assert second.state().state == "waiting"
    assert first.type(digits) == "confirmed"
    assert second.prompt() is None
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.account_id) == ("two_calls", first.account)
    digits = second.ask()
    assert digits != unheard or second.prompt()
    assert second.type(digits) == "confirmed"
    assert first.state().is_confirmed


def test_another_session_of_the_same_consultant_opens_nothing(talk):
    talk.confirm()
    other_session = session_of(talk.user)
    with pytest.raises(Conflict):
        talk.open("name", session=other_session)
    assert talk.state(other_session).state == "over"


def test_a_session_that_ended_takes_what_was_confirmed_along(talk):
    talk.confirm()
    talk.session.delete()
    with pytest.raises(Conflict):
        talk.open("name")
    assert talk.state().state == "no_session"


def test_a_number_of_a_session_that_ended_confirms_nothing(talk):
    digits = talk.ask()
    talk.session.delete()
    assert talk.type(digits) == "gone"
    with pytest.raises(NotAllowed):
        talk.ask()


def test_prompts_do_not_rain(begin):
    one = begin()
    for _ in range(2):
        for _ in range(3):
            one.ask()
            assert one.prompt() is not None
        one.hang_up()
        one = begin(account=one.account, user=one.user)
    one.ask()
    assert one.prompt() is None
    assert one.state().state == "waiting"
    assert Alarm.objects.get().kind == "many_prompts"


def test_declines_reach_the_supervisor(begin):
    user = None
    for _ in range(3):
        one = begin(user=user)
        user = one.user
        one.ask()
        one.decline()
        one.hang_up()
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.consultant_id, alarm.times) == ("declines", user.pk, 3)


def test_numbers_in_vain_and_many_lookers_reach_the_supervisor(begin):
    from zamiast.pure import identifier
    from zamiast.verification import services

    one = begin()
    for _ in range(2):
        with one.as_role("desk"):
            for _ in range(3):
                services.identify(one.session.digest, one.call, identifier.generate())
        one.hang_up()
        one = begin(user=one.user)
    begin(account=one.account)
    begin(account=one.account)
    assert set(Alarm.objects.values_list("kind", flat=True)) == {"not_active", "three_consultants"}


def test_that_was_not_me_ends_the_grant_and_suspends_questions(talk):
    talk.confirm()
    assert talk.not_me() == "done"
    assert talk.not_me() == "said_already"
    with pytest.raises(Conflict):
        talk.open("name")
    assert only_state() == "revoked"
    assert Alarm.objects.get().kind == "not_me"
    talk.ask()
    assert talk.prompt() is None
    with talk.as_role("portal"):
        assert answering.suspended_since(talk.account) is not None
        assert answering.resume(talk.account, by=HOLDER)
        assert not answering.resume(talk.account, by=HOLDER)
    talk.ask()
    assert talk.prompt() is not None


def test_the_receipt_says_who_when_what_and_why(talk):
    talk.confirm()
    talk.open("name")
    talk.hang_up()
    with talk.as_role("portal"):
        (receipt,) = answering.receipts(talk.account)
    assert (receipt.k_number, receipt.matter, receipt.state) == (
        talk.user.k_number, "wrong_data", "over",
    )  # fmt: skip
    assert receipt.asked == ("name", "birth_date", "address")
    assert receipt.opened == ("name",)
    assert receipt.ended_at
    assert not receipt.is_about_other


def test_for_a_child_the_fields_are_the_child_s_and_its_log_says_so(talk):
    child = people.account(family_name="Nowak", given_names="Jaś").pk
    digits = talk.ask()
    assert talk.type(digits, about=child) == "confirmed"
    assert talk.open("name") == {"name": "Jaś Nowak"}
    assert Look.objects.filter(account_id=child, what="call.field_opened").count() == 1
    assert not Look.objects.filter(account_id=talk.account, what="call.field_opened").exists()
    with talk.as_role("portal"):
        assert answering.receipts(talk.account)[0].is_about_other


@pytest.mark.parametrize("how", ["transaction", "savepoint"])
def test_who_opens_and_rolls_back_learns_nothing(talk, connect, how):
    talk.confirm()
    stolen = connect("desk")
    stolen.execute("BEGIN")
    if how == "savepoint":
        stolen.execute("SAVEPOINT before")
    opening = "SELECT verification_open(%s, %s, '{name}')"
    (reading,) = stolen.execute(opening, [talk.session.digest, talk.call]).fetchone()
    answer = "SELECT * FROM verification_opened(%s, %s)"
    assert stolen.execute(answer, [talk.session.digest, reading]).fetchall() == []
    stolen.execute("ROLLBACK TO before" if how == "savepoint" else "ROLLBACK")
    assert stolen.execute(answer, [talk.session.digest, reading]).fetchall() == []


def test_what_was_opened_is_given_once_and_not_inside_a_transaction(talk, connect):
    talk.confirm()
    with talk.as_role("desk"), transaction.atomic(), pytest.raises(RuntimeError):
        confirming.open_fields(talk.session.digest, talk.call, ("name",))
    stolen = connect("desk")
    opening = "SELECT verification_open(%s, %s, '{name}')"
    (reading,) = stolen.execute(opening, [talk.session.digest, talk.call]).fetchone()
    answer = "SELECT value FROM verification_opened(%s, %s)"
    assert stolen.execute(answer, ["x" * 40, reading]).fetchall() == []
    assert len(stolen.execute(answer, [talk.session.digest, reading]).fetchall()) == 1
    assert stolen.execute(answer, [talk.session.digest, reading]).fetchall() == []


@pytest.mark.parametrize("role", ["desk", "portal", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT digest FROM verification_confirmation",
        "UPDATE verification_confirmation SET state = 'confirmed'",
        "INSERT INTO verification_move VALUES ('declined', 'confirmed')",
        "UPDATE verification_limits SET number_lives = '1 year'",
        "DELETE FROM verification_alarm",
        "SELECT disclosure_name(1)",
        "SELECT * FROM verification_live('', gen_random_uuid())",
    ],
)
def test_no_process_reads_or_writes_behind_the_functions(database, connect, role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect(role).execute(statement)


def test_the_owner_too_makes_no_move_that_is_not_in_the_table(talk):
    talk.ask()
    talk.decline()
    with pytest.raises(Exception, match="no move from declined to confirmed"):
        Confirmation.objects.update(state="confirmed")
    with pytest.raises(Exception, match="bound to does not change"):
        Confirmation.objects.update(matter="e_services")
    with pytest.raises(Exception, match="never deleted"):
        Confirmation.objects.all().delete()


def test_code_and_database_hold_the_same_tables(database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, target FROM verification_move")
        assert set(cursor.fetchall()) == set(moves.pairs())
        cursor.execute("SELECT field, matter FROM verification_disclosure")
        assert set(cursor.fetchall()) == set(disclosure.rows())
        for code, _matter in disclosure.rows():
            cursor.execute("SELECT to_regprocedure(%s)", [f"disclosure_{code}(bigint)"])
            assert cursor.fetchone()[0], code


def test_hanging_up_and_typing_at_once_leave_nothing_open(begin):
    """Both orders are possible; in both the call is over and nothing is confirmed in it."""
    for _ in range(5):
        talk = begin()
        digits = talk.ask()
        prompt = talk.prompt().id
        said = []

        def type_it(prompt=prompt, digits=digits, talk=talk, said=said):
            try:
                said.append(
                    answering.type_number(prompt, talk.account, about=talk.account,
                                          digits=digits, by=HOLDER)
                )  # fmt: skip
            finally:
                connection.close()

        typing = threading.Thread(target=type_it)
        typing.start()
        Call.objects.filter(pk=talk.call).update(ended_at=timezone.now())
        typing.join()
        state = Confirmation.objects.get(call=talk.call).state
        assert (said[0], state) in {("confirmed", "over"), ("gone", "ended")}
        with pytest.raises(Conflict):
            talk.open("name")


@pytest.mark.parametrize("how", ["silent", "nobody", "declined", "mistyped", "disowned"])
def test_who_stops_waiting_learns_nothing_of_the_answer(begin, how):
    from zamiast.pure import identifier

    talk = begin(number=identifier.generate()) if how == "nobody" else begin()
    digits = talk.ask()
    if how == "declined":
        talk.decline()
    elif how == "mistyped":
        talk.type(other(digits))
    elif how == "disowned":
        talk.not_me()
    assert talk.state().state == "waiting"
    with talk.as_role("desk"):
        confirming.stop_waiting(talk.session.digest, talk.call)
    standing = talk.state()
    assert (standing.state, standing.seconds) == ("not_confirmed", 0)
