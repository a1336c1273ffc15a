"""A message to a holder is a job, enqueued with the change and never without it."""

import psycopg
import pytest
from django.db import connection, transaction

from zamiast.audit.telling import Kind, tell

pytestmark = pytest.mark.django_db


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_the_job_carries_an_account_and_a_kind_and_nothing_else(db):
    tell(7, Kind.CONFIRMATION)
    [(task, args)] = jobs()
    assert task == "tell_holder"
    assert connection.Database is not None
    assert args in ({"account": 7, "kind": "confirmation"}, '{"kind": "confirmation", "account": 7}')


def test_a_change_that_is_rolled_back_tells_nobody(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(7, Kind.ANSWER)
        raise ZeroDivisionError
    assert jobs() == []


def test_no_role_enqueues_any_other_job(connect):
    for role in ("portal", "desk", "importer"):
        session = connect(role)
        session.execute("SELECT audit_tell(7, 'answer')")
        with pytest.raises(psycopg.errors.RaiseException):
            session.execute("SELECT audit_tell(7, 'come to this address')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('x', 'clear')"
            )
