"""Live checks inside a script: what the rules say now, worded for who may read it.

``outcomes`` gives codes to choose the way by; ``result`` gives what to say, word for word.
From the caller's own answers everything may be said, for it tells nobody anything new. What
is known of an account (``Context.decision``) is said as far as the level reached allows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from zamiast.helpline.scripts import facts, spoken
from zamiast.helpline.scripts.schema import Step
from zamiast.helpline.scripts.walking import Answers
from zamiast.pure import access, eligibility
from zamiast.pure.access import Decision, Facts, Question, Want
from zamiast.pure.access.view import Audience, worded
from zamiast.pure.eligibility import words as referral_words

NOTHING_KNOWN = Question("caller", Want.SEE_ACCOUNT, "account")
CONFIRMED = 2
# What the rules ask of each matter: the answers that they know, None for a day.
ASKED: dict[str, dict[str, set[str] | None]] = {
    "child_account": {
        "relation": {"parent", "guardian", "foster", "other"},
        "age": {"under_16", "teen", "adult"},
        "insurer": {"me", "other", "nobody", "unknown"},
        "registered": None,
        "job": {"no", "yes"},
        "title": {"none", "now", "ended"},
        "authority": {"full", "limited", "suspended", "taken_away"},
    },
    "ward_account": {
        "role": {"guardian", "curator", "nobody"},
        "degree": {"full", "partial", "none"},
        "logs_in": {"yes", "no"},
    },
    "after_divorce": {
        "ruling": {"full", "co_deciding", "limited", "suspended", "taken_away"},
        "how": {"insures", "i_gave", "other_gave", "unknown"},
    },
    "covid_referral": {
        "asks": {"vaccination", "test"},
        "who": {"self", "child", "child_closed"},
        "age": {"y0", "y2", "y8", "y13", "y16", "y25", "y40", "y55", "y70", "y85"},
        "dose": None,
        "kind": {"course", "first", "booster", "seasonal"},
        "record": {"right", "missing", "wrong"},
        "infection": None,
        "referral": {"no", "expired"},
        "day": None,
    },
}


@dataclass(frozen=True)
class Context:
    """What a check may use beside the answers.

    ``decision`` is about real facts, and only where the call is confirmed; ``same_case`` is
    the state of the case whose number the caller gave, None where there is none;
    ``can_call_back``, whether the register has a number for whoever calls.
    """

    matter: str
    level: int = 0
    is_identified: bool = False
    decision: Decision | None = None
    case_outcome: Callable[[int], str] | None = None
    can_call_back: bool = True


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


def outcomes(step: Step, answers: Answers, context: Context) -> tuple[str, ...]:
    """The outcomes of a step's check, the most telling first."""
    if step.check == "identifier":
        return ("identified",) if context.is_identified else ("not_identified",)
    if step.check == "duplicates":
        return (_same_case(answers, context),)
    today = access.warsaw_day(_now())
    if step.check == "referral":
        return tuple(map(str, facts.referral(answers, today).codes))
    decision = context.decision or facts.decide(context.matter, answers, today)
    first = ("allowed",) if decision.allowed else ()
    return (*first, *(str(code) for code in decision.codes))


def result(step: Step, answers: Answers, context: Context, caller: str) -> Answer | None:
    """What a step's check lets the consultant say, in the caller's language."""
    today = access.warsaw_day(_now())
    if step.check == "referral":
        return _referral(facts.referral(answers, today), caller)
    if step.check == "access":
        return _access(facts.decide(context.matter, answers, today), caller)
    return None


def in_general(
    matter: str, language: str, *, level: int, decision: Decision | None = None
) -> tuple[str, ...]:
    """What a consultant may say of the account at this level; ``decision`` counts from 2 on.

    The sentences are for the consultant, in the consultant's language.
    """
    if matter == "covid_referral":
        nothing = eligibility.explain(eligibility.Facts(), access.warsaw_day(_now()))
        consultant = referral_words.Audience.CONSULTANT
        # What the records say is opened by a confirmation, in its panel; here the answers decide.
        general = referral_words.worded(nothing, language, audience=consultant, level=0)
        return tuple(line.text for line in general.reasons)
    known = decision or access.decide(Facts(), NOTHING_KNOWN, _now())
    shown = level if decision else 0
    view = worded(known, language, audience=Audience.CONSULTANT, level=shown)
    return (*(line.text for line in view.reasons), *(step.text for step in view.remedies))


def _same_case(answers: Answers, context: Context) -> str:
    """Whether the number that the caller gave is an open case of this matter."""
    given = next((one for code, one in answers.items() if code == "case_number"), "")
    if not given.isdigit() or context.case_outcome is None:
        return "none"
    return context.case_outcome(int(given))


def _access(decision: Decision, caller: str) -> Answer:
    view = worded(decision, caller)
    day = view.changes
    return Answer(
        headline=spoken.answer(caller, decision.allowed, view.answer),
        reasons=tuple(
            Said(spoken.reason(caller, line.code, line.day, line.text)) for line in view.reasons
        ),
        remedies=tuple(
            Said(
                spoken.remedy(caller, step.code, step.text), spoken.who(caller, step.who),
                step.where, step.document or "",
            )
            for step in view.remedies
        ),
        days=(day,) if day else (),
        rule="; ".join(dict.fromkeys(line.source for line in view.reasons if line.source)),
    )  # fmt: skip


def _referral(found: eligibility.Explanation, caller: str) -> Answer:
    view = referral_words.worded(found, caller)
    texts = referral_words.texts(caller)
    days = (("reached", view.reached_on), ("batch", view.next_batch))
    return Answer(
        headline=texts["heading"],
        reasons=tuple(
            Said(
                spoken.reason(caller, line.code, line.day, line.text),
                spoken.who(caller, line.who or ""),
            )
            for line in view.reasons
        ),
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
