"""All rules, one small function each, by subject; importing this module fills ``RULES``.

A neighbour is made by copying one: the decorator says what it does, for which questions,
where it comes from and since when; the first line of the docstring is the rule.
"""

from zamiast.pure.access.codes import Code
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

# In the order of the codes, whatever the order of the imports: reasons are told in it.
ALL_RULES = tuple(sorted((*RULES, silence.SILENCE), key=lambda rule: list(Code).index(rule.code)))

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
