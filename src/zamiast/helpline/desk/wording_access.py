"""What the specialist's screens say: kinds of change, roles, what stands at an account."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zamiast.guardianship.models import ChangeKind

ROLES = (
    ("parent", pgettext_lazy("role", "parent")),
    ("guardian", pgettext_lazy("role", "guardian")),
    ("curator", pgettext_lazy("role", "curator")),
)
AUTHORITIES = (
    ("full", pgettext_lazy("authority", "full")),
    ("co_deciding", pgettext_lazy("authority", "limited to co-deciding in essential matters")),
    ("limited", pgettext_lazy("authority", "limited otherwise")),
    ("suspended", pgettext_lazy("authority", "suspended")),
    ("taken_away", pgettext_lazy("authority", "taken away")),
)
DEGREES = (
    ("full", pgettext_lazy("incapacitation", "full")),
    ("partial", pgettext_lazy("incapacitation", "partial")),
)
KINDS = {
    ChangeKind.RECORD_REPRESENTATION: gettext_lazy("Record who represents in law"),
    ChangeKind.END_REPRESENTATION: gettext_lazy("End a representation"),
    ChangeKind.RECORD_FOSTER_CARE: gettext_lazy("Record foster care"),
    ChangeKind.END_FOSTER_CARE: gettext_lazy("End foster care"),
    ChangeKind.RECORD_INCAPACITATION: gettext_lazy("Record incapacitation"),
    ChangeKind.END_INCAPACITATION: gettext_lazy("End incapacitation"),
    ChangeKind.OPEN_ACCESS: gettext_lazy("Open access"),
    ChangeKind.CLOSE_ACCESS: gettext_lazy("Close access that was given"),
    ChangeKind.PROTECT_ADDRESS: gettext_lazy("Protect the address"),
    ChangeKind.END_PROTECTION: gettext_lazy("End the protection of the address"),
    ChangeKind.CORRECT_LINK: gettext_lazy("Correct a wrong link"),
    ChangeKind.LIFT_FREEZE: gettext_lazy("Lift a freeze that was kept"),
    ChangeKind.REVERSE: gettext_lazy("Reverse a change"),
}
HOW = {
    "caller": gettext_lazy("who called or wrote"),
    "identifier": gettext_lazy("identifier from the case"),
    "tied": gettext_lazy("tied to an account of the case"),
}


def sentence(code: str) -> str | None:
    """The sentence for an error of the specialist's services; None for any other."""
    sentences = {
        "casework.not_well_formed": _("This is no identifier: twelve digits, and one differs."),
        "casework.not_active": _(
            "This identifier is not active. Check the digits in the document."
        ),
        "casework.nobody_tied": _("No fact ties anybody to this account."),
        "casework.limited": _("Too many numbers that were not active. Try again in an hour."),
        "casework.no_letter_left": _("A case holds eight accounts. Open another case."),
        "casework.no_document_to_compare": _("Add a document first: names are for comparing."),
        "helpline.no_document": _("There is no such document in this case."),
        "helpline.document_damaged": _("The file is not what was stored. Tell the operator."),
        "helpline.document_too_large": _("The file is larger than 10 MB. Nothing was saved."),
        "helpline.document_not_yours": _(
            "Take the case first: only who has it opens its documents."
        ),
        "helpline.document_kind": _("Only PDF, JPEG and PNG are taken. Nothing was saved."),
        "guardianship.specialists_only": _("Only a specialist does this."),
        "guardianship.second_factor": _(
            "Your code or passkey was shown too long ago. Nothing was saved. Do it once more."
        ),
        "guardianship.change_not_by_who_took_the_call": _(
            "You took the call. Two other specialists propose and decide."
        ),
        "guardianship.change_decided_by_another": _("You proposed it. Another specialist decides."),
        "guardianship.decided_already": _(
            "Somebody was faster: this change is decided. Nothing of yours was saved."
        ),
        "guardianship.reviewed_already": _(
            "Somebody was faster: this freeze is reviewed. Nothing of yours was saved."
        ),
        "guardianship.freeze_reviewed_by_another": _(
            "You placed the freeze. Another specialist reviews it."
        ),
        "guardianship.frozen_already": _("This access is stopped already."),
        "guardianship.reversed_once": _("This change is being reversed already."),
        "guardianship.change_not_made": _("Only a change that was made can be reversed."),
        "guardianship.one_grant_at_a_time": _("This access is open already."),
        "guardianship.no_change": _("There is no such change."),
        "guardianship.no_freeze": _("There is no such freeze."),
        "casework.reason": _("Write the reason. Nothing was saved."),
    }
    return sentences.get(code)
