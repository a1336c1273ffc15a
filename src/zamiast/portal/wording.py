"""The words for what others did with an account: one table, so that nobody reads a code.

>>> of_look("call.identify", "not_active").stands_out
True
>>> is_worded("something.new")
False
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zamiast.portal import wording_access, wording_calls
from zamiast.portal.wording_access import ANY as _ANY
from zamiast.portal.wording_access import Text, Words

__all__ = [
    "Text", "Words", "is_worded", "kinds_of_actors", "of_actor", "of_case_state", "of_fields",
    "of_level", "of_look", "on_behalf",
]  # fmt: skip

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
    ("push.on", _ANY): Words(
        gettext_lazy("Switched messages on for a phone."),
        gettext_lazy("They say only that something is new."),
    ),
    ("push.changed", _ANY): Words(
        gettext_lazy("Changed what a phone tells."),
        gettext_lazy("Messages say only that something is new."),
    ),
    ("push.off", _ANY): Words(
        gettext_lazy("Switched messages off for a phone."), gettext_lazy("It tells nothing now.")
    ),
    ("call.confirmation_asked", "asked"): Words(
        gettext_lazy("Asked you to confirm a call."),
        gettext_lazy("Nothing is shown unless you type the number that the consultant reads."),
    ),
    ("call.confirmation_asked", "in_vain"): Words(
        gettext_lazy("Wanted to ask you to confirm a call."),
        gettext_lazy(
            "You were not asked: questions are suspended, there were too many, or another call"
            " was asking. Nothing was shown."
        ),
        stands_out=True,
    ),
    ("call.confirmation_typed", _ANY): Words(
        gettext_lazy("Typed the number of a call."),
        gettext_lazy("For the account that was chosen: see the receipt under “Calls”."),
    ),
    ("call.field_opened", _ANY): Words(
        gettext_lazy("Looked at one detail of yours in a call that was confirmed."),
        gettext_lazy("It was on the list that was confirmed. See the receipt under “Calls”."),
        stands_out=True,
    ),
    **wording_calls.LOOKS,
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
    ("case.document_added", _ANY): Words(
        gettext_lazy("Added a document to a case."),
        gettext_lazy("Purpose: to keep with the case what was sent for it."),
    ),
    ("case.document_read", _ANY): Words(
        gettext_lazy("Opened a document of a case."),
        gettext_lazy("Purpose: to work on the matter."),
    ),
    ("note.written", _ANY): Words(
        gettext_lazy("Wrote a note in a case."),
        gettext_lazy("Purpose: so that the next consultant need not ask again."),
    ),
    ("case.taken", _ANY): Words(
        gettext_lazy("Took your case."), gettext_lazy("This person works on it now.")
    ),
    ("case.assigned", _ANY): Words(
        gettext_lazy("Gave your case to a colleague."),
        gettext_lazy("A supervisor decides who works on what."),
    ),
    ("case.handed_over", _ANY): Words(
        gettext_lazy("Handed your case over to a colleague."),
        gettext_lazy("For instance at the end of a shift."),
    ),
    ("case.passed_on", _ANY): Words(
        gettext_lazy("Passed your case on to another team."),
        gettext_lazy("Those who can solve it go on with it."),
    ),
    ("case.paused", _ANY): Words(
        gettext_lazy("Let your case wait."),
        gettext_lazy("It waits for an answer from somebody else, until a set day."),
    ),
    ("case.resumed", _ANY): Words(
        gettext_lazy("Went on with your case."), gettext_lazy("It does not wait any more.")
    ),
    ("case.reminded", _ANY): Words(
        gettext_lazy("Reminded you that your case waits for your letter."),
        gettext_lazy("Without one it goes on by itself on the day that stands in it."),
    ),
    ("case.split", _ANY): Words(
        gettext_lazy("Made two cases out of one."),
        gettext_lazy("Two matters are solved apart from each other."),
    ),
    ("case.merged", _ANY): Words(
        gettext_lazy("Put two of your cases together."),
        gettext_lazy("They were about the same thing. Nothing was lost."),
    ),
    ("case.linked", _ANY): Words(
        gettext_lazy("Noted that two cases belong together."), gettext_lazy("Nothing else changed.")
    ),
    ("case.deleted", _ANY): Words(
        gettext_lazy("Deleted an old case of yours."),
        gettext_lazy("Its time of keeping was over. This entry is what is left of it."),
    ),
    ("message.sent", _ANY): Words(
        gettext_lazy("Wrote an answer to you."), gettext_lazy("You find it in the case.")
    ),
    ("message.received", _ANY): Words(
        gettext_lazy("Wrote to the helpline in a case."), gettext_lazy("The helpline reads it.")
    ),
    ("callback.promised", _ANY): Words(
        gettext_lazy("Promised to call you back."),
        gettext_lazy("Because the caller asked for it."),
    ),
    ("callback.asked", _ANY): Words(
        gettext_lazy("Asked the helpline to call."),
        gettext_lazy("We call only who asks for it. You can take it back under “Calls”."),
    ),
    ("callback.taken_back", _ANY): Words(
        gettext_lazy("Wants no call any more."), gettext_lazy("The helpline does not call.")
    ),
    ("callback.taken", _ANY): Words(
        gettext_lazy("Calls you back as promised."),
        gettext_lazy("We call only when somebody asked for it."),
    ),
    ("callback.kept", _ANY): Words(
        gettext_lazy("Called back as promised."), gettext_lazy("The caller had asked for it.")
    ),
    ("callback.not_reached", _ANY): Words(
        gettext_lazy("Called back, nobody answered."), gettext_lazy("We try again later.")
    ),
    ("callback.missed", _ANY): Words(
        gettext_lazy("A promised call back is late."),
        gettext_lazy("It stands at the top of the helpline's list until it is made."),
        stands_out=True,
    ),
    ("callback.given_up", _ANY): Words(
        gettext_lazy("Gave up a promised call back."),
        gettext_lazy("Nobody answered, or the caller did not want it any more."),
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
    ("login.linked", _ANY): Words(
        gettext_lazy("Tied an identity provider to your account."),
        gettext_lazy(
            "You logged in with it for the first time. If it was not you, call us at once."
        ),
        stands_out=True,
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
    ("mail.entered", _ANY): Words(
        gettext_lazy("Entered an e-mail address for messages."),
        gettext_lazy("It is used after it was confirmed by a link."),
    ),
    ("mail.confirmed", _ANY): Words(
        gettext_lazy("Confirmed an e-mail address."),
        gettext_lazy("Messages without content go there from then on."),
    ),
    ("mail.changed", _ANY): Words(
        gettext_lazy("Changed about what messages are sent."), gettext_lazy("It holds at once.")
    ),
    ("mail.removed", _ANY): Words(
        gettext_lazy("Removed the e-mail address for messages."),
        gettext_lazy("It is forgotten."),
    ),
    ("identifier.retired", _ANY): Words(
        gettext_lazy("Retired your identifier."),
        gettext_lazy("It does not work any more."),
        stands_out=True,
    ),
    ("account.left", _ANY): Words(
        gettext_lazy("Closed the account at the holder's wish."),
        gettext_lazy("For some days it can be undone by logging in."),
        stands_out=True,
    ),
    ("account.came_back", _ANY): Words(
        gettext_lazy("Opened the account again."),
        gettext_lazy("There is a new identifier."),
        stands_out=True,
    ),
    ("account.closed", _ANY): Words(
        gettext_lazy("Closed your account."),
        gettext_lazy("Its identifier does not work any more."),
        stands_out=True,
    ),
}
_LOOKS |= {
    ("entry.changed", _ANY): Words(
        gettext_lazy("Changed an entry in the health records."),
        gettext_lazy("The facility that wrote it sent it anew. What it said before is kept."),
    ),
    ("dispute.opened", _ANY): Words(
        gettext_lazy("Reported an entry as wrong."),
        gettext_lazy("It is marked until the facility that wrote it has changed it."),
    ),
    ("dispute.ended", _ANY): Words(
        gettext_lazy("A reported entry was changed by its author."),
        gettext_lazy("Look at it: if it is still wrong, report it again."),
    ),
}
_OTHER = Words(
    gettext_lazy("Did something with your account."),
    gettext_lazy("Call the helpline to ask what it was."),
)


OWN = gettext_lazy("This was you, or somebody who logged in as you. Was it not you? Call us.")
"""Why the own account was opened."""


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


# What only a specialist, or only a supervisor, can do tells which role it was.
_BY_SPECIALISTS = ("access.", "document.", "case.account_named", "case.names_read")
_MACHINES = {
    "import": gettext_lazy("import of data"),
    "importer": gettext_lazy("import of data"),
    "import insurance": gettext_lazy("import of insurance data"),
    "demo": gettext_lazy("demonstration"),
    "portal": gettext_lazy("this website"),
    "desk": gettext_lazy("the helpline's program"),
    "worker": gettext_lazy("nightly jobs"),
}


def of_actor(kind: str, name: str, known: str = "", what: str = "") -> str:
    """Who did it: staff by K-number and role, another holder by name where it is known.

    >>> of_actor("holder", "other-7", "Maria Nowak"), "K-417" in of_actor("staff", "K-417")
    ('Maria Nowak', True)
    """
    if kind == "holder" and name.startswith("other"):
        return known or _("Another person")
    if kind == "staff":
        specialist = what.startswith(_BY_SPECIALISTS)
        words = _("Specialist %(name)s") if specialist else _("Consultant %(name)s")
        return words % {"name": name} + ", " + _("helpline")
    if kind == "operator" and name != kind:
        return _("The operator of this service: %(name)s") % {"name": name}
    if kind == "machine":
        return _("A machine: %(name)s") % {"name": _MACHINES.get(name) or _("automatic work")}
    others = {"holder": _("You"), "operator": _("The operator of this service")}
    return others.get(kind) or _("Unknown")


def on_behalf(kind: str, whom: str | None) -> str:
    """For whom a machine or the operator acted; a holder's own acts need no such word.

    >>> on_behalf("holder", "account 7"), on_behalf("machine", None)
    ('', '')
    """
    if not whom or kind == "holder":
        return ""
    return _("on behalf of %(whom)s") % {"whom": whom}


def of_level(level: int) -> str:
    """Through which level of assurance something was reached; nothing for the lowest."""
    return {
        1: _("Level 1: somebody said your identifier. It proves nothing."),
        2: _("Level 2: you confirmed it in your account."),
        3: _("Level 3: confirmed with a passkey or by documents."),
    }.get(level, "")


_FIELDS = {
    "name": gettext_lazy("name"),
    "birth_date": gettext_lazy("birth date"),
    "facts": gettext_lazy("who has access and why"),
    "language": gettext_lazy("language"),
}


def of_fields(codes: str | None) -> tuple[str, ...]:
    """What was seen, in words; a code without words is not shown."""
    return tuple(str(_FIELDS[code]) for code in (codes or "").split(",") if code in _FIELDS)


def kinds_of_actors() -> list[tuple[str, Text]]:
    """By whom a list can be narrowed."""
    return [
        ("everybody", _("everybody")),
        ("people", _("people of the helpline and the operator")),
        ("holders", _("people who may see the account")),
        ("yourself", _("you, or whoever logged in as you")),
        ("machines", _("machines")),
    ]


def of_case_state(state: str) -> str:
    """Where a case stands."""
    states = {
        "open": _("Open"),
        "waiting": _("Waiting"),
        "closed": _("Closed"),
        "disowned": _("Not mine"),
        "merged": _("Goes on in another case"),
    }
    return states.get(state) or _("Unknown")
