"""What the desk says: about a number that was heard, about an answer, about an error.

The same sentences go to the browser as data (``words``), so that the answer while typing
and the answer of the server are one. No sentence holds a digit that was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zamiast.helpline.desk import wording_access, wording_scripts, wording_work
from zamiast.pure import identifier

STATES = ("open", "waiting", "closed", "disowned", "merged")
TRIES = 3  # misheard this often, the script offers to go on without the identifier


@dataclass(frozen=True)
class Heard:
    """What to do about a number as it was typed: ``kind`` for the look, sentences to show."""

    kind: str  # good, bad, pesel
    text: str
    why: str = ""


def heard(number: str) -> Heard | None:
    """What is wrong with a number, in words; None when it is a well-formed identifier."""
    said = words()
    if not identifier.is_repeatable(number):
        return Heard("pesel", said["pesel"])
    digits = identifier.compact(number)
    if identifier.is_valid(digits):
        return None
    if not (digits.isascii() and digits.isdigit()):
        return Heard("bad", said["letters"])
    slips = identifier.diagnose(digits)
    if slips:
        return _explained(slips, said)
    return Heard("bad", said["unclear"] if len(digits) == 12 else said["length"])


def _explained(slips: list[identifier.Slip], said: dict[str, Any]) -> Heard:
    """Name the groups when all explanations together touch two at most, else ask for all four."""
    kind = slips[0].kind.value
    if kind == "swapped_groups" and len(slips) == 1:
        return Heard("bad", said["order"], said["swapped"][_key(slips[0].groups)])
    groups = sorted({group for slip in slips for group in slip.groups})
    if len(groups) > 2:
        return Heard("bad", said["unclear"])
    why = said["why"].get(kind, "") if len({slip.kind for slip in slips}) == 1 else ""
    return Heard("bad", said["ask"][_key(groups)], why)


def _key(groups: Any) -> str:
    return ",".join(str(group) for group in groups)


def words() -> dict[str, Any]:
    """All sentences about numbers, for the server and the browser, in the reader's language."""
    return {
        "tries": TRIES,
        "progress": _("%(count)s of 12 digits"),
        "good": _("Heard right. Press Enter."),
        "sending": _("Checking …"),
        "offline": _("No answer from the server. Press Enter to try again."),
        "pesel": _(
            "That is a PESEL: do not take it. The field was emptied, nothing was kept."
            " Ask for the account identifier: twelve digits."
        ),
        "letters": _("Digits only, please."),
        "length": _("An identifier has 12 digits. Ask for the whole number, group by group."),
        "unclear": _("More than one digit differs. Ask for the whole number, group by group."),
        "order": _("Ask in which order the groups come."),
        "ask": _ask(),
        "swapped": _swapped(),
        "why": _why(),
        "outcomes": {code: outcome(code).text for code in ("not_active", "limited", "no_call")},
    }


def outcome(code: str) -> Heard:
    """What the desk may know of a number that was looked up in vain."""
    texts = {
        "not_active": _(
            "This number is not active. Why, nobody at the helpline can see."
            " Ask the caller to read the number once more from the account or the card."
        ),
        "limited": _(
            "No more numbers are checked for now. Open a case without an identifier."
            " The supervisor sees this."
        ),
        "no_call": _("This call has ended. Take a call first."),
    }
    return Heard("bad", texts.get(code, ""))


def _ask() -> dict[str, str]:
    names = {
        "1": pgettext("ask again", "the first group"),
        "2": pgettext("ask again", "the second group"),
        "3": pgettext("ask again", "the third group"),
        "4": pgettext("ask again", "the fourth group"),
        "1,2": pgettext("ask again", "the first and the second group"),
        "1,3": pgettext("ask again", "the first and the third group"),
        "1,4": pgettext("ask again", "the first and the fourth group"),
        "2,3": pgettext("ask again", "the second and the third group"),
        "2,4": pgettext("ask again", "the second and the fourth group"),
        "3,4": pgettext("ask again", "the third and the fourth group"),
    }
    return {
        key: _("Ask for %(groups)s once more.") % {"groups": name} for key, name in names.items()
    }


def _swapped() -> dict[str, str]:
    ordinals = [
        pgettext("swapped", "the first"),
        pgettext("swapped", "the second"),
        pgettext("swapped", "the third"),
        pgettext("swapped", "the fourth"),
    ]
    return {
        f"{one + 1},{two + 1}": _("Group %(one)s and group %(two)s seem exchanged.")
        % {"one": ordinals[one], "two": ordinals[two]}
        for one, two in combinations(range(4), 2)
    }


def _why() -> dict[str, str]:
    return {
        "wrong_digit": _("One digit there seems misheard."),
        "exchange": _("Two digits there seem exchanged."),
        "jump_exchange": _("Two digits there seem exchanged around a third."),
        "twin": _("A pair of equal digits there seems misheard."),
        "jump_twin": _("Two equal digits there seem misheard."),
        "teen_ty": _("Perhaps a number like sixteen and sixty. Ask digit by digit."),
        "missing_digit": _("A digit seems to be missing there."),
        "extra_digit": _("There seems to be a digit too many."),
    }


def sentence(code: str) -> str:
    """The sentence for an error that the desk's services raise."""
    sentences = {
        "verification.no_call": _("This call has ended. Take a call first."),
        "verification.no_reason": _("Write why. Nothing was changed."),
        "verification.not_for_them": _("The limit cannot be lifted for this person."),
        "verification.lifted_already": _("The limit is lifted for this person already."),
        "verification.enough_today": _("The limit was lifted often enough for this person today."),
        "verification.no_fields": _("Choose at least one field."),
        "verification.numbers_used_up": _("Three numbers were used in this call."),
        "verification.not_confirmed": _("Nothing is confirmed any more. Nothing was opened."),
        "helpline.no_case": _("There is no case with this number. Check the digits."),
        "helpline.other_state": _("Somebody was faster: the case is in another state now."),
        "helpline.opened_already": _("This call has a case in this matter already."),
        "helpline.empty_note": _("The note is empty. Nothing was saved."),
        "helpline.long_note": _(
            "The note is longer than 4,000 characters. Shorten it; nothing was saved."
        ),
        "helpline.no_matter": _("Choose a matter first."),
        "helpline.not_a_case_number": _("That is not a case number. Case numbers are short."),
        "helpline.unsaved_note": _(
            "The note is not saved. Open the case, or hang up without the note."
        ),
    }
    return (
        sentences.get(code)
        or wording_work.sentence(code)
        or wording_access.sentence(code)
        or wording_scripts.sentence(code)
        or _("This cannot be done now.")
    )


def case_state(state: str) -> str:
    """The name of a state."""
    return {
        "open": pgettext("case", "open"),
        "waiting": pgettext("case", "waiting"),
        "closed": pgettext("case", "closed"),
        "disowned": pgettext("case", "disowned by the holder"),
        "merged": pgettext("case", "merged"),
    }[state]


def who(name: str) -> str:
    """Who did something: a K-number, or in words."""
    words = {"holder": _("the holder"), "form": _("the public form"), "job": _("the system")}
    return words.get(name, name)
