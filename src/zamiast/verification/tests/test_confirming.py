"""Confirming a call: what is asked, what the holder types, what is opened, until when."""

import psycopg
import pytest
from tests import people

from zamiast.audit.models import Event, Look
from zamiast.errors import BadInput, Conflict
from zamiast.registry import selectors
from zamiast.registry import services as registry
from zamiast.verification import confirming, jobs
from zamiast.verification.models import Confirmation
from zamiast.verification.tests.conftest import only_state, other


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
        level = confirming.level_in(talk.session.digest, talk.call, "wrong_data")
        assert level == (2, talk.account)
        assert confirming.level_in(talk.session.digest, talk.call, "e_services") is None
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
        assert confirming.level_in(talk.session.digest, talk.call, "wrong_data") is None


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
