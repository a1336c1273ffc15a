"""All rules, one small function each, by subject; importing this module fills ``RULES``.

A neighbour is made by copying one: the decorator says what it does, for which questions,
where it comes from and since when; the first line of the docstring is the rule.
"""

from zamiast.pure.access.rule import RULES
from zamiast.pure.access.rules import (
    adult,
    authorisations,
    changes,
    child,
    closing,
    grants,
    notes,
    own,
    professionals,
    representation,
    silence,
)

ALL_RULES = (*RULES, silence.SILENCE)

__all__ = [
    "ALL_RULES",
    "adult",
    "authorisations",
    "changes",
    "child",
    "closing",
    "grants",
    "notes",
    "own",
    "professionals",
    "representation",
    "silence",
]
