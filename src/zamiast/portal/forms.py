"""Forms of the portal."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from zamiast.audit import doorway
from zamiast.helpline import matters
from zamiast.helpline.models import LONGEST_NOTE
from zamiast.portal import wording_access
from zamiast.pure import identifier
from zamiast.pure.access.facts import Scope


class Replacement(forms.Form):
    """Which identifier the holder saw when asking for another one."""

    seen = forms.IntegerField(
        min_value=100_000_000_000, max_value=999_999_999_999, widget=forms.HiddenInput
    )


class Chosen(forms.Form):
    """One row of a list, or one account."""

    chosen = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class Withdrawal(Chosen):
    """Whose access to which account."""

    person = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class Forgetful(forms.TextInput):
    """An input that never shows again what was typed: it could be a national number."""

    def format_value(self, value: Any) -> None:
        """Nothing."""


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _number(label: Any, help_text: Any) -> forms.CharField:
    digits = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "40"}
    return forms.CharField(max_length=40, label=label, help_text=help_text,
                           widget=Forgetful(attrs=digits))  # fmt: skip


class Invitee(forms.Form):
    """Whom to invite: by identifier. A national number is neither kept nor shown again."""

    number = _number(
        gettext_lazy("Identifier of this person's account"),
        gettext_lazy("12 digits. This person finds them in their own account."),
    )

    def clean_number(self) -> str:
        """The digits of a well-formed identifier."""
        typed = str(self.cleaned_data["number"])
        try:
            return identifier.validate(typed)
        except identifier.IdentifierError as error:
            raise forms.ValidationError(_wrong(typed)) from error


def _wrong(typed: str) -> Any:
    if len([character for character in typed if character.isdigit()]) == 11:
        return gettext_lazy(
            "That looks like a PESEL. We never need it, and we have not kept it. "
            "Ask this person for the identifier of the account: 12 digits."
        )
    return gettext_lazy("This is no identifier. Check the twelve digits.")


class Authorising(Invitee):
    """Whom to authorise, for what, and on which days."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What for?"), widget=forms.RadioSelect,
        choices=[(scope.value, wording_access.SCOPES[scope.value]) for scope in Scope],
        help_text=gettext_lazy("Each is a statement of its own. For another one, come back here."),
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("From"), widget=_Day, required=False,
                            help_text=gettext_lazy("Empty: from today."))  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Last day"), widget=_Day, required=False,
        help_text=gettext_lazy("Empty: until you revoke it."),
    )  # fmt: skip
    after_death = forms.BooleanField(
        label=gettext_lazy("Also after my death (only the documentation)"), required=False
    )

    def __init__(self, *args: Any, whose: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(whose) > 1:
            field = forms.ChoiceField(label=gettext_lazy("Whose account?"), choices=whose,
                                      widget=forms.RadioSelect)  # fmt: skip
            self.fields = {"account": field, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Days in order, and what goes together."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        today = datetime.date.today()  # the service decides, in Warsaw
        if since and since < today - datetime.timedelta(days=1):
            self.add_error("since", gettext_lazy("It begins today or later."))
        if until and until < (since or today):
            self.add_error("until", gettext_lazy("The last day is not before the first."))
        return data


class Pairing(forms.Form):
    """The code that the inviter passed on."""

    code = forms.CharField(
        max_length=20, label=gettext_lazy("Pairing code"),
        help_text=gettext_lazy("8 digits, from the person who invited you. Never from us."),
        widget=Forgetful(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class Messages(forms.Form):
    """Where to write, and about what."""

    address = forms.EmailField(
        max_length=254, label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    answer = forms.BooleanField(
        label=gettext_lazy("News about my cases, receipts of calls"), required=False, initial=True
    )
    access = forms.BooleanField(
        label=gettext_lazy("Changes of who may see an account"), required=False, initial=True
    )
    look = forms.BooleanField(label=gettext_lazy("Somebody looked at my account"), required=False)
    entry = forms.BooleanField(label=gettext_lazy("New entries in my account"), required=False)

    def clean_address(self) -> str:
        """An address in which no national number stands."""
        return _without_pesel(str(self.cleaned_data["address"]))


def _matters() -> list[tuple[str, str]]:
    return [(code, matters.name(code, (get_language() or "pl")[:2])) for code in matters.CODES]


def _text() -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_NOTE, label=gettext_lazy("Your message"),
        help_text=gettext_lazy("In your own words. No PESEL, no password; nothing about other "
                               "people that is not needed."),
        widget=forms.Textarea(attrs={"rows": "8", "maxlength": str(LONGEST_NOTE)}),
    )  # fmt: skip


class Letter(forms.Form):
    """Some words to the helpline."""

    text = _text()


class FirstLetter(Letter):
    """About which matter, and the words."""

    field_order = ["matter", "text"]
    matter = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=_matters, widget=forms.RadioSelect
    )


class PublicLetter(FirstLetter):
    """The same without logging in: perhaps an identifier, perhaps an address."""

    field_order = ["matter", "text", "identifier", "address"]
    identifier = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("Identifier of your account"),
        help_text=gettext_lazy("Only if you want the answer in your account. 12 digits, "
                               "never a PESEL."),
        widget=Forgetful(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "40"}),
    )  # fmt: skip
    address = forms.EmailField(
        max_length=254, required=False, label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Only to tell you that there is an answer. The answer itself you "
                               "read here. We delete the address with the case."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def clean_identifier(self) -> str:
        """The digits of a well-formed identifier, or nothing."""
        typed = str(self.cleaned_data["identifier"]).strip()
        if not typed:
            return ""
        try:
            return identifier.validate(typed)
        except identifier.IdentifierError as error:
            raise forms.ValidationError(_wrong_own(typed)) from error

    def clean_address(self) -> str:
        """An address in which no national number stands."""
        return _without_pesel(str(self.cleaned_data["address"]))


class WayBack(forms.Form):
    """The number of a case and its secret word."""

    number = forms.CharField(
        max_length=20, label=gettext_lazy("Number of your case"),
        widget=Forgetful(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    word = forms.CharField(
        max_length=60, label=gettext_lazy("Secret word"),
        help_text=gettext_lazy("Three parts, as you wrote them down. Tell it to nobody, "
                               "not even to us."),
        widget=Forgetful(attrs={"autocomplete": "off", "autocapitalize": "none",
                                "spellcheck": "false"}),
    )  # fmt: skip

    def clean_number(self) -> int:
        """The digits alone; 0 for what is no number."""
        digits = "".join(c for c in str(self.cleaned_data["number"]) if c in "0123456789")
        return int(digits[:18] or "0")


def _wrong_own(typed: str) -> Any:
    if len([character for character in typed if character.isdigit()]) == 11:
        return gettext_lazy(
            "That looks like a PESEL. We never need it, and we have not kept it. "
            "Leave the field empty, or type the 12 digits of your account."
        )
    return gettext_lazy("This is no identifier. Check the twelve digits, or leave it empty.")


def _without_pesel(address: str) -> str:
    if address and doorway.let_through(address).found:
        raise forms.ValidationError(
            gettext_lazy("There is a PESEL in this address. Use one without it.")
        )
    return address


_AGE = [
    ("under_16", gettext_lazy("under 16")),
    ("teen", gettext_lazy("16 or 17")),
    ("adult", gettext_lazy("18 or more")),
]
_RELATION = [
    ("parent", gettext_lazy("A parent with full authority")),
    ("limited", gettext_lazy("A parent; a court limited my authority")),
    ("suspended", gettext_lazy("A parent; a court suspended my authority")),
    ("taken_away", gettext_lazy("A parent; a court took my authority away")),
    ("guardian", gettext_lazy("A guardian appointed by a court")),
    ("foster", gettext_lazy("A foster carer")),
    ("other", gettext_lazy("Somebody else: a grandparent, a parent's spouse …")),
]
_INSURER = [
    ("me", gettext_lazy("I do")),
    ("other_parent", gettext_lazy("The other parent, or somebody else")),
    ("nobody", gettext_lazy("Nobody, as far as I know")),
    ("unknown", gettext_lazy("I do not know")),
]
_JOB = [
    ("no", gettext_lazy("No")),
    ("yes", gettext_lazy("Yes")),
]
_TITLE = [
    ("none", gettext_lazy("No, or I do not know")),
    ("now", gettext_lazy("Yes, now")),
    ("ended", gettext_lazy("It had, and it ended")),
]


def _choice(label: Any, choices: list[tuple[str, Any]], hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=hint)


class Missing(forms.Form):
    """A few questions about a child that is not there. No name, no number, no birth date."""

    age = _choice(gettext_lazy("How old is the child?"), _AGE)
    relation = _choice(gettext_lazy("Who are you to the child?"), _RELATION)
    insurer = _choice(
        gettext_lazy("Who registered the child for health insurance?"), _INSURER,
        gettext_lazy("Usually through an employer, ZUS or KRUS."),
    )  # fmt: skip
    registered = forms.DateField(
        label=gettext_lazy("If it was you: on which day?"), widget=_Day, required=False,
        help_text=gettext_lazy("About is enough. Empty: more than three weeks ago."),
    )  # fmt: skip
    job = _choice(gettext_lazy("Have you changed jobs since then?"), _JOB)
    title = _choice(
        gettext_lazy("Does the child have insurance of its own?"), _TITLE,
        gettext_lazy("From a seasonal job, a pension or a sports scholarship."),
    )  # fmt: skip
    title_ended = forms.DateField(
        label=gettext_lazy("If it ended: on which day?"), widget=_Day, required=False
    )
    divorced = forms.BooleanField(
        label=gettext_lazy("The parents are divorced or separated"), required=False
    )

    def clean_registered(self) -> datetime.date | None:
        """Not a day to come."""
        return _past(self.cleaned_data["registered"])

    def clean_title_ended(self) -> datetime.date | None:
        """Not a day to come."""
        return _past(self.cleaned_data["title_ended"])


def _past(day: datetime.date | None) -> datetime.date | None:
    if day and day > datetime.date.today():
        raise forms.ValidationError(gettext_lazy("This day is still to come."))
    return day


class WrongEntry(forms.Form):
    """What is wrong with an entry."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        widget=forms.RadioSelect,
        choices=[
            ("prescription", gettext_lazy("This prescription is somebody else's")),
            ("service", gettext_lazy("I never got this service, or was never there")),
            ("data", gettext_lazy("My personal data are wrong in it")),
            ("other", gettext_lazy("Something else")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("What happened, in your words"),
        help_text=gettext_lazy("Do not write a PESEL: we do not need it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    understood = forms.BooleanField(
        label=gettext_lazy("I know that the facility will learn who reported this."),
    )
