"""What the specialist's functions give to a stolen process of the desk: nothing unseen."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction
from tests import people

from zamiast.audit.models import Event
from zamiast.guardianship.models import Change, Notice
from zamiast.guardianship.selectors import facts_of, tied_to
from zamiast.guardianship.tests.family import HOLDER
from zamiast.helpline import casework, letters
from zamiast.helpline.tests.test_specialist_pages import letter_of, page, send
from zamiast.registry import selectors


def ask(cursor, sql, *values):
    cursor.execute(f"SELECT * FROM {sql}", values)
    return cursor.fetchall()


def test_who_asks_and_rolls_back_learns_nothing(case, family, specialists, at_desk, as_role):
    """A stolen process of the desk: it has the role, and a specialist's session."""
    at = at_desk(specialists[0])
    digest = at.client.session.digest
    with as_role("owner"):
        number = int(selectors.current_identifier(family[2].pk).number)
    named = "helpline_ask_to_name(%s, %s, %s, %s, 99)"
    with as_role("desk"), connection.cursor() as cursor:
        for begin, answer, sql, more in (
            ("name", "helpline_answer_name", named, (number, b"x" * 32)),
            ("file", "helpline_answer_file", "helpline_ask_file(%s, %s)", ()),
            ("names", "helpline_answer_names", "helpline_ask_names(%s, %s)", ()),
        ):
            cursor.execute("BEGIN")
            question = ask(cursor, sql, digest, case.pk, *more)[0][0]
            told = ask(cursor, f"{answer}(%s, %s)", digest, question)
            assert told in ([("no_case",)], []), begin
            assert ask(cursor, "helpline_caseaccount") == []
            cursor.execute("ROLLBACK")
            assert ask(cursor, f"{answer}(%s, %s)", digest, question) in ([("no_case",)], [])
        question = ask(cursor, named, digest, case.pk, number, b"x" * 32)[0][0]
        assert ask(cursor, "helpline_answer_name(%s, %s)", "another", question) == [("no_case",)]
        assert ask(cursor, "helpline_answer_name(%s, %s)", digest, question) == [("named",)]
        assert ask(cursor, "helpline_answer_name(%s, %s)", digest, question) == [("no_case",)]
        assert len(ask(cursor, "helpline_caseaccount")) == 1
    with as_role("owner"):
        found = Event.objects.filter(account_id=family[2].pk, what="case.account_named")
        assert found.count() == 1


def test_the_desk_reads_facts_of_accounts_in_an_open_file_only(
    case, family, specialists, at_desk, as_role
):
    """Another child of nobody's case stays closed, and so does this one before the look."""
    client = at_desk(specialists[0]).client
    with as_role("owner"):
        number = str(selectors.current_identifier(family[2].pk).number)
        stranger = people.account().pk
    with as_role("desk"):
        send(client, case, "account/", number=number)
        for account in (family[2].pk, stranger):
            with pytest.raises(ProgrammingError, match="only of accounts looked at in a case"):
                facts_of(account)
            with pytest.raises(ProgrammingError, match="only of accounts looked at in a case"):
                tied_to(account)
        page(client, case)
        assert facts_of(family[2].pk).holder is not None
        with pytest.raises(ProgrammingError, match="only of accounts looked at in a case"):
            facts_of(stranger)
        with pytest.raises(ProgrammingError, match="permission denied"):
            tables("INSERT INTO guardianship_look (account_id) VALUES (1)")
        with pytest.raises(ProgrammingError, match="permission denied"):
            tables("SELECT guardianship_known(1, NULL)")
    with as_role("owner"):
        tables("UPDATE guardianship_look SET at = now() - interval '6 minutes'")
    with as_role("desk"), pytest.raises(ProgrammingError, match="looked at in a case"):
        facts_of(family[2].pk)


