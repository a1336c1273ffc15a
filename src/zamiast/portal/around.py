"""The accounts around somebody: which are open, which are not, and why."""

from __future__ import annotations

from dataclasses import dataclass

from zamiast.guardianship import selectors as guardianship
from zamiast.portal import selectors, wording_access
from zamiast.portal.wording_access import Text
from zamiast.pure.access import Code, Decision, Want
from zamiast.pure.access.view import SEALED

KNOWN = tuple(Want(want) for want in wording_access.OF_WANTS)
ASKED = (*KNOWN, Want.INVITE_GUARDIAN, Want.AUTHORISE)
# Whose child an insurer without authority registered, a wrong entry could have made up.
_UNNAMED = frozenset({Code.INSURER_NOT_REPRESENTATIVE, Code.NOTHING_OPEN_HERE}) | SEALED


@dataclass(frozen=True)
class Tie:
    """Another account with which somebody has to do, and what may be done there today."""

    account: int
    name: str
    decisions: dict[Want, Decision]

    def may(self, want: Want) -> bool:
        """Whether this is allowed."""
        return self.decisions[want].allowed

    @property
    def can_enter(self) -> bool:
        """Whether the account opens, or at least its records do."""
        return self.may(Want.SEE_ACCOUNT) or self.may(Want.SEE_DOCUMENTATION)

    @property
    def is_mourned(self) -> bool:
        """Whether the holder died: such an account is not missing, it is closed."""
        return Code.HOLDER_DIED in self.decisions[Want.SEE_ACCOUNT].codes

    @property
    def wants(self) -> tuple[Want, ...]:
        """What of the account is open to know."""
        return tuple(want for want in KNOWN if self.may(want))

    @property
    def why(self) -> Decision:
        """The decision that says most: on seeing the account, or on what is open instead."""
        seeing = self.decisions[Want.SEE_ACCOUNT]
        return seeing if seeing.allowed or not self.wants else self.decisions[self.wants[0]]


def of(actor: int) -> list[Tie]:
    """All accounts that somebody may know to exist: what is sealed is left out."""
    decided = {
        account: {want: guardianship.decide_on(facts, actor, want, account) for want in ASKED}
        for account, facts in guardianship.tied_facts(actor).items()
    }
    decided = {account: decisions for account, decisions in decided.items()
               if not _hidden(decisions[Want.SEE_ACCOUNT])}  # fmt: skip
    named = [account for account, decisions in decided.items()
             if not _UNNAMED & set(decisions[Want.SEE_ACCOUNT].codes)]  # fmt: skip
    names = selectors.names_of(named)
    return [Tie(account, names.get(account, ""), found) for account, found in decided.items()]


def seers(own: int) -> list[tuple[str, list[Text]]]:
    """Who else sees the own account now, and what of it: the holder may know by name."""
    facts = guardianship.facts_of(own)
    open_to: dict[int, list[Text]] = {}
    for person in facts.others:
        other = int(person.ref)
        wants = [want for want in KNOWN
                 if guardianship.decide_on(facts, other, want, own).allowed]  # fmt: skip
        if wants:
            open_to[other] = [wording_access.OF_WANTS[want.value] for want in wants]
    names = selectors.names_of(open_to)
    return [(names.get(other, ""), wants) for other, wants in open_to.items()]


def _hidden(decision: Decision) -> bool:
    return bool(SEALED & set(decision.codes)) or decision.codes == (Code.NOTHING_OPEN_HERE,)
