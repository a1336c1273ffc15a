"""The scripts that count now: the shipped ones, and over them an operator's folder.

The folder (``ZAMIAST_SCRIPTS``) is looked at again when a file in it changes. A file with
a mistake does not take the helpline down: the script that counted before goes on counting,
and the log says why.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import structlog
from django.conf import settings

from zamiast.helpline.scripts import checking, reading
from zamiast.helpline.scripts.reading import Problem, Unreadable
from zamiast.helpline.scripts.schema import Competent, Exit, Script, encoded

SHIPPED = Path(__file__).parent / "data"
EXITS, WHO = "exits", "who"  # files that hold no script
LOOK_EVERY = 2.0  # seconds between two looks at an operator's folder
log = structlog.get_logger("zamiast.scripts")


@dataclass(frozen=True)
class Loaded:
    """A script as it counts: with the digest of its content, and where it came from."""

    script: Script
    digest: str
    content: str
    is_own: bool = False


@dataclass(frozen=True)
class Library:
    """All scripts by code in the order of their numbers, the exits, and what was wrong."""

    scripts: dict[str, Loaded] = field(default_factory=dict)
    exits: dict[str, Exit] = field(default_factory=dict)
    who: dict[str, Competent] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def version(self) -> str:
        """Changes whenever anything in here does."""
        names = [one.digest for one in self.scripts.values()]
        rest = repr([self.exits, self.who])
        return hashlib.sha256(("".join(names) + rest).encode()).hexdigest()[:16]


def read_folder(folder: Path, *, own: bool = True) -> Library:
    """The scripts of one folder, and every mistake in it."""
    scripts: dict[str, Loaded] = {}
    exits: dict[str, Exit] = {}
    who: dict[str, Competent] = {}
    problems: list[Problem] = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        try:
            if path.stem == EXITS:
                exits = reading.map_in(path, Exit)
                continue
            if path.stem == WHO:
                who = reading.map_in(path, Competent)
                continue
            script, source = reading.script_in(path)
        except Unreadable as error:
            problems += error.problems
            continue
        # What came along was checked before it was shipped, by a test.
        found = checking.problems(script, source) if own else []
        if script.script != path.stem:
            found.append(source.problem(("script",), f"the file is called {path.stem}"))
        problems += found
        if not found:
            scripts[script.script] = loaded(script, is_own=own)
    return Library(scripts, exits, who, tuple(sorted(problems)))


def loaded(script: Script, *, is_own: bool = False) -> Loaded:
    """A script with its digest."""
    content = encoded(script)
    return Loaded(script, hashlib.sha256(content).hexdigest(), content.decode(), is_own)


def merged(base: Library, own: Library) -> Library:
    """An operator's scripts over others; a number that is taken twice is a mistake."""
    together = {**base.scripts, **own.scripts}
    ordered = dict(sorted(together.items(), key=lambda one: one[1].script.number))
    problems = list(own.problems)
    seen: dict[int, str] = {}
    for code, one in ordered.items():
        other = seen.setdefault(one.script.number, code)
        if other != code:
            said = f"number {one.script.number} is taken by {other}"
            problems.append(Problem(f"{code}.yaml", 1, "number", said))
    exits, who = {**base.exits, **own.exits}, {**base.who, **own.who}
    return Library(ordered, exits, who, tuple(problems))


@cache
def shipped() -> Library:
    """The scripts that came along."""
    return merged(Library(), read_folder(SHIPPED, own=False))


class _Own:
    """The operator's folder: what was last read of it, and when somebody looked."""

    def __init__(self) -> None:
        self.library: Library | None = None
        self.seen: tuple[object, ...] = ()
        self.next_look = 0.0


_own = _Own()


def current() -> Library:
    """The scripts that count now."""
    folder = getattr(settings, "SCRIPTS", None)
    if not folder:
        return shipped()
    now = time.monotonic()
    if _own.library is None or now >= _own.next_look:
        _own.next_look = now + LOOK_EVERY
        _look(Path(folder))
    return _own.library or shipped()


def forget() -> None:
    """Look at the folder anew at once; for tests and after a change."""
    _own.library, _own.seen, _own.next_look = None, (), 0.0


def _look(folder: Path) -> None:
    seen = _stamps(folder)
    if _own.library is not None and seen == _own.seen:
        return
    found = merged(shipped(), read_folder(folder))
    for problem in found.problems:
        log.error("a script has a mistake and does not count", problem=str(problem))
    _own.seen = seen
    _own.library = _kept(found) if found.problems else found


def _kept(found: Library) -> Library:
    """Where a file has a mistake, what counted before goes on counting."""
    before = _own.library or shipped()
    scripts = {**shipped().scripts, **found.scripts}
    for code, one in before.scripts.items():
        if code not in found.scripts or not found.scripts[code].is_own:
            broken = any(Path(problem.file).stem == code for problem in found.problems)
            if broken:
                scripts[code] = one
    taken = [problem for problem in found.problems if problem.path == "number"]
    if taken:
        scripts = before.scripts
    ordered = dict(sorted(scripts.items(), key=lambda one: one[1].script.number))
    return Library(ordered, found.exits, found.who, found.problems)


def _stamps(folder: Path) -> tuple[object, ...]:
    try:
        files = sorted(folder.iterdir())
        return tuple((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files)
    except OSError as error:
        return (error.errno,)
