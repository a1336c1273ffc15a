"""A message to a holder is a job, enqueued with the change and never without it."""

import psycopg
import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from zamiast.audit.telling import Kind, tell


def jobs():
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args"))


def test_the_job_carries_an_account_and_a_kind_and_nothing_else(db):
    tell(7, Kind.CONFIRMATION)
    assert jobs() == [("tell_holder", {"account": 7, "kind": "confirmation"})]


def test_a_change_that_is_rolled_back_tells_nobody(db):
    def change():
        with transaction.atomic():
            tell(7, Kind.ANSWER)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert jobs() == []


@pytest.mark.parametrize("role", ["portal", "desk", "importer"])
def test_no_role_enqueues_any_other_job(connect, role):
    session = connect(role)
    session.execute("SELECT audit_tell(7, 'answer')")
    with pytest.raises(psycopg.errors.RaiseException):
        session.execute("SELECT audit_tell(7, 'come to this address')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('x', 'clear')"
        )
