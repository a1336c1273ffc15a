"""What a stolen portal process reads of health records: what it opened, with an event, no more."""

import re

import psycopg
import pytest
from django.db import connection
from tests import people

from zamiast.audit.services import Actor
from zamiast.guardianship import grants
from zamiast.portal.tests.test_health import bring
from zamiast.pure.access import Want
from zamiast.records import selectors
from zamiast.records.models import Dispute, Entry, FormerEntry

KINDS = "SELECT DISTINCT kind FROM records_entry ORDER BY kind"
UNDER = "SELECT set_config('zamiast.opened', %s, false)"
WRITE = (
    "SELECT audit_write('holder', 'login-1', NULL, %s, %s, %s, %s, NULL, NULL, NULL, NULL, NULL,"
    " 0::smallint, NULL)"
)
KEY = "SELECT audit_key(%s)"
PRESCRIPTIONS = [("MedicationDispense",), ("MedicationRequest",)]


@pytest.fixture
def records(database, account):
    """Entries of one account, one changed, one reported."""
    bring(account)
    bring(account, "MedicationRequest", status="cancelled")
    one = Entry.objects.get(kind="MedicationRequest")
    Dispute.objects.create(
        entry=one, account=account, kind="prescription", case_number=1, opened_at=one.since
    )
    assert FormerEntry.objects.exists()
    return account.pk


@pytest.fixture
def stolen(records, connect):
    """The portal's role, in a session of a thief."""
    return connect("portal")


def opened(thief, account, what="access.opened", outcome="done", fields="see_prescriptions"):
    """Write an event, show its key, and read."""
    with thief.transaction():
        (event,) = thief.execute(WRITE, [account, what, outcome, fields]).fetchone()
        (key,) = thief.execute(KEY, [event]).fetchone()
    thief.execute(UNDER, [key])
    return thief.execute(KINDS).fetchall()


def test_without_an_event_there_is_nothing(stolen):
    for table in ("records_entry", "records_formerentry", "records_dispute"):
        assert stolen.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_an_event_opens_what_its_fields_name(stolen, records):
    assert opened(stolen, records) == PRESCRIPTIONS
    for table in ("records_formerentry", "records_dispute"):
        assert stolen.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
    assert opened(stolen, records, fields="see_referrals,see_account") == [
        ("Coverage",), ("ServiceRequest",)]  # fmt: skip


def test_an_event_of_one_account_opens_no_other(stolen, records):
    assert opened(stolen, people.account().pk) == []


@pytest.mark.parametrize(
    "more",
    [{"what": "identifier.seen"}, {"outcome": "refused"}, {"fields": None}, {"fields": "see_all"}],
)
def test_an_event_of_another_sort_opens_nothing(stolen, records, more):
    assert opened(stolen, records, **more) == []


def test_who_opens_and_rolls_back_reads_nothing(stolen, records):
    with stolen.transaction(force_rollback=True):
        assert opened(stolen, records) == []


def test_who_opens_behind_a_savepoint_reads_nothing(stolen, records):
    stolen.autocommit = False
    stolen.execute("SAVEPOINT one")
    assert opened(stolen, records) == []
    stolen.execute("RELEASE one")
    assert stolen.execute(KINDS).fetchall() == []
    stolen.rollback()


def test_an_event_opens_for_a_quarter_of_an_hour(stolen, records, connect):
    rows = connect("owner")
    for minutes, expected in ((14, PRESCRIPTIONS), (16, [])):
        (key,) = rows.execute(
            "INSERT INTO audit_event (at, actor_kind, actor, account_id, what, outcome, fields,"
            " level, salt, commitment, written_by)"
            " VALUES (now() - make_interval(mins => %s), 'holder', 'login-1', %s, 'access.opened',"
            " 'done', 'see_prescriptions', 0, sha256('x'), sha256('y'), 'zamiast_portal')"
            " RETURNING id || '.' || encode(sha256(salt || convert_to(%s, 'UTF8')), 'hex')",
            [minutes, records, str(stolen.info.backend_pid)],
        ).fetchone()
        stolen.execute(UNDER, [key])
        assert stolen.execute(KINDS).fetchall() == expected


