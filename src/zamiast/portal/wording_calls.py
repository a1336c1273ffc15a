"""The words for what happened with calls begun in the account, and with codes on paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from zamiast.portal.wording_access import ANY, Words

LOOKS: dict[tuple[str, str], Words] = {
    ("call.intent_made", ANY): Words(
        gettext_lazy("Began a call in the account."),
        gettext_lazy("Chose what it is about and what the helpline may see in it."),
    ),
    ("call.intent_ended", ANY): Words(
        gettext_lazy("Gave up a call that was begun in the account."),
        gettext_lazy("Its code does not work any more."),
    ),
    ("call.begun_in_account", ANY): Words(
        gettext_lazy("Brought the code of a call that you began in the account."),
        gettext_lazy("The call is about your account now. Nothing is shown by this alone."),
    ),
    ("call.taken_up", ANY): Words(
        gettext_lazy("Took up the call that you began in the account."),
        gettext_lazy("Can see what you chose beforehand, in this call only."),
        stands_out=True,
    ),
    ("call.paper_keyed", "confirmed"): Words(
        gettext_lazy("Brought the right digits of your code on paper."),
        gettext_lazy("The consultant can see what the receipt under “Calls” lists."),
        stands_out=True,
    ),
    ("call.paper_keyed", "mistyped"): Words(
        gettext_lazy("Brought digits that were not those of your code on paper."),
        gettext_lazy("Nothing was shown. After three times in a row the sheet is blocked."),
        stands_out=True,
    ),
    ("call.act_asked", ANY): Words(
        gettext_lazy("Asked you in a call to do something with your passkey."),
        gettext_lazy("Nothing is done unless you do it yourself."),
        stands_out=True,
    ),
    ("call.act_answered", "done"): Words(
        gettext_lazy("Did what the helpline asked for, with a passkey."),
        gettext_lazy("All access that was given to others has ended."),
        stands_out=True,
    ),
    ("call.act_answered", "declined"): Words(
        gettext_lazy("Did not want what the helpline asked for."),
        gettext_lazy("Everything stayed as it was."),
    ),
    ("paper.printed", ANY): Words(
        gettext_lazy("Printed codes on paper for calls."),
        gettext_lazy("An older sheet does not work any more."),
        stands_out=True,
    ),
    ("paper.handed_out", ANY): Words(
        gettext_lazy("Handed out codes on paper for calls, in person."),
        gettext_lazy("An older sheet does not work any more. If you did not get one, end it."),
        stands_out=True,
    ),
    ("paper.ended", ANY): Words(
        gettext_lazy("Ended the codes on paper."), gettext_lazy("No code of the sheet works now.")
    ),
    ("paper.blocked", ANY): Words(
        gettext_lazy("Blocked your sheet of codes."),
        gettext_lazy("Wrong digits were keyed three times in a row. Nothing was shown."),
        stands_out=True,
    ),
}
