"""The log: append-only, salted, committed to, and seen by the holder."""

import hashlib
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from zamiast.audit import proof
from zamiast.audit.jobs import prove_view_complete
from zamiast.audit.models import Event, Look
from zamiast.audit.services import Actor, Purpose, keyed_hash, record, record_refusal

STAFF = Actor("staff", "K-417")
WHY = Purpose(matter="wrong_data", case=3)


def netstring(value):
    """One value of the canonical encoding, written a second time from its description."""
    if value is None:
        return b"-\n"
    raw = value if isinstance(value, bytes) else str(value).encode()
    return str(len(raw)).encode() + b":" + raw + b"\n"


def canonical(event):
    at = event.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    asked = None if event.asked is None else bytes(event.asked).hex()
    # fmt: off
    values = [event.id, at, event.actor_kind, event.actor, event.on_behalf_of, event.account_id,
              event.what, event.outcome, event.fields, event.matter, event.case_number,
              event.call, event.step, event.purpose, event.level, asked, event.written_by]
    # fmt: on
    return b"zamiast-event-1\n" + b"".join(netstring(value) for value in values)


def test_the_commitment_can_be_recomputed_outside_the_database(db):
    number = record(
        "call.identify",
        by=STAFF,
        account=7,
        outcome="identified",
        purpose=Purpose(
            matter="wrong_data", case=21, call=uuid4(), step="ask", reason="zażółć\n3:a"
        ),
        level=1,
        fields=("name", "state"),
        asked=keyed_hash("955120144206"),
    )
    event = Event.objects.get(pk=number)
    expected = hashlib.sha256(bytes(event.salt) + canonical(event)).digest()
    assert bytes(event.commitment) == expected


def test_two_equal_events_have_different_commitments(db):
    first, second = (record("case.opened", by=STAFF, account=7) for _ in range(2))
    a, b = Event.objects.get(pk=first), Event.objects.get(pk=second)
    assert bytes(a.salt) != bytes(b.salt)
    assert bytes(a.commitment) != bytes(b.commitment)


@pytest.mark.parametrize("table", ["audit_event", "audit_look"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET what = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_owner_changes_the_log(database, connect, table, statement):
    record("case.opened", by=STAFF, account=7)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("owner").execute(statement.format(table))


SERVES = {
    "portal": {"holder", "anonymous"},
    "desk": {"staff", "anonymous"},
    "worker": {"machine"},
    "importer": {"machine", "operator"},
    "vault": {"machine", "operator", "anonymous"},
    "owner": {"holder", "staff", "operator", "machine", "anonymous"},
}


def write(connection, kind="staff", actor="K-1", step=None, case=None):
    connection.execute(
        "SELECT audit_write(%s, %s, NULL, 7, 'x', 'y', NULL, NULL, %s, NULL, %s, NULL,"
        " 0::int2, NULL)",
        [kind, actor, case, step],
    )


@pytest.mark.parametrize("role", SERVES)
def test_each_role_signs_only_as_whom_it_serves(database, connect, role):
    own = connect(role)
    for kind in SERVES[role]:
        write(own, kind)
    for kind in SERVES["owner"] - SERVES[role]:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="does not write as"):
            write(own, kind)
    assert set(Event.objects.values_list("actor_kind", flat=True)) == SERVES[role]


@pytest.mark.parametrize("role", ["portal", "desk", "worker", "importer"])
def test_no_role_writes_the_log_but_through_the_function(database, connect, role):
    other = connect(role)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        other.execute("INSERT INTO audit_look VALUES (1, 7, now(), 'staff', 'K-1')")
    write(other, min(SERVES[role]))
    assert Event.objects.get().written_by == f"zamiast_{role}"
    assert Look.objects.get().written_by == f"zamiast_{role}"


@pytest.mark.parametrize(
    "values",
    [{"actor": "Anna Nowak"}, {"actor": "K-"}, {"step": "x" * 201}, {"case": 44051401458},
     {"case": -1}],
)  # fmt: skip
def test_the_log_takes_no_values_that_are_not_of_their_form(database, connect, values):
    with pytest.raises(psycopg.errors.CheckViolation):
        write(connect("desk"), **values)


def test_a_reason_that_grows_in_the_guard_is_cut(db):
    number = record("x", by=STAFF, purpose=Purpose(reason="a" * 180 + " 44051401458"))
    assert len(Event.objects.get(pk=number).purpose) <= 200


def test_an_event_at_an_account_is_seen_by_its_holder(db):
    number = record("case.opened", by=STAFF, account=7, purpose=WHY)
    look = Look.objects.get(event_id=number)
    assert (look.account_id, look.actor) == (7, "K-417")
    assert (look.matter, look.case_number) == ("wrong_data", 3)


def test_an_event_without_an_account_is_seen_by_nobody(db):
    record("call.taken", by=STAFF)
    assert not Look.objects.exists()


def test_a_rolled_back_request_leaves_no_event(database):
    def refused_halfway():
        with transaction.atomic():
            record("case.opened", by=STAFF, account=7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refused_halfway()
    assert not Event.objects.exists()


def test_a_refusal_is_committed_before_its_error(database):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        record_refusal("case.read", by=STAFF, outcome="not_allowed")
    record_refusal("case.read", by=STAFF, outcome="not_allowed")
    assert Event.objects.get().outcome == "not_allowed"


def test_a_pesel_in_a_reason_never_reaches_the_log(db):
    number = record("x", by=STAFF, purpose=Purpose(reason="prosi o 44051401458 pilnie"))
    assert Event.objects.get(pk=number).purpose == "prosi o [PESEL usunięty] pilnie"


def test_the_nightly_proof_finds_an_event_that_its_holder_cannot_see(database, as_role):
    record("case.opened", by=STAFF, account=7)
    with as_role("worker"):
        assert prove_view_complete() == 0
    with connection.cursor() as cursor:  # only with the trigger off can one go missing
        cursor.execute("ALTER TABLE audit_look DISABLE TRIGGER audit_look_append_only")
        cursor.execute("DELETE FROM audit_look")
    with as_role("worker"):
        assert prove_view_complete() == 1
    assert Event.objects.filter(what="log.view_proved", outcome="incomplete").count() == 1
    with as_role("portal"):
        found = proof.latest()
    assert found is not None
    assert found.is_fresh
    assert not found.is_complete
    assert found.complete_at is not None
    assert found.complete_at < found.at


def test_before_the_first_night_nothing_is_claimed(db):
    assert proof.latest() is None
