"""What each kind of change adds and ends; every row is noted, so that it can be reversed."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.apps import apps
from django.utils import timezone

from zamiast.guardianship.models import (
    AccessGrant,
    Because,
    Change,
    ChangedRow,
    ChangeKind,
    FosterCare,
    Freeze,
    Incapacitation,
    Insurance,
    ProtectedAddress,
    Representation,
    Row,
    Source,
)
from zamiast.guardianship.models.row import RowQuerySet
from zamiast.pure.access.calendar import warsaw_day

NEEDS: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.RECORD_REPRESENTATION: ("person", "role", "authority"),
    ChangeKind.END_REPRESENTATION: ("person",),
    ChangeKind.RECORD_FOSTER_CARE: ("person",),
    ChangeKind.END_FOSTER_CARE: ("person",),
    ChangeKind.RECORD_INCAPACITATION: ("degree",),
    ChangeKind.OPEN_ACCESS: ("person",),
    ChangeKind.CLOSE_ACCESS: ("person",),
    ChangeKind.CORRECT_LINK: ("person",),
}

# These close or open what the holder may do at other accounts as well.
REACHES_FURTHER = {
    ChangeKind.PROTECT_ADDRESS,
    ChangeKind.END_PROTECTION,
    ChangeKind.RECORD_INCAPACITATION,
    ChangeKind.END_INCAPACITATION,
}

_NOT_COPIED = {
    "id", "source", "entered_by", "entered_at", "case_number",
    "ended_on", "ended_at", "ended_by", "ended_because",
    "reviewed_by_id", "reviewed_at", "review", "is_kept",
}  # fmt: skip


class Applying:
    """One approved change at work, in the transaction of who decided it."""

    def __init__(self, change: Change, who: str) -> None:
        self.change, self.who = change, who
        self.now = timezone.now()
        self.today = warsaw_day(self.now)
        self.first = change.since or self.today

    def apply(self) -> None:
        """Do what the kind of the change says."""
        _KINDS[ChangeKind(self.change.kind)](self)

    def add(self, kind: type[Row], **values: object) -> None:
        """Add a row from the change's first day on."""
        days = {"since": self.first, "until": self.change.until, **values}
        row = kind(
            account_id=self.change.account_id, source=Source.CASE, entered_by=self.who,
            entered_at=self.now, case_number=self.change.case_number, **days,
        )  # fmt: skip
        row.save(force_insert=True)
        self._note(row, was_added=True)

    def end(
        self, kind: type[Row], because: Because, *, on: datetime.date | None = None, **which: object
    ) -> None:
        """End the standing rows of the account that fit."""
        rows: RowQuerySet = kind.objects.filter(account=self.change.account_id, **which)
        for row in rows.standing():
            kind.objects.filter(pk=row.pk).end(by=self.who, because=because, on=on or self.today)
            self._note(row, was_added=False)

    def reverse(self) -> None:
        """End what the change added, add anew what it ended."""
        assert self.change.reverses is not None
        for changed in self.change.reverses.rows.order_by("-pk"):
            kind = apps.get_model("guardianship", changed.table)
            row = kind._default_manager.get(pk=changed.row)
            if changed.was_added:
                self.end(kind, Because.REVERSED, pk=row.pk)
            else:
                self.add(kind, **self._copied(row))

    def _copied(self, row: Row) -> dict[str, object]:
        """The row as it was, from today on; a registration keeps its day and shows from today."""
        fields = [field.attname for field in row._meta.concrete_fields]
        values = {name: getattr(row, name) for name in fields if name not in _NOT_COPIED}
        values.pop("account_id")
        if isinstance(row, Insurance):
            return values | {"published_on": row.published_on and self.today}
        if isinstance(row, Freeze):
            values |= {"placed_at": self.now, "review_by": self.now + Freeze.REVIEW_WITHIN}
        return values | {"since": self.today}

    def _note(self, row: Row, *, was_added: bool) -> None:
        ChangedRow.objects.create(
            change=self.change, table=type(row).__name__.lower(), row=row.pk, was_added=was_added
        )


def _record_representation(at: Applying) -> None:
    change = at.change
    at.end(Representation, Because.RULING, on=at.first, person=change.person_id, role=change.role)
    at.add(
        Representation, person_id=change.person_id, role=change.role, authority=change.authority,
        court=change.court, file_number=change.file_number, ruled_on=change.ruled_on,
    )  # fmt: skip


def _end_representation(at: Applying) -> None:
    at.end(Representation, Because.RULING, on=at.first, person=at.change.person_id)


def _record_foster_care(at: Applying) -> None:
    change = at.change
    at.end(FosterCare, Because.RULING, on=at.first, carer=change.person_id)
    at.add(
        FosterCare, carer_id=change.person_id, widened_to_health=change.widened_to_health,
        court=change.court, file_number=change.file_number,
    )  # fmt: skip


def _end_foster_care(at: Applying) -> None:
    at.end(FosterCare, Because.RULING, on=at.first, carer=at.change.person_id)


def _record_incapacitation(at: Applying) -> None:
    change = at.change
    at.end(Incapacitation, Because.RULING, on=at.first)
    at.add(Incapacitation, degree=change.degree, court=change.court,
           file_number=change.file_number)  # fmt: skip


def _end_incapacitation(at: Applying) -> None:
    at.end(Incapacitation, Because.RULING, on=at.first)


def _open_access(at: Applying) -> None:
    at.end(AccessGrant, Because.REPLACED, to=at.change.person_id, by=None)
    at.add(AccessGrant, to_id=at.change.person_id, by_id=None)


def _close_access(at: Applying) -> None:
    at.end(AccessGrant, Because.RULING, to=at.change.person_id)


def _protect_address(at: Applying) -> None:
    at.end(ProtectedAddress, Because.REPLACED)
    at.add(ProtectedAddress)


def _end_protection(at: Applying) -> None:
    at.end(ProtectedAddress, Because.OTHER)


def _correct_link(at: Applying) -> None:
    """The import tied the wrong people: as if it had never been."""
    at.end(Insurance, Because.MISTAKE, insurer=at.change.person_id)
    at.end(Representation, Because.MISTAKE, person=at.change.person_id, source=Source.IMPORT)


def _lift_freeze(at: Applying) -> None:
    at.end(Freeze, Because.REVIEW, person=at.change.person_id)


_KINDS: dict[ChangeKind, Callable[[Applying], None]] = {
    ChangeKind.RECORD_REPRESENTATION: _record_representation,
    ChangeKind.END_REPRESENTATION: _end_representation,
    ChangeKind.RECORD_FOSTER_CARE: _record_foster_care,
    ChangeKind.END_FOSTER_CARE: _end_foster_care,
    ChangeKind.RECORD_INCAPACITATION: _record_incapacitation,
    ChangeKind.END_INCAPACITATION: _end_incapacitation,
    ChangeKind.OPEN_ACCESS: _open_access,
    ChangeKind.CLOSE_ACCESS: _close_access,
    ChangeKind.PROTECT_ADDRESS: _protect_address,
    ChangeKind.END_PROTECTION: _end_protection,
    ChangeKind.CORRECT_LINK: _correct_link,
    ChangeKind.LIFT_FREEZE: _lift_freeze,
    ChangeKind.REVERSE: Applying.reverse,
}
