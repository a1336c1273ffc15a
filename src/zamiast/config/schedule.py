"""Which job runs when. Every job is safe to run twice; the queue runs each once."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zamiast.audit import overview
from zamiast.audit.jobs import ViewIncomplete, prove_view_complete
from zamiast.guardianship.jobs import raise_overdue_freezes
from zamiast.helpline import casework
from zamiast.helpline import jobs as cases
from zamiast.helpline.scripts.jobs import forget_answers
from zamiast.login.jobs import clear_sessions
from zamiast.portal import closing, mail, push, telling
from zamiast.verification.jobs import forget_questions, tidy_confirmations


@app.periodic(cron="17 * * * *", periodic_id="clear_sessions")
@app.task(name="clear_sessions", queueing_lock="clear_sessions")
def _clear_sessions(timestamp: int) -> int:  # noqa: ARG001
    """Hourly: delete sessions that ran out."""
    return clear_sessions()


@app.periodic(cron="40 3 * * *", periodic_id="prove_view_complete")
@app.task(name="prove_view_complete", queueing_lock="prove_view_complete")
def _prove_view_complete(timestamp: int) -> int:  # noqa: ARG001
    """Nightly: prove that holders see every event at their account; a failed job where not."""
    missing = prove_view_complete()
    if missing:
        raise ViewIncomplete(f"the holders' view lacks {missing} events of the log")
    return missing


@app.periodic(cron="27 * * * *", periodic_id="forget_questions")
@app.task(name="forget_questions", queueing_lock="forget_questions")
def _forget_questions(timestamp: int) -> int:  # noqa: ARG001
    """Hourly: forget which numbers were asked for."""
    return forget_questions()


@app.periodic(cron="* * * * *", periodic_id="tidy_confirmations")
@app.task(name="tidy_confirmations", queueing_lock="tidy_confirmations")
def _tidy_confirmations(timestamp: int) -> int:  # noqa: ARG001
    """Every minute: close confirmations that ran out. They are dead before that."""
    return tidy_confirmations()


@app.task(name="tell_holder", queue="telling")
def _tell_holder(account: int, kind: str) -> None:
    """When something is new in an account: a job for each phone and for the mail."""
    for subscription in push.wanting(account, kind):
        app.configure_task("wake_phone").defer(subscription=subscription, kind=kind)
    if mail.wants(account, kind):
        app.configure_task("mail_notice", queue="mail").defer(account=account, kind=kind)


_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions={push.TryAgain})


@app.task(name="wake_phone", queue="telling", retry=_AGAIN)
def _wake_phone(subscription: int, kind: str) -> str:
    """Wake one phone; where its push service does not answer, again a little later."""
    return push.wake(subscription, kind)


@app.periodic(cron="7 * * * *", periodic_id="forget_answers")
@app.task(name="forget_answers", queueing_lock="forget_answers")
def _forget_answers(timestamp: int) -> int:  # noqa: ARG001
    """Hourly: forget answers of calls that ended, and runs of scripts nobody needs."""
    return forget_answers()


@app.periodic(cron="*/10 * * * *", periodic_id="raise_overdue_freezes")
@app.task(name="raise_overdue_freezes", queueing_lock="raise_overdue_freezes")
def _raise_overdue_freezes(timestamp: int) -> int:  # noqa: ARG001
    """Every ten minutes: raise freezes that nobody reviewed in 72 hours."""
    return raise_overdue_freezes()


@app.periodic(cron="37 * * * *", periodic_id="forget_looks")
@app.task(name="forget_looks", queueing_lock="forget_looks")
def _forget_looks(timestamp: int) -> int:  # noqa: ARG001
    """Hourly: forget what specialists asked about accounts; the events stay."""
    return casework.forget_questions()


# After six seconds first, after thirteen hours last.
_MAIL_AGAIN = RetryStrategy(max_attempts=7, exponential_wait=6, retry_exceptions={mail.TryAgain})


@app.task(name="mail_notice", queue="mail", retry=_MAIL_AGAIN)
def _mail_notice(account: int, kind: str) -> str:
    """Send one mail without content; where the mail server does not answer, again later."""
    return mail.send_notice(account, kind)


@app.task(name="mail_link", queue="mail", retry=_MAIL_AGAIN)
def _mail_link(account: int) -> str:
    """Send the link that confirms an address."""
    return mail.send_link(account)


@app.task(name="mail_writer", queue="mail", retry=_MAIL_AGAIN)
def _mail_writer(case: int) -> str:
    """Tell who wrote by the public form that there is an answer."""
    return mail.send_to_writer(case)


@app.periodic(cron="7 * * * *", periodic_id="tell_about_looks")
@app.task(name="tell_about_looks", queueing_lock="tell_about_looks")
def _tell_about_looks(timestamp: int) -> int:  # noqa: ARG001
    """Hourly: tell those who want it that somebody looked."""
    return telling.tell_about_looks()


@app.periodic(cron="50 3 * * *", periodic_id="forget_closures")
@app.task(name="forget_closures", queueing_lock="forget_closures")
def _forget_closures(timestamp: int) -> int:  # noqa: ARG001
    """Nightly: forget which login belonged to an account that was closed a while ago."""
    return closing.forget()


@app.periodic(cron="1-59/5 * * * *", periodic_id="wake_cases")
@app.task(name="wake_cases", queueing_lock="wake_cases")
def _wake_cases(timestamp: int) -> int:  # noqa: ARG001
    """Every five minutes: go on with cases that waited until today."""
    return cases.wake_cases()


@app.periodic(cron="5 8 * * *", periodic_id="remind_holders")
@app.task(name="remind_holders", queueing_lock="remind_holders")
def _remind_holders(timestamp: int) -> int:  # noqa: ARG001
    """Each morning: remind holders for whose letter a case waits."""
    return cases.remind_holders()


@app.periodic(cron="* * * * *", periodic_id="mark_missed")
@app.task(name="mark_missed", queueing_lock="mark_missed")
def _mark_missed(timestamp: int) -> int:  # noqa: ARG001
    """Every minute: mark promised callbacks whose time passed."""
    return cases.mark_missed()


@app.periodic(cron="2-59/5 * * * *", periodic_id="mark_overdue")
@app.task(name="mark_overdue", queueing_lock="mark_overdue")
def _mark_overdue(timestamp: int) -> int:  # noqa: ARG001
    """Every five minutes: note cases whose deadline passed."""
    return cases.mark_overdue()


@app.periodic(cron="3-59/10 * * * *", periodic_id="count_hours")
@app.task(name="count_hours", queueing_lock="count_hours")
def _count_hours(timestamp: int) -> int:  # noqa: ARG001
    """Every ten minutes: count calls and cases for the supervisor's charts."""
    return cases.count_hours()


