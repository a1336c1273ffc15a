"""Who may see whose account, and why not: a decision that brings its reasons along.

>>> from datetime import date
>>> decide(Facts(), Question("anna", Want.SEE_ACCOUNT, "jan"), date(2026, 11, 23)).codes
('NOTHING_OPEN_HERE',)
"""

from zamiast.pure.access.calendar import Moment, warsaw_day
from zamiast.pure.access.codes import Code, Remedy
from zamiast.pure.access.engine import Decision, Reason, decide
from zamiast.pure.access.facts import Facts
from zamiast.pure.access.question import Question, Want
from zamiast.pure.access.settings import DEFAULTS, Settings
from zamiast.pure.access.timeline import Span, timeline

__all__ = [
    "DEFAULTS",
    "Code",
    "Decision",
    "Facts",
    "Moment",
    "Question",
    "Reason",
    "Remedy",
    "Settings",
    "Span",
    "Want",
    "decide",
    "timeline",
    "warsaw_day",
]
