"""The explanation inside matters 7 to 10: in general by level, and from what the caller says.

What is known of an account is worded for the consultant by the level reached in the call,
and below level 2 reads the same whatever it is. What follows from the caller's own answers
tells nobody anything new: it is worded for the caller in full.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from zamiast.helpline import guided
from zamiast.pure import access, eligibility
from zamiast.pure.access import Decision, Facts, Question, Want
from zamiast.pure.access.view import Audience, worded
from zamiast.pure.eligibility import words as referral_words

NOTHING_KNOWN = Question("caller", Want.SEE_ACCOUNT, "account")


@dataclass(frozen=True)
class Said:
    """One line to say: the sentence, and who acts where with which document."""

    text: str
    who: str = ""
    where: str = ""
    document: str = ""


@dataclass(frozen=True)
class Answer:
    """What to tell the caller, word for word, in the caller's language."""

    headline: str
    reasons: tuple[Said, ...]
    remedies: tuple[Said, ...]
    days: tuple[str, ...]
    rule: str = ""


def in_general(
    matter: str, language: str, *, level: int, decision: Decision | None = None
) -> tuple[str, ...]:
    """What a consultant may say at this level; ``decision`` counts from level 2 on.

    The sentences are for the consultant, in the consultant's language.
    """
    if matter == "covid_referral":
        nothing = eligibility.explain(eligibility.Facts(), access.warsaw_day(_now()))
        consultant = referral_words.Audience.CONSULTANT
        # The levels above open no health data at the desk: the answers decide there too.
        general = referral_words.worded(nothing, language, audience=consultant, level=0)
        return tuple(line.text for line in general.reasons)
    known = decision or access.decide(Facts(), NOTHING_KNOWN, _now())
    shown = level if decision else 0
    view = worded(known, language, audience=Audience.CONSULTANT, level=shown)
    return (*(line.text for line in view.reasons), *(step.text for step in view.remedies))


def from_answers(matter: str, said: guided.Said, caller: str) -> Answer | None:
    """What follows from the answers; None before the first one."""
    if not said:
        return None
    today = access.warsaw_day(_now())
    if matter == "covid_referral":
        return _referral(guided.referral(said, today), caller)
    return _access(matter, guided.decide(matter, said, today), said, caller)


def _access(matter: str, decision: Decision, said: guided.Said, caller: str) -> Answer:
    view = worded(decision, caller)
    own = tuple(Said(text) for text in guided.told(matter, said, caller))
    day = view.changes
    return Answer(
        headline=view.answer,
        reasons=own + tuple(Said(line.text) for line in view.reasons),
        remedies=tuple(
            Said(step.text, step.who, step.where, step.document or "") for step in view.remedies
        ),
        days=(day,) if day else (),
        rule="; ".join(dict.fromkeys(line.source for line in view.reasons if line.source)),
    )


def _referral(found: eligibility.Explanation, caller: str) -> Answer:
    view = referral_words.worded(found, caller)
    texts = referral_words.texts(caller)
    days = (("reached", view.reached_on), ("batch", view.next_batch))
    return Answer(
        headline=texts["heading"],
        reasons=tuple(Said(line.text, line.who or "") for line in view.reasons),
        remedies=(),
        days=tuple(
            texts[key].replace("{date}", referral_words.written(day, caller)).replace("..", ".")
            for key, day in days
            if day
        ),
        rule=view.source or "",
    )


def _now() -> datetime.datetime:
    return timezone.now()
