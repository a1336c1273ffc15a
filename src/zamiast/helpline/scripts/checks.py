"""Live checks inside a script: what the rules say now, worded for who may read it.

``outcomes`` gives codes to choose the way by; ``result`` gives what to say, word for word.
From the caller's own answers everything may be said, for it tells nobody anything new. What
the register says (``Context.known``) was opened in a confirmed call, holds no more than
level 2 allows, and comes first: then the caller's answers only choose where it is silent.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import timezone

from zamiast.helpline.scripts import facts, spoken
from zamiast.helpline.scripts.live import NOTHING_KNOWN, Known
from zamiast.helpline.scripts.schema import Step
from zamiast.helpline.scripts.walking import Answers
from zamiast.pure import access, eligibility
from zamiast.pure.access import Decision, Facts
from zamiast.pure.access.view import CONFIRMED, Audience, worded
from zamiast.pure.eligibility import words as referral_words

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

    ``known`` is what the register said, where it was just asked in a confirmed call, and
    ``found`` the codes of what it said earlier in this call. ``case_outcome`` says of a case
    number that the caller gave what it is; ``can_call_back``, whether the register has a
    number for whoever calls.
    """

    matter: str
    is_identified: bool = False
    known: Known | None = None
    found: tuple[str, ...] = ()
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
    is_known: bool = False  # by the register, not from what the caller says


def outcomes(step: Step, answers: Answers, context: Context) -> tuple[str, ...]:
    """The outcomes of a step's check, the most telling first."""
    if step.check == "identifier":
        return ("identified",) if context.is_identified else ("not_identified",)
    if step.check == "duplicates":
        return (_same_case(answers, context),)
    today = access.warsaw_day(_now())
    found = context.known.outcomes if context.known else context.found
    if step.check == "referral":
        return (*found, *facts.referral(answers, today).codes)
    decision = facts.decide(context.matter, answers, today)
    first = ("allowed",) if decision.allowed else ()
    return (*found, *first, *decision.codes)


def results(step: Step, answers: Answers, context: Context, caller: str) -> tuple[Answer, ...]:
    """What a step's check lets the consultant say, in the caller's language.

    More than one only where the register knows several accounts that may be meant.
    """
    if context.known and context.known.referral:
        return (replace(_referral(context.known.referral, caller), is_known=True),)
    if context.known:
        return tuple(_known(decision, caller) for decision in context.known.decisions)
    found = result(step, answers, context, caller)
    return (found,) if found else ()


def result(step: Step, answers: Answers, context: Context, caller: str) -> Answer | None:
    """What a step's check says from the caller's answers alone."""
    today = access.warsaw_day(_now())
    if step.check == "referral":
        return _referral(facts.referral(answers, today), caller)
    if step.check == "access":
        return _access(facts.decide(context.matter, answers, today), caller)
    return None


def in_general(matter: str, language: str, known: Known | None = None) -> tuple[str, ...]:
    """What a consultant may say of the account now: what is known, or that nothing is said yet.

    The sentences are for the consultant, in the consultant's language.
    """
    if known is not None:
        return for_consultant(known, language)
    if matter == "covid_referral":
        nothing = eligibility.explain(eligibility.Facts(), access.warsaw_day(_now()))
        consultant = referral_words.Audience.CONSULTANT
        # What the records say is opened by a confirmation, in its panel; here the answers decide.
        general = referral_words.worded(nothing, language, audience=consultant, level=0)
        return tuple(line.text for line in general.reasons)
    nobody = access.decide(Facts(), NOTHING_KNOWN, _now())
    view = worded(nobody, language, audience=Audience.CONSULTANT, level=0)
    return tuple(line.text for line in view.reasons)


def for_consultant(known: Known, language: str) -> tuple[str, ...]:
    """What was found, as advice to the consultant, each sentence once."""
    if known.referral is not None:
        consultant = referral_words.Audience.CONSULTANT
        found = referral_words.worded(
            known.referral, language, audience=consultant, level=CONFIRMED
        )
        return tuple(line.text for line in found.reasons)
    lines: dict[str, None] = {}
    for decision in known.decisions:
        view = worded(decision, language, audience=Audience.CONSULTANT, level=CONFIRMED)
        lines |= dict.fromkeys(line.text for line in view.reasons)
    return tuple(lines)


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


def _known(decision: Decision, caller: str) -> Answer:
    """What the register says, as far as level 2 goes; a refusal always ends with the same line."""
    view = worded(decision, caller)
    lines = [Said(spoken.known(caller, line.code, line.day, line.text)) for line in view.reasons]
    if not decision.allowed:
        lines.append(Said(spoken.more(caller)))
    answer = _access(decision, caller)
    return replace(answer, reasons=tuple(lines), days=(), is_known=True)


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
