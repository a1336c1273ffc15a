"""Print how long a decision with all its reasons takes, over the examples of every reason.

CPU time of one process, the best of several rounds; the machine is shared, so the wall
clock says little. The bar is 200 µs for a decision (aim 50), and 0.3 s for a start of the
command line.

    python tools/bench_access.py
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zamiast.cli.access import AccessFile
from zamiast.cli.referral import ReferralFile
from zamiast.pure.access import decide, timeline
from zamiast.pure.access.calendar import add_months
from zamiast.pure.access.reading import read
from zamiast.pure.access.view import worded
from zamiast.pure.eligibility import explain

VECTORS = Path(__file__).parents[1] / "tests" / "vectors"
ROUNDS, TIMES = 15, 40
STARTS = 7


def examples(folder: str, kind: type[Any]) -> dict[str, Any]:
    """Read the example files of a folder."""
    paths = sorted((VECTORS / folder).glob("*.json"))
    return {path.stem: read(kind, json.loads(path.read_text(encoding="utf-8"))) for path in paths}


def microseconds(work: Callable[[], object], times: int = TIMES) -> float:
    """Return the CPU time of one piece of work, the best of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - begun) / times)
    return 1e6 * min(rounds)


def show(name: str, figures: dict[str, float]) -> None:
    """Print the median and the slowest example of a figure."""
    slowest = max(figures, key=lambda code: figures[code])
    median = statistics.median(figures.values())
    print(f"{name:<34}{median:>8.0f} µs median {figures[slowest]:>8.0f} µs slowest ({slowest})")


def start_up(command: str, file: Path) -> float:
    """Return the CPU time in seconds of the quickest start of a command."""
    spent = []
    for _ in range(STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        arguments = [sys.executable, "-m", "zamiast", command, "explain", str(file)]
        subprocess.run(arguments, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    """Print all figures."""
    files = examples("access", AccessFile)
    calls = {code: (row.facts, row.question, row.at) for code, row in files.items()}
    show("decide, all reasons", {c: microseconds(lambda a=a: decide(*a)) for c, a in calls.items()})
    decisions = {code: decide(*call) for code, call in calls.items()}
    for decision in decisions.values():
        worded(decision, "pl")
    show(
        "word a decision",
        {c: microseconds(lambda d=d: worded(d, "pl")) for c, d in decisions.items()},
    )
    show("timeline, ten years", {
        code: microseconds(lambda a=(f, q, at): timeline(*a, add_months(a[2], 120)), 5)
        for code, (f, q, at) in calls.items()
    })  # fmt: skip
    referrals = examples("referral", ReferralFile)
    show(
        "explain a referral",
        {c: microseconds(lambda r=r: explain(r.facts, r.at)) for c, r in referrals.items()},
    )
    for command, folder in (("access", "access"), ("referral", "referral")):
        file = next((VECTORS / folder).glob("*.json"))
        print(f"{'start of zamiast ' + command:<34}{start_up(command, file):>8.2f} s CPU")


if __name__ == "__main__":
    main()
