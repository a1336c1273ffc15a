"""A decision as a person reads it: words, sources, what to do; never a code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zamiast.portal import wording_access
from zamiast.portal.around import Tie
from zamiast.portal.presenters import language
from zamiast.portal.wording_access import Text
from zamiast.pure.access import Decision, Want
from zamiast.pure.access.view import Advice, Line, View, worded


@dataclass(frozen=True)
class Shown:
    """A view, and its sources once each."""

    view: View
    sources: tuple[Line, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why."""
        return tuple(dict.fromkeys(line.text for line in self.view.reasons))

    @property
    def remedies(self) -> tuple[Advice, ...]:
        """What to do."""
        return self.view.remedies

    @property
    def changes(self) -> str | None:
        """From which day it is otherwise, where no reason has said so."""
        said = {line.day for line in self.view.reasons}
        return None if self.view.changes_on in said else self.view.changes


@dataclass(frozen=True)
class ShownTie:
    """Another account: whose, what of it is open, why, and until when."""

    account: int
    name: str
    wants: list[Text]
    why: Shown
    can_switch: bool
    can_read: bool
    can_invite: bool
    can_authorise: bool


def shown(decision: Decision, *, guessed: bool = False) -> Shown:
    """The decision in the language of the page; ``guessed``: from answers, without days."""
    view = worded(decision, language())
    if guessed:
        view = replace(view, changes=None, changes_on=None)
    sources = {line.source: line for line in view.reasons if line.source}
    return Shown(view, tuple(sources.values()))


def tie(found: Tie, *, missing: bool = False) -> ShownTie:
    """An account around somebody, in words; ``missing``: why the account itself is not open."""
    why = found.decisions[Want.SEE_ACCOUNT] if missing else found.why
    return ShownTie(
        account=found.account,
        name=found.name,
        wants=[wording_access.OF_WANTS[want.value] for want in found.wants],
        why=shown(why),
        can_switch=found.may(Want.SEE_ACCOUNT),
        can_read=found.can_enter and not found.may(Want.SEE_ACCOUNT),
        can_invite=found.may(Want.INVITE_GUARDIAN),
        can_authorise=found.may(Want.AUTHORISE),
    )
