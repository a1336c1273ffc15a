"""The form “call me”: about what, on which day, at which hours."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from zamiast.errors import BadInput
from zamiast.helpline import hours, matters
from zamiast.portal.presenters import language
from zamiast.verification.disclosure import MATTERS

DAYS = 7
FIRST, LAST, LONG = 8, 20, 2  # o'clock, and how many hours one choice is long
_CASE = "case-"


@dataclass(frozen=True)
class Wish:
    """About a case (its number) or a matter (its code), between two moments."""

    about: int | str
    from_at: datetime.datetime
    until_at: datetime.datetime


def read(sent: QueryDict) -> Wish:
    """What was chosen. Raises BadInput for what is no choice."""
    about = sent.get("about", "")
    number = about.removeprefix(_CASE)
    if about.startswith(_CASE) and number.isascii() and number.isdecimal() and len(number) < 16:
        return Wish(int(number), *_times(sent))
    if about not in MATTERS:
        raise BadInput("helpline.no_matter")
    return Wish(about, *_times(sent))


def choices(cases: list[tuple[int, str]]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: cases, matters, days, hours."""
    today, reader = timezone.localdate(), language()
    late = timezone.localtime().hour >= LAST - 1
    days = [today + datetime.timedelta(days=ahead) for ahead in range(late, DAYS + late)]
    return {
        "cases": [
            (f"{_CASE}{number}", f"{number} · {matters.name(matter, reader)}")
            for number, matter in cases
        ],
        "matters": [(code, matters.name(code, reader)) for code in MATTERS],
        "days": [(day.isoformat(), _day(day, today)) for day in days],
        "hours": [(str(hour), f"{hour}:00–{hour + LONG}:00") for hour in range(FIRST, LAST, LONG)],
    }


def sentence(code: str) -> str:
    """What the holder reads about an error."""
    return {
        "helpline.no_number": _(
            "This is no telephone number that we can call. Nine digits, or with + from abroad."
        ),
        "helpline.no_time_to_call": _("This time is over. Choose a later one."),
        "helpline.callback_there": _("A call is promised in this case already."),
        "helpline.opened_already": _(
            "You have an open case in this matter. Choose it at the top of the list."
        ),
        "helpline.too_many_callbacks": _(
            "Three calls are promised already. More are not possible."
        ),
        "helpline.too_many_cases": _("That was enough for one day. Try again tomorrow."),
    }.get(code, _("Choose what it is about."))


def _times(sent: QueryDict) -> tuple[datetime.datetime, datetime.datetime]:
    hour = sent.get("hours", "")
    if hour not in {code for code, _name in choices([])["hours"]}:
        raise BadInput("helpline.no_time_to_call")
    try:
        day = datetime.date.fromisoformat(sent.get("day", ""))
        begin = datetime.datetime.combine(day, datetime.time(int(hour)), hours.WARSAW)
        return begin, begin + datetime.timedelta(hours=LONG)
    except (ValueError, OverflowError) as error:
        raise BadInput("helpline.no_time_to_call") from error


def _day(day: datetime.date, today: datetime.date) -> str:
    name: Any = formats.date_format(day, "l, j E")
    return _("today, %(day)s") % {"day": name} if day == today else str(name)
