"""The words for what others did with an account: one table, so that nobody reads a code.

>>> of_look("call.identify", "not_active").stands_out
True
>>> is_worded("something.new")
False
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zamiast.portal import wording_access
from zamiast.portal.wording_access import ANY as _ANY
from zamiast.portal.wording_access import Text, Words

__all__ = ["Text", "Words", "is_worded", "of_actor", "of_case_state", "of_look"]

_LOOKS: dict[tuple[str, str], Words] = {
    **wording_access.LOOKS,
    ("call.identify", "identified"): Words(
        gettext_lazy("Checked whether the identifier that a caller said works."),
        gettext_lazy(
            "Purpose: to know which account the call is about. The consultant saw that it works "
            "and which language you speak. No name, no health data."
        ),
    ),
    ("call.identify", "not_active"): Words(
        gettext_lazy("Somebody used your old or suspended identifier in a call."),
        gettext_lazy(
            "It did not work: the consultant learned nothing about you. If it was you, say the "
            "identifier from the page “Your identifier” next time. If it was not you, you need "
            "to do nothing."
        ),
        stands_out=True,
    ),
    ("call.identify", "limited"): Words(
        gettext_lazy("Stopped looking up numbers in a call."),
        gettext_lazy("There were too many numbers that did not work. Nothing was shown."),
        stands_out=True,
    ),
    ("case.opened", _ANY): Words(
        gettext_lazy("Opened a case."),
        gettext_lazy("Purpose: to write down what the caller asked for."),
    ),
    ("case.read", _ANY): Words(
        gettext_lazy("Read a case."), gettext_lazy("Purpose: to work on the matter.")
    ),
    ("case.closed", _ANY): Words(
        gettext_lazy("Closed a case."), gettext_lazy("The matter was dealt with.")
    ),
    ("case.reopened", _ANY): Words(
        gettext_lazy("Opened a case again."),
        gettext_lazy("Somebody is working on the matter again."),
    ),
    ("case.disowned", _ANY): Words(
        gettext_lazy("Marked a case as not yours."),
        gettext_lazy("You said that it was not you who called."),
    ),
    ("note.written", _ANY): Words(
        gettext_lazy("Wrote a note in a case."),
        gettext_lazy("Purpose: so that the next consultant need not ask again."),
    ),
    ("identifier.issued", _ANY): Words(
        gettext_lazy("Issued your identifier."),
        gettext_lazy("So that you need not say your PESEL when you call."),
    ),
    ("identifier.suspended", _ANY): Words(
        gettext_lazy("Suspended your identifier."),
        gettext_lazy("Nobody can use it until you resume it on the page “Your identifier”."),
        stands_out=True,
    ),
    ("identifier.resumed", _ANY): Words(
        gettext_lazy("Resumed your identifier."), gettext_lazy("It works again."), stands_out=True
    ),
    ("identifier.replaced", _ANY): Words(
        gettext_lazy("Replaced your identifier."),
        gettext_lazy("The old one does not work any more."),
        stands_out=True,
    ),
    ("account.opened", _ANY): Words(
        gettext_lazy("Opened your account."), gettext_lazy("It existed before you first logged in.")
    ),
    ("account.first_used", _ANY): Words(
        gettext_lazy("First log-in to your account."),
        gettext_lazy("From then on your account counts as used."),
    ),
    ("vault.stored", _ANY): Words(
        gettext_lazy("Stored a national number of yours, encrypted."),
        gettext_lazy("It came from another system. Nobody at the helpline can see it."),
    ),
    ("vault.matched", _ANY): Words(
        gettext_lazy("Checked whether a national number is yours."),
        gettext_lazy("Purpose: to find your account without showing the number."),
    ),
    ("vault.revealed", _ANY): Words(
        gettext_lazy("Asked to read a national number of yours."),
        gettext_lazy("Only the operator can do this, with a reason. Ask the helpline about it."),
        stands_out=True,
    ),
    ("account.closed", _ANY): Words(
        gettext_lazy("Closed your account."),
        gettext_lazy("Its identifier does not work any more."),
        stands_out=True,
    ),
}
_OTHER = Words(
    gettext_lazy("Did something with your account."),
    gettext_lazy("Call the helpline to ask what it was."),
)


def of_look(what: str, outcome: str) -> Words:
    """The words for one look; plain general ones for what the table does not know."""
    if (what, outcome) in _LOOKS:
        return _LOOKS[what, outcome]
    if outcome == "refused":
        return wording_access.REFUSED
    return _LOOKS.get((what, _ANY)) or _OTHER


def is_worded(what: str) -> bool:
    """Whether the table knows what was done."""
    return any(known == what for known, _outcome in _LOOKS)


def of_actor(kind: str, name: str, known: str = "") -> str:
    """Who did it: staff by K-number, another holder by name where it is known.

    >>> of_actor("holder", "other-7", "Maria Nowak"), of_actor("staff", "K-417")[-5:]
    ('Maria Nowak', 'K-417')
    """
    if kind == "holder" and name.startswith("other"):
        return known or _("Another person")
    if kind == "staff":
        return _("Consultant %(name)s") % {"name": name}
    if kind == "holder" and name.startswith("other"):
        return _("Another person")
    if kind == "operator" and name != kind:
        return _("The operator of this service: %(name)s") % {"name": name}
    others = {
        "holder": _("You"),
        "operator": _("The operator of this service"),
        "machine": _("The system, by itself"),
    }
    return others.get(kind) or _("Unknown")


def of_case_state(state: str) -> str:
    """Where a case stands."""
    states = {"open": _("Open"), "closed": _("Closed"), "disowned": _("Not mine")}
    return states.get(state) or _("Unknown")
