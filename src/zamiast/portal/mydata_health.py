"""The health records in the copy of “My data”: under a grant as on every page of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from zamiast.audit.services import Purpose
from zamiast.guardianship import grants
from zamiast.guardianship.grants import Grant
from zamiast.portal import health_selectors, reading
from zamiast.portal.acting import Whose
from zamiast.portal.health.lines import Line
from zamiast.records import selectors
from zamiast.records.fhir import outgoing
from zamiast.records.models import Kept


@contextmanager
def opened(whose: Whose) -> Iterator[list[Grant]]:
    """The grants to all records that are open; what was withdrawn meanwhile does not leave."""
    found = grants.open_grants(
        actor=whose.own.pk, account=whose.account.pk, wants=reading.EVERYTHING, by=whose.by,
        purpose=Purpose(step="my_data"),
    )  # fmt: skip
    with reading.under(found):
        yield found


def resources(held: Sequence[Grant]) -> list[dict[str, Any]]:
    """Every record as it holds now, as an entry of a bundle."""
    return list(_entries(held, selectors.everything(held)))


def former(held: Sequence[Grant]) -> list[dict[str, Any]]:
    """What records were before an import changed them, as entries of a bundle."""
    return list(_entries(held, selectors.everything_before(held), versions=True))


def reports(held: Sequence[Grant]) -> list[dict[str, Any]]:
    """Which entries the holder said were wrong, and how that ended."""
    return [
        {"entry": row.entry.name, "what": row.kind, "case": row.case_number,
         "opened_at": row.opened_at, "ended_at": row.ended_at, "ended_because": row.ended_because}
        for row in selectors.every_dispute(held)
    ]  # fmt: skip


def on_paper(held: Sequence[Grant]) -> list[str]:
    """One line for each entry."""
    rows = health_selectors.all_of(held, None)
    return [_line(one) for one in health_selectors.lines(held, rows)]


def address(account: int) -> str:
    """How the resources of a bundle call the patient."""
    return f"{settings.PORTAL_URL}/fhir/Patient/account-{account}"


def _entries(
    held: Sequence[Grant], rows: Iterable[Kept], *, versions: bool = False
) -> Iterator[dict[str, Any]]:
    """Entries of a bundle; of one resource there may be several versions, each numbered."""
    seen: Counter[str] = Counter()
    for row in rows:
        base = f"{settings.PORTAL_URL}/fhir/{row.source.name}"
        made = outgoing.resource(row, address(held[0].account), row.source.name)
        address_of = f"{base}/{row.kind}/{row.value}"
        if versions:
            seen[address_of] += 1
            made["meta"]["versionId"] = str(seen[address_of])
        yield {"fullUrl": address_of, "resource": made}


def _line(one: Line) -> str:
    state = str(one.state.text) if one.state else ""
    said = [one.when, one.kind, one.title, one.plain, one.where, one.cost, state]
    return " · ".join(part for part in said if part)
