"""The specialist's forms: a change with what its kind needs, a freeze, a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zamiast.guardianship.models import ChangeKind
from zamiast.guardianship.services import Details
from zamiast.guardianship.services.applying import NEEDS
from zamiast.helpline.desk import wording_access as wording
from zamiast.pure.access.facts import Authority, Degree, Role

_NONE = ("", "—")  # nothing is chosen beforehand: the document says it
_RULING = ("court", "file_number")
_DAYS = ("since", "until")
FIELDS: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.RECORD_REPRESENTATION: (
        "person", "role", "authority", *_RULING, "ruled_on", *_DAYS,
    ),
    ChangeKind.END_REPRESENTATION: ("person", *_RULING, "ruled_on", "since"),
    ChangeKind.RECORD_FOSTER_CARE: ("person", "widened_to_health", *_RULING, *_DAYS),
    ChangeKind.END_FOSTER_CARE: ("person", *_RULING, "since"),
    ChangeKind.RECORD_INCAPACITATION: ("degree", *_RULING, *_DAYS),
    ChangeKind.END_INCAPACITATION: (*_RULING, "since"),
    ChangeKind.OPEN_ACCESS: ("person", *_DAYS),
    ChangeKind.CLOSE_ACCESS: ("person", *_RULING),
    ChangeKind.PROTECT_ADDRESS: (),
    ChangeKind.END_PROTECTION: (),
    ChangeKind.CORRECT_LINK: ("person",),
    ChangeKind.LIFT_FREEZE: ("person",),
}  # fmt: skip
USUAL = {
    "child_account": (
        ChangeKind.RECORD_REPRESENTATION, ChangeKind.RECORD_FOSTER_CARE, ChangeKind.OPEN_ACCESS,
        ChangeKind.CORRECT_LINK,
    ),
    "ward_account": (
        ChangeKind.RECORD_INCAPACITATION, ChangeKind.RECORD_REPRESENTATION,
        ChangeKind.OPEN_ACCESS,
    ),
    "after_divorce": (ChangeKind.RECORD_REPRESENTATION, ChangeKind.CLOSE_ACCESS),
}  # fmt: skip


def _letters(letters: Iterable[str]) -> list[tuple[str, str]]:
    return [_NONE, *((letter, letter) for letter in letters)]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class ReasonForm(forms.Form):
    """Why: for those who check it later, and for the log."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which document says so. No PESEL, nothing about health."),
    )


class ChangeForm(ReasonForm):
    """One change; only the fields that its kind needs."""

    account = forms.ChoiceField(label=_("Whose account is it about?"))
    person = forms.ChoiceField(label=_("Whose access or role is it about?"))
    role = forms.ChoiceField(
        label=pgettext_lazy("representation", "Role"), choices=(_NONE, *wording.ROLES)
    )
    authority = forms.ChoiceField(
        label=_("Authority by the ruling"), choices=(_NONE, *wording.AUTHORITIES)
    )
    degree = forms.ChoiceField(label=_("Incapacitation"), choices=(_NONE, *wording.DEGREES))
    widened_to_health = forms.BooleanField(
        label=_("The court widened the care to matters of health"), required=False
    )
    court = forms.CharField(label=_("Court"), max_length=200, required=False)
    file_number = forms.CharField(label=_("File number"), max_length=60, required=False)
    ruled_on = _day(_("Day of the ruling"))
    since = _day(_("From which day (empty: today)"))
    until = _day(_("Until which day (empty: no end)"))

    field_order = ("account", "person", *dict.fromkeys(n for f in FIELDS.values() for n in f))

    def __init__(self, kind: ChangeKind, letters: Iterable[str], *args: Any) -> None:
        super().__init__(*args)
        self.kind = kind
        for name in list(self.fields):
            if name not in ("account", "reason", *FIELDS[kind]):
                del self.fields[name]
        choices = _letters(letters)
        for name in ("account", "person"):
            if isinstance(field := self.fields.get(name), forms.ChoiceField):
                field.choices = choices
        if kind is ChangeKind.LIFT_FREEZE:
            self.fields["person"].required = "person" in NEEDS.get(kind, ())

    def clean(self) -> dict[str, Any]:
        """Nobody has access to, or represents, the own account by a case."""
        found = super().clean() or {}
        if found.get("person") and found["person"] == found.get("account"):
            raise forms.ValidationError(_("Choose two different accounts."))
        if found.get("since") and found.get("until") and found["until"] <= found["since"]:
            raise forms.ValidationError(_("The last day comes after the first."))
        return found

    def details(self, accounts: dict[str, int]) -> Details:
        """What the document says, as the service takes it."""
        found = self.cleaned_data
        return Details(
            person=accounts.get(found.get("person", "")),
            role=Role(found["role"]) if found.get("role") else None,
            authority=Authority(found["authority"]) if found.get("authority") else None,
            degree=Degree(found["degree"]) if found.get("degree") else None,
            widened_to_health=found.get("widened_to_health", False),
            court=found.get("court", ""), file_number=found.get("file_number", ""),
            ruled_on=found.get("ruled_on"), since=found.get("since"), until=found.get("until"),
        )  # fmt: skip


class FreezeForm(ReasonForm):
    """Stop access at once."""

    account = forms.ChoiceField(label=_("Access to whose account?"))
    person = forms.ChoiceField(
        label=_("Whose access?"), required=False,
        help_text=_("Nobody chosen: everybody's but the holder's."),
    )  # fmt: skip
    field_order = ("account", "person", "reason")

    def __init__(self, letters: Iterable[str], *args: Any) -> None:
        super().__init__(*args)
        for name in ("account", "person"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = _letters(letters)
