"""What the page of the system's jobs says: what each is for."""

from __future__ import annotations

from django.utils.translation import gettext as _


def says(name: str) -> str | None:
    """What a job is for; None for one that nobody worded."""
    return _jobs().get(name)


def _jobs() -> dict[str, str]:
    return {
        "wake_cases": _("Goes on with cases that waited until today."),
        "remind_holders": _("Reminds holders for whose letter a case waits."),
        "mark_missed": _("Marks promised callbacks whose time passed."),
        "mark_overdue": _("Marks cases whose deadline passed."),
        "count_hours": _("Counts calls and cases for the charts."),
        "forget_cases": _("Deletes cases whose time of keeping is over."),
        "forget_drafts": _("Deletes drafts that nobody went on with."),
        "forget_jobs": _("Deletes the traces of jobs that ended long ago."),
        "forget_questions": _("Forgets which numbers were asked for."),
        "forget_answers": _("Forgets answers of calls that ended."),
        "clear_sessions": _("Deletes sessions that ran out."),
        "note_schedule": _("Says that the worker is there."),
        "prove_view_complete": _("Proves that holders see every event at their account."),
        "tidy_confirmations": _("Closes confirmations that ran out."),
        "raise_overdue_freezes": _("Raises freezes that nobody reviewed in 72 hours."),
        "tell_holder": _("Tells a holder that something is new in the account."),
        "forget_looks": _("Forgets what specialists asked about accounts; the events stay."),
        "forget_closures": _("Forgets which login belonged to an account that was closed."),
        "mail_link": _("Sends the link that confirms a mail address."),
        "mail_notice": _("Sends a mail without content to a holder who wants it."),
        "mail_writer": _("Tells who wrote by the public form that there is an answer."),
        "tell_about_looks": _("Tells holders who want it that somebody looked."),
        "wake_phone": _("Wakes the phone of a holder who wants it."),
    }
