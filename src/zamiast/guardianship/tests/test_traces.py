"""A stolen process speaks SQL as its role: it opens nobody's account in silence."""

from __future__ import annotations

import psycopg
import pytest
from tests import people

REPRESENTATION = (
    "INSERT INTO guardianship_representation (account_id, person_id, role, authority, court,"
    " file_number, since, source, entered_by, entered_at)"
    " VALUES (%s, %s, 'parent', 'full', '', '', current_date - 400, 'case', 'K-417', now())"
)
INSURANCE = (
    "INSERT INTO guardianship_insurance (account_id, insurer_id, insurer_ref, payer, payer_nip,"
    " since, published_on, source, entered_by, entered_at) VALUES (%s, %s, '', 'zus', '',"
    " current_date - 400, current_date - 380, 'case', 'K-417', now())"
)
EVENT = (
    "SELECT audit_write('staff', 'K-417', NULL, %s, 'access.changed', 'done', NULL, NULL, 7, NULL,"
    " NULL, NULL, 0::smallint, NULL)"
)


@pytest.mark.parametrize("statement", [REPRESENTATION, INSURANCE])
@pytest.mark.parametrize("with_event", [False, True])
def test_the_desk_adds_no_fact_outside_an_approved_change(
    database, connect, statement, with_event
) -> None:
    child, stranger = people.account().pk, people.account().pk
    stolen = connect("desk")
    stolen.autocommit = False
    stolen.execute(statement, [child, stranger])
    if with_event:
        stolen.execute(EVENT, [child])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        stolen.commit()
    rest = connect("owner").execute(
        "SELECT (SELECT count(*) FROM guardianship_representation)"
        " + (SELECT count(*) FROM guardianship_insurance)"
    )
    assert rest.fetchone() == (0,)


def test_the_portal_opens_no_access_in_silence(database, connect) -> None:
    child, stranger = people.account().pk, people.account().pk
    stolen = connect("portal")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="event that its holder sees"):
        stolen.execute(
            "INSERT INTO guardianship_accessgrant (account_id, to_id, by_id, since, source,"
            " entered_by, entered_at, case_number, accepted_on)"
            " VALUES (%s, %s, %s, current_date, 'holder', 'x', now(), NULL, current_date)",
            [child, stranger, child],
        )


def test_an_event_of_a_backup_is_no_trace_of_now(database, connect) -> None:
    """After a restore an old event can bear the number of a transaction that comes now."""
    child, stranger = people.account().pk, people.account().pk
    stolen = connect("portal")
    stolen.autocommit = False
    (number,) = stolen.execute("SELECT pg_current_xact_id()::text").fetchone()
    connect("owner").execute(
        "INSERT INTO audit_event (at, actor_kind, actor, account_id, what, outcome, level,"
        " salt, commitment, written_in) VALUES (now() - interval '1 day', 'holder', 'login-1',"
        " %s, 'access.changed', 'done', 0, sha256('x'), sha256('y'), %s::xid8)",
        [child, number],
    )
    stolen.execute(
        "INSERT INTO guardianship_accessgrant (account_id, to_id, by_id, since, source,"
        " entered_by, entered_at, case_number, accepted_on)"
        " VALUES (%s, %s, %s, current_date, 'holder', 'x', now(), NULL, current_date)",
        [child, stranger, child],
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="event that its holder sees"):
        stolen.commit()
