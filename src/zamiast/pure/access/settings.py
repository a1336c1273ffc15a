"""What the operator decides where neither law nor an official page does.

Rules graded weak (W), inferred (I) or unconfirmed (K) in the facts of the field are not
law: each hangs on one of these settings, and is shown to people as the operator's choice.
The defaults are the stricter reading wherever the two readings differ.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's choices; the defaults are what Zamiast ships with."""

    publication_days: int = 21
    """How long the publication of a registration may take (official: up to 21 days)."""
    insurer_must_represent: bool = True
    """Only an insurer who represents the child in law sees the account."""
    grantee_must_represent: bool = True
    """Only a person who represents the child can be added as second guardian."""
    representing_grantee_stands_alone: bool = True
    """A grant to a person who represents the child outlives the access of who gave it."""
    only_grantor_withdraws: bool = True
    """A grant is withdrawn by who gave it, not by any guardian with access."""
    grant_needs_acceptance: bool = True
    """A grant opens the account only after the other person accepted it."""
    foster_insurer_sees_account: bool = False
    """A foster carer who insures the child sees the account without a wider ruling."""
    freeze_closes: bool = True
    """A specialist can stop access in an emergency, before the review."""
    protected_address_hides: bool = True
    """A person whose address is protected neither sees nor is seen."""
    authorisation_months: int | None = None
    """After how many months an authorisation without an end lapses; None: never."""
    primary_care_sees_all: bool = True
    """The doctor, nurse and midwife chosen for primary care see the account."""
    invited_professional_sees: bool = True
    """A professional whom the holder let in sees the account; a pharmacist prescriptions only."""


DEFAULTS = Settings()
