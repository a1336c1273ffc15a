"""A script as it stands on the screen: the path so far, one question, what comes out.

What is said aloud is in the caller's language, with the reader's beside it where that is
another one. The same view serves a call, a case and the preview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zamiast.helpline import queues
from zamiast.helpline.desk import wording_scripts
from zamiast.helpline.scripts import checks, library, live, selectors, walking
from zamiast.helpline.scripts.checks import Answer, Context
from zamiast.helpline.scripts.live import Known
from zamiast.helpline.scripts.schema import End, Line, Script, Step, Texts
from zamiast.helpline.scripts.walking import Answers, Passed, Walk


@dataclass(frozen=True)
class Told:
    """One line: ``say``, ``do`` or ``never``, its text; ``beside`` in the reader's language."""

    kind: str
    text: str
    language: str
    beside: str = ""

    @property
    def is_aloud(self) -> bool:
        """Whether the caller hears it."""
        return self.kind in ("say", "ask")


@dataclass(frozen=True)
class Row:
    """A step that lies behind: its code, the question and the answer for the reader."""

    code: str
    question: str
    answer: str


@dataclass(frozen=True)
class Choice:
    """One answer to click, and the key that clicks it."""

    key: str
    code: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """What comes out, in words."""

    who: tuple[tuple[str, str], ...]
    case: str
    queue: str
    queue_name: str
    deadline: str
    deadline_name: str
    callback: bool
    joins: int | None = None


@dataclass(frozen=True)
class View:
    """A script at one moment."""

    script: str
    number: int
    name: str
    version: int
    language: str
    path: tuple[Row, ...]
    step: str
    lines: tuple[Told, ...]
    ask: Told | None
    kind: str  # choice, date, case, next, end
    choices: tuple[Choice, ...]
    never: tuple[str, ...]
    results: tuple[Answer, ...]
    beside: tuple[Answer, ...]  # the results in the reader's language, where that is another
    general: tuple[str, ...]
    outcome: Outcome | None
    fields: tuple[str, ...] = ()  # what a confirmation in this script asks to open
    can_ask_register: bool = False

    @property
    def last(self) -> str:
        """The step before this one, to go back to."""
        return self.path[-1].code if self.path else ""


def context_of(
    matter: str,
    *,
    is_identified: bool = False,
    can_call_back: bool = True,
    known: Known | None = None,
    found: tuple[str, ...] = (),
) -> Context:
    """What the checks of a script may use."""
    return Context(
        matter, is_identified, known, found, can_call_back=can_call_back,
        case_outcome=lambda one: selectors.case_outcome(one, matter),
    )  # fmt: skip


def outcomes_in(context: Context) -> Callable[[Step, Answers], tuple[str, ...]]:
    """The outcomes of checks in a context, as ``walking.walk`` asks for them."""
    return lambda step, answers: checks.outcomes(step, answers, context)


def view(script: Script, answers: Answers, context: Context, *, caller: str, reader: str) -> View:
    """The script after these answers."""
    way = walking.walk(script, answers, outcomes_in(context))
    step = way.step
    field = live.field_of(step.check, way.answers)
    said = tuple(_line("say", text, caller, reader) for text in way.told)
    return View(
        script=script.script, number=script.number, name=script.name.of(reader),
        version=script.version, language=caller,
        path=tuple(_row(one, reader) for one in way.passed),
        step=way.code,
        lines=said + lines_of(_fitting(step, context), caller, reader),
        ask=_line("ask", step.ask, caller, reader) if step.ask else None,
        kind="end" if step.end else step.kind if step.ask else "next",
        choices=_choices(step, reader),
        never=tuple(text.of(reader) for text in script.never),
        results=checks.results(step, way.answers, context, caller),
        beside=(
            checks.results(step, way.answers, context, reader) if caller != reader else ()
        ),
        general=(
            checks.in_general(script.script, reader, context.known)
            if context.known or step.check in ("access", "referral")
            else ()
        ),
        outcome=_outcome(script, step.end, way, reader) if step.end else None,
        fields=script.fields,
        can_ask_register=context.is_identified and field in script.fields,
    )  # fmt: skip


def checklist(matter: str, reader: str) -> tuple[Told, ...]:
    """What a specialist checks in a case with documents."""
    loaded = library.current().scripts.get(matter)
    return lines_of(loaded.script.checklist, reader, reader) if loaded else ()


def lines_of(lines: Iterable[Line], caller: str, reader: str) -> tuple[Told, ...]:
    """Lines as they stand on the screen."""
    return tuple(_told(line, caller, reader) for line in lines)


def _fitting(step: Step, context: Context) -> list[Line]:
    """The lines of a step, without those for a callback that is not possible, or that is."""
    hidden = "no_callback" if context.can_call_back else "callback"
    return [line for line in step.lines if line.only != hidden]


def _told(line: Line, caller: str, reader: str) -> Told:
    return _line(line.kind, line.text, caller, reader)


def _line(kind: str, text: Texts, caller: str, reader: str) -> Told:
    if kind in ("do", "never"):
        return Told(kind, text.of(reader), reader)
    return Told(kind, text.of(caller), caller, text.of(reader) if caller != reader else "")


def _choices(step: Step, reader: str) -> tuple[Choice, ...]:
    """The options with the keys 1 to 9, then 0."""
    return tuple(
        Choice(str((at + 1) % 10), code, option.text.of(reader))
        for at, (code, option) in enumerate(step.options.items())
    )


def _row(passed: Passed, reader: str) -> Row:
    step = passed.step
    if step.ask is None:
        return Row(passed.code, step.lines[0].text.of(reader) if step.lines else "", "")
    answer = passed.answer
    if passed.option:
        answer = passed.option.text.of(reader)
    elif answer == walking.NEXT:
        answer = _("not known")
    elif step.kind == "date":
        day = walking.day(answer)
        answer = day.strftime("%d.%m.%Y") if day else ""
    return Row(passed.code, step.ask.of(reader), answer)


def _outcome(script: Script, end: End, way: Walk, reader: str) -> Outcome:
    known = library.current().who
    who = tuple(
        (known[code].name.of(reader), reach.of(reader) if (reach := known[code].reach) else "")
        for code in end.who
        if code in known
    )
    joins = way.answers.get("case_number") if end.case == "join" else None
    queue, deadline = end.queue or script.queue, end.deadline or script.deadline
    return Outcome(
        who, end.case, queue, queues.name(queue, reader), deadline,
        wording_scripts.deadline(deadline), end.callback, int(joins) if joins else None,
    )  # fmt: skip
