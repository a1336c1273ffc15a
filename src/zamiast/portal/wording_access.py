"""The words for access: what is open, how an offer stands, what changed and why.

>>> of_notice("lost", "withdrawn").stands_out
True
>>> set(OF_WANTS) >= {"see_account", "health_information"}
True
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Text = str | Promise
ANY = "*"


@dataclass(frozen=True)
class Words:
    """What was done, and why or what it means for the holder."""

    what: Text
    why: Text
    stands_out: bool = False


_SENT = gettext_lazy("Another system sent this. Who sees what is shown under “Access”.")

LOOKS: dict[tuple[str, str], Words] = {
    ("access.opened", ANY): Words(
        gettext_lazy("Looked at this account."),
        gettext_lazy("This person may see it. Who else may is shown under “Access”."),
    ),
    ("access.opened", "refused"): Words(
        gettext_lazy("Tried to open this account and was refused."),
        gettext_lazy("Nothing was shown."),
        stands_out=True,
    ),
    ("access.used", ANY): Words(
        gettext_lazy("Was stopped while looking at this account."),
        gettext_lazy("Access had ended in the meantime. Nothing was shown."),
        stands_out=True,
    ),
    ("access.gained", ANY): Words(
        gettext_lazy("Something was opened to you."),
        gettext_lazy("See “Access”: there stands what is open to you."),
    ),
    ("access.lost", ANY): Words(
        gettext_lazy("Something is no longer open to you."),
        gettext_lazy("See “Access”: there stands why, and what you can do."),
    ),
    ("access.changed", ANY): Words(
        gettext_lazy("What is open to you changed."),
        gettext_lazy("See “Access”: there stands what is open to you."),
    ),
    ("access.given_up", ANY): Words(
        gettext_lazy("Gave up the access to this account."),
        gettext_lazy("It ended at once."),
    ),
    ("access.all_ended", ANY): Words(
        gettext_lazy("Ended everything that had been given to others."),
        gettext_lazy("It ended at once."),
    ),
    ("access.frozen", ANY): Words(
        gettext_lazy("Stopped the access of others in an emergency."),
        gettext_lazy("Another specialist checks it within 72 hours."),
        stands_out=True,
    ),
    ("access.freeze_reviewed", ANY): Words(
        gettext_lazy("Checked an emergency stop."),
        gettext_lazy("A second specialist decided whether it stays."),
    ),
    ("access.freeze_overdue", ANY): Words(
        gettext_lazy("An emergency stop was not checked within 72 hours."),
        gettext_lazy(
            "It goes on. The supervisor and the data protection officer were told: "
            "a second specialist has to check it."
        ),
        stands_out=True,
    ),
    ("access.change_proposed", ANY): Words(
        gettext_lazy("Proposed to change who sees this account."),
        gettext_lazy("Nothing has changed yet: a second specialist checks the documents."),
    ),
    ("access.change_decided", ANY): Words(
        gettext_lazy("Decided about a change of who sees this account."),
        gettext_lazy("Two specialists checked the documents."),
    ),
    ("guardian.offered", ANY): Words(
        gettext_lazy("Invited a second guardian."),
        gettext_lazy("The invitation opens nothing until the pairing code is typed."),
    ),
    ("guardian.accepted", ANY): Words(
        gettext_lazy("Became the second guardian."),
        gettext_lazy("From then on this person sees the account. It can be taken back."),
        stands_out=True,
    ),
    ("guardian.withdrawn", ANY): Words(
        gettext_lazy("Took back a guardian's access."), gettext_lazy("It ended at once.")
    ),
    ("authorisation.offered", ANY): Words(
        gettext_lazy("Offered an authorisation."),
        gettext_lazy("It opens nothing until the pairing code is typed."),
    ),
    ("authorisation.accepted", ANY): Words(
        gettext_lazy("Took up an authorisation."),
        gettext_lazy("It holds on the days that were chosen. It can be revoked at once."),
        stands_out=True,
    ),
    ("authorisation.revoked", ANY): Words(
        gettext_lazy("Revoked an authorisation."), gettext_lazy("It ended at once.")
    ),
    ("authorisation.agreed", ANY): Words(
        gettext_lazy("Agreed that another person is told about the health."),
        gettext_lazy("At 16 and 17 your own consent is needed too."),
    ),
    ("invitation.received", ANY): Words(
        gettext_lazy("Invited you to something."),
        gettext_lazy(
            "It opens with a pairing code that the other person gives you. "
            "If you expect nothing, you need to do nothing."
        ),
    ),
    ("invitation.accepted", ANY): Words(
        gettext_lazy("Took up an invitation."), gettext_lazy("The pairing code was right.")
    ),
    ("invitation.declined", ANY): Words(
        gettext_lazy("Declined an invitation."), gettext_lazy("Nothing was opened.")
    ),
    ("invitation.cancelled", ANY): Words(
        gettext_lazy("Took an invitation back."), gettext_lazy("Its code no longer works.")
    ),
    ("invitation.missed", ANY): Words(
        gettext_lazy("Typed a wrong pairing code."),
        gettext_lazy("After three wrong codes a new one is needed."),
    ),
    ("document.added", ANY): Words(
        gettext_lazy("Added a document to a case."),
        gettext_lazy("Purpose: so that two specialists can check it."),
    ),
    ("document.read", ANY): Words(
        gettext_lazy("Opened a document of a case."),
        gettext_lazy("Purpose: to check what it says about access."),
    ),
    ("insurance.registered", ANY): Words(gettext_lazy("Registered a child for insurance."), _SENT),
    ("insurance.stated", ANY): Words(gettext_lazy("Registered a child for insurance."), _SENT),
    ("insurance.published", ANY): Words(
        gettext_lazy("Published a child's registration for insurance."), _SENT
    ),
    ("insurance.ended", ANY): Words(
        gettext_lazy("Ended a child's registration for insurance."), _SENT
    ),
    ("own_title.registered", ANY): Words(
        gettext_lazy("Registered an insurance of your own."), _SENT
    ),
    ("own_title.ended", ANY): Words(gettext_lazy("Ended an insurance of your own."), _SENT),
    ("relation.stated", ANY): Words(gettext_lazy("Entered who acts for whom in law."), _SENT),
    ("relation.ended", ANY): Words(gettext_lazy("Ended who acts for whom in law."), _SENT),
    ("consent.stated", ANY): Words(
        gettext_lazy("Entered an authorisation."), _SENT, stands_out=True
    ),
    ("consent.ended", ANY): Words(gettext_lazy("Ended an authorisation."), _SENT),
    ("notice.read", ANY): Words(
        gettext_lazy("Read what changed about access."), gettext_lazy("The messages were shown.")
    ),
}
REFUSED = Words(
    gettext_lazy("Tried something that is not allowed."),
    gettext_lazy("Nothing was changed and nothing was shown."),
)

OF_WANTS: dict[str, Text] = {
    "see_account": gettext_lazy("the account"),
    "see_prescriptions": gettext_lazy("prescriptions"),
    "see_referrals": gettext_lazy("referrals"),
    "see_documentation": gettext_lazy("medical documentation"),
    "health_information": gettext_lazy("information about health, from those who treat"),
}

SCOPES: dict[str, Text] = {
    "health_information": gettext_lazy("To be told about health"),
    "documentation": gettext_lazy("To see the medical documentation"),
    "account_data": gettext_lazy("To see the account: prescriptions, referrals"),
}
GUARDIAN = gettext_lazy("To look after the account as second guardian")

OFFERS: dict[str, Text] = {
    "waiting": gettext_lazy("waits for the code"),
    "accepted": gettext_lazy("taken up"),
    "expired": gettext_lazy("expired"),
    "cancelled": gettext_lazy("taken back"),
}

_NOTICES: dict[str, Text] = {
    "gained": gettext_lazy("This was opened to you:"),
    "lost": gettext_lazy("This is no longer open to you:"),
    "changed": gettext_lazy("Who may see this account changed:"),
}
_BECAUSE: dict[tuple[str, str], Text] = {
    ("lost", "withdrawn"): gettext_lazy("The person who gave you this access took it back."),
    ("lost", "given_up"): gettext_lazy("You gave it up."),
    ("lost", "revoked"): gettext_lazy("The authorisation was revoked."),
    ("gained", "accepted"): gettext_lazy("You typed the pairing code of an invitation."),
    ("changed", "accepted"): gettext_lazy("Somebody took up an invitation or an authorisation."),
    ("changed", "withdrawn"): gettext_lazy("Access that had been given was taken back."),
    ("changed", "given_up"): gettext_lazy("Somebody gave up their access."),
    ("changed", "revoked"): gettext_lazy("An authorisation was revoked."),
    (ANY, "agreed"): gettext_lazy("The young person agreed to it."),
    (ANY, "freeze"): gettext_lazy(
        "A specialist stopped access until it is checked. Nothing is lost from the account."
    ),
    (ANY, "review"): gettext_lazy("A second specialist checked the stop."),
    (ANY, "ruling"): gettext_lazy("Two specialists checked a ruling of a court."),
    (ANY, "decision"): gettext_lazy("Two specialists decided it on documents."),
    (ANY, "reversed"): gettext_lazy("Two specialists reversed an earlier change."),
}
_OTHERWISE = gettext_lazy("Ask the helpline if you want to know more.")


def of_notice(what: str, because: str) -> Words:
    """What changed about somebody's access, and why."""
    why = _BECAUSE.get((what, because)) or _BECAUSE.get((ANY, because)) or _OTHERWISE
    return Words(_NOTICES.get(what, _NOTICES["changed"]), why, stands_out=what == "lost")
