"""A decision in words, for the patient in full and for a consultant as far as the level goes.

Below level 2 a consultant reads the same whatever the decision is. Below level 3 reasons
that concern other people are left out, and every refusal ends with the same line, so that
"no such account" and "not allowed" read alike. What is sealed, a protected address, reads
like silence to everybody but a specialist.

>>> from zamiast.pure.access import Facts, Question, Want, decide
>>> decision = decide(Facts(), Question("anna", Want.SEE_ACCOUNT, "jan"), date(2026, 11, 23))
>>> worded(decision, "en").reasons[0].text
'We cannot show you such an account. Either there is none, or it is not open to you.'
>>> worded(decision, "en", audience=Audience.CONSULTANT, level=1).answer
'Not said at this level.'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zamiast.pure.access.codes import REMEDIES, Code, Remedy
from zamiast.pure.access.engine import Decision, Reason
from zamiast.pure.access.facts import Fact
from zamiast.pure.access.rules.silence import SILENCE
from zamiast.pure.access.sources import READ_ON
from zamiast.pure.access.words import Words, words

SEALED = frozenset({Code.PROTECTED_ADDRESS})
CONFIRMED, STRONG = 2, 3


class Audience(StrEnum):
    """Who reads the words."""

    PATIENT = "patient"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class Line:
    """One reason in words; without a code when the level does not open it."""

    text: str
    code: str | None = None
    day: date | None = None
    source: str | None = None
    address: str | None = None
    read_on: date | None = None
    law: bool | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """One remedy in words: what, and who does it where with which document."""

    code: str
    text: str
    who: str
    where: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A decision as one audience may read it; ``allowed`` is None when the level says nothing."""

    allowed: bool | None
    answer: str
    reasons: tuple[Line, ...]
    remedies: tuple[Advice, ...] = ()
    changes_on: date | None = None
    changes: str | None = None
    facts: tuple[str, ...] = ()


def worded(
    decision: Decision,
    language: str,
    *,
    audience: Audience = Audience.PATIENT,
    level: int = STRONG,
) -> View:
    """Word a decision; ``level`` counts for the consultant only.

    ValueError for a language without texts.
    """
    texts = words(language)
    if audience is Audience.PATIENT:
        return _for_patient(_sealed(decision), texts)
    if level < CONFIRMED:
        line = Line(texts.of("locked", "below_2"))
        return View(None, texts.of("answers", "locked"), (line,))
    return _for_consultant(decision if level >= STRONG else _sealed(decision), texts, level)


def _sealed(decision: Decision) -> Decision:
    """Return the decision as if there were no such account, when a reason must not be seen."""
    if any(reason.code in SEALED for reason in decision.reasons):
        return replace(decision, reasons=(Reason(SILENCE),), changes_on=None)
    return decision


def _for_patient(decision: Decision, texts: Words) -> View:
    lines = tuple(_line(reason, Audience.PATIENT, texts) for reason in decision.reasons)
    return _view(decision, lines, decision.reasons, texts, full=True)


def _for_consultant(decision: Decision, texts: Words, level: int) -> View:
    seen = tuple(reason for reason in decision.reasons if reason.rule.level <= level)
    lines = tuple(_line(reason, Audience.CONSULTANT, texts) for reason in seen)
    if not decision.allowed and level < STRONG:
        lines = (*lines, Line(texts.of("locked", "below_3")))
    return _view(decision, lines, seen, texts, full=level >= STRONG)


def _view(
    decision: Decision,
    lines: tuple[Line, ...],
    seen: tuple[Reason, ...],
    texts: Words,
    *,
    full: bool,
) -> View:
    """Put a view together; facts and the day of change only in full.

    Shown by halves, they would tell that a reason was left out.
    """
    day = decision.changes_on if full else None
    remedies = replace(decision, reasons=seen).remedies
    facts = dict.fromkeys(fact for reason in seen for fact in reason.facts)
    return View(
        allowed=decision.allowed,
        answer=texts.of("answers", "allowed" if decision.allowed else "refused"),
        reasons=lines,
        remedies=tuple(_advice(remedy, texts) for remedy in remedies),
        changes_on=day,
        changes=texts.fill(texts.texts["changes"], day) if day else None,
        facts=tuple(_names(facts, decision.question.actor, texts)) if full else (),
    )


def _line(reason: Reason, audience: Audience, texts: Words) -> Line:
    """Word one reason; a consultant gets its day only where the words name it.

    The day is often a birthday, which the consultant has no need to know.
    """
    rule = reason.rule
    text = texts.texts["reasons"][rule.code].get(audience) or texts.of("locked", "opens")
    told = audience is Audience.PATIENT or "{date}" in text
    return Line(
        text=texts.fill(text, reason.date),
        code=rule.code.value,
        day=reason.date if told else None,
        source=rule.source.document,
        address=rule.source.address or None,
        read_on=READ_ON,
        law=rule.source.binding,
    )


def _advice(remedy: Remedy, texts: Words) -> Advice:
    step = REMEDIES[remedy]
    return Advice(
        code=remedy.value,
        text=texts.of("remedies", remedy),
        who=texts.of("who", step.who),
        where=texts.of("where", step.where),
        document=texts.of("document", step.document) if step.document else None,
    )


def _names(facts: Iterable[Fact], actor: str, texts: Words) -> Iterable[str]:
    """Name each fact by its kind, with its first day where it is the asker's own.

    Nobody is named by reference, no birth date is told, and no date of another person's.
    """
    for fact in facts:
        kind = texts.of("facts", type(fact).__name__)
        own = actor in (getattr(fact, name, None) for name in ("person", "insurer", "carer", "to"))
        day = getattr(fact, "since", None) or getattr(fact, "registered", None)
        yield f"{kind}: {texts.day(day)}" if own and day else kind
