"""Reading health records for the pages: lines of lists, and one entry with all around it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zamiast.guardianship.grants import Grant
from zamiast.helpline.models import Case
from zamiast.helpline.moves import WORKING
from zamiast.portal.health import detail
from zamiast.portal.health import lines as health_lines
from zamiast.portal.health.lines import Line
from zamiast.portal.health.sections import Section, of_kind
from zamiast.portal.health.wording import State
from zamiast.portal.paging import Page, page_of
from zamiast.pure.eligibility.facts import Facts
from zamiast.records import covid as covid_record
from zamiast.records import selectors
from zamiast.records.models import Dispute, Entry, Source

A_PAGE = 25
MOST = 5_000


@dataclass(frozen=True)
class Report:
    """What somebody reported about an entry, and how it stands."""

    state: State
    case_number: int
    is_open: bool


@dataclass(frozen=True)
class One:
    """An entry for its page."""

    entry: Entry
    shown: detail.Shown
    section: Section
    report: Report | None


def page(grants: Sequence[Grant], kinds: Sequence[str] | None, number: int) -> Page[Entry]:
    """One page of entries, the newest first."""
    return page_of(selectors.entries(grants, kinds), number, A_PAGE)


def all_of(grants: Sequence[Grant], kinds: Sequence[str] | None) -> list[Entry]:
    """All entries, to search or to print; the newest five thousand of somebody very ill."""
    return list(selectors.entries(grants, kinds)[:MOST])


def lines(grants: Sequence[Grant], rows: Sequence[Entry]) -> list[Line]:
    """The lines of a list."""
    wholes = [one for one in rows if one.kind in ("MedicationRequest", "Encounter")]
    parts = selectors.parts(grants, wholes)
    reports = selectors.disputes(grants, [one.pk for one in rows])
    return health_lines.lines(
        rows,
        parts,
        health_lines.dispute_states(reports, _open_cases(reports.values())),
        _names(rows),
        {pk: detail.cost_in_short(of_one) for pk, of_one in parts.items()},
    )


def one(grants: Sequence[Grant], pk: int) -> One:
    """One entry with what belongs to it. Raises NotFound.

    The key of a prescription that was reported as somebody else's is nothing to show at a pharmacy.
    """
    entry = selectors.entry(grants, pk)
    shown = detail.shown(
        entry,
        selectors.parts(grants, [entry]).get(pk, []),
        where=_names([entry]).get(pk, ""),
        whole=selectors.whole_of(grants, entry) if entry.about else None,
        former=selectors.former(grants, entry),
    )
    if selectors.reported_as_strange(grants, [pk]):
        shown = dataclasses.replace(shown, key=None)
    return One(entry, shown, of_kind(entry.kind), _report(grants, pk))


def covid(grants: Sequence[Grant], born: datetime.date | None) -> Facts:
    """What the records say for the question of a COVID-19 referral."""
    rows = list(selectors.entries(grants, ("Immunization", "ServiceRequest"))[:MOST])
    reports = selectors.disputes(grants, [one.pk for one in rows])
    return covid_record.of_entries(
        born, rows, {pk for pk, one in reports.items() if one.ended_at is None}
    )


def is_private(grants: Sequence[Grant], entry: Entry) -> bool:
    """Whether a service was paid for by the patient: as its cost says, or its visit's."""
    whole = selectors.whole_of(grants, entry) if entry.about else None
    costs = selectors.parts(grants, [one for one in (entry, whole) if one])
    paid = [part for parts in costs.values() for part in parts] + [entry]
    return any(detail.payer(one) == "private" for one in paid)


def _report(grants: Sequence[Grant], pk: int) -> Report | None:
    found = selectors.disputes(grants, [pk]).get(pk)
    if found is None:
        return None
    open_cases = _open_cases([found])
    state = health_lines.dispute_states({pk: found}, open_cases)[pk]
    is_open = found.ended_at is None and found.case_number in open_cases
    return Report(state, found.case_number, is_open)


def _open_cases(reports: Iterable[Dispute]) -> frozenset[int]:
    """Which of the cases of these reports are open."""
    numbers = [one.case_number for one in reports]
    if not numbers:
        return frozenset()
    rows = Case.objects.filter(number__in=numbers, state__in=WORKING)
    return frozenset(rows.values_list("number", flat=True))


def _names(rows: Sequence[Entry]) -> dict[int, str]:
    """Facilities and doctors whom entries name by reference only."""
    sources = dict(Source.objects.values_list("pk", "name"))
    asked = health_lines.unnamed(rows, sources)
    names = selectors.named(asked.values()) if asked else {}
    return {pk: names[key] for pk, key in asked.items() if key in names}
