"""Reading health records: only with a grant in hand, and only what it opens.

    with grants[0].reading():
        selectors.open_to(grants)
        rows = selectors.entries(grants, ("MedicationRequest",))

A grant is made after a decision and its event (``guardianship.grants``). What the grants do
not open is not there: to ask for it finds nothing. The database asks as well: the portal's
role sees rows only of what an event opened, committed and not long ago (``sql/opened.sql``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, QuerySet, Value

from zamiast.errors import NotAllowed, NotFound
from zamiast.guardianship.grants import Grant
from zamiast.pure.access import Want
from zamiast.records.models import Dispute, Entry, FormerEntry, Organization, Practitioner

OPENS: dict[Want, tuple[str, ...]] = {
    Want.SEE_PRESCRIPTIONS: ("MedicationRequest", "MedicationDispense"),
    Want.SEE_REFERRALS: ("ServiceRequest",),
    Want.SEE_DOCUMENTATION: (
        "Encounter", "Appointment", "Procedure", "ExplanationOfBenefit", "Immunization",
        "Condition", "AllergyIntolerance", "DocumentReference",
    ),
    Want.SEE_ACCOUNT: ("Coverage",),
}  # fmt: skip
PARTS = ("MedicationDispense", "ExplanationOfBenefit")  # shown with what they belong to
_LARGEST = 2**63 - 1


def open_to(grants: Sequence[Grant]) -> None:
    """Show the database the key to the event of these grants, until the transaction ends.

    It is sent beside the statement, whose text other sessions of this role can read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zamiast.opened', %s, true)", [grants[0].key])


def kinds(grants: Sequence[Grant]) -> tuple[str, ...]:
    """The kinds of entries that these grants open."""
    return tuple(kind for grant in grants for kind in OPENS.get(grant.want, ()))


def entries(grants: Sequence[Grant], wanted: Iterable[str] | None = None) -> QuerySet[Entry]:
    """Entries of one account, the newest first; ``wanted`` names kinds, else all of them.

    A part of another entry is left out where that one is there. Raises NotAllowed for no
    grant, or grants to several accounts.
    """
    opened = kinds(grants)
    asked = opened if wanted is None else [kind for kind in wanted if kind in opened]
    whole = Entry.objects.filter(
        source=OuterRef("source"), account=OuterRef("account"),
        kind=_part("about", 1), value=_part("about", 2),
    )  # fmt: skip
    found = Entry.objects.filter(account=_account(grants), kind__in=asked)
    found = found.exclude(Exists(whole), kind__in=PARTS)
    return found.order_by(F("at").desc(nulls_last=True), "-pk")


def entry(grants: Sequence[Grant], pk: int) -> Entry:
    """One entry. Raises NotFound, for somebody else's and for one that is not opened too."""
    own = Entry.objects.filter(account=_account(grants), kind__in=kinds(grants))
    found = own.filter(pk=pk).first() if pk <= _LARGEST else None
    if found is None:
        raise NotFound("web.not_found")
    return found


def parts(grants: Sequence[Grant], whole: Sequence[Entry]) -> dict[int, list[Entry]]:
    """What belongs to each of these entries, the oldest first: by the entry's number."""
    names = {(one.source_id, one.name): one.pk for one in whole}
    found = Entry.objects.filter(
        account=_account(grants), kind__in=kinds(grants), about__in=[one.name for one in whole]
    ).order_by("at", "pk")
    belonging: dict[int, list[Entry]] = {}
    for part in found if whole else ():
        if (part.source_id, part.about) in names:
            belonging.setdefault(names[part.source_id, part.about], []).append(part)
    return belonging


def whole_of(grants: Sequence[Grant], part: Entry) -> Entry | None:
    """The entry to which another one belongs, where it is there and opened."""
    kind, _, value = part.about.partition("/")
    return Entry.objects.filter(
        account=_account(grants), source=part.source_id, kind=kind, value=value
    ).filter(kind__in=kinds(grants)).first()  # fmt: skip


def former(grants: Sequence[Grant], one: Entry) -> list[FormerEntry]:
    """What an entry was before, while it was this account's; the newest first."""
    rows = FormerEntry.objects.filter(entry=one.pk, account=_account(grants))
    return list(rows.filter(kind__in=kinds(grants)).order_by("-until"))


def everything(grants: Sequence[Grant]) -> QuerySet[Entry]:
    """All entries that the grants open, parts too: for a copy; the oldest first."""
    rows = Entry.objects.filter(account=_account(grants), kind__in=kinds(grants))
    return rows.select_related("source").order_by("kind", "at", "pk")


def everything_before(grants: Sequence[Grant]) -> QuerySet[FormerEntry]:
    """What entries were before, all of them: for a copy; the oldest first."""
    rows = FormerEntry.objects.filter(account=_account(grants), kind__in=kinds(grants))
    return rows.select_related("source").order_by("until", "pk")


def every_dispute(grants: Sequence[Grant]) -> QuerySet[Dispute]:
    """All reports about entries that the grants open; the oldest first."""
    rows = Dispute.objects.filter(account=_account(grants), entry__kind__in=kinds(grants))
    return rows.select_related("entry").order_by("opened_at")


def disputes(grants: Sequence[Grant], numbers: Iterable[int]) -> dict[int, Dispute]:
    """The latest report about each of these entries, by the entry's number."""
    rows = Dispute.objects.filter(account=_account(grants), entry__in=list(numbers))
    return {row.entry_id: row for row in rows.order_by("opened_at")}


def reported_as_strange(grants: Sequence[Grant], numbers: Iterable[int]) -> set[int]:
    """Which of these entries the holder says are somebody else's prescription, and still stand."""
    reports = disputes(grants, numbers).items()
    return {pk for pk, one in reports if one.kind == "prescription" and one.ended_at is None}


def named(references: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The names of those whom entries refer to without a name, by source and reference."""
    asked = set(references)
    tables: dict[str, type[Practitioner] | type[Organization]] = {
        "Practitioner": Practitioner, "Organization": Organization,
    }  # fmt: skip
    found: dict[tuple[str, str], str] = {}
    for kind, table in tables.items():
        of_kind = [(source, text) for source, text in asked if text.startswith(f"{kind}/")]
        rows: Any = table.objects.filter(
            system__in={f"{source}/{kind}" for source, _ in of_kind},
            value__in={text.partition("/")[2] for _, text in of_kind},
        )
        for row in rows if of_kind else ():
            key = (row.system.removesuffix(f"/{kind}"), f"{kind}/{row.value}")
            if key in asked:
                found[key] = str(row)
    return found


def _account(grants: Sequence[Grant]) -> int:
    accounts = {grant.account for grant in grants}
    if len(accounts) != 1:
        raise NotAllowed("records.no_grant")
    return accounts.pop()


def _part(column: str, number: int) -> Func:
    return Func(OuterRef(column), Value("/"), Value(number), function="split_part")
