"""Reporting a wrong entry from the entry itself: a confirmed case, and the entry marked.

Who is competent (domain: NFZ and CeZ share it): what the fund paid for and did not take
place, and prescriptions, is the fund's; personal data are CeZ's; a vaccination card is
corrected by its author only. The facility will learn who reported.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from zamiast.audit.services import Actor
from zamiast.errors import BadInput, Conflict
from zamiast.guardianship.grants import Grant
from zamiast.helpline import services
from zamiast.helpline.models import Case
from zamiast.helpline.moves import WORKING
from zamiast.login.models import User
from zamiast.records import disputes, selectors
from zamiast.records.models import Entry

MATTERS = {
    "prescription": "strange_prescription",
    "service": "strange_service",
    "data": "wrong_data",
    "other": "wrong_data",
}
NFZ, CEZ, AUTHOR = "nfz", "cez", "author"


class Reported(Conflict):
    """The entry was reported already; a case is about it."""

    def __init__(self, case_number: int) -> None:
        super().__init__("records.reported_already")
        self.case_number = case_number


def competent(kind: str, entry: Entry, *, is_private: bool) -> str:
    """Who can have an entry corrected: the fund, CeZ, or the facility that wrote it only."""
    if entry.kind == "Immunization":
        return AUTHOR
    if kind == "data":
        return CEZ
    return AUTHOR if is_private or kind == "other" else NFZ


def report(
    grants: Sequence[Grant], entry_number: int, *, kind: str, words: str, login: User, by: Actor,
    language: str,
) -> int:  # fmt: skip
    """Open a case about an entry and mark the entry; return the number of the case.

    Raises Reported (with that case) where one is open, BadInput for an unknown kind,
    NotFound for an entry that the grants do not open, TooMany after five a day.
    """
    if kind not in MATTERS:
        raise BadInput("records.no_such_report")
    with transaction.atomic():
        entry = selectors.entry(grants, entry_number)
        known = selectors.disputes(grants, [entry_number]).get(entry_number)
        if known and known.ended_at is None:
            if Case.objects.filter(number=known.case_number, state__in=WORKING).exists():
                raise Reported(known.case_number)
            disputes.end_answered(entry)
        number = services.open_case_from_account(
            MATTERS[kind], account_id=entry.account_id, login=login, by=by,
            note=_note(entry, kind, words), language=language, once=False,
        )  # fmt: skip
        disputes.begin(entry, kind=kind, case_number=number, by=by)
    return number


def _note(entry: Entry, kind: str, words: str) -> str:
    """What the specialist needs to find the entry at its source; no more of it than that."""
    day = entry.at.date().isoformat() if entry.at else "?"
    lines = [
        f"Zgłoszenie wpisu z konta ({kind}).",
        f"Wpis: {entry.kind} {entry.value}, źródło: {entry.source.name}, z dnia {day}.",
        f"Placówka: {entry.performer or '?'}.",
    ]
    if words.strip():
        lines += ["", words.strip()]
    return "\n".join(lines)
