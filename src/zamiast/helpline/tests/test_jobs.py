"""Work that keeps cases in order: as the worker's role, twice, and right at the edges."""

import datetime
import os
import subprocess
import sys
import uuid

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from tests import people

from zamiast.audit import overview, retention
from zamiast.audit.models import Event, Look
from zamiast.helpline import handling, jobs, reports
from zamiast.helpline.models import (
    Callback,
    Case,
    Document,
    Draft,
    Link,
    Message,
    Move,
    Note,
    Tally,
)
from zamiast.verification.models import Call, Confirmation, NotActive

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def account(consultant):
    return people.account(language="pl")


def a_case(user, account=None, **more):
    return Case.objects.create(**{
        "matter": "e_services", "account_id": account and account.pk, "opened_by": user,
        "opened_by_name": user.k_number, "due_at": timezone.now() + 3 * HOUR, **more,
    })  # fmt: skip


def waits(user, account, until, reason="holder", left=7200):
    return a_case(user, account, state="waiting", waits_for=reason, waits_until=until,
                  left_seconds=left)  # fmt: skip


def twice(job, as_role):
    with as_role("worker"):
        return job(), job()


def whats(case):
    return list(Event.objects.filter(case_number=case.pk).values_list("what", flat=True))


def test_a_case_goes_on_on_its_day_with_the_time_it_had_left(consultant, account, as_role):
    today = timezone.localdate()
    due, later = waits(consultant, account, today), waits(consultant, account, today + DAY)
    assert twice(jobs.wake_cases, as_role) == (1, 0)
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, due.waits_for, due.left_seconds) == ("open", "", None)
    assert abs(due.due_at - timezone.now() - 2 * HOUR) < datetime.timedelta(minutes=2)
    assert later.state == "waiting"
    assert whats(due) == ["case.resumed"]
    assert Move.objects.get(case=due).by == "job"


def test_a_holder_is_reminded_once_of_each_wait_two_days_before(consultant, account, as_role):
    today = timezone.localdate()
    soon, far = (
        waits(consultant, account, today + 2 * DAY),
        waits(consultant, account, today + 3 * DAY),
    )
    waits(consultant, account, today + DAY, reason="nfz")
    waits(consultant, None, today + DAY)
    assert twice(jobs.remind_holders, as_role) == (1, 0)
    assert (whats(soon), whats(far)) == (["case.reminded"], [])
    assert Look.objects.get(case_number=soon.pk).what == "case.reminded"
    told = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tell_holder'"
    with connection.cursor() as cursor:
        cursor.execute(told)
        assert cursor.fetchone() == (1,)
    with as_role("desk"):
        handling.resume(soon.pk, by=consultant)
        handling.pause(soon.pk, "holder", today + DAY, by=consultant)
    assert twice(jobs.remind_holders, as_role) == (1, 0)


def test_what_is_late_is_marked_once_for_each_deadline(consultant, account, as_role):
    late = a_case(consultant, account, due_at=timezone.now() - HOUR)
    a_case(consultant, account)
    waits(consultant, account, timezone.localdate() + DAY)
    assert twice(jobs.mark_overdue, as_role) == (1, 0)
    assert whats(late) == ["case.overdue"]
    assert not Look.objects.filter(case_number=late.pk).exists()


def test_a_missed_callback_is_marked_once_and_stays_in_the_list(consultant, account, as_role):
    case = a_case(consultant, account)
    now = timezone.now()
    made = Callback.objects.create(
        case=case, from_at=now - 2 * HOUR, until_at=now - HOUR, number_kind="account",
        promised_by=consultant, promised_by_name="K-417",
    )  # fmt: skip
    assert twice(jobs.mark_missed, as_role) == (1, 0)
    made.refresh_from_db()
    assert made.state == "missed"
    assert list(Callback.objects.promised()) == [made]
    assert whats(case) == ["callback.missed"]


