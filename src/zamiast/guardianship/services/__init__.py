"""What people and specialists do. One verb, one transaction, events for everybody concerned.

No service may run inside a transaction: a refusal is committed as an event before its
error is raised. Only ``take_in`` may: an import has a batch of its own around it.
"""

from zamiast.guardianship.services.authorisations import (
    agree_as_minor,
    authorise,
    revoke_authorisation,
)
from zamiast.guardianship.services.changes import (
    Details,
    decide_change,
    propose_change,
    reverse_change,
)
from zamiast.guardianship.services.freezes import freeze, review_freeze
from zamiast.guardianship.services.guardians import (
    end_everything,
    give_up,
    invite_second_parent,
    withdraw_grant,
)
from zamiast.guardianship.services.intake import (
    Consented,
    Covered,
    Related,
    Taken,
    take_in,
)
from zamiast.guardianship.services.pairing import (
    Invited,
    Paired,
    accept_invitation,
    cancel_invitation,
    decline_invitation,
)
from zamiast.guardianship.services.reading import read_notices

__all__ = [
    "Consented",
    "Covered",
    "Details",
    "Invited",
    "Paired",
    "Related",
    "Taken",
    "accept_invitation",
    "agree_as_minor",
    "authorise",
    "cancel_invitation",
    "decide_change",
    "decline_invitation",
    "end_everything",
    "freeze",
    "give_up",
    "invite_second_parent",
    "propose_change",
    "read_notices",
    "reverse_change",
    "review_freeze",
    "revoke_authorisation",
    "take_in",
    "withdraw_grant",
]