@app.periodic(cron="20 2 * * *", periodic_id="forget_cases")
@app.task(name="forget_cases", queueing_lock="forget_cases")
def _forget_cases(timestamp: int) -> int:  # noqa: ARG001
    """Nightly: delete cases whose time of keeping is over, with their documents."""
    return cases.forget_cases()


@app.periodic(cron="50 2 * * *", periodic_id="forget_drafts")
@app.task(name="forget_drafts", queueing_lock="forget_drafts")
def _forget_drafts(timestamp: int) -> int:  # noqa: ARG001
    """Nightly: delete drafts that nobody went on with."""
    return cases.forget_drafts()


@app.periodic(cron="55 2 * * *", periodic_id="forget_jobs")
@app.task(name="forget_jobs", queueing_lock="forget_jobs")
def _forget_jobs(timestamp: int) -> int:  # noqa: ARG001
    """Nightly: delete the traces of jobs that ended long ago."""
    return overview.forget_jobs()


@app.periodic(cron="*/15 * * * *", periodic_id="note_schedule")
@app.task(name="note_schedule", queueing_lock="note_schedule")
def _note_schedule(timestamp: int) -> int:  # noqa: ARG001
    """Every quarter of an hour: say that the worker is there, and which jobs it has."""
    return note_schedule()


def note_schedule() -> int:
    """Write down name, cron and purpose of each scheduled job."""
    tasks = app.periodic_registry.periodic_tasks.values()
    rows = [(one.task.name, one.cron, " ".join((one.task.func.__doc__ or "").split()))
            for one in tasks]  # fmt: skip
    return overview.note_schedule(rows)
