"""What the list of promised callbacks shows, ready to print."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zamiast.errors import BadInput
from zamiast.helpline import hours, matters
from zamiast.helpline.callbacks import BeingCalled, Promised
from zamiast.helpline.desk.case_page import callback_number
from zamiast.helpline.desk.presenters import grouped, when
from zamiast.helpline.desk.wording import who
from zamiast.login.models import User


def rows(found: list[Promised], user: User) -> list[dict[str, Any]]:
    """Rows of the list: the late ones first, as they come."""
    now, reader = timezone.now(), get_language() or "pl"
    return [
        {
            "id": row.id,
            "case": row.case_number,
            "number": grouped(row.case_number),
            "matter": matters.shown(row.matter, reader),
            "language": row.language,
            "from_at": when(row.from_at),
            "until_at": timezone.localtime(row.until_at).strftime("%H:%M"),
            "to": callback_number(row.number_kind, row.ending),
            "wish": row.wish,
            "tries": row.tries,
            "promised_by": who(row.promised_by_name),
            "taken_by": row.taken_by_name,
            "is_mine": row.taken_by_name == user.k_number,
            "is_overdue": row.until_at < now,
            "is_now": row.from_at <= now <= row.until_at,
        }
        for row in found
    ]


def choices() -> list[tuple[str, str]]:
    """When to try again."""
    return [
        ("hour", _("within an hour")),
        ("three", _("within three hours")),
        ("morning", _("tomorrow by 10:00")),
    ]


def moment(choice: str) -> datetime.datetime:
    """The moment of such a choice. Raises BadInput for another one."""
    now = timezone.now()
    if choice == "hour":
        return now + datetime.timedelta(hours=1)
    if choice == "three":
        return now + datetime.timedelta(hours=3)
    if choice == "morning":
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        return datetime.datetime.combine(tomorrow, datetime.time(10), hours.WARSAW)
    raise BadInput("helpline.no_time_to_call")


def being_called(found: BeingCalled | None, caller: str, user: User) -> dict[str, Any]:
    """What the sheet shows while we call: which case, what to dial, what to say first."""
    if found is None:
        return {}
    with translation.override(caller):
        first = _(
            "Good day, this is the helpline, consultant %(who)s. You asked us to call. So that you"
            " know that it is us: open “Calls” in your account. My number stands there."
        ) % {"who": user.k_number}
    return {
        "called": {
            "case": found.case_number,
            "number": grouped(found.case_number),
            "dial": found.dial,
            "shown": " ".join(_threes(found.dial)),
            "to": callback_number(found.number_kind, found.ending),
            "first": first,
        }
    }


def _threes(number: str) -> list[str]:
    head = len(number) % 3
    return [number[:head]] * bool(head) + [
        number[at : at + 3] for at in range(head, len(number), 3)
    ]
