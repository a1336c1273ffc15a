"""A line of a list: what, when, where, how it stands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone

from zamiast.portal.health import wording
from zamiast.portal.health.wording import State
from zamiast.portal.presenters import language
from zamiast.records import search, words
from zamiast.records.models import Dispute, Entry, Kept

WARSAW = ZoneInfo("Europe/Warsaw")
# Where the date of an entry stands as it was written, the first that is there.
_WRITTEN: dict[str, tuple[str, ...]] = {
    "Condition": ("onsetDateTime", "recordedDate"),
    "AllergyIntolerance": ("recordedDate", "onsetDateTime"),
    "Immunization": ("occurrenceDateTime",),
    "Procedure": ("performedDateTime",),
    "MedicationRequest": ("authoredOn",),
    "DocumentReference": ("date",),
}


@dataclass(frozen=True)
class Line:
    """One entry in a list."""

    pk: int
    kind: str
    title: str
    plain: str
    when: str
    day: str
    where: str
    cost: str
    state: State | None
    dispute: State | None
    until: str = ""

    @property
    def year(self) -> str:
        """Under which year it stands; "" without a date."""
        return self.day[:4]

    @property
    def words(self) -> str:
        """Everything that a search may find."""
        state = str(self.state.text) if self.state else ""
        return " ".join((self.kind, self.title, self.plain, self.where, self.when, state))


def lines(
    entries: Sequence[Entry],
    parts: Mapping[int, list[Entry]],
    disputes: Mapping[int, State],
    names: Mapping[int, str],
    costs: Mapping[int, str],
) -> list[Line]:
    """Lines for entries; ``parts`` tell what was collected of a prescription."""
    return [
        Line(
            pk=one.pk,
            kind=wording.kind(one.kind),
            title=one.display or wording.kind(one.kind),
            plain=words.plain(one.code_system, one.code, language()),
            when=when(one),
            day=one.at.astimezone(WARSAW).date().isoformat() if one.at else "",
            where=one.performer or names.get(one.pk, ""),
            cost=costs.get(one.pk, ""),
            state=state(one, parts.get(one.pk, ())),
            dispute=disputes.get(one.pk),
            until=day(one.ends_on) if one.ends_on and is_usable(one) else "",
        )
        for one in entries
    ]


def found(query: str, all_lines: Sequence[Line]) -> list[Line]:
    """The lines in which every word of the query stands, in some form."""
    return [line for line in all_lines if search.matches(query, line.words)]


def state(one: Entry, parts: Sequence[Entry] = ()) -> State | None:
    """How an entry stands; a prescription by its days and by what was collected of it."""
    code = one.status
    if one.kind == "MedicationRequest" and code == "active":
        if is_over(one):
            code = "expired"
        elif any(part.kind == "MedicationDispense" and part.status == "completed"
                 for part in parts):  # fmt: skip
            code = "partly"
    return wording.state(one.kind, code)


def is_usable(one: Kept) -> bool:
    """Whether it is a prescription or referral that can still be used."""
    kinds = ("MedicationRequest", "ServiceRequest")
    return one.kind in kinds and one.status == "active" and not is_over(one)


def is_over(one: Kept) -> bool:
    """Whether the last day of an entry has passed, in Warsaw."""
    return one.ends_on is not None and one.ends_on < timezone.now().astimezone(WARSAW).date()


def when(one: Kept) -> str:
    """When it was, as exactly as it was written down: a year, a month, a day, an hour.

    A day is told as it was written; an hour is told as it was in Poland.
    """
    if one.at is None:
        return ""
    written = next((str(one.content[name]) for name in _WRITTEN.get(one.kind, ())
                    if one.content.get(name)), "")  # fmt: skip
    local = one.at.astimezone(WARSAW)
    if len(written) == 4:
        return written
    if len(written) == 7:
        return formats.date_format(local, "F Y")
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return day(local.date())
    return formats.date_format(local, "j E Y, H:i")


def when_moment(at: datetime.datetime) -> str:
    """A moment as it was in Poland."""
    return str(formats.date_format(at.astimezone(WARSAW), "j E Y, H:i"))


def day(value: datetime.date) -> str:
    """A day in words."""
    return str(formats.date_format(value, "j E Y"))


def unnamed(entries: Sequence[Entry], sources: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Whom to look up for entries that name a facility or a doctor by reference only."""
    asked = {}
    for one in entries:
        reference = "" if one.performer else _first(one.content)
        if reference:
            asked[one.pk] = (sources.get(one.source_id, ""), reference)
    return asked


def _first(content: Mapping[str, Any]) -> str:
    """The first reference to who did it."""
    candidates = [
        content.get("requester"),
        content.get("serviceProvider"),
        content.get("custodian"),
        content.get("recorder"),
        content.get("provider"),
    ]
    candidates += [part.get("actor") for part in content.get("performer") or []
                   if isinstance(part, dict)]  # fmt: skip
    for one in candidates:
        if isinstance(one, dict) and isinstance(one.get("reference"), str):
            return str(one["reference"])
    return ""


def dispute_states(disputes: Mapping[int, Dispute], open_cases: frozenset[int]) -> dict[int, State]:
    """How each report stands, by entry."""
    return {
        pk: wording.dispute(one.ended_because, is_case_open=one.case_number in open_cases)
        for pk, one in disputes.items()
    }