def test_an_old_case_goes_with_all_that_belongs_to_it_and_an_event_stays(
    consultant, account, as_role, settings, tmp_path
):
    settings.DOCUMENTS = str(tmp_path)
    ended = timezone.now() - retention.kept_for("cases") - DAY
    old = a_case(consultant, account, state="closed", closed_at=ended)
    merged = a_case(consultant, account, state="merged", merged_into=old, closed_at=ended)
    kept = a_case(consultant, account, state="closed", closed_at=ended + 2 * DAY)
    is_open = a_case(consultant, account, opened_at=ended - DAY)
    for case in (old, merged, kept):
        Note.objects.create(case=case, author=consultant, author_name="K-417", text="Prosi.")
        Message.objects.create(case=case, is_from_holder=False, author_name="K-417", text="Tak.")
        Draft.objects.create(case=case, user=consultant, kind="note", text="Nie")
        Move.objects.create(case=case, name="close", by="K-417")
    Link.objects.create(case=kept, other=old, kind="related", by_name="K-417")
    document = Document.objects.create(case=old, name="wyrok.pdf", kind="pdf", size=1, sha256=b"1",
                                       added_by_name="K-417")  # fmt: skip
    place = tmp_path / document.pk.hex[:2] / document.pk.hex
    place.parent.mkdir()
    place.write_bytes(b"%")
    assert twice(jobs.forget_cases, as_role) == (2, 0)
    assert set(Case.objects.values_list("pk", flat=True)) == {kept.pk, is_open.pk}
    assert set(Note.objects.values_list("case", flat=True)) == {kept.pk}
    assert not place.exists()
    assert (whats(old)[-1], whats(merged)[-1]) == ("case.deleted", "case.deleted")
    assert Look.objects.filter(account_id=account.pk, what="case.deleted").count() == 2


def test_what_points_to_a_case_goes_before_it(database):
    with connection.cursor() as cursor:
        cursor.execute("""SELECT conrelid::regclass::text, prosrc FROM pg_constraint, pg_proc
                           WHERE confrelid = 'helpline_case'::regclass AND contype = 'f'
                             AND proname = 'helpline_forget_cases'""")
        rows = cursor.fetchall()
    assert len(rows) > 9
    assert [table for table, source in rows if f"DELETE FROM {table} " not in source] == []


def test_drafts_nobody_went_on_with_are_deleted(consultant, account, as_role):
    case = a_case(consultant, account)
    old = timezone.now() - retention.kept_for("drafts") - HOUR
    Draft.objects.create(case=case, user=consultant, kind="note", text="a", saved_at=old)
    fresh = Draft.objects.create(case=case, user=consultant, kind="answer", text="b")
    assert twice(jobs.forget_drafts, as_role) == (1, 0)
    assert list(Draft.objects.all()) == [fresh]


def test_hours_are_counted_whole_and_an_hour_can_become_empty(consultant, account, as_role):
    now = timezone.now()
    edge = (now - jobs._COUNTED).replace(minute=0, second=0, microsecond=0)
    for minutes in (0, 59):  # before and after the moment from which it is counted
        a_case(consultant, account, opened_at=edge + datetime.timedelta(minutes=minutes))
    done = a_case(consultant, account, state="closed", closed_at=now, due_at=now + HOUR)
    a_case(consultant, account, state="closed", closed_at=now, due_at=now - HOUR)
    Call.objects.create(pk=uuid.uuid4(), consultant=consultant, began_at=now, ended_at=now)
    twice(jobs.count_hours, as_role)
    first = timezone.localtime(edge)
    counted = Tally.objects.get(day=first.date(), hour=first.hour, matter="e_services")
    assert counted.opened == 2
    today = reports.by_span(14)[-1]
    assert (today.calls, today.closed, today.in_time) == (1, 2, 1)
    Case.objects.filter(pk=done.pk).update(state="open", closed_at=None)
    twice(jobs.count_hours, as_role)
    assert reports.by_span(14)[-1].closed == 1


