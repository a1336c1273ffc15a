"""What each kind of alarm says."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {
    "not_active": gettext_lazy("Many numbers that were not active, in an hour"),
    "all_not_active": gettext_lazy("Many numbers that were not active, of all together in an hour"),
    "all_declines": gettext_lazy("Holders said “I am not calling” often in a day, to all together"),
    "declines": gettext_lazy("Holders said “I am not calling”, several times in a day"),
    "three_consultants": gettext_lazy(
        "One account looked up by several consultants in a day, in calls unknown to the exchange"
    ),
    "two_calls": gettext_lazy("Two calls at once asked the same holder"),
    "many_prompts": gettext_lazy("One holder was to be asked too often in an hour"),
    "lifted": gettext_lazy(
        "A supervisor lifted the limit of numbers for a consultant, for an hour"
    ),
    "not_me": gettext_lazy("A holder said: that was not me. What was open was closed"),
}


def thresholds(limits: dict[str, int]) -> list[str]:
    """From how many on something is reported, as the database holds it."""
    return [
        line % {"many": limits[code]}
        for code, line in (
            ("alarm_not_active_per_hour",
             _("Numbers that were not active, of one consultant in an hour: %(many)s")),
            ("alarm_all_not_active_per_hour",
             _("Numbers that were not active, of all in an hour: %(many)s")),
            ("alarm_declines_per_day",
             _("“I am not calling”, to one consultant in a day: %(many)s")),
            ("alarm_all_declines_per_day", _("“I am not calling”, to all in a day: %(many)s")),
            ("alarm_consultants_per_day",
             _("Consultants who looked one account up in a day without a call: %(many)s")),
        )
    ]  # fmt: skip
