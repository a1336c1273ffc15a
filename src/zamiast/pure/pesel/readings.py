"""What digits a few number words can stand for: the grammar of spoken numbers.

Each rule is a row of word kinds and a way to read it. A chain of words may be read in
several ways ("dwadzieścia trzy" is 23 or 20 3); the usual one comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from zamiast.pure.pesel.chains import RUN, Chain, Reading, Unit
from zamiast.pure.pesel.gaps import SPACE, WORDS


def _sum(*units: Unit) -> str:
    """Return "80 2" as 82; nothing is added to a zero."""
    return str(sum(unit.value for unit in units)) if all(unit.value for unit in units) else ""


def _scaled(*units: Unit) -> str:
    """Return "five hundred [and] two" as 502."""
    return str(units[0].value * 100 + sum(unit.value for unit in units[2:]))


def _repeated(times: int, digit: int) -> str:
    return str(digit) * times if 2 <= times <= 9 else ""


RULES: dict[str, Callable[..., str]] = {
    "HTD": _sum,
    "HE": _sum,
    "HT": _sum,
    "HD": _sum,
    "TD": _sum,
    "DS": _scaled,
    "DSD": _scaled,
    "DSE": _scaled,
    "DST": _scaled,
    "DSTD": _scaled,
    "MD": lambda multiple, digit: _repeated(multiple.value, digit.value),
    "MP": lambda multiple, digit: _repeated(multiple.value, digit.value),
    "MN": lambda multiple, run: run.digits * multiple.value if len(run.digits) == 1 else "",
    "DP": lambda count, digit: _repeated(count.value, digit.value),
    "DXD": lambda count, _, digit: _repeated(count.value, digit.value),
    "DXP": lambda count, _, digit: _repeated(count.value, digit.value),
    "DXN": lambda count, _, run: run.digits * count.value if len(run.digits) == 1 else "",
    "NXN": lambda count, _, run: (
        run.digits * int(count.digits) if len(count.digits) == len(run.digits) == 1 else ""
    ),
    "NXD": lambda count, _, digit: (
        _repeated(int(count.digits), digit.value) if len(count.digits) == 1 else ""
    ),
    "DDX": lambda digit, count, _: _repeated(count.value, digit.value),
}
"""How a row of words reads, by the codes of their kinds (``chains.CODES``)."""

RARE = frozenset(("DDX",))
"""Rows that read like this only where nothing else fits."""
LONGEST = max(map(len, RULES))
_OPENERS = frozenset(code[0] for code in RULES)


def readings(chain: Chain, at: int) -> list[Reading]:
    """Return the ways to read the units from ``at`` on, the usual one first."""
    found = chain.read.get(at)
    if found is None:
        found = chain.read[at] = _readings(chain.units, at)
    return found


def _readings(units: list[Unit], at: int) -> list[Reading]:
    first = units[at]
    alone = Reading(first.digits, at + 1, 0, True)
    if first.code == RUN:
        return [alone] if len(units) == at + 1 or units[at + 1].code != "X" else _joined(units, at)
    if first.code not in _OPENERS:
        return [alone] if first.digits else []
    return _joined(units, at)


def _joined(units: list[Unit], at: int) -> list[Reading]:
    near: list[Reading] = []
    far: list[Reading] = []
    gap, code = 0, units[at].code
    for end in range(at + 2, min(at + LONGEST, len(units)) + 1):
        gap = max(gap, units[end - 2].gap)
        code += units[end - 1].code
        if gap > WORDS:
            break
        rule = RULES.get(code)
        digits = rule(*units[at:end]) if rule else ""
        if digits:
            likely = gap <= SPACE and code not in RARE
            (near if likely else far).append(Reading(digits, end, gap, likely))
    near = [found._replace(usual=rank == 0) for rank, found in enumerate(reversed(near))]
    alone = units[at].digits
    single = [Reading(alone, at + 1, 0, not near)] if alone else []
    return near + single + far
