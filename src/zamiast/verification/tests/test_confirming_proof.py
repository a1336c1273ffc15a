"""What is left of a confirmation, and that nothing goes past the functions of the database."""

import threading

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests import people

from zamiast.audit.models import Look
from zamiast.errors import Conflict
from zamiast.verification import answering, confirming, disclosure, moves
from zamiast.verification.models import Alarm, Call, Confirmation
from zamiast.verification.tests.conftest import HOLDER, only_state, other


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
