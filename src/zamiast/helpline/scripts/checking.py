"""What a script must keep beyond its shape: every way ends, nothing is asked that may not be.

The rules of the desk are rules here too: nobody is asked for a PESEL, a name, a birth date
or the mother's name, and what is said aloud is short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zamiast.audit import doorway
from zamiast.helpline.scripts.checks import ASKED
from zamiast.helpline.scripts.reading import Place, Problem, Source
from zamiast.helpline.scripts.schema import LANGUAGES, Line, Script, Step, Texts
from zamiast.verification import disclosure

LONGEST_SAID = 330
MOST_OPTIONS = 10  # one key each: 1 to 9, then 0
# A question may speak of them ("do not tell me your PESEL"), but never ask for them.
NEVER_ASKED = re.compile(
    r"\bPESEL\b|jak (?:się )?(?:pan|pani|państwo)? ?(?:ma na imię|nazywa)|imię i nazwisko"
    r"|dat(?:ę|a) urodzenia|nazwisk\w* (?:rodow\w*|panieńsk\w*)|imię matki"
    r"|what is your name|date of birth|birth date|mother'?s (?:maiden )?name"
    r"|як вас звати|дат[ау] народження|дівоче прізвище|ім.я матері",
    re.IGNORECASE,
)
CASE_CODE = re.compile(r"[a-z][a-z0-9_]{1,31}")
OUTCOMES = {
    "identifier": {"identified", "not_identified"},
    "duplicates": {"same", "other", "none"},
}


def problems(script: Script, source: Source) -> list[Problem]:
    """Every mistake in a script of the right shape, in the order of its lines."""
    found = [source.problem(place, said) for place, said in _all(script)]
    return sorted(set(found))


def _all(script: Script) -> Iterator[tuple[Place, str]]:
    if not CASE_CODE.fullmatch(script.script):
        yield ("script",), "a code is lower-case letters, digits and _, 32 at most"
    if not script.never:
        yield ("never",), "says nothing of what may never be asked"
    if not 0 <= script.level <= 3:
        yield ("level",), "a level is 0, 1, 2 or 3"
    if not set(script.fields) <= set(disclosure.on_request(script.script)):
        yield ("fields",), "the table of disclosure opens no such field in this matter"
    yield from _ways(script)
    yield from _about(script)
    for code, step in script.steps.items():
        yield from _step(script, code, step)
    for place, text, aloud in _texts(script):
        yield from _text(place, text, aloud)


def targets(step: Step) -> set[str]:
    """Every step to which a step may lead."""
    found = {option.go for option in step.options.values()} | set(step.on.values()) | {step.go}
    return found - {""}


def _ways(script: Script) -> Iterator[tuple[Place, str]]:
    """Every way is known, ends, and every step is on one."""
    known = script.steps
    if script.start not in known:
        yield ("start",), f"there is no step {script.start}"
        return
    done: set[str] = set()

    def walk(code: str, above: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
        if code in above:
            yield ("steps", above[-1]), f"leads back to {code}: no way ends there"
            return
        if code in done:
            return
        for target in sorted(targets(known[code]) & set(known)):
            yield from walk(target, (*above, code))
        done.add(code)

    yield from walk(script.start, ())
    for code in known:
        if code not in done:
            yield ("steps", code), "no way leads to this step"


def _step(script: Script, code: str, step: Step) -> Iterator[tuple[Place, str]]:
    at: Place = ("steps", code)
    for target in sorted(targets(step) - set(script.steps)):
        yield at, f"leads to {target}, which is no step"
    if any(line.only for line in step.lines) and not (step.end and step.end.callback):
        yield (*at, "lines"), "a line with only belongs to an end with a callback"
    if step.end and (step.ask or targets(step)):
        yield at, "is an end, so it asks nothing and leads nowhere"
    if not step.end and not step.ask and not targets(step):
        yield at, "neither asks, nor ends, nor leads on (go)"
    if step.on:
        yield from _silent(step, at)
    if step.ask and step.kind == "choice":
        yield from _options(step, at)
    if step.options and (not step.ask or step.kind != "choice"):
        yield (*at, "options"), "options belong to a question of the kind choice"
    if step.ask and step.kind != "choice" and not step.go:
        yield at, "leads nowhere (go)"


def _silent(step: Step, at: Place) -> Iterator[tuple[Place, str]]:
    if not step.check:
        yield (*at, "on"), "chooses by a check, and there is none"
    if step.lines or step.ask or step.end:
        yield at, "a step with on is silent: it says, asks and ends nothing"
    known = OUTCOMES.get(step.check or "")
    for outcome in sorted(set(step.on) - {"else"} - (known or set(step.on))):
        yield (*at, "on", outcome), f"no outcome of {step.check}"
    if "else" not in step.on and known != set(step.on):
        yield (*at, "on"), "leaves outcomes open: add else"


def _options(step: Step, at: Place) -> Iterator[tuple[Place, str]]:
    if not 2 <= len(step.options) <= MOST_OPTIONS:
        yield (*at, "options"), f"a choice has 2 to {MOST_OPTIONS} options"
    for name, option in step.options.items():
        if not option.go and not step.go:
            yield (*at, "options", name), "leads nowhere (go)"


def _about(script: Script) -> Iterator[tuple[Place, str]]:
    """Questions that feed a check have the codes and options that the rules know."""
    used = {step.check for step in script.steps.values()}
    asked = ASKED.get(script.script, {})
    for check in ("access", "referral"):
        if check in used and script.script not in ASKED:
            yield ("script",), f"no rules of {check} belong to this matter"
    for code, options in asked.items():
        step = script.steps.get(code)
        if step and step.ask and step.kind == "choice" and options is not None:
            for name in sorted(set(step.options) - options):
                yield ("steps", code, "options", name), "the rules know no such answer"


def _texts(script: Script) -> Iterator[tuple[Place, Texts, str]]:
    yield ("name",), script.name, "shown"
    yield ("competent",), script.competent, "shown"
    for at, never in enumerate(script.never):
        yield ("never", at), never, "shown"
    yield from _lines(script.checklist, ("checklist",))
    for code, step in script.steps.items():
        yield from _lines(step.lines, ("steps", code, "lines"))
        if step.ask:
            yield ("steps", code, "ask"), step.ask, "asked"
        for name, option in step.options.items():
            yield ("steps", code, "options", name, "text"), option.text, "shown"
            if option.say:
                yield ("steps", code, "options", name, "say"), option.say, "said"


def _lines(lines: tuple[Line, ...], at: Place) -> Iterator[tuple[Place, Texts, str]]:
    for index, line in enumerate(lines):
        yield (*at, index, line.kind), line.text, "said" if line.say else "shown"


def _text(place: Place, texts: Texts, use: str) -> Iterator[tuple[Place, str]]:
    for language in LANGUAGES:
        text = texts.of(language)
        at: Place = (*place, language)
        if doorway.let_through(text).found:
            yield at, "holds a PESEL"
        if use == "shown":
            continue
        if "/" in text:
            yield at, "is said aloud: a slash cannot be read out"
        if len(text) > LONGEST_SAID:
            yield at, f"is longer than {LONGEST_SAID} characters: nobody says that in one breath"
        if use == "asked" and NEVER_ASKED.search(text):
            yield at, "asks for what the helpline never asks for"
