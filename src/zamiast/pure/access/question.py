"""Who wants what on whose account.

>>> Question("father", Want.SEE_ACCOUNT, "child").own
False
>>> Question("child", Want.LOG_IN, "child").own
True
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Want(StrEnum):
    """The kinds of access; each is decided by itself."""

    LOG_IN = "log_in"
    SEE_ACCOUNT = "see_account"
    SEE_PRESCRIPTIONS = "see_prescriptions"
    SEE_REFERRALS = "see_referrals"
    SEE_DOCUMENTATION = "see_documentation"
    HEALTH_INFORMATION = "health_information"
    INVITE_GUARDIAN = "invite_guardian"
    ACCEPT_GRANT = "accept_grant"
    WITHDRAW = "withdraw"
    AUTHORISE = "authorise"
    CONSENT_TO_TREATMENT = "consent_to_treatment"


SEEING = frozenset(
    {Want.SEE_ACCOUNT, Want.SEE_PRESCRIPTIONS, Want.SEE_REFERRALS, Want.SEE_DOCUMENTATION}
)
KNOWING = SEEING | {Want.HEALTH_INFORMATION}
EVERYTHING = frozenset(Want)


@dataclass(frozen=True, slots=True)
class Question:
    """``actor`` wants ``want`` on the account of ``account``.

    ``about`` is the third person when there is one: whose access is to be withdrawn.
    Whom an invitation is for plays no part, so that the answer tells nothing of them.
    """

    actor: str
    want: Want
    account: str
    about: str | None = None

    @property
    def own(self) -> bool:
        """Say whether the actor asks about their own account."""
        return self.actor == self.account
