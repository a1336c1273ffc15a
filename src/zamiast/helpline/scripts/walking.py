"""Where a set of answers leads: the steps passed, the step at hand, and whether it ends there.

Pure but for the checks, which come as a function: the same walk serves a call, a case and
the preview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from zamiast.helpline.scripts.schema import Option, Script, Step, Texts

FOUND = "@register"  # among the answers, and the code of no step: what the register said
NEXT = "-"  # the answer to a step that asks nothing, or to a day that nobody knows
EARLIEST, LATEST = date(2015, 1, 1), date(2100, 1, 1)  # no room for a birth date
LARGEST_CASE = 10**10  # more digits are no case number; they may be a PESEL

Answers = Mapping[str, str]
Outcomes = Callable[[Step, Answers], tuple[str, ...]]


@dataclass(frozen=True)
class Passed:
    """A step that lies behind, with its answer; ``option`` where one was chosen."""

    code: str
    step: Step
    answer: str
    option: Option | None = None


@dataclass(frozen=True)
class Walk:
    """The way so far: what was passed, the step at hand, and what the last answer adds."""

    passed: tuple[Passed, ...]
    code: str
    step: Step
    told: tuple[Texts, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the step at hand is an end."""
        return self.step.end is not None

    @property
    def answers(self) -> dict[str, str]:
        """The answers on this way; those of ways not taken are left out."""
        return {one.code: one.answer for one in self.passed}


def walk(script: Script, answers: Answers, outcomes: Outcomes) -> Walk:
    """Follow the answers from the start."""
    passed: list[Passed] = []
    told: list[Texts] = []
    code = script.start
    while True:
        step = script.steps[code]
        if step.is_silent:
            code = _chosen(step, outcomes(step, {one.code: one.answer for one in passed}))
            continue
        answer = answers.get(code)
        if step.end or answer is None or not accepts(step, answer):
            return Walk(tuple(passed), code, step, tuple(told))
        option = step.options.get(answer)
        passed.append(Passed(code, step, answer, option))
        told = [option.say] if option and option.say else []
        code = (option and option.go) or step.go


def accepts(step: Step, answer: str) -> bool:
    """Whether this is an answer to the step: an option, a day, a case number, or "go on".

    >>> accepts(Step(ask=Texts("?"), kind="date", go="x"), "2026-02-30")
    False
    """
    if answer == NEXT:
        return step.ask is None or step.kind != "choice"
    if step.ask is None:
        return False
    if step.kind == "date":
        return day(answer) is not None
    if step.kind == "case":
        return answer.isascii() and answer.isdigit() and 0 < int(answer) < LARGEST_CASE
    return answer in step.options


def day(text: str | None) -> date | None:
    """A day as an answer holds it, None for anything else."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def kept(script: Script, answers: Answers) -> dict[str, str]:
    """The answers that may stay with a case."""
    return {
        code: answer
        for code, answer in answers.items()
        if answer != NEXT and (step := script.steps.get(code)) and step.keep
    }


def found(answers: Answers) -> tuple[str, ...]:
    """The codes of what the register said in this call, kept beside the answers."""
    return tuple(filter(None, answers.get(FOUND, "").split(",")))


def _chosen(step: Step, found: tuple[str, ...]) -> str:
    """Where a silent step leads: to the first outcome that it names."""
    return next((step.on[one] for one in found if one in step.on), step.on.get("else", ""))