def test_an_event_of_another_role_opens_nothing(stolen, records):
    """An event that the owner's process wrote is no event of this one."""
    by = Actor("holder", "login-1")
    (grant,) = grants.open_grants(
        actor=records, account=records, wants=(Want.SEE_PRESCRIPTIONS,), by=by
    )
    stolen.execute(UNDER, [grant.key])
    assert stolen.execute(KINDS).fetchall() == []


def test_an_event_of_another_session_opens_nothing(stolen, records, connect):
    """Numbers of events can be guessed: a thief would read along with whoever is there."""
    holder = connect("portal")
    assert opened(holder, records) == PRESCRIPTIONS
    (key,) = holder.execute("SELECT current_setting('zamiast.opened')").fetchone()
    event = int(key.partition(".")[0])
    for forged in (str(event), f"{event}.", f"{event}.{'0' * 64}", key, "x", "1.x", "9" * 30):
        stolen.execute(UNDER, [forged])
        assert stolen.execute(KINDS).fetchall() == []
    assert stolen.execute(KEY, [event]).fetchone() == (None,)
    assert holder.execute(KEY, [event]).fetchone() == (None,), "in the transaction of the event"


@pytest.mark.parametrize(
    "asked",
    [
        "account_id = {} AND kind = 'Condition' AND code = '{}'",
        "account_id = ANY ('{{{}}}') AND code = ANY ('{{{}}}')",
        "CASE WHEN account_id = {} THEN code = '{}' END",
        "(account_id, code) IN (({}, '{}'), (0, ''))",
    ],
)
@pytest.mark.parametrize("switch", ["enable_seqscan", "enable_indexscan", "enable_hashjoin"])
def test_explain_tells_the_same_of_what_is_there_and_what_is_not(stolen, records, asked, switch):
    """The database may try a condition before a policy; whether it did is told by EXPLAIN."""
    assert opened(stolen, people.account().pk) == []
    for setting in (f"{switch} = off", "cpu_operator_cost = 0"):
        stolen.execute(f"SET {setting}")
        plans = [
            stolen.execute(
                "EXPLAIN (ANALYZE, COSTS off, TIMING off, BUFFERS off, SUMMARY off)"
                f" SELECT 1 FROM records_entry WHERE {asked.format(account, code)}"
            ).fetchall()
            for account, code in ((records, "I10"), (records, "X99"), (77_777, "X99"))
        ]
        told = {re.sub(rf"\b({records}|77777)\b", "N", str(plan)) for plan in plans}
        assert len({plan.replace("I10", "X99") for plan in told}) == 1


def test_entries_of_others_are_not_reported(stolen, records):
    """A report would mark a dose as wrong at the desk, and keep its holder from reporting it."""
    own = people.account()
    bring(own, "Condition", source="other")
    report = (
        "INSERT INTO records_dispute (entry_id, account_id, kind, case_number, opened_at,"
        " ended_because) VALUES (%s, %s, 'x', %s, now(), '')"
    )
    entries = list(Entry.objects.filter(account=records).values_list("pk", flat=True))
    opened(stolen, own.pk, fields="see_documentation")
    for entry in (*entries, 10**9):
        for account in (own.pk, records):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                stolen.execute(report, [entry, account, 1_000 + entry])
    mine = Entry.objects.get(account=own)
    stolen.execute(report, [mine.pk, own.pk, 5_000])


def test_nothing_stays_open_in_the_connection_after_a_page(records, holder, at_portal):
    """The next page in this connection may be another person's."""
    client = at_portal(holder)
    for address in ("/health/", "/health/999999/"):
        client.get(address)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('zamiast.opened'), count(*) FROM records_entry")
            assert cursor.fetchone() == ("", 0)


def test_the_database_and_the_site_open_the_same_kinds(database, connect):
    rows = connect("owner").execute("SELECT want, kind FROM records_opens").fetchall()
    assert set(rows) == {
        (want.value, kind) for want, kinds in selectors.OPENS.items() for kind in kinds
    }
