"""Queues and deadlines: whose work a case is, and by when. They are data.

The shipped file is ``data/queues.yaml``; an operator's own (``ZAMIAST_QUEUES``) takes its
place. What is wrong with it stops the start with a sentence, not a case a week later.

>>> place("lost_identifier").code, codes()[0]
('safety', 'line')
>>> name("technical", "en")
'Technical help'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml
from django.conf import settings

from zamiast.errors import BadInput, Misconfigured
from zamiast.helpline import hours
from zamiast.helpline.hours import Hours
from zamiast.login.models import Role

_SHIPPED = Path(__file__).parent / "data" / "queues.yaml"
DEFAULT = "line"


class _Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    opens: str
    closes: str


class _Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: dict[str, str]
    roles: tuple[Role, ...] = ()
    hours: _Hours | None = None
    matters: dict[str, str] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    deadlines: dict[str, int]
    queues: dict[str, _Queue]


@dataclass(frozen=True)
class Queue:
    """One queue: its hours, who works in it by role, which matters come here and by when."""

    code: str
    names: dict[str, str]
    roles: frozenset[str]
    hours: Hours
    matters: dict[str, str]


@dataclass(frozen=True)
class Book:
    """All queues in their order, and what the kinds of deadlines are in working days."""

    queues: dict[str, Queue]
    deadlines: dict[str, int]
    home: dict[str, Queue]  # a matter's own queue


def read(path: Path) -> Book:
    """Read and check a file of queues. Raises Misconfigured, which says what is wrong."""
    try:
        found = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), _File)
        queues = {code: _queue(code, one) for code, one in found.queues.items()}
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise Misconfigured("helpline.queues", f"{path}: {error}") from error
    home: dict[str, Queue] = {}
    for queue in queues.values():
        for matter, deadline in queue.matters.items():
            if deadline not in found.deadlines or matter in home:
                raise Misconfigured("helpline.queues", f"{path}: {queue.code}, {matter}")
            home[matter] = queue
    if DEFAULT not in queues:
        raise Misconfigured("helpline.queues", f"{path}: there is no queue named {DEFAULT}")
    return Book(queues, found.deadlines, home)


@cache
def book() -> Book:
    """The queues that count here."""
    own = settings.QUEUES_FILE
    return read(Path(own) if own else _SHIPPED)


def codes() -> tuple[str, ...]:
    """The codes of all queues, in their order."""
    return tuple(book().queues)


def get(code: str) -> Queue:
    """One queue. Raises BadInput for an unknown code."""
    try:
        return book().queues[code]
    except KeyError as error:
        raise BadInput("helpline.no_queue") from error


def name(code: str, language: str) -> str:
    """The name of a queue; the code itself for one that an operator has taken away."""
    queue = book().queues.get(code)
    return queue.names.get(language) or queue.names["pl"] if queue else code


def place(matter: str) -> Queue:
    """The queue into which cases of a matter come."""
    return book().home.get(matter) or book().queues[DEFAULT]


def due(
    matter: str, start: datetime, *, queue: str | None = None, deadline: str | None = None
) -> datetime:
    """By when a case is to be done, in the working time of its queue.

    ``deadline`` is a kind of deadline (``week``) where it is not the matter's own.
    """
    at = get(queue) if queue else place(matter)
    kind = deadline or place(matter).matters.get(matter, "two_days")
    days = book().deadlines.get(kind, 2)
    return hours.after(start, days * at.hours.day, at.hours)


def left(due_at: datetime, now: datetime, queue: str) -> int:
    """How many seconds of working time are left; below zero for what is late."""
    at = book().queues.get(queue) or book().queues[DEFAULT]
    return round(hours.between(now, due_at, at.hours).total_seconds())


def resumed(left_seconds: int, now: datetime, queue: str) -> datetime:
    """When the time that was left ends, if the clock goes on now."""
    at = book().queues.get(queue) or book().queues[DEFAULT]
    return hours.after(now, timedelta(seconds=max(left_seconds, 0)), at.hours)


def _queue(code: str, found: _Queue) -> Queue:
    if not (code.isascii() and code.isidentifier() and len(code) <= 24 and "pl" in found.name):
        raise ValueError(f"queue {code}: a short code and a Polish name are needed")
    worked = hours.ALWAYS
    if found.hours:
        worked = Hours(_time(found.hours.opens), _time(found.hours.closes))
        if worked.day <= timedelta(0):
            raise ValueError(f"queue {code}: it closes before it opens")
    roles: Any = frozenset(str(role) for role in found.roles)
    return Queue(code, found.name, roles, worked, found.matters)


def _time(text: str) -> time:
    return time.fromisoformat(text)
