"""Who can have a wrong entry corrected, in words, for each thing that may be wrong with it.

Source of the split between NFZ and CeZ: the NFZ's page about reporting irregularities in
the Internet patient account; of the vaccination card: the pharmacists' chamber, season
2025/26 (both in the domain notes of this project).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zamiast.helpline import wrong_entries
from zamiast.helpline.wrong_entries import AUTHOR, CEZ, NFZ
from zamiast.records.models import Entry


@dataclass(frozen=True)
class Competent:
    """What is wrong, and who decides about it."""

    wrong: str
    who: str


def of(entry: Entry, *, is_private: bool) -> list[Competent]:
    """For each kind of report: who is competent."""
    wrong = {
        "prescription": _("Somebody else's prescription"),
        "service": _("A service that you never got"),
        "data": _("Wrong personal data"),
        "other": _("Something else"),
    }
    who = {
        NFZ: _("the National Health Fund (NFZ), your regional branch"),
        CEZ: _("the e-Health Centre (CeZ)"),
        AUTHOR: _("the facility that wrote the entry, and nobody else"),
    }
    return [
        Competent(text, who[wrong_entries.competent(kind, entry, is_private=is_private)])
        for kind, text in wrong.items()
    ]
