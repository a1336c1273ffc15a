"""Why there is no referral for COVID-19 yet: dated rules as data, explained, never acted on.

>>> from datetime import date
>>> explain(Facts(asks=Asks.VACCINATION, in_register=True, born=date(1960, 5, 1)),
...         date(2026, 11, 23)).codes
('SEASON_CLOSED', 'NO_RULES_FOR_SEASON')
"""

from zamiast.pure.eligibility.codes import Actor, Code
from zamiast.pure.eligibility.engine import Explanation, Reason, explain
from zamiast.pure.eligibility.facts import Asks, Dose, DoseKind, Facts, Group, Referral
from zamiast.pure.eligibility.seasons import Book, book

__all__ = [
    "Actor",
    "Asks",
    "Book",
    "Code",
    "Dose",
    "DoseKind",
    "Explanation",
    "Facts",
    "Group",
    "Reason",
    "Referral",
    "book",
    "explain",
]
