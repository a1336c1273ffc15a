"""Bar charts as SVG, drawn on the server: no script, no inline style, readable in print.

A chart is decoration of the table that stands below it: the SVG has a title for screen
readers, and every number is in the table. Bars differ by shade and pattern, not by colour alone.

>>> chart = bars("Calls", [("08", (3, 1)), ("09", (0, 2))])
>>> chart.width, [bar.kind for bar in chart.bars], chart.top
(96, ['a', 'b', 'b'], 4)
>>> [(bar.x, bar.height) for bar in spark((0, 2, 4), 4).bars]
[(6, 9), (12, 18)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 160
_BAR, _GAP, _LEFT, _FOOT, _TOP = 12, 6, 34, 20, 6
_SPARK, _SPARK_BAR = 18, 6
_LETTER = 7  # as wide as a character of a label is at most


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands; ``kind`` chooses its look by class."""

    x: int
    y: int
    width: int
    height: int
    kind: str


@dataclass(frozen=True)
class Tick:
    """A label below, or a line of the scale."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Chart:
    """A chart ready to print."""

    title: str
    width: int
    height: int
    top: int
    bars: list[Bar]
    labels: list[Tick]
    lines: list[Tick]


def bars(title: str, rows: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """Groups of bars side by side; as many of them have a label as have room for one."""
    series = max((len(values) for _label, values in rows), default=1)
    group = series * _BAR + _GAP
    every = -(-max((len(label) for label, _values in rows), default=1) * _LETTER // group)
    top = _nice(max((value for _label, values in rows for value in values), default=0))
    found: list[Bar] = []
    for place, (_label, values) in enumerate(rows):
        found += _group(values, _LEFT + place * group, top)
    labels = [
        Tick(_LEFT + place * group, HEIGHT + _FOOT, label)
        for place, (label, _values) in enumerate(rows) if place % every == 0
    ]  # fmt: skip
    lines = [
        Tick(_LEFT, _TOP + HEIGHT - HEIGHT * part // 2, f"{top * part // 2}") for part in (0, 1, 2)
    ]
    width = _LEFT + max(len(rows), 1) * group + 2
    return Chart(title, width, HEIGHT + _FOOT + 8, top, found, labels, lines)


def spark(values: Sequence[int], top: int) -> Chart:
    """A small chart for a row of a table; ``top`` is the same for all rows."""
    found = [
        Bar(place * _SPARK_BAR, _SPARK - height, _SPARK_BAR - 1, height, "a")
        for place, value in enumerate(values) if (height := _height(value, _SPARK, top))
    ]  # fmt: skip
    return Chart("", len(values) * _SPARK_BAR, _SPARK, top, found, [], [])


def _group(values: Sequence[int], left: int, top: int) -> list[Bar]:
    return [
        Bar(left + number * _BAR, _TOP + HEIGHT - height, _BAR - 1, height, "abc"[number])
        for number, value in enumerate(values) if (height := _height(value, HEIGHT, top))
    ]  # fmt: skip


def _height(value: int, whole: int, top: int) -> int:
    """Even one is seen; nothing is not."""
    return max(round(value * whole / top), 1) if value else 0


def _nice(largest: int) -> int:
    """An even number not below the largest value: 4, 10, 20, 40, 100 …"""
    scale = 1
    while True:
        for step in (4, 10, 20):
            if largest <= step * scale:
                return step * scale
        scale *= 10