def test_closing_a_case_that_waits_keeps_its_deadline(consultant, account, as_role):
    case = waits(consultant, account, timezone.localdate() + 5 * DAY)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - DAY)
    with as_role("desk"):
        handling.close(case.pk, by=consultant)
    case.refresh_from_db()
    assert case.closed_at < case.due_at


def test_a_declined_confirmation_counts_when_it_is_old_enough(consultant, account, as_role):
    now = timezone.now()
    call = Call.objects.create(pk=uuid.uuid4(), consultant=consultant, began_at=now, ended_at=now)
    NotActive.objects.create(call=call, consultant=consultant)
    NotActive.objects.create(call=call, consultant=consultant, was_limited=True)
    for nth, minutes in ((1, 5), (2, 20)):
        one = Confirmation.objects.create(
            call=call, nth=nth, consultant=consultant, session_digest="", account_id=account.pk,
            matter="wrong_data", fields="", digest=b"", expires_at=now + HOUR,
            asked_at=now - datetime.timedelta(minutes=minutes),
        )  # fmt: skip
        Confirmation.objects.filter(pk=one.pk).update(state="declined", answered_at=now)
    with as_role("desk"):
        found = reports.by_consultant(14)
    assert found == [
        reports.Consultant("K-417", calls=1, not_active=1, limited=1, asked=1, declined=1)
    ]


def test_every_table_has_a_time_of_keeping(database):
    with connection.cursor() as cursor:
        cursor.execute("""SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
                          AND relnamespace::regnamespace::text IN ('public', 'vault')""")
        tables = [name for (name,) in cursor.fetchall()]
    assert len(tables) > 50
    assert [name for name in tables if retention.kind_of(name) is None] == []


def test_every_job_is_worded(database):
    from zamiast.config import schedule  # noqa: F401 - fills the registry
    from zamiast.helpline.desk import wording_jobs

    names = {one.task.name for one in app.periodic_registry.periodic_tasks.values()}
    assert [name for name in names if wording_jobs.says(name) is None] == []


def test_every_scheduled_job_runs_twice_and_the_second_finds_nothing(
    database, consultant, account, as_role
):
    from zamiast.config import schedule  # noqa: F401 - fills the registry

    a_case(consultant, account, due_at=timezone.now() - HOUR)
    waits(consultant, account, timezone.localdate())
    seen = {}
    with as_role("worker"):
        for one in app.periodic_registry.periodic_tasks.values():
            seen[one.task.name] = [one.task.func(timestamp=0) for _ in range(2)]
    assert len(seen) > 15
    whole = {"count_hours", "note_schedule"}  # these write the same once more
    left = {name: done for name, done in seen.items() if done[1] and name not in whole}
    assert left == {}


def work(database, *more):
    environment = {**os.environ, "ZAMIAST_DATABASE_NAME": database}
    return subprocess.run([sys.executable, "-m", "zamiast", "work", *more], env=environment,
                          capture_output=True, timeout=120, text=True)  # fmt: skip


def test_the_worker_tells_what_it_did_and_pages_and_operators_read_it(
    database, consultant, supervisor, account, at_desk
):
    late = a_case(consultant, account, due_at=timezone.now() - HOUR)
    assert work(database, "status").returncode == 1  # nobody works
    app.configure_task("mark_overdue").defer(timestamp=0)
    assert work(database, "--once").returncode == 0
    assert whats(late) == ["case.overdue"]
    found = {job.name: job for job in overview.jobs()}
    assert found["mark_overdue"].succeeded_at is not None
    assert found["forget_cases"].next_at > timezone.now()
    told = work(database, "status")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "mark_overdue" in told.stdout
    page = at_desk(supervisor).client.get("/supervisor/jobs/").content.decode()
    assert "Marks cases whose deadline passed." in page
    assert "5 years from closing" in page
    assert at_desk(consultant).client.get("/supervisor/jobs/").status_code == 403
