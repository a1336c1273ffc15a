"""What a stolen portal process reads of health records: what it opened, with an event, no more."""

import pytest
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
    """Write an event, name it, and read."""
    (event,) = thief.execute(WRITE, [account, what, outcome, fields]).fetchone()
    thief.execute(UNDER, [str(event)])
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
    stolen.autocommit = False
    assert opened(stolen, records) == []
    stolen.rollback()


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
        (event,) = rows.execute(
            "INSERT INTO audit_event (at, actor_kind, actor, account_id, what, outcome, fields,"
            " level, salt, commitment, written_by)"
            " VALUES (now() - make_interval(mins => %s), 'holder', 'login-1', %s, 'access.opened',"
            " 'done', 'see_prescriptions', 0, sha256('x'), sha256('y'), 'zamiast_portal')"
            " RETURNING id",
            [minutes, records],
        ).fetchone()
        stolen.execute(UNDER, [str(event)])
        assert stolen.execute(KINDS).fetchall() == expected


def test_an_event_of_another_role_opens_nothing(stolen, records):
    """An event that the owner's process wrote is no event of this one."""
    by = Actor("holder", "login-1")
    (grant,) = grants.open_grants(
        actor=records, account=records, wants=(Want.SEE_PRESCRIPTIONS,), by=by
    )
    stolen.execute(UNDER, [str(grant.event)])
    assert stolen.execute(KINDS).fetchall() == []


def test_the_database_and_the_site_open_the_same_kinds(database, connect):
    rows = connect("owner").execute("SELECT want, kind FROM records_opens").fetchall()
    assert set(rows) == {
        (want.value, kind) for want, kinds in selectors.OPENS.items() for kind in kinds
    }
