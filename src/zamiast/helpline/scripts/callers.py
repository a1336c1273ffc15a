"""Callers who are no patients: named by a public number, which proves nothing.

Nobody types or hears a telephone number: a callback goes to the one in the register.
"""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from zamiast.audit.services import Purpose, keyed_hash, record
from zamiast.errors import BadInput, Conflict
from zamiast.helpline import callbacks, hours
from zamiast.helpline.models import Case, NumberKind
from zamiast.helpline.scripts.models import CallerNumber
from zamiast.login.models import User
from zamiast.pure import identifier, professionals
from zamiast.pure.professionals import FACILITIES, Kind
from zamiast.verification.models import Call
from zamiast.verification.services import consultant

OFFICE = hours.Hours(datetime.time(8), datetime.time(16))  # when a facility answers its telephone
WINDOW = datetime.timedelta(hours=4)
SHORTEST = datetime.timedelta(hours=1)


def name_caller(call: UUID, kind: str, typed: str, *, by: User) -> CallerNumber:
    """Write down by which number the caller named themselves; look a facility up.

    Raises BadInput for what cannot be such a number (``professionals.form``, ``.check``), for
    a PESEL, and where a case of this call stands under a number already (its callback goes
    there); Conflict without such a call under way.
    """
    if kind not in set(Kind):
        raise BadInput("professionals.kind")
    if not identifier.is_repeatable(typed):
        raise BadInput("professionals.pesel")
    chosen = Kind(kind)
    verdict = professionals.judge(chosen, typed)
    if not verdict.is_good:
        raise BadInput(f"professionals.{verdict.why}")
    with transaction.atomic():
        own = Call.objects.select_for_update(no_key=True).under_way()
        if not own.filter(pk=call, consultant=by).exists():
            raise Conflict("verification.no_call")
        if Case.objects.filter(call_id=call).exists() and named_in(call):
            raise BadInput("professionals.case_opened")
        facility = _facility(chosen, verdict.number) if chosen in FACILITIES else None
        named = CallerNumber(
            call_id=call, kind=chosen.value, number=verdict.number, is_checked=verdict.is_checked,
            facility_id=facility and facility[0], name=facility[1] if facility else "",
            city=facility[2] if facility else "", ending=facility[3] if facility else "",
        )  # fmt: skip
        named.save()
        outcome = "known" if facility else "not_known" if chosen in FACILITIES else "noted"
        record(
            "call.number_named", by=consultant(by), outcome=outcome, fields=(chosen.value,),
            purpose=Purpose(call=call), asked=keyed_hash(verdict.number),
        )  # fmt: skip
    return named


def named_in(call: UUID | None) -> CallerNumber | None:
    """By which number the caller named themselves."""
    return CallerNumber.objects.filter(pk=call).first() if call else None


def telephone(named: CallerNumber | None) -> str:
    """The number that the register has for the facility now; empty where it has none."""
    if named is None or named.facility_id is None:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scripts_telephone(%s::bigint)", [named.facility_id])
        return str(cursor.fetchone()[0] or "")


def telephone_of_case(number: int) -> str:
    """The same for the caller in whose call a case was opened."""
    calls = Case.objects.filter(pk=number).values_list("call_id", flat=True)
    return telephone(named_in(calls.first()))


def promise_callback(case: int, call: UUID, *, by: User) -> None:
    """Promise to call the facility back in its office hours, before the case is due.

    Does nothing where the register has no number for the caller's facility.
    """
    named = named_in(call)
    if named is None or not named.ending:
        return
    due_at = Case.objects.values_list("due_at", flat=True).get(pk=case)
    from_at, until_at = window(timezone.now(), due_at)
    callbacks.promise(
        case, from_at=from_at, until_at=until_at, number_kind=NumberKind.FACILITY, by=by,
        ending=named.ending,
    )  # fmt: skip


def window(now: datetime.datetime, due_at: datetime.datetime) -> tuple[datetime.datetime, ...]:
    """Up to four office hours of one day, the last before a moment; from a half or full hour.

    >>> at = lambda day, hour: datetime.datetime(2026, 11, day, hour, 56, tzinfo=hours.WARSAW)
    >>> [f"{one:%d. %H:%M}" for one in window(at(25, 10), at(26, 10))]
    ['25. 15:00', '25. 16:00']
    >>> [f"{one:%d. %H:%M}" for one in window(at(25, 15), at(25, 23))]
    ['26. 08:00', '26. 12:00']
    >>> [f"{one:%d. %H:%M}" for one in window(at(27, 17), at(30, 15))]
    ['30. 12:00', '30. 16:00']
    """
    left = hours.between(now, due_at, OFFICE) - WINDOW
    begins = _next_half(hours.after(now, max(left, datetime.timedelta()), OFFICE))
    if _closes(begins) - begins < SHORTEST:
        begins = hours.after(_closes(begins), datetime.timedelta(), OFFICE)
    return begins, min(_closes(begins), begins + WINDOW)


def _closes(day: datetime.datetime) -> datetime.datetime:
    assert OFFICE.closes is not None
    return datetime.datetime.combine(day.date(), OFFICE.closes, hours.WARSAW)


def _next_half(moment: datetime.datetime) -> datetime.datetime:
    """This half or full hour, or the next."""
    late = datetime.timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + (datetime.timedelta(minutes=30) - late if late else late)


def _facility(kind: Kind, number: str) -> tuple[int, str, str, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name, city, ending FROM scripts_facility(%s::text[])",
            [list(professionals.keys(kind, number))],
        )
        row: tuple[int, str, str, str] | None = cursor.fetchone()
    return row
