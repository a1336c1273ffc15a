"""What each kind of alarm says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

KINDS = {
    "not_active": gettext_lazy("Many numbers that were not active, in an hour"),
    "declines": gettext_lazy("Holders said “I am not calling”, several times in a day"),
    "three_consultants": gettext_lazy(
        "One account looked up by several consultants in a day, in calls unknown to the exchange"
    ),
    "two_calls": gettext_lazy("Two calls at once asked the same holder"),
    "many_prompts": gettext_lazy("One holder was to be asked too often in an hour"),
    "not_me": gettext_lazy("A holder said: that was not me. What was open was closed"),
}
