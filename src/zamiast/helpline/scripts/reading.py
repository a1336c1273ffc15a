"""A script from its YAML, with file, line and path for every mistake.

Keys and plain words are text: an option may be called ``no``, a key ``on``. Only whole
numbers and ``true`` or ``false`` are anything else.

>>> data, lines = parsed("a:\\n  - on: 7\\n")
>>> data, lines[("a", 0, "on")]
({'a': [{'on': 7}]}, 2)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from zamiast.helpline.scripts.schema import Option, Script, Step, decoded

# The loader in C where PyYAML came with it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 200_000  # characters of one file
Place = tuple[str | int, ...]
T = TypeVar("T")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_PART = re.compile(r"\.([A-Za-z_0-9]+)|\[([0-9]+)\]|\[\.\.\.\]")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where, and what to change."""

    file: str
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        where = f" {self.path}:" if self.path else ""
        return f"{self.file}:{self.line}:{where} {self.sentence}"


class Unreadable(Exception):
    """A file that cannot be used, with its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Source:
    """What was read of a file, and on which line each part of it stands."""

    file: str
    lines: dict[Place, int]

    def problem(self, place: Place, sentence: str) -> Problem:
        """A problem at a place, on the line of what is nearest to it."""
        near = place
        while near and near not in self.lines:
            near = near[:-1]
        return Problem(self.file, self.lines.get(near, 1), dotted(place), sentence)


def dotted(place: Place) -> str:
    """A place as people write it: ``steps.age.options.teen``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")


def script_in(path: Path) -> tuple[Script, Source]:
    """The script of a file. Raises Unreadable with every mistake of its shape."""
    data, source = _file(path)
    problems: list[Problem] = []
    top = _convert(Script, {**data, "steps": {}}, source, (), problems)
    steps = data.get("steps")
    if not isinstance(steps, dict) or not steps:
        problems.append(source.problem(("steps",), "a script has steps, by their codes"))
        steps = {}
    found = {code: _step(one, source, ("steps", code), problems) for code, one in steps.items()}
    if problems:
        raise Unreadable(*problems)
    return msgspec.structs.replace(top, steps=found), source


def _step(data: Any, source: Source, at: Place, problems: list[Problem]) -> Any:
    """One step; its options each on their own, since inside a map no key would be named."""
    options = data.get("options") if isinstance(data, dict) else None
    if not isinstance(options, dict):
        return _convert(Step, data, source, at, problems)
    step = _convert(Step, {**data, "options": {}}, source, at, problems)
    found = {
        code: _convert(Option, one, source, (*at, "options", code), problems)
        for code, one in options.items()
    }
    return None if step is None else msgspec.structs.replace(step, options=found)


def map_in(path: Path, kind: type[T]) -> dict[str, T]:
    """A file that is a map of one kind of entry, such as exits. Raises Unreadable."""
    data, source = _file(path)
    problems: list[Problem] = []
    found = {code: _convert(kind, one, source, (code,), problems) for code, one in data.items()}
    if problems:
        raise Unreadable(*problems)
    return found


def _file(path: Path) -> tuple[dict[str, Any], Source]:
    name = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Unreadable(Problem(name, 1, "", "cannot be read as text in UTF-8")) from None
    if len(text) > LARGEST:
        raise Unreadable(Problem(name, 1, "", f"has more than {LARGEST} characters"))
    try:
        data, lines = parsed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "is not YAML"
        raise Unreadable(Problem(name, mark.line + 1 if mark else 1, "", said)) from None
    if not isinstance(data, dict):
        raise Unreadable(Problem(name, 1, "", "is not a map of keys and values"))
    return data, Source(name, lines)


def parsed(text: str) -> tuple[Any, dict[Place, int]]:
    """Plain data, and the line of each place in it. Raises yaml.YAMLError."""
    lines: dict[Place, int] = {}
    node = yaml.compose(text, Loader=_LOADER)
    return (None if node is None else _plain(node, (), lines)), lines


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, (*place, at), lines) for at, one in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in found or name == "<<":
            raise yaml.MarkedYAMLError(problem="a key that is twice here, or no word",
                                       problem_mark=key.start_mark)  # fmt: skip
        lines[(*place, name)] = key.start_mark.line + 1
        found[name] = _plain(value, (*place, name), lines)
    return found


def _scalar(node: yaml.ScalarNode) -> Any:
    is_plain = not node.style  # the loader in C says "", the other one None
    if is_plain and _NUMBER.fullmatch(node.value):
        return int(node.value)
    if is_plain and node.value in ("true", "false"):
        return node.value == "true"
    return node.value


def _convert(kind: Any, data: Any, source: Source, at: Place, problems: list[Problem]) -> Any:
    try:
        return decoded(kind, data)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        parts = _PART.findall(path)
        place = tuple(name or int(index) for name, index in parts if name or index)
        problems.append(source.problem((*at, *place), said.replace("`", "")))
        return None