def test_who_looks_and_rolls_back_reads_no_facts(case, family, specialists, at_desk, as_role):
    at = at_desk(specialists[0])
    with as_role("desk"):
        with transaction.atomic():
            tables("SELECT helpline_ask_file(%s, %s)", at.client.session.digest, case.pk)
            with pytest.raises(ProgrammingError, match="looked at"):
                facts_of(family[0].pk)
            transaction.set_rollback(True)
        with pytest.raises(ProgrammingError, match="looked at"):
            facts_of(family[0].pk)


def test_a_change_that_reaches_further_leaves_a_trace_there(
    case, family, specialists, at_desk, as_role
):
    """The mother's incapacitation changes what she may see at her child's account."""
    client = at_desk(specialists[0]).client
    page(client, case)
    send(client, case, "change/record_incapacitation/", account=letter_of(case, family[0]),
         degree="full", court="Sąd Okręgowy w Lublinie", file_number="I Ns 9/26",
         reason="Odpis postanowienia.")  # fmt: skip
    change = Change.objects.get()
    second = at_desk(specialists[1]).client
    done = send(second, case, f"decide/{change.pk}/", then="approve", reason="Odpis się zgadza.")
    assert done.status_code == 302
    with as_role("owner"):
        events = Event.objects.filter(account_id=family[2].pk, what="case.read")
        assert [event.case_number for event in events] == [case.pk]
        assert Notice.objects.filter(account_id=family[0].pk, what="lost").exists()


def test_what_was_asked_is_forgotten_after_an_hour(case, specialists, at_desk, as_role):
    client = at_desk(specialists[0]).client
    page(client, case)
    with as_role("owner"):
        for table in ("helpline_asked", "guardianship_look"):
            tables(f"UPDATE {table} SET at = now() - interval '2 hours'")
    with as_role("worker"):
        assert casework.forget_questions() == 2
        assert casework.forget_questions() == 0


def tables(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_letter_of_the_holder_stands_in_the_file_and_is_answered_there(
    case, family, specialists, at_desk, as_role
):
    with as_role("owner"):
        letters.write_from_account(case.pk, family[0].pk, "Mam odpis wyroku.", by=HOLDER)
    client = at_desk(specialists[0]).client
    shown = page(client, case).content.decode()
    assert "Mam odpis wyroku." in shown
    assert "new letter" in shown
    answer = {
        "answer": "Please bring it.",
        "version": re.search(r'"version" value="(\d+)"', shown)[1],
    }
    sent = client.post(f"/case/{case.pk}/answer/", answer, follow=True)
    assert sent.redirect_chain[-1][0] == f"/specialist/{case.pk}/"
    assert "Please bring it." in sent.content.decode()


def opened(cursor, user, account, **more):
    """What a stolen process may write: a case of an account of its choice."""
    values = {
        "matter": "child_account", "state": "open", "account_id": account, "is_confirmed": False,
        "level": 0, "opened_by_id": user.pk, "opened_by_name": "K-301", "language": "pl",
        "queue": "line", "owner_name": "", "waits_for": "", "unread": False, "version": 0, **more,
    }  # fmt: skip
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    cursor.execute(
        f"INSERT INTO helpline_case (opened_at, due_at, {names}) VALUES (now(), now(), {marks})",
        list(values.values()),
    )


def test_the_desk_opens_no_case_of_an_account_that_no_call_was_about(
    case, specialists, at_desk, as_role
):
    """Else a file would tell the names of everybody, one account after the other."""
    user = specialists[0]
    at_desk(user)
    with as_role("owner"):
        stranger = people.account().pk
    with as_role("desk"), connection.cursor() as cursor:
        for account, more in (
            (stranger, {}),
            (stranger, {"level": 3, "is_confirmed": True}),
            (None, {"level": 3, "is_confirmed": True}),
            (case.account_id, {"level": 3, "is_confirmed": True}),
        ):
            with pytest.raises(ProgrammingError, match="for whom its call is about"):
                opened(cursor, user, account, **more)
        opened(cursor, user, None)
        opened(cursor, user, case.account_id)  # as a split does
