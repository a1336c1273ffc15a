"""The limits of calls and the thresholds of alarms: said in settings, kept in the database.

The database counts, so it needs them; the sites may read them and change none. Whoever changes
a setting runs ``zamiast database migrate``, which writes them as the owner of the tables.

>>> unknown(["ZAMIAST_LIMIT_PER_CALL", "ZAMIAST_LIMIT_PER_CAL"])
['ZAMIAST_LIMIT_PER_CAL']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from zamiast.errors import Misconfigured

PREFIX = "ZAMIAST_LIMIT_"


@dataclass(frozen=True)
class Limit:
    """One limit: its column and setting, what holds without the setting, what it counts."""

    code: str
    default: int
    what: str

    @property
    def setting(self) -> str:
        """What it is called in the environment."""
        return PREFIX + self.code.upper()


LIMITS = (
    Limit("per_call", 3, "numbers that are not active, looked up in one call"),
    Limit("per_hour", 20, "the same of one consultant in an hour"),
    Limit("lifts_per_day", 3, "how often a supervisor may lift it for one consultant in a day"),
    Limit("all_per_hour", 300, "the same of all consultants in an hour"),
    Limit("prompts_per_hour", 6, "questions without an answer to one holder in an hour"),
    Limit("alarm_not_active_per_hour", 5, "alarm: numbers not active of one consultant in an hour"),
    Limit("alarm_all_not_active_per_hour", 100, "alarm: numbers not active of all in an hour"),
    Limit("alarm_declines_per_day", 3, "alarm: “I am not calling” to one consultant in a day"),
    Limit("alarm_all_declines_per_day", 20, "alarm: “I am not calling” to all in a day"),
    Limit("alarm_consultants_per_day", 3,
          "alarm: consultants who looked up one account in a day, without a call of the exchange"),
)  # fmt: skip


def unknown(names: Iterable[str]) -> list[str]:
    """Of names of settings, those that are no limit."""
    known = {limit.setting for limit in LIMITS}
    return sorted(name for name in names if name not in known)


def wanted() -> dict[str, int]:
    """The limits by the settings.

    Raises Misconfigured for a name that is no limit and a text that is no number above 0.
    """
    strange = unknown(settings.LIMITS)
    if strange:
        raise Misconfigured("verification.limit", f"There is no setting {strange[0]}.")
    return {limit.code: _number(limit) for limit in LIMITS}


def apply() -> list[str]:
    """Write the limits of the settings into the database; return the codes that changed."""
    values, before = wanted(), in_force()
    changed = [code for code, value in values.items() if before[code] != value]
    if changed:
        columns = ", ".join(f"{code} = %s" for code in changed)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE verification_limits SET {columns}",  # noqa: S608 - codes of this file
                [values[code] for code in changed],
            )
    return changed


def in_force() -> dict[str, int]:
    """The limits as the database holds them."""
    codes = [limit.code for limit in LIMITS]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(codes)} FROM verification_limits")  # noqa: S608 - as above
        return dict(zip(codes, cursor.fetchone(), strict=True))


def _number(limit: Limit) -> int:
    said = settings.LIMITS.get(limit.setting, "")
    if not said:
        return limit.default
    if not (said.isascii() and said.isdecimal() and 0 < int(said) < 10**6):
        raise Misconfigured("verification.limit", f"{limit.setting} must be a number above 0.")
    return int(said)
